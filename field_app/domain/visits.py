"""One visit: open tickets so near to each other, or so alike, that one way to them is enough.

Each is still resolved by itself. Whether two belong together depends on these two only, so a row
of lamps a street long makes several visits and no endless one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import cos, floor, inf, radians
from typing import Final

from field_app.domain.ids import TicketId
from field_app.domain.place import EARTH_RADIUS_M, Place, distance_m

NEAR_M: Final = 30.0
"""So near that one stop serves both, metres."""
SAME_KIND_M: Final = 100.0
"""So near that two reports of one category are often about one thing, metres."""
SAME_PHOTO_M: Final = 300.0
"""So far citizens' points of one thing lie apart; the same photo farther away is another matter."""
STEP_DEG: Final = SAME_PHOTO_M / radians(1) / EARTH_RADIUS_M
"""Height of a square of the grid: what belongs together lies in neighbouring squares."""
POLE: Final = 1e-6
"""Least cosine of a latitude, so that squares at the poles are wide and not endless."""


class Bond(StrEnum):
    """Why two tickets are one visit; the strongest first."""

    SAME_PHOTO = "same_photo"
    """Photos of both show the same."""
    SAME_KIND = "same_kind"
    """One category, and near."""
    NEAR = "near"
    """Near enough to walk over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A ticket that waits for a crew, as far as visits are concerned."""

    ticket_id: TicketId
    place: Place | None = None
    category: str = ""
    """The most important one; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A ticket that could be done on the same visit."""

    ticket_id: TicketId
    bond: Bond
    distance_m: float | None
    """None when one of the two has no place."""


class Neighbourhood:
    """Spots by squares of a grid, so that of ten thousand only those near are looked at.

    The grid does not go round at 180 degrees east.
    """

    def __init__(
        self, spots: Iterable[Spot], alike: Iterable[tuple[TicketId, TicketId]] = ()
    ) -> None:
        """Lay out the grid.

        Args:
            spots: In the order in which visits are to be made.
            alike: Pairs of tickets with photos that show the same, either way round.
        """
        self.spots: Mapping[TicketId, Spot] = {spot.ticket_id: spot for spot in spots}
        self._squares: dict[tuple[int, int], list[Spot]] = defaultdict(list)
        for spot in self.spots.values():
            if spot.place is not None:
                row = _row(spot.place.latitude)
                self._squares[row, floor(spot.place.longitude / _width(row))].append(spot)
        self._alike: dict[TicketId, set[TicketId]] = defaultdict(set)
        for one, other in alike:
            self._alike[one].add(other)
            self._alike[other].add(one)

    def companions(self, ticket_id: TicketId) -> tuple[Companion, ...]:
        """Return what could be done on a visit to a ticket, the nearest first; may be empty."""
        here = self.spots.get(ticket_id)
        if here is None:
            return ()
        others = {spot.ticket_id: spot for spot in self._around(here)}
        for name in self._alike.get(ticket_id, ()):
            if name in self.spots:
                others[name] = self.spots[name]
        others.pop(ticket_id, None)
        found = (self._companion(here, spot) for spot in others.values())
        return tuple(sorted((c for c in found if c is not None), key=_nearness))

    def visits(self) -> tuple[tuple[TicketId, ...], ...]:
        """Return all tickets by visits, each once; of a visit of several, the first leads."""
        made: list[tuple[TicketId, ...]] = []
        taken: set[TicketId] = set()
        for ticket_id in self.spots:
            if ticket_id in taken:
                continue
            rest = [c.ticket_id for c in self.companions(ticket_id) if c.ticket_id not in taken]
            taken.update((ticket_id, *rest))
            made.append((ticket_id, *rest))
        return tuple(made)

    def _around(self, here: Spot) -> Iterator[Spot]:
        """Yield the spots of the square of a spot and of those about it."""
        if here.place is None:
            return
        middle = _row(here.place.latitude)
        reach = max(_width(row) for row in (middle - 1, middle, middle + 1))
        for row in (middle - 1, middle, middle + 1):
            west = floor((here.place.longitude - reach) / _width(row))
            east = floor((here.place.longitude + reach) / _width(row))
            for column in range(west, east + 1):
                yield from self._squares.get((row, column), ())

    def _companion(self, here: Spot, other: Spot) -> Companion | None:
        """Return another spot as a companion; None when it is none."""
        away = None
        if here.place is not None and other.place is not None:
            away = distance_m(here.place, other.place)
        bond = self._bond(here, other, away)
        if bond is None:
            return None
        return Companion(ticket_id=other.ticket_id, bond=bond, distance_m=away)

    def _bond(self, here: Spot, other: Spot, away: float | None) -> Bond | None:
        """Return why two spots are one visit, or None."""
        is_alike = other.ticket_id in self._alike.get(here.ticket_id, ())
        if is_alike and (away is None or away <= SAME_PHOTO_M):
            return Bond.SAME_PHOTO
        if away is None:
            return None
        if here.category and here.category == other.category and away <= SAME_KIND_M:
            return Bond.SAME_KIND
        return Bond.NEAR if away <= NEAR_M else None


def _row(latitude: float) -> int:
    """Return the row of the grid that a latitude is in."""
    return floor(latitude / STEP_DEG)


def _width(row: int) -> float:
    """Return the width of a row's squares in degrees: nowhere narrower than they are high."""
    edge = max(abs(row), abs(row + 1)) * STEP_DEG
    return STEP_DEG / max(cos(radians(min(edge, 90.0))), POLE)


def _nearness(companion: Companion) -> tuple[float, str]:
    """Return what sorts the nearest first; what has no place comes last."""
    away = inf if companion.distance_m is None else companion.distance_m
    return away, companion.ticket_id
