"""One of two photos that show the same: whose it is, the picture, and when it came."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.repeat_words import times_words
from field_app.ui.photos.zoomed_photo import Zoom, ZoomedPhoto
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


class RepeatHalf(QWidget):
    """A photo with its name above and its times below, or why there is no picture of it."""

    def __init__(self, theme: Theme, background: Background, zoom: Zoom, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.which = ThaiLabel(theme, role="caption", colour="text2", wraps=False)
        self.name = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self.times = ThaiLabel(theme, role="caption", colour="text2")
        self.note = ThaiLabel(theme, role="caption", colour="warnText")
        self.picture = ZoomedPhoto(theme, background, zoom)
        self.picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self._make_absence())
        column.addWidget(self.which)
        column.addWidget(self.name)
        column.addWidget(self._stack, 1)
        column.addWidget(self.times)
        column.addWidget(self.note)

    def _make_absence(self) -> QFrame:
        """Make the place that says calmly why there is no picture."""
        theme = self.theme
        place = QFrame(self)
        place.setProperty("card", "true")
        column = QVBoxLayout(place)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        glyph = IconLabel(theme, "image", "text3", 32, place)
        column.addWidget(glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        self.absence = ThaiLabel(theme, colour="text2")
        self.absence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.absence)
        column.addStretch(1)
        return place

    @property
    def has_photo(self) -> bool:
        """Whether the place for a picture is in sight, not the words in its place."""
        return self._stack.currentWidget() is self.picture

    def show_card(self, which: str, name: str, card: PhotoCard, now: datetime) -> None:
        """Show a photo of which this computer has a picture.

        Args:
            which: "The earlier photo" or "This photo", in the language in use.
            name: Job and role.
            card: The photo.
            now: For dates.
        """
        file: Path | None = best_file(card)
        self._say(which, name, times_words(card.photo, now))
        small = _("Small picture: the full photo is not on this computer yet")
        self.note.setText(small if card.screen is None and file is not None else "")
        self.note.setVisible(bool(self.note.text()))
        self.picture.show_photo(file, nothing=_("Photo not on this computer"))
        self.picture.setAccessibleName(f"{which}: {name}, {self.times.text()}")
        self._stack.setCurrentWidget(self.picture)

    def show_absence(self, which: str, name: str, times: str, why: str) -> None:
        """Say why there is no picture; `times` may be empty."""
        self._say(which, name, times)
        self.note.hide()
        self.absence.setText(why)
        self._stack.setCurrentIndex(1)

    def _say(self, which: str, name: str, times: str) -> None:
        self.which.setText(which)
        self.name.setText(name)
        self.times.setText(times)
        self.times.setVisible(bool(times))
