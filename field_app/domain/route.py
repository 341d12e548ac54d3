"""The route of a day: in which order jobs are visited, starting where the person is.

Distances are straight, as nothing here knows streets. A start of None means that nobody knows
where the person is: then the way to the first stop counts nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from field_app.domain.ids import TicketId
from field_app.domain.place import Place, distance_m


class RouteOrder(StrEnum):
    """What decides the order of visits; the stored and spoken words."""

    DEADLINE = "deadline"
    """The most urgent first, and among these always the nearest next."""
    SHORTEST = "shortest"
    """The shortest way through all stops; the last one may be anywhere."""
    OWN = "own"
    """As a person moved them."""


class Urgency(IntEnum):
    """How soon a job is wanted; smaller is sooner."""

    LATE = 0
    """Sent back to be done again, or overdue."""
    TODAY = 1
    LATER = 2
    OPEN = 3
    """No deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A job with a place, to be visited."""

    ticket_id: TicketId
    place: Place
    urgency: Urgency


Route = tuple[Stop, ...]
"""Stops in the order of visits."""

NO_WAY: Final = 0.0
"""Metres to a first stop while nobody knows where the person is."""


def deadlines_first(stops: Iterable[Stop], start: Place | None) -> Route:
    """Return the stops by urgency, among equals always the nearest next."""
    left = sorted(stops, key=lambda stop: (stop.urgency, stop.ticket_id))
    route: list[Stop] = []
    here = start
    for urgency in Urgency:
        group = [stop for stop in left if stop.urgency is urgency]
        for stop in _nearest_next(group, here):
            route.append(stop)
            here = stop.place
    return tuple(route)


def settled(
    kept: Sequence[TicketId], stops: Iterable[Stop], start: Place | None, order: RouteOrder
) -> tuple[Route, frozenset[TicketId]]:
    """Return a kept order brought up to the jobs there are now, and which of them are new in it.

    Jobs that are gone fall out; new ones stand where the way becomes the least longer.

    Args:
        kept: The order that was kept.
        stops: The jobs that are to be visited now.
        start: Where the person is.
        order: What the kept order came from; by deadline a new job stays among equally urgent ones.
    """
    known = {stop.ticket_id: stop for stop in stops}
    route = [known[ticket_id] for ticket_id in dict.fromkeys(kept) if ticket_id in known]
    there = {stop.ticket_id for stop in route}
    new = [stop for ticket_id, stop in known.items() if ticket_id not in there]
    for stop in sorted(new, key=lambda stop: (stop.urgency, stop.ticket_id)):
        route.insert(best_index(route, stop, start, order), stop)
    return tuple(route), frozenset(stop.ticket_id for stop in new)


def best_index(route: Sequence[Stop], stop: Stop, start: Place | None, order: RouteOrder) -> int:
    """Return where in a route another stop makes the way the least longer; the first such place."""
    first, last = 0, len(route)
    if order is RouteOrder.DEADLINE:
        sooner = [at for at, other in enumerate(route) if other.urgency < stop.urgency]
        later = [at for at, other in enumerate(route) if other.urgency > stop.urgency]
        low, high = max(sooner, default=-1) + 1, min(later, default=len(route))
        first, last = (low, high) if low <= high else (first, last)
    return min(range(first, last + 1), key=lambda at: _detour_m(route, stop, start, at))


def moved(order: Sequence[TicketId], ticket_id: TicketId, to: int) -> tuple[TicketId, ...]:
    """Return an order in which one job stands at another index; beyond the ends means at them.

    Raises:
        ValueError: The job is not in the order.
    """
    others = list(order)
    others.remove(ticket_id)
    others.insert(max(0, to), ticket_id)
    return tuple(others)


def legs_m(route: Sequence[Stop], start: Place | None) -> tuple[float, ...]:
    """Return the metres to each stop from the one before it, the first from the start."""
    places = [start, *(stop.place for stop in route)]
    return tuple(
        NO_WAY if before is None else distance_m(before, stop.place)
        for before, stop in zip(places, route, strict=False)
    )


def matrix_m(places: Sequence[Place]) -> list[list[int]]:
    """Return the distances between all places in whole metres, row by row."""
    rows = [[0] * len(places) for _ in places]
    for one, here in enumerate(places):
        for other in range(one + 1, len(places)):
            rows[one][other] = rows[other][one] = round(distance_m(here, places[other]))
    return rows


def in_order(stops: Mapping[TicketId, Stop], order: Iterable[TicketId]) -> Route:
    """Return stops in an order of their jobs."""
    return tuple(stops[ticket_id] for ticket_id in order)


def _nearest_next(stops: Sequence[Stop], start: Place | None) -> Route:
    """Return stops, always the nearest one next; without a start the first given one begins."""
    left, route, here = list(stops), list[Stop](), start
    while left:
        near = left[0] if here is None else min(left, key=lambda stop: _far(stop, here))
        left.remove(near)
        route.append(near)
        here = near.place
    return tuple(route)


def _far(stop: Stop, here: Place | None) -> float:
    """Return the metres to a stop."""
    return NO_WAY if here is None else distance_m(here, stop.place)


def _detour_m(route: Sequence[Stop], stop: Stop, start: Place | None, at: int) -> float:
    """Return how many metres longer a route is with a stop put in at an index."""
    before = route[at - 1].place if at else start
    there = _far(stop, before)
    if at == len(route):
        return there
    after = route[at]
    return there + distance_m(stop.place, after.place) - _far(after, before)
