"""What a person chose for copies last time: marks seen, parts of the stamp, where they go."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QStandardPaths

from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.ui.photos.stamp_words import PARTS

SHOW_MARKS_KEY: Final = "photos/show_marks"
STAMP_KEY: Final = "photos/stamp_parts"
PUBLIC_STAMP_KEY: Final = "photos/public_stamp"
FOLDER_KEY: Final = "photos/copy_folder"


class CopyChoices:
    """Remembers the choices on this computer."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def shows_marks(self) -> bool:
        """Whether marks are seen wherever a photo is shown large."""
        return self._is_on(SHOW_MARKS_KEY, otherwise=True)

    @shows_marks.setter
    def shows_marks(self, is_on: bool) -> None:
        self._settings.setValue(SHOW_MARKS_KEY, is_on)

    @property
    def stamps_public(self) -> bool:
        """Whether public copies carry the stamp."""
        return self._is_on(PUBLIC_STAMP_KEY, otherwise=False)

    @stamps_public.setter
    def stamps_public(self, is_on: bool) -> None:
        self._settings.setValue(PUBLIC_STAMP_KEY, is_on)

    @property
    def stamp_parts(self) -> frozenset[str]:
        """What a stamp says; everything until a person chose."""
        value = self._settings.value(STAMP_KEY)
        if value is None:
            return frozenset(PARTS)
        return frozenset(str(value).split(",")) & frozenset(PARTS)

    @stamp_parts.setter
    def stamp_parts(self, parts: frozenset[str]) -> None:
        self._settings.setValue(STAMP_KEY, ",".join(sorted(parts)))

    def offered_path(self, ticket_id: TicketId, role: PhotoRole, kind: str) -> Path:
        """Return where a copy is offered to go: the folder of the last one, a name without people.

        Args:
            ticket_id: The job's number is what citizens know, too.
            role: What the photo shows.
            kind: `public` or `stamped`.
        """
        remembered = Path(str(self._settings.value(FOLDER_KEY, "")))
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folders = (remembered, Path(pictures), Path.home())
        folder = next((f for f in folders if f.is_absolute() and f.is_dir()), Path.home())
        plain = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "_" for c in ticket_id)
        return folder / f"{plain}-{role.value}-{kind}.jpg"

    def remember_folder(self, path: Path) -> None:
        """Offer the folder of this file next time."""
        self._settings.setValue(FOLDER_KEY, str(path.parent))

    def _is_on(self, key: str, *, otherwise: bool) -> bool:
        value = self._settings.value(key)
        return otherwise if value is None else str(value).casefold() == "true"
