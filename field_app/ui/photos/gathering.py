"""Looking for the pictures in what a person gave, while the window goes on."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.photos.folders import Gathering, GivenFile
from field_app.ui.office import Office
from field_app.ui.photos.sources import PhotoSource, shown_name
from field_app.ui.shared.in_hand import InHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person gave, and for which photos of which job."""

    ticket_id: TicketId
    role: PhotoRole
    sources: tuple[PhotoSource, ...]
    """Files and folders in the order given, or a picture from the clipboard."""


def source_of(file: GivenFile) -> PhotoSource:
    """Return a source for a file that was found."""
    return PhotoSource(content=file.path, name=shown_name(file.path))


class PhotoGathering(InHand):
    """Walks files and folders in small steps, one wish after the other.

    Signals:
        moved: int. So many pictures were found so far.
        ended: (Wish, Gathering). All was looked at.
    """

    moved = Signal(int)
    ended = Signal(object, object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._line: deque[Wish] = deque()
        self._wish: Wish | None = None
        self._found = Gathering(())

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked through."""
        return self._wish is not None

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The names of what was given and is not looked through yet."""
        wishes = (self._wish, *self._line) if self._wish is not None else ()
        return tuple(source.name for wish in wishes for source in wish.sources)

    def look(self, wish: Wish) -> None:
        """Look through what was given, after what was given before."""
        self._line.append(wish)
        if not self.is_busy:
            self._begin()

    def stop(self) -> None:
        """Look no further; nothing of it is added."""
        self._line.clear()
        self._wish = None
        self.idle.emit()

    def _begin(self) -> None:
        wish = self._wish = self._line.popleft()
        paths = [source.content for source in wish.sources if isinstance(source.content, Path)]
        self._found = Gathering(paths)
        self._go_on(is_more=True)

    def _go_on(self, *, is_more: bool) -> None:
        found, wish = self._found, self._wish
        if wish is None:
            return
        if is_more:
            self._office.background.run(
                found.step,
                done=lambda is_more: self._take(found, is_more=is_more),
                is_given=True,
            )
            return
        self._wish = None
        self.ended.emit(wish, found)
        if self._line:
            self._begin()
        else:
            self.idle.emit()

    def _take(self, found: Gathering, *, is_more: bool) -> None:
        if found is self._found and self._wish is not None:
            self.moved.emit(len(found.files))
            self._go_on(is_more=is_more)
