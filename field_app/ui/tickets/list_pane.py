"""The left pane: how to sort and filter, the jobs, and what to say when there are none."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from field_app.domain.clock import Clock
from field_app.queries.tickets import Scope, SortBy, TicketFilter, TicketList
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _
from field_app.texts.dates import date_and_time, time_of_day
from field_app.ui.shared.banner import Banner, BannerRoom
from field_app.ui.shared.buttons import IconButton
from field_app.ui.shared.empty_state import Deed, EmptyState
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pack_words import kept_packs_words
from field_app.ui.shared.segments import Segments
from field_app.ui.shared.words import is_same_day
from field_app.ui.theme import Theme
from field_app.ui.tickets.filter_sheet import filter_words, is_filtering
from field_app.ui.tickets.list_view import TicketListView
from field_app.ui.tickets.row_painter import group_shows_due
from field_app.ui.tickets.seen_filter import SeenFilter

SORTS: Final = (SortBy.DEADLINE, SortBy.DISTANCE, SortBy.NEWEST)


class ListPane(QWidget):
    """Shows a TicketList.

    Signals:
        sort_chosen: str. A `SortBy` value.
        filter_wished: Open the filter.
        filter_cleared: Show everything again.
        search_cleared: Forget the searched words.
        fetch_wished: Fetch now.
        screen_wished: str. Go to the outbox or to the day's end, by its key.
        position_wished: I am where the chosen job is.
        route_wished: Show the route of the day instead.
    """

    sort_chosen = Signal(str)
    filter_wished = Signal()
    filter_cleared = Signal()
    search_cleared = Signal()
    fetch_wished = Signal()
    screen_wished = Signal(str)
    position_wished = Signal()
    route_wished = Signal()

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
        *,
        has_route: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._clock = clock
        self.has_route = has_route
        self._shown: tuple[TicketList, TicketFilter, SyncStatus] | None = None
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        self.seen = SeenFilter(theme, self)
        self.seen.changed.connect(self._show_again)
        column.addWidget(self.seen)
        self.banner = Banner(theme, self)
        column.addWidget(BannerRoom(self.banner, self))
        self.list = TicketListView(theme, clock, self)
        self.empty = EmptyState(theme, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        column.addWidget(self._make_foot())

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("bar", "top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(bar)
        column.setContentsMargins(12, 8, 12, 8)
        row = BendingRow(8, bar)
        column.addWidget(row)
        self._sorts = Segments(
            self.theme,
            (
                (SortBy.DEADLINE, lambda: _("Deadline"), ""),
                (SortBy.DISTANCE, lambda: _("Nearest"), ""),
                (SortBy.NEWEST, lambda: _("Newest"), ""),
            ),
            bar,
        )
        self._sorts.select(SortBy.DEADLINE)
        self._sorts.chosen.connect(self.sort_chosen)
        row.add(self._sorts, 1)
        row.add(self._make_tools(), 0)
        return bar

    def _make_tools(self) -> QWidget:
        """Make the buttons beside the ways of sorting; below them where text is large."""
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._filter = IconButton(self.theme, "list-filter", lambda: _("Filter"), parent=tools)
        self._filter.clicked.connect(self.filter_wished)
        row.addWidget(self._filter)
        self._route = IconButton(
            self.theme, "route", lambda: _("Route of the day (W)"), parent=tools
        )
        self._route.clicked.connect(self.route_wished)
        self._route.setVisible(self.has_route)
        row.addWidget(self._route)
        row.addStretch(1)
        return tools

    def _make_foot(self) -> QWidget:
        """Make the line that says how old the list is."""
        self._foot = QWidget(self)
        self._foot.setProperty("bar", "bottom")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(12, 5, 12, 4)
        self._age = ThaiLabel(self.theme, role="caption", colour="text2", wraps=False)
        self._age.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._age)
        self._foot.hide()
        return self._foot

    def show_list(
        self, tickets: TicketList, ticket_filter: TicketFilter, status: SyncStatus
    ) -> None:
        """Show jobs, or say why there are none."""
        self._shown = (tickets, ticket_filter, status)
        tickets = self.seen.cut(tickets)
        self._sorts.select(ticket_filter.sort)
        self._filter.set_marked(is_marked=is_filtering(ticket_filter))
        is_grouped = ticket_filter.sort is SortBy.DEADLINE and not ticket_filter.words
        now = self._clock.now()
        self.list.tickets.show_tickets(tickets.rows, now, is_grouped=is_grouped)
        if tickets.rows and not self.is_all_done:
            self.stack.setCurrentWidget(self.list)
        else:
            self._say_why_empty(tickets, ticket_filter, status)
            self.stack.setCurrentWidget(self.empty)
        self._show_age(tickets, status)
        wants_position = ticket_filter.sort is SortBy.DISTANCE and tickets.position is None
        self._ask_for_position(is_asked=wants_position)

    def _show_again(self) -> None:
        """Show the same jobs through another filter of the map, with the same one chosen."""
        if self._shown is not None:
            chosen = self.list.chosen
            self.show_list(*self._shown)
            if chosen is not None and self.list.chosen is None:
                self.list.choose(chosen)

    @property
    def is_all_done(self) -> bool:
        """Whether today had work and none of it is left to do."""
        if self._shown is None:
            return False
        tickets, ticket_filter, _status = self._shown
        if ticket_filter.scope is not Scope.TODAY or ticket_filter.words:
            return False
        if self.seen.is_on or is_filtering(ticket_filter) or not tickets.done_count:
            return False
        return not any(group_shows_due(row) for row in tickets.rows)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.list.retranslate()
            if self._shown is not None:
                self.show_list(*self._shown)
        super().changeEvent(event)

    def _ask_for_position(self, *, is_asked: bool) -> None:
        if is_asked:
            self.banner.show_message(
                "info",
                _("Where are you?"),
                _("Click your place on the map, or say that you are at the chosen job."),
                ((lambda: _("At this job"), self.position_wished.emit),),
            )
        else:
            self.banner.hide()

    def _show_age(self, tickets: TicketList, status: SyncStatus) -> None:
        is_old = status.reach in {Reach.OFFLINE, Reach.SIGNED_OUT}
        if is_old and tickets.fetched_at is not None:
            now = self._clock.now()
            is_today = is_same_day(tickets.fetched_at, now)
            when = (
                time_of_day(tickets.fetched_at)
                if is_today
                else date_and_time(tickets.fetched_at, now)
            )
            self._age.setText(_("Fetched {when}").format(when=when))
        self._foot.setVisible(is_old and tickets.fetched_at is not None)

    def _say_why_empty(
        self, tickets: TicketList, ticket_filter: TicketFilter, status: SyncStatus
    ) -> None:
        if ticket_filter.words and not self.seen.is_on:
            self.empty.show_state(
                "search",
                _("Nothing found for “{words}”").format(words=ticket_filter.words),
                _("Try part of a street, or the last characters of the job number."),
                tone="brand",
                deeds=((lambda: _("Clear search"), "x", self.search_cleared.emit),),
            )
        elif is_filtering(ticket_filter) and not self.seen.is_on:
            self.empty.show_state(
                "list-filter",
                _("The filter hides every job"),
                _("Shown is only: {filter}").format(filter=filter_words(ticket_filter)),
                tone="brand",
                deeds=((lambda: _("Clear filter"), "x", self.filter_cleared.emit),),
            )
        elif self.seen.is_on and not tickets.rows:
            self.empty.show_state(
                "map",
                _("No job is where the map is now"),
                _("Move the map, or list all jobs again."),
                tone="brand",
                deeds=((lambda: _("List all jobs"), "x", self.seen.toggle),),
            )
        elif tickets.fetched_at is None:
            self._say_first_time(status)
        elif self.is_all_done:
            self._say_done(status)
        else:
            self.empty.show_state(
                "inbox",
                _("No jobs here"),
                _("New jobs come by themselves as soon as the hub has some."),
                tone="brand",
                deeds=(self._fetch_deed(),),
            )

    def _say_first_time(self, status: SyncStatus) -> None:
        """Say why nothing was ever fetched."""
        if status.last_error is not None and not status.is_running:
            self.empty.show_state(
                "server",
                _(status.last_error.title),
                _(status.last_error.hint),
                tone="danger",
                deeds=((lambda: _("Try now"), "rotate-cw", self.fetch_wished.emit),),
            )
        elif status.reach is Reach.OFFLINE and not status.is_running:
            self.empty.show_state(
                "cloud-off",
                _("No jobs on this computer yet"),
                _("You are offline. Jobs come by themselves with the first signal."),
                tone="warn",
                deeds=((lambda: _("Try now"), "rotate-cw", self.fetch_wished.emit),),
            )
        else:
            self.empty.show_state(
                "refresh-cw",
                _("Fetching your jobs"),
                _("The first time takes a moment. The list fills by itself."),
                tone="brand",
            )

    def _say_done(self, status: SyncStatus) -> None:
        count = status.waiting_count
        words = _("Everything has arrived at the hub.")
        deeds: tuple[Deed, ...] = (self._end_deed(), self._fetch_deed())
        if count:
            words = _(
                "Leave the computer on: {count} still wait for a signal and are sent by themselves."
            ).format(count=count)
            outbox: Deed = (
                lambda: _("See the outbox ({count})").format(count=count),
                "cloud-upload",
                lambda: self.screen_wished.emit("outbox"),
            )
            deeds = (outbox, *deeds)
        elif status.pack_count:  # the label above says so in any case
            words = kept_packs_words(status.pack_count)
        self.empty.show_state("circle-check-big", _("All done for today"), words, deeds=deeds)

    def _end_deed(self) -> Deed:
        return (lambda: _("Day's end"), "moon", lambda: self.screen_wished.emit("day_end"))

    def _fetch_deed(self) -> Deed:
        return (lambda: _("Fetch jobs"), "refresh-cw", self.fetch_wished.emit)
