"""The left side of today's jobs: the list, or the route of the day in its place."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from field_app.actions.route import RouteKept, keep_order, sort_anew, take_back
from field_app.domain.ids import TicketId
from field_app.domain.position import Position
from field_app.domain.route import RouteOrder, moved
from field_app.queries.route import DayRoute, RouteRow, day_route
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.map.journey import MapStop, OwnPlace
from field_app.ui.office import Office
from field_app.ui.tickets.list_pane import ListPane
from field_app.ui.tickets.map_holder import MapHolder

if TYPE_CHECKING:
    from field_app.ui.route.printing import Printing
    from field_app.ui.route.route_pane import RoutePane

CALM_MS = 150
"""A position that moves does so every second; the ways are told anew at most so often."""


class RouteSide(QStackedWidget):
    """Has the list at first; the route is made when it is wished for.

    Signals:
        ticket_chosen: str. A stop was put under the cursor.
        ticket_opened: str. Go to work on it.
        news_wished: (object, object). Say what this callable returns, with one that undoes it.
    """

    ticket_chosen = Signal(str)
    ticket_opened = Signal(str)
    news_wished = Signal(object, object)

    def __init__(
        self, office: Office, pane: ListPane, map_holder: MapHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._pane, self._map = office, pane, map_holder
        self.route: DayRoute | None = None
        self.view: RoutePane | None = None
        self._job: Job | None = None
        self._then: Callable[[RouteKept], object] | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.refresh)
        self.printing: Printing | None = None
        self.addWidget(pane)
        pane.route_wished.connect(self.open_route)
        pane.list.ticket_chosen.connect(self.mark)
        office.bus.position_changed.connect(self._follow_position)

    @property
    def is_open(self) -> bool:
        """Whether the route is in sight instead of the list."""
        return self.view is not None and self.currentWidget() is self.view

    @Slot()
    def open_route(self) -> None:
        """Show the route in place of the list."""
        if self.view is None:
            self.view = self._made()
            self.addWidget(self.view)
        self.setCurrentWidget(self.view)
        self.refresh()
        self.take_focus()

    @Slot()
    def close_route(self) -> None:
        """Show the list again, and no line on the map."""
        self.setCurrentWidget(self._pane)
        self._map.show_route(None)
        self.take_focus()

    def toggle(self) -> None:
        """Change between list and route."""
        if self.is_open:
            self.close_route()
        elif self._pane.has_route:
            self.open_route()

    def take_focus(self) -> None:
        """Let the keys work on what is in sight."""
        (self.view.list if self.view is not None and self.is_open else self._pane.list).setFocus()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) job of what is in sight."""
        (self.view.list if self.view is not None and self.is_open else self._pane.list).step(by)

    @Slot()
    def refresh(self) -> None:
        """Ask for the route again, if it is in sight; an older question is forgotten."""
        if not self.is_open:
            return
        if self._job is not None:
            self._job.cancel()
        self._job = self._office.see(day_route, then=self._show)

    def shut_down(self) -> None:
        """Let go of what is being printed, before the window closes."""
        if self.printing is not None:
            self.printing.shut_down()

    @Slot(str)
    def mark(self, ticket_id: str) -> None:
        """Put a job under the cursor that was chosen elsewhere."""
        if self.view is not None:
            self.view.list.choose(ticket_id)

    def _made(self) -> "RoutePane":
        # Loaded here: every start shows the list, and few of them the route.
        from field_app.ui.route.printing import Printing  # noqa: PLC0415 - as above
        from field_app.ui.route.route_pane import RoutePane  # noqa: PLC0415 - as above

        view = RoutePane(self._office, self)
        self.printing = Printing(self._office, self)
        self.printing.news_wished.connect(self.news_wished)
        view.back_wished.connect(self.close_route)
        view.order_wished.connect(self._sort)
        view.again_wished.connect(self._sort_again)
        view.kept_wished.connect(self._keep_new)
        view.position_wished.connect(self._open_position)
        view.list.ticket_chosen.connect(self.ticket_chosen)
        view.list.ticket_opened.connect(self.ticket_opened)
        view.list.move_wished.connect(self._move)
        view.print_wished.connect(self.printing.print)
        view.pdf_wished.connect(self.printing.save)
        return view

    def _show(self, route: DayRoute) -> None:
        self.route = route
        if self.view is None or not self.is_open:
            return
        if not route.is_kept and route.rows:
            self._keep(sort_anew, RouteOrder.DEADLINE, then=self._first_kept)
            return
        self.view.show_route(route)
        if self.view.list.chosen is None:
            self.view.list.choose(self._pane.list.chosen or "")
        start = None if route.start is None else _own(route.start)
        self._map.show_route([_stop(row) for row in route.rows], start)

    def _first_kept(self, _kept: RouteKept) -> None:
        """Show the first order of the day: nobody chose another one, so nobody takes it back."""
        self.refresh()

    @Slot(str)
    def _sort(self, order: str) -> None:
        wanted = RouteOrder(order)
        if wanted is not RouteOrder.OWN:
            self._keep(sort_anew, wanted, then=partial(self._say_kept, _sorted_words))
        elif self.route is not None:
            self._keep(keep_order, wanted, self.route.ticket_ids, then=self._first_kept)

    @Slot()
    def _sort_again(self) -> None:
        """Sort as before; what a person put in order becomes the shortest way."""
        order = RouteOrder.SHORTEST if self.route is None else self.route.order
        self._sort(RouteOrder.SHORTEST if order is RouteOrder.OWN else order)

    @Slot()
    def _keep_new(self) -> None:
        route = self.route
        if route is not None:
            self._keep(keep_order, route.order, route.ticket_ids, then=self._first_kept)

    @Slot(str, int)
    def _move(self, ticket_id: str, to: int) -> None:
        route = self.route
        if route is not None and ticket_id in route.ticket_ids:
            order = moved(route.ticket_ids, TicketId(ticket_id), to)
            self._keep(
                keep_order, RouteOrder.OWN, order, then=partial(self._say_kept, _moved_words)
            )

    def _keep(
        self, action: Callable[..., RouteKept], *args: object, then: Callable[..., object]
    ) -> None:
        """Keep another order, one at a time: the next one is made of what this one becomes."""
        if self._then is not None:
            return
        self._then = then
        if self.view is not None and action is sort_anew:
            self.view.say_busy()
        self._office.do(action, *args, then=self._kept, failed=self._fail)

    def _kept(self, kept: RouteKept) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(kept)

    def _fail(self, failure: object) -> None:
        self._then = None
        self._office.bus.failed.emit(failure)
        self.refresh()

    def _say_kept(self, words: Callable[[], str], kept: RouteKept) -> None:
        self.refresh()
        self.news_wished.emit(words, partial(self._take_back, kept))

    def _take_back(self, kept: RouteKept) -> None:
        self._keep(take_back, kept.before, then=self._first_kept)

    @Slot(object)
    def _follow_position(self, _position: Position) -> None:
        if self.is_open and self.isVisible():
            self._calm.start()

    @Slot()
    def _open_position(self) -> None:
        from field_app.ui.position.sheet import PositionSheet  # noqa: PLC0415 - seldom wanted

        if self._office.whereabouts is not None:
            sheet = PositionSheet(self._office, self._office.whereabouts, self)
            sheet.open_it(sheet.done)


def _own(position: Position) -> OwnPlace:
    return OwnPlace(latitude=position.place.latitude, longitude=position.place.longitude)


def _stop(stop: RouteRow) -> MapStop:
    return MapStop(
        ticket_id=stop.row.id,
        latitude=stop.row.latitude or 0.0,
        longitude=stop.row.longitude or 0.0,
        number=stop.number,
        is_new=stop.is_new,
    )


def _sorted_words() -> str:
    return _("Route sorted anew")


def _moved_words() -> str:
    return _("Stop moved · this is your own order now")
