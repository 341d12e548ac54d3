"""The photos that a phone hands over, one line each."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.texts.numbers import file_size
from field_app.ui.background import Background
from field_app.ui.photos.phone_link import Arrival
from field_app.ui.photos.phone_words import Step
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.theme import Theme

SHOWN_HASH = 16
"""So many digits of a sha256 stand on the screen; the phone shows the same ones."""

MOST_ROWS = 30
"""So many photos are listed; of more the sheet still tells the count."""


class ArrivalRow(QWidget):
    """One photo: small picture, name, where it stands, and its hash."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._picture = PhotoView(theme, background, corner=6, ground="surface2", parent=self)
        self._picture.setFixedSize(theme.px(64), theme.px(48))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = ThaiLabel(theme, role="label", weight=600, wraps=False)
        column.addWidget(self._name)
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        self._glyph = IconLabel(theme, "status-sending", "text2", 16, self)
        self.words = ThaiLabel(theme, role="caption", wraps=False)
        line.addWidget(self._glyph)
        line.addWidget(self.words, 1)
        column.addLayout(line)
        self._hash = ThaiLabel(theme, role="micro", colour="text3", wraps=False)
        column.addWidget(self._hash)
        row.addLayout(column, 1)

    def show_arrival(self, arrival: Arrival) -> None:
        """Show how it stands now."""
        name = arrival.name or _("photo of the phone")
        icon, colour = arrival.step.look
        self._name.setText(f"{name} · {file_size(arrival.size_bytes)}")
        self._glyph.set_icon(icon, colour)
        self.words.setText(arrival.step.words)
        self.words.set_colour(colour)
        self._hash.setText(f"sha256 {arrival.sha256[:SHOWN_HASH]}…" if arrival.sha256 else "")
        self._hash.setVisible(bool(arrival.sha256))
        self._hash.setToolTip(arrival.sha256)
        self._picture.show_photo(arrival.thumb)
        self.setAccessibleName(f"{name}, {arrival.step.words}")


class ArrivalList(QWidget):
    """The photos of the phone, the newest on top."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._background = background
        self.rows: dict[tuple[int, int], ArrivalRow] = {}
        self._shown: dict[tuple[int, int], Arrival] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))

    def show_arrivals(self, arrivals: Iterable[Arrival]) -> None:
        """Show these photos, oldest first."""
        for arrival in arrivals:
            if self._shown.get(arrival.key) != arrival:
                self._shown[arrival.key] = arrival
                self._show(arrival)

    def _show(self, arrival: Arrival) -> None:
        row = self.rows.get(arrival.key)
        if row is None:
            row = self.rows[arrival.key] = ArrivalRow(self._theme, self._background, self)
            self._column.insertWidget(0, row)
            self._let_go()
        row.show_arrival(arrival)

    def _let_go(self) -> None:
        """Take the oldest photo that is in the job out of a long list; the slot shows it."""
        old = (key for key in self.rows if self._shown[key].step in {Step.SAVED, Step.HERE})
        key = next(old, None)
        if len(self.rows) > MOST_ROWS and key is not None:
            row = self.rows.pop(key)
            self._column.removeWidget(row)
            row.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            for key, row in self.rows.items():
                row.show_arrival(self._shown[key])
        super().changeEvent(event)
