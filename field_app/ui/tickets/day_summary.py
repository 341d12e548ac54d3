"""What was handed in today, shown when nothing is left to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.queries.tickets import TicketRow
from field_app.texts import _
from field_app.texts.numbers import count
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.words import (
    LOCAL_KEYS,
    STATE_KEYS,
    category_icon,
    local_words,
    state_words,
)
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.theme import Theme


class DaySummary(QWidget):
    """Figures of the day and its finished jobs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = WordsArea(self)
        outer.addWidget(self._area)

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Show today's finished jobs in the language in use."""
        theme = self.theme
        body = QWidget()
        body.setProperty("surface", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(ThaiLabel(theme, _("Today's summary"), role="h2"))
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        photos = sum(row.photo_count for row in rows)
        tiles.addWidget(self._tile(count(len(rows)), _("jobs done")), 1)
        tiles.addWidget(self._tile(count(photos), _("photos")), 1)
        column.addLayout(tiles)
        for row in rows:
            column.addWidget(self._rule())
            column.addLayout(self._line(row))
        column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()  # not at once: its words may just be told of another language
        self._area.setWidget(body)

    def _tile(self, number: str, words: str) -> QWidget:
        tile = QFrame(self)
        tile.setProperty("card", "true")
        column = QVBoxLayout(tile)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(0)
        column.addWidget(ThaiLabel(self.theme, number, role="h1", wraps=False))
        column.addWidget(ThaiLabel(self.theme, words, role="caption", colour="text2", wraps=False))
        return tile

    def _line(self, row: TicketRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconLabel(self.theme, category_icon(row.category), "text2", 24))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ThaiLabel(self.theme, row.title, role="label", wraps=False, weight=600))
        words.addWidget(
            ThaiLabel(self.theme, row.place_line, role="caption", colour="text2", wraps=False)
        )
        line.addLayout(words, 1)
        if row.local in LOCAL_KEYS:
            line.addWidget(StatusChip(self.theme, LOCAL_KEYS[row.local], local_words(row.local)))
        else:
            state = state_words(row.state, row.foreign_state)
            line.addWidget(StatusChip(self.theme, STATE_KEYS[row.state], state))
        return line

    def _rule(self) -> QFrame:
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        return rule
