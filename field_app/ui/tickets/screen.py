"""The Today screen and the list of all jobs: choose at left, see in the middle, act at right."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.queries.status import categories
from field_app.queries.tickets import (
    Scope,
    SortBy,
    TicketDetail,
    TicketFilter,
    TicketList,
    list_tickets,
    ticket_detail,
)
from field_app.sync.status import SyncStatus
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.office import Office
from field_app.ui.places.tools import PlaceTools
from field_app.ui.position.on_map import PositionOnMap
from field_app.ui.route.route_side import RouteSide
from field_app.ui.shared.screen import Progress, Screen
from field_app.ui.shortcuts import bind
from field_app.ui.tickets.columns import Columns
from field_app.ui.tickets.deeds import TicketDeeds
from field_app.ui.tickets.filter_sheet import FilterSheet, without_filter
from field_app.ui.tickets.list_pane import SORTS, ListPane
from field_app.ui.tickets.map_holder import MapHolder
from field_app.ui.tickets.map_keys import join_list_and_map
from field_app.ui.tickets.right_pane import RightPane

CALM_MS = 120
"""News that arrive within this time are looked at together, and typed letters on the map."""
AFTER_LIST_MS = 50
"""The web view starts when the list and the first job have been painted."""


class TicketsScreen(Screen):
    """Jobs of a scope as list, map and detail."""

    can_search = True

    def __init__(
        self, office: Office, *, scope: Scope = Scope.TODAY, parent: QWidget | None = None
    ) -> None:
        super().__init__(office, parent)
        self._filter = TicketFilter(scope=scope)
        self._tickets: TicketList | None = None
        self._status: SyncStatus = office.app.status()
        self._wanted: TicketId | None = None
        self._list_job: Job | None = None
        self._detail_job: Job | None = None
        self._is_stale = True
        self.deeds = TicketDeeds(office, self)
        self._make_panes()
        self.places = PlaceTools(office, self.map, self.detail.place, self)
        self._connect()
        self._bind_keys()
        self._calm, self._pins_calm = QTimer(self), QTimer(self)
        for timer, deed in ((self._calm, self.refresh), (self._pins_calm, self._show_pins)):
            timer.setSingleShot(True)
            timer.setInterval(CALM_MS)
            timer.timeout.connect(deed)
        office.bus.changed.connect(self._hear)
        office.bus.status_changed.connect(self._hear_status)

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Today's jobs") if self._filter.scope is Scope.TODAY else _("All jobs")

    def progress(self) -> Progress | None:
        """Return today's progress."""
        tickets = self._tickets
        if self._filter.scope is not Scope.TODAY or tickets is None or not tickets.all_count:
            return None
        return Progress(done=tickets.done_count, all=tickets.all_count)

    def subtitle(self) -> str:
        """Return how many jobs the list has."""
        if self._filter.scope is Scope.TODAY or self._tickets is None:
            return ""
        return f"{len(self._tickets.rows):,}"

    def visit(self, ticket_id: TicketId | None) -> None:
        """Look again if anything changed; put a job under the cursor."""
        if ticket_id is not None:
            self._wanted = ticket_id
        if self._is_stale or ticket_id is not None:
            self.refresh()
        self.side.take_focus()

    def search(self, words: str) -> None:
        """Show only jobs with these words; the newest answer wins."""
        self._filter = replace(self._filter, words=words.strip())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask for the list again; an older question is forgotten."""
        self._is_stale = False
        if self._list_job is not None:
            self._list_job.cancel()
        self._list_job = self.office.see(
            list_tickets, self._filter, then=self._show_list, failed=self._show_failure
        )

    def _make_panes(self) -> None:
        office = self.office
        has_route = self._filter.scope is Scope.TODAY
        self.pane = ListPane(office.theme, office.clock, self, has_route=has_route)
        self.map = MapHolder(office, self)
        PositionOnMap(office, self.map)
        self.side = RouteSide(office, self.pane, self.map, self)
        self.right = RightPane(office, self)
        self.detail = self.right.detail
        columns = Columns(office, self._filter.scope, (self.side, self.map, self.right), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(columns)

    def _connect(self) -> None:
        pane = self.pane
        pane.list.ticket_chosen.connect(self._choose)
        pane.list.ticket_opened.connect(self._open)
        pane.sort_chosen.connect(self._sort)
        pane.filter_wished.connect(self._ask_categories)
        pane.filter_cleared.connect(self._clear_filter)
        pane.search_cleared.connect(self.search_cleared)
        pane.fetch_wished.connect(self.office.app.sync_now)
        pane.screen_wished.connect(lambda key: self.visit_wished.emit(key, ""))
        pane.position_wished.connect(lambda: self.deeds.be_at(self._place_of_chosen()))
        self.deeds.started.connect(self._open)
        self.deeds.placed.connect(self.refresh)
        self.deeds.news_wished.connect(self.news_wished)
        self.side.ticket_chosen.connect(self._choose_on_map)
        self.side.ticket_opened.connect(self._open)
        self.side.news_wished.connect(self.news_wished)
        self.deeds.undoing.said.connect(self.refusal_wished)
        self.map.ticket_chosen.connect(self._choose_on_map)
        self.places.ticket_wished.connect(self._choose_on_map)
        self.map.place_chosen.connect(self._keep_place)
        self.detail.start_wished.connect(self.deeds.start)
        self.detail.open_wished.connect(self._open)
        self.detail.directions_wished.connect(self._direct)
        self.detail.copy_wished.connect(self.deeds.copy)

    def _bind_keys(self) -> None:
        join_list_and_map(self, self.map, self.pane.seen)
        bind(self, "J", lambda: self.side.step(1))
        bind(self, "K", lambda: self.side.step(-1))
        bind(self, "G", self.map.go_to_me)
        bind(self, "W", self.side.toggle)
        bind(self, "D", self._next_sort)
        bind(self, "N", self._direct)
        bind(self, "Ctrl+Return", self.detail.press_primary)
        bind(self, "Ctrl+Enter", self.detail.press_primary)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        """Look again soon, or at the next visit."""
        self._is_stale = True
        if self.isVisible():
            self._calm.start()

    @Slot(object)
    def _hear_status(self, status: SyncStatus) -> None:
        before, self._status = self._status, status
        if _told(status) == _told(before) or self._tickets is None:
            return
        if self.isVisible():
            self.pane.show_list(self._tickets, self._filter, status)
        else:
            self._is_stale = True

    def _show_list(self, tickets: TicketList) -> None:
        self._tickets = tickets
        before = self._wanted or self.pane.list.chosen
        self.pane.show_list(tickets, self._filter, self._status)
        self._pins_calm.start()
        QTimer.singleShot(AFTER_LIST_MS, self.map.load)
        self.head_changed.emit()
        self.side.refresh()
        if self.pane.is_all_done:
            self.right.show_summary(tickets.rows)
            return
        shown = self.detail.detail
        if before is not None and self.pane.list.choose(before):
            self._wanted = None
            if shown is not None and shown.ticket.id == before:
                self._choose(before)
        elif not self.pane.list.choose_first():
            self.right.show_nothing()

    @Slot()
    def _show_pins(self) -> None:
        """Bring the map up to the list, once the list is painted."""
        if self._tickets is not None:
            self.map.show_rows(self._tickets.rows, self._tickets.position)

    def _show_failure(self, failure: FieldAppError) -> None:
        self.pane.empty.show_state(
            "triangle-alert",
            _(failure.title),
            _(failure.hint),
            tone="danger",
            deeds=((lambda: _("Try again"), "rotate-cw", self.refresh),),
        )
        self.pane.stack.setCurrentWidget(self.pane.empty)
        QTimer.singleShot(AFTER_LIST_MS, self.map.load)

    @Slot(str)
    def _choose(self, ticket_id: str) -> None:
        """Show a job at the right and on the map; an older question is forgotten."""
        if self._detail_job is not None:
            self._detail_job.cancel()
        self._detail_job = self.office.see(
            ticket_detail, TicketId(ticket_id), then=self._show_detail
        )
        self.map.select(ticket_id)

    def _show_detail(self, detail: TicketDetail) -> None:
        self.right.show_detail(detail, self.office.clock.now())

    @Slot(str)
    def _choose_on_map(self, ticket_id: str) -> None:
        if not self.pane.list.choose(TicketId(ticket_id)):
            self._choose(ticket_id)

    @Slot(str)
    def _open(self, ticket_id: str) -> None:
        self.visit_wished.emit("work", ticket_id)

    @Slot(str)
    def _sort(self, sort: str) -> None:
        self._filter = replace(self._filter, sort=SortBy(sort))
        self.refresh()

    def _next_sort(self) -> None:
        at = SORTS.index(self._filter.sort)
        self._sort(SORTS[(at + 1) % len(SORTS)])

    @Slot()
    def _ask_categories(self) -> None:
        self.office.see(categories, then=self._open_filter)

    def _open_filter(self, names: tuple[str, ...]) -> None:
        sheet = FilterSheet(self.theme, self, self._filter, names)
        sheet.filter_chosen.connect(self._apply_filter)
        sheet.open_it()

    @Slot(object)
    def _apply_filter(self, ticket_filter: TicketFilter) -> None:
        self._filter = replace(ticket_filter, words=self._filter.words, sort=self._filter.sort)
        self.refresh()

    @Slot()
    def _clear_filter(self) -> None:
        self._apply_filter(without_filter(self._filter))

    @Slot(str)
    def _direct(self, _ticket_id: str = "") -> None:
        """Show the job on the map and hand its place over."""
        place, detail = self._place_of_chosen(), self.detail.detail
        if place is not None and detail is not None:
            self.map.select(detail.ticket.id)
            self.deeds.direct(detail.ticket.title, place, self)

    @Slot(float, float)
    def _keep_place(self, latitude: float, longitude: float) -> None:
        """Take a click on the map as my place while distances or the way from it are told."""
        if self._filter.sort is SortBy.DISTANCE or self.side.is_open:
            self.deeds.be_at(Place(latitude=latitude, longitude=longitude))

    def _place_of_chosen(self) -> Place | None:
        detail = self.detail.detail
        place = detail.ticket.place if detail is not None else None
        return replace(place, accuracy_m=None) if place is not None else None


def _told(status: SyncStatus) -> tuple[object, ...]:
    """Return what of a status is told here."""
    return (
        status.reach,
        status.waiting_count,
        status.pack_count,
        status.last_error,
        status.is_running,
    )
