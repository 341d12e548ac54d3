"""What a person sees of tickets: the list of the day and one ticket in full."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from field_app.domain.ids import CrewId, OperationId, TicketId
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.photos import PhotoCard

__all__ = [
    "LocalState",
    "Scope",
    "SortBy",
    "TicketDetail",
    "TicketFilter",
    "TicketList",
    "TicketRow",
    "list_tickets",
    "ticket_detail",
]


class SortBy(StrEnum):
    """What comes first in a list; tickets that were sent back are always on top."""

    DEADLINE = "deadline"
    """Overdue, then due today, then the next ones; without deadline last."""
    DISTANCE = "distance"
    """Nearest to the kept position; without place last."""
    NEWEST = "newest"
    """Reported last."""


class Scope(StrEnum):
    """Which tickets a list is about."""

    TODAY = "today"
    """Open work that waits for the crew, and what was handed in today."""
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """What a person wants to see; everything that is empty filters nothing."""

    words: str = ""
    """Each word must occur in id, citizen's words or place; exact from 2 characters on."""
    states: frozenset[TicketState] = field(default_factory=frozenset)
    categories: frozenset[str] = field(default_factory=frozenset)
    only_overdue: bool = False
    sort: SortBy = SortBy.DEADLINE
    scope: Scope = Scope.TODAY


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRow:
    """One line of a list, and one pin of the map."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """A list as it stands on the screen."""

    rows: tuple[TicketRow, ...]
    """Sorted; may be empty."""
    done_count: int
    """Handed in today."""
    all_count: int
    """Handed in today or still waiting for the crew, whatever the filter."""
    fetched_at: datetime | None
    """When the hub's copies were last fetched in full; None before the first time."""
    position: Place | None
    """The kept position; None when there is none, then DISTANCE sorts as DEADLINE does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDetail:
    """One ticket in full: the hub's copy and my waiting operations."""

    ticket: Ticket
    row: TicketRow
    unsent: frozenset[OperationId]
    """Operations in the ticket's timeline that the hub does not have yet."""
    photos: tuple[PhotoCard, ...]
    """Oldest first, without withdrawn ones; may be empty."""
    draft: str
    """Words that were typed but not handed in; may be empty."""
    crews: Mapping[CrewId, str]
    """Names of all crews."""


def list_tickets(desk: Desk, ticket_filter: TicketFilter) -> TicketList:
    """Return the tickets that fit the filter, sorted.

    Raises:
        StoreFailed: The database cannot be read.
    """
    raise NotImplementedError


def ticket_detail(desk: Desk, ticket_id: TicketId) -> TicketDetail:
    """Return one ticket in full.

    Raises:
        NotAllowed: This laptop does not have the ticket.
        StoreFailed: The database cannot be read.
    """
    raise NotImplementedError
