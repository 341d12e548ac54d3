"""The review screen's widgets: queue, comparison, decision, side by side."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from field_app.queries.review import ReviewRow
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.review.compare_panel import ComparePanel
from field_app.ui.review.decision_panel import DecisionPanel
from field_app.ui.review.queue_view import QueueView
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.theme import Theme

WIDTHS = (330, 620, 340)
"""Pixels of the design at 1366: queue, comparison, decision."""


class ReviewView(QWidget):
    """Three panels, or a word that nothing waits."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._stack = QStackedLayout(self)
        self.empty = EmptyState(theme, self)
        self._stack.addWidget(self.empty)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        left = QWidget(self)
        left.setProperty("pane", "left")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        self.queue = QueueView(theme, background, left)
        column.addWidget(self.queue)
        self.compare = ComparePanel(theme, background, self)
        self.decision = DecisionPanel(theme, self)
        for panel, least in ((left, 280), (self.compare, 420), (self.decision, 330)):
            panel.setMinimumWidth(least)
            self.splitter.addWidget(panel)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 0)
        self.splitter.setSizes(list(WIDTHS))
        self._stack.addWidget(self.splitter)
        self.retranslate()

    def show_queue(self, rows: tuple[ReviewRow, ...], now: datetime) -> None:
        """Show what awaits a decision."""
        self._stack.setCurrentIndex(1 if rows else 0)
        self.queue.show_rows(rows, now)

    def show_ticket(self, detail: TicketDetail, now: datetime) -> None:
        """Show one handed-in job."""
        self.compare.show_ticket(detail, now)
        self.decision.show_ticket(detail, now)

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self.queue.setAccessibleName(_("Jobs that wait for review"))
        self.queue.viewport().update()
        self.empty.show_state(
            "clipboard-check",
            _("Nothing waits for review"),
            _("Jobs that crews hand in appear here by themselves."),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
