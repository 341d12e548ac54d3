"""Listing only what the map shows: the map's edges as a filter of the list."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.maps.sight import Sight
from field_app.queries.tickets import TicketList
from field_app.texts import _
from field_app.texts.numbers import count
from field_app.ui.shared.buttons import QuietButton
from field_app.ui.theme import Theme


class SeenFilter(QWidget):
    """The line above the list that says how many of its jobs the map shows; hidden while off.

    Signals:
        changed: List other jobs.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_on = False
        self._sight: Sight | None = None
        self._counts = (0, 0)
        self.setProperty("bar", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        self.button = QuietButton(theme, self._words, icon="x", parent=self)
        self.button.clicked.connect(self.toggle)
        row.addWidget(self.button, 1)
        self.hide()

    def toggle(self) -> None:
        """List only what the map shows, or everything again."""
        self.is_on = not self.is_on and self._sight is not None
        self.setVisible(self.is_on)
        self.changed.emit()

    def look(self, sight: Sight) -> None:
        """Hear what the map shows now."""
        self._sight = sight
        if self.is_on:
            self.changed.emit()

    def cut(self, tickets: TicketList) -> TicketList:
        """Return a list with only the jobs that the map shows, while that is wished."""
        sight = self._sight
        if not self.is_on or sight is None:
            return tickets
        rows = tuple(row for row in tickets.rows if sight.shows(row.latitude, row.longitude))
        self._counts = (len(rows), len(tickets.rows))
        self.button.retranslate()
        return replace(tickets, rows=rows)

    def _words(self) -> str:
        shown, all_ = self._counts
        return _("Only what the map shows: {shown} of {all}").format(
            shown=count(shown), all=count(all_)
        )
