"""One line of a list of tickets, and the order of such lines."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from math import inf
from typing import Final, NamedTuple

from field_app.domain.clock import to_stamp
from field_app.domain.errors import StoreDamaged
from field_app.domain.ids import CrewId, TicketId
from field_app.domain.listed import Listed
from field_app.domain.place import Place, distance_m
from field_app.domain.ticket import TicketState
from field_app.queries.local_state import LocalState

STATES: Final[Mapping[str, TicketState]] = {state.value: state for state in TicketState}
LAST: Final = "~"
"""Sorts behind every stamp."""


class SortBy(StrEnum):
    """What comes first in a list; tickets that were sent back are always on top."""

    DEADLINE = "deadline"
    """Overdue, then due today, then the next ones; without deadline last."""
    DISTANCE = "distance"
    """Nearest to the kept position; without place last."""
    NEWEST = "newest"
    """Reported last."""


class TicketRow(NamedTuple):
    """One line of a list, and one pin of the map.

    A named tuple and no dataclass, because a list has ten thousand and each is made twice as fast.
    """

    id: TicketId
    title: str
    place_line: str
    """Address, or subdistrict and district; may be empty."""
    category: str
    """The most important one; may be empty."""
    state: TicketState
    foreign_state: str
    is_overdue: bool
    due_at: datetime | None
    reported_at: datetime
    distance_m: float | None
    """Metres from the kept position; None when either place is unknown."""
    photo_count: int
    local: LocalState
    latitude: float | None
    """Degrees WGS 84; None when the place is unknown, then so is the longitude."""
    longitude: float | None
    crew_id: CrewId | None
    is_sent_back: bool


_new = tuple.__new__
"""Half the time of calling the class, which counts its arguments first."""
_from_iso = datetime.fromisoformat


class RowMaker:
    """Makes lines of plain columns; ten thousand in about 10 ms."""

    def __init__(
        self, *, now: datetime, position: Place | None, local: Mapping[TicketId, LocalState]
    ) -> None:
        """Make lines as they are now, seen from a position."""
        self._now = to_stamp(now)
        self._position = position
        self._local = {str(ticket_id): state for ticket_id, state in local.items()}

    def row(self, listed: Listed) -> TicketRow:
        """Return the line of a ticket; written for speed, as the list waits for all of them."""
        (
            ticket_id,
            _revision,
            title,
            category,
            _categories,
            state_name,
            foreign_state,
            is_for_crew,
            due_at,
            reported_at,
            _handed_in_at,
            latitude,
            longitude,
            place_line,
            crew_id,
            photo_count,
        ) = listed
        state = STATES.get(state_name)
        if state is None:
            raise StoreDamaged(f"ticket {ticket_id} is stored in no known state")
        return _new(
            TicketRow,
            (
                ticket_id,
                title,
                place_line,
                category,
                state,
                foreign_state,
                bool(is_for_crew and due_at is not None and due_at < self._now),
                None if due_at is None else _from_iso(due_at),
                _from_iso(reported_at),
                None if self._position is None else distance_to(listed, self._position),
                photo_count,
                self._local.get(ticket_id, LocalState.NONE),
                latitude,
                longitude,
                crew_id,
                state is TicketState.SENT_BACK,
            ),
        )


def distance_to(listed: Listed, position: Place) -> float | None:
    """Return the metres between a ticket and a position; None when its place is unknown."""
    if listed.latitude is None or listed.longitude is None:
        return None
    return distance_m(Place(latitude=listed.latitude, longitude=listed.longitude), position)


Line = tuple[Listed, TicketRow]
"""Plain columns for sorting and filtering, and the line made of them."""


def sorted_lines(lines: list[Line], sort: SortBy) -> list[Line]:
    """Return lines in order: sent back first, then as asked; the id decides between equals.

    Work that no crew has to act on comes last when sorted by deadline. Without a position all
    distances are unknown, and the deadline decides.
    """
    if sort is SortBy.NEWEST:
        ordered = sorted(lines, key=lambda line: (line[0].reported_at, line[0].id), reverse=True)
    else:
        ordered = sorted(lines, key=_by_deadline)
    if sort is SortBy.DISTANCE:
        ordered.sort(key=_by_distance)
    if sort is not SortBy.DEADLINE:
        ordered.sort(key=lambda line: not line[1].is_sent_back)
    return ordered


def _by_deadline(line: Line) -> str:
    """Return what sorts sent back, overdue, today's and next work; a text sorts fastest."""
    row = line[0]
    group = "0" if line[1].is_sent_back else "1" if row.is_for_crew else "2"
    return f"{group}{row.due_at or LAST}{row.reported_at}{row.id}"


def _by_distance(line: Line) -> float:
    """Return the distance, endless when it is unknown."""
    far = line[1].distance_m
    return inf if far is None else far
