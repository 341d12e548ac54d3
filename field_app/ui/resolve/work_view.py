"""The work screen's widgets: report, evidence, and what to do next, side by side."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.lifecycle import may_do
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.queries.local_state import LocalState
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.map.small_map import SmallMap
from field_app.ui.photos.facts import cards_of
from field_app.ui.resolve.evidence_panel import EvidencePanel
from field_app.ui.resolve.finish_panel import FinishPanel
from field_app.ui.resolve.report_panel import ReportPanel
from field_app.ui.resolve.words import decline_reason
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.panes import Panes
from field_app.ui.theme import Theme

MIDDLE = 570
"""Width of the evidence in pixels of the design; the report gives way for it."""
LEAST = (260, 500, 320)
"""Least widths of report, evidence, what to do, in pixels."""


class WorkView(QWidget):
    """Three panels with a banner above them for what must be read first."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        open_outbox: Callable[[], object],
        settings: QSettings,
        make_map: Callable[[QWidget], SmallMap] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the view.

        Args:
            theme: Gives colours and sizes.
            background: Loads pictures.
            open_outbox: What the banner's button does when a decision waits there.
            settings: Where the widths of the panels are kept.
            make_map: Makes the small map below a parent; None where there are no tiles.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._open_outbox = open_outbox
        self._detail: TicketDetail | None = None
        self._ways_on: tuple[Callable[[], object], Callable[[], object]] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._banner_row = QWidget(self)
        self._banner_row.setProperty("surface", "surface")
        self._banner_row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QVBoxLayout(self._banner_row)
        row.setContentsMargins(16, 8, 16, 8)
        self.banner = Banner(theme, self._banner_row)
        row.addWidget(self.banner)
        column.addWidget(self._banner_row)
        self._make_panels(background, settings, make_map)
        column.addWidget(self.splitter, 1)
        self._banner_row.hide()

    def _make_panels(
        self,
        background: Background,
        settings: QSettings,
        make_map: Callable[[QWidget], SmallMap] | None,
    ) -> None:
        theme = self.theme
        self.splitter = Panes("work", self._widths, settings, self)
        self.report = ReportPanel(theme, background, make_map, self)
        self.evidence = EvidencePanel(theme, background, self)
        self.finish = FinishPanel(theme, self)
        panels = (self.report, self.evidence, self.finish)
        for panel, least in zip(panels, LEAST, strict=True):
            panel.setMinimumWidth(least)
            self.splitter.addWidget(panel)
        theme.changed.connect(self.splitter.fit)

    def _widths(self, whole: int) -> tuple[int, int, int]:
        """Return the widths of report, evidence and what to do."""
        right = min(340 if self.theme.percent == 100 else 400, whole - LEAST[0] - LEAST[1])  # noqa: PLR2004
        left = min(420, max(280, whole - right - MIDDLE))
        return left, whole - left - right, right

    def show_work(self, detail: TicketDetail, role: Role, now: datetime) -> None:
        """Show a ticket; words to the citizen are left as they are typed."""
        is_other = self._detail is None or self._detail.ticket.id != detail.ticket.id
        may_finish = may_do("finish", detail.ticket.state, Role.CREW)
        if is_other or not may_finish or cards_of(detail.photos, PhotoRole.AFTER):
            self._ways_on = None
        self._detail = detail
        self.report.show_report(detail, now)
        self.evidence.show_work(detail, role, now)
        self.finish.show_ticket(detail, role, self.evidence.note.words, now)
        self._show_banner()

    def show_note(self, detail: TicketDetail, role: Role, templates: Sequence[str]) -> None:
        """Show the words to the citizen, in place of what stands in the box."""
        self.evidence.show_note(detail, role, templates)
        self.finish.show_words(self.evidence.note.words)

    def say_missing(self, choose: Callable[[], object], explain: Callable[[], object]) -> None:
        """Say that handing in needs an after photo.

        Args:
            choose: Lets a person choose one.
            explain: Lets them say why there is none.
        """
        self._ways_on = (choose, explain)
        self._show_banner()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_banner()
        super().changeEvent(event)

    def _show_banner(self) -> None:
        detail = self._detail
        self._banner_row.setVisible(detail is not None and self._say_what_matters(detail))

    def _say_what_matters(self, detail: TicketDetail) -> bool:
        """Say what must be read before working; return whether there is anything."""
        ticket = detail.ticket
        if self._ways_on is not None:
            choose, explain = self._ways_on
            buttons = (
                (lambda: _("Say why there is none"), explain),
                (lambda: _("Choose photos"), choose),
            )
            fact = _("An after photo is missing")
            words = _("Everything so far is saved. One photo taken after the work is enough.")
            self.banner.show_message("warn", fact, words, buttons)
        elif detail.row.local is LocalState.ATTENTION:
            button = (lambda: _("Look and choose"), self._open_outbox)
            fact = _("Something you did here needs your decision")
            words = _("It is kept in the outbox until you choose.")
            self.banner.show_message("danger", fact, words, (button,))
        elif ticket.state is TicketState.SENT_BACK:
            self.banner.show_message("danger", _("Sent back to be redone"), ticket.send_back_reason)
        elif ticket.state is TicketState.IN_REVIEW and ticket.decline_reason:
            why = decline_reason(ticket.decline_reason)
            self.banner.show_message("info", _("The crew says it is not their job"), why)
        else:
            self.banner.hide()
            return False
        return True
