"""The right pane: the chosen job, the summary of the day, or that nothing is chosen."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from field_app.queries.tickets import TicketDetail, TicketRow
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.tickets.day_summary import DaySummary
from field_app.ui.tickets.detail_view import TicketDetailView


class RightPane(QStackedWidget):
    """Shows one of three pages."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        person = office.app.person
        self.detail = TicketDetailView(
            office.theme,
            office.background,
            role=None if person is None else person.role,
            parent=self,
        )
        self.summary = DaySummary(office.theme, self)
        self.nothing = EmptyState(office.theme, self)
        self._done: Sequence[TicketRow] = ()
        for page in (self.nothing, self.detail, self.summary):
            self.addWidget(page)
        self._say()

    def show_detail(self, detail: TicketDetail, now: datetime) -> None:
        """Show a job."""
        self.detail.show_ticket(detail, now)
        self.setCurrentWidget(self.detail)

    def show_summary(self, rows: Sequence[TicketRow]) -> None:
        """Show what was done today."""
        self._done = rows
        self.summary.show_rows(rows)
        self.setCurrentWidget(self.summary)

    def show_nothing(self) -> None:
        """Say that no job is chosen."""
        self.setCurrentWidget(self.nothing)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            if self.currentWidget() is self.summary:
                self.summary.show_rows(self._done)
        super().changeEvent(event)

    def _say(self) -> None:
        self.nothing.show_state(
            "map-pinned",
            _("No job chosen"),
            _("Choose one in the list or on the map."),
            tone="brand",
        )
