"""The route of the day: today's jobs in the order of visits, with the ways between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.position import Position, is_somewhere
from field_app.domain.route import (
    Route,
    RouteOrder,
    Stop,
    Urgency,
    deadlines_first,
    legs_m,
    settled,
)
from field_app.maps.tour import shortest
from field_app.queries.desk import Desk, honest_now
from field_app.queries.snapshot import snapshot
from field_app.queries.ticket_rows import SortBy, TicketRow
from field_app.queries.visits import visits_of
from field_app.store import positions, routes
from field_app.texts.dates import local


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRow:
    """A job to be visited."""

    row: TicketRow
    number: int
    """Its place in the route, 1 for the first."""
    leg_m: float
    """Metres from the stop before; of the first from the person, 0 when that is not known."""
    is_new: bool
    """Whether it was put in after the order was kept, where the way grew the least."""
    is_same_visit: bool
    """Whether it can be done on the visit to the stop before; each is finished by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRoute:
    """The route as it stands on the screen."""

    order: RouteOrder
    is_kept: bool
    """Whether there is an order for today; if not, sort anew before anybody moves anything."""
    start: Position | None
    """Where the person is; None when nobody knows."""
    rows: tuple[RouteRow, ...]
    """In the order of visits; may be empty."""
    unplaced: tuple[TicketRow, ...]
    """Today's jobs without a place that can be one; may be empty."""

    @property
    def ticket_ids(self) -> tuple[TicketId, ...]:
        """The jobs in their order."""
        return tuple(row.row.id for row in self.rows)

    @property
    def length_m(self) -> float:
        """Metres of the whole way."""
        return sum(row.leg_m for row in self.rows)

    @property
    def new_count(self) -> int:
        """How many jobs were put in since the order was kept."""
        return sum(row.is_new for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Today's jobs, parted by whether one can go there."""

    now: datetime
    start: Position | None
    stops: Mapping[TicketId, Stop]
    rows: Mapping[TicketId, TicketRow]
    unplaced: tuple[TicketRow, ...]

    @property
    def start_place(self) -> Place | None:
        """Where the route begins."""
        return None if self.start is None else self.start.place


def day_route(desk: Desk) -> DayRoute:
    """Return today's route: the kept order, with what is new and without what is done.

    Raises:
        StoreFailed: The database cannot be read.
    """
    day = day_of(desk)
    kept = routes.get(desk.db, local(day.now).date())
    order = RouteOrder.DEADLINE if kept is None else kept.order
    known = () if kept is None else kept.ticket_ids
    route, new = settled(known, day.stops.values(), day.start_place, order)
    legs = legs_m(route, day.start_place)
    visits = {ticket_id: visit for visit in visits_of(desk, day.stops) for ticket_id in visit}
    before = {after.ticket_id: stop.ticket_id for stop, after in pairwise(route)}
    return DayRoute(
        order=order,
        is_kept=kept is not None,
        start=day.start,
        rows=tuple(
            RouteRow(
                row=day.rows[stop.ticket_id],
                number=number,
                leg_m=leg_m,
                is_new=kept is not None and stop.ticket_id in new,
                is_same_visit=before.get(stop.ticket_id) in visits[stop.ticket_id],
            )
            for number, (stop, leg_m) in enumerate(zip(route, legs, strict=True), start=1)
        ),
        unplaced=day.unplaced,
    )


def sorted_anew(day: Day, order: RouteOrder) -> Route:
    """Return today's stops sorted by deadline or by the shortest way; slow for the latter."""
    if order is RouteOrder.SHORTEST:
        return shortest(tuple(day.stops.values()), day.start_place)
    return deadlines_first(day.stops.values(), day.start_place)


def day_of(desk: Desk) -> Day:
    """Return today's open jobs of this laptop's crew.

    Raises:
        StoreFailed: The database cannot be read.
    """
    now = honest_now(desk)
    lines = snapshot(desk).lines(SortBy.DEADLINE)
    rows = [row for listed, row in lines if listed.is_for_crew]
    stops = {row.id: stop for row in rows if (stop := stop_of(row, now)) is not None}
    return Day(
        now=now,
        start=positions.last(desk.db),
        stops=stops,
        rows={row.id: row for row in rows},
        unplaced=tuple(row for row in rows if row.id not in stops),
    )


def stop_of(row: TicketRow, now: datetime) -> Stop | None:
    """Return a job as a stop; None when its place is not known or cannot be one."""
    if row.latitude is None or row.longitude is None:
        return None
    place = Place(latitude=row.latitude, longitude=row.longitude)
    if not is_somewhere(place):
        return None
    return Stop(ticket_id=row.id, place=place, urgency=urgency_of(row, now))


def urgency_of(row: TicketRow, now: datetime) -> Urgency:
    """Return how soon a job is wanted."""
    if row.is_sent_back or row.is_overdue:
        return Urgency.LATE
    if row.due_at is None:
        return Urgency.OPEN
    return Urgency.TODAY if local(row.due_at).date() <= local(now).date() else Urgency.LATER
