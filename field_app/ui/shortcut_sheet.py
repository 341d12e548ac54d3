"""All shortcuts on one sheet."""

from collections.abc import Sequence
from typing import Final
from unicodedata import category

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.words_area import SPARE, WordsArea
from field_app.ui.shortcuts import TWINS
from field_app.ui.theme import Theme

EDGES: Final = 160
"""Pixels of the design that the sheet needs above and below its tables."""


def shortcuts(*, is_supervisor: bool) -> tuple[tuple[str, str], ...]:
    """Return keys and what they do for this kind of person, in the language in use."""
    photos = (
        ("Ctrl O", _("Add photos from files")),
        ("Ctrl Shift O", _("Add the photos of a folder")),
        ("Ctrl P", _("Photos from a phone")),
        ("Ctrl Shift C", _("Photos with this computer's camera")),
        ("Ctrl V", _("Paste a photo")),
        ("Ctrl T", _("New photos of a phone or card")),
    )
    route = (
        ("W", _("Route of the day")),
        ("Alt ↑ ↓", _("Move a stop of the route")),
    )
    review = (
        ("A", _("Approve")),
        ("R", _("Send back")),
        ("1…6", _("Tick a reason for sending back")),
    )
    return (
        ("Ctrl 1…5", _("Go to a place on the rail")),
        ("/", _("Search")),
        ("J K", _("Next or previous job")),
        ("Enter", _("Open the job")),
        ("Ctrl Enter", _("The main button of the screen")),
        ("D", _("Sort by deadline, nearest, newest")),
        ("N", _("Directions")),
        ("G", _("Go to me on the map")),
        *(() if is_supervisor else route),
        *(review if is_supervisor else photos),
        ("← →", _("Previous or next photo while one is large")),
        ("M", _("Mark up the photo that is large")),
        ("G", _("Lay the earlier photo over it")),
        ("T", _("Take it again")),
        ("Ctrl Z", _("Undo the last act")),
        ("Ctrl D", _("Prepare my day")),
        ("Ctrl E", _("Day's end")),
        ("F5", _("Fetch now")),
        ("F11", _("Full screen")),
        ("Esc", _("Back, or close what is open")),
        ("?", _("All shortcuts")),
    )


def map_shortcuts(*, is_supervisor: bool) -> tuple[tuple[str, str], ...]:
    """Return the keys of the map beside a list of jobs; each works wherever the focus is."""
    heat = (("H", _("Where jobs are many")),)
    return (
        ("+ -", _("Nearer or farther")),
        ("Ctrl ↑ ↓ ← →", _("Move the map")),
        (". ,", _("Next or previous pin; Enter opens it")),
        ("0", _("Show all jobs")),
        ("I", _("What the signs mean")),
        ("M", _("Measure a distance")),
        ("C", _("Coordinates of the job")),
        ("L", _("Move the pin")),
        ("S", _("Jobs for the same visit")),
        ("P", _("Jobs without a place on the map")),
        ("V", _("List only what the map shows")),
        *(heat if is_supervisor else ()),
    )


class KeyCaps(QWidget):
    """Keys as drawn on a keyboard, each with the Thai letter on the same key."""

    def __init__(self, theme: Theme, keys: str) -> None:
        """Make the row.

        Args:
            theme: Gives colours and sizes.
            keys: Caps parted by spaces: `Ctrl Enter`.
        """
        super().__init__()
        self.theme = theme
        lone = all(len(key) == 1 for key in keys.split())
        self._caps = [(key, _twin(key) if lone else "") for key in keys.split()]
        self.setAccessibleName(keys)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the room for all caps."""
        gap = self.theme.px(6)
        return QSize(sum(self._wide(cap) + gap for cap in self._caps), self.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        middle = Qt.AlignmentFlag.AlignCenter
        for cap in self._caps:
            box = QRectF(left + 0.5, 0.5, self._wide(cap) - 1, self.height() - 1)
            painter.setPen(theme.colour("borderStrong"))
            painter.setBrush(theme.colour("surface2"))
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))
            painter.setFont(theme.font_of(13, 600))
            painter.setPen(theme.colour("text"))
            painter.drawText(box, middle, "  ".join(part for part in cap if part))
            left += self._wide(cap) + theme.px(6)
        painter.end()

    def _wide(self, cap: tuple[str, str]) -> int:
        words = "  ".join(part for part in cap if part)
        metrics = QFontMetrics(self.theme.font_of(13, 600))
        return max(self.theme.px(28), metrics.horizontalAdvance(words) + self.theme.px(18))


def _twin(key: str) -> str:
    """Return the Thai letter of a key; marks that stand on letters get a dotted circle."""
    letter = TWINS.get(key, "")
    return f"◌{letter}" if letter and combining_mark(letter) else letter


def combining_mark(letter: str) -> bool:
    """Return whether a letter stands above or below another one."""
    return category(letter) == "Mn"


class ShortcutSheet(Sheet):
    """Keys at the left, what they do at the right, in two columns."""

    def __init__(self, theme: Theme, over: QWidget, *, is_supervisor: bool) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(theme, over, _("All shortcuts"), width=800)
        body = QWidget()
        body.setProperty("surface", "surface")
        column = self._column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(_table(theme, shortcuts(is_supervisor=is_supervisor)))
        column.addWidget(ThaiLabel(theme, _("On the map"), role="h2"))
        column.addLayout(_table(theme, map_shortcuts(is_supervisor=is_supervisor)))
        self._area = WordsArea(self)
        self._area.setWidget(body)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._room = over.window().height() - theme.px(EDGES)
        self.body.addWidget(self._area)

    def open_it(self, focus: QWidget | None = None) -> None:
        """Show the sheet, as tall as its tables; what has no room is scrolled to."""
        super().open_it(focus or self._area)
        needed = self._column.totalHeightForWidth(self._area.viewport().width())
        self._area.setFixedHeight(min(self._room, needed + SPARE))


def _table(theme: Theme, known: Sequence[tuple[str, str]]) -> QGridLayout:
    """Lay out keys at the left and words at the right, in two columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    half = (len(known) + 1) // 2
    for place, (keys, words) in enumerate(known):
        column, line = divmod(place, half)
        grid.addWidget(KeyCaps(theme, keys), line, 2 * column)
        grid.addWidget(ThaiLabel(theme, words, colour="text2"), line, 2 * column + 1)
    return grid
