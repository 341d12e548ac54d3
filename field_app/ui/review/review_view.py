"""The review screen's widgets: queue, comparison, decision, side by side."""

from datetime import datetime

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from field_app.queries.review import ReviewRow
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.review.compare_panel import ComparePanel
from field_app.ui.review.decision_panel import DecisionPanel
from field_app.ui.review.queue_view import QueueView
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.panes import Panes
from field_app.ui.theme import Theme

NARROW = (300, 326)
"""Widths of queue and decision on a small laptop, pixels of the design."""
WIDE = (412, 436)
"""The same on a large screen."""
ROOM = (1290, 1844)
"""Width of the whole at which the one and the other hold; in between they grow evenly."""
LEAST = (270, 420, 300)
"""Least widths of queue, comparison, decision, in pixels."""


class ReviewView(QWidget):
    """Three panels, or a word that nothing waits."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        """Make the view.

        Args:
            theme: Gives colours and sizes.
            background: Loads pictures.
            settings: Where the widths of the panels are kept.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._stack = QStackedLayout(self)
        self.empty = EmptyState(theme, self)
        self._stack.addWidget(self.empty)
        self.splitter = Panes("review", review_widths, settings, self)
        left = QWidget(self)
        left.setProperty("pane", "left")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        self.queue = QueueView(theme, background, left)
        column.addWidget(self.queue)
        self.compare = ComparePanel(theme, background, self)
        self.decision = DecisionPanel(theme, self)
        panels = (left, self.compare, self.decision)
        for panel, least in zip(panels, LEAST, strict=True):
            panel.setMinimumWidth(least)
            self.splitter.addWidget(panel)
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


def review_widths(whole: int) -> tuple[int, int, int]:
    """Return the widths of queue, comparison and decision within this whole, in pixels."""
    share = min(1.0, max(0.0, (whole - ROOM[0]) / (ROOM[1] - ROOM[0])))
    left, right = (round(n + (w - n) * share) for n, w in zip(NARROW, WIDE, strict=True))
    return left, whole - left - right, right
