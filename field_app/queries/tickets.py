"""What a person sees of tickets: the list of the day and one ticket in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from field_app.domain.clock import to_stamp
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import CrewId, OperationId, TicketId
from field_app.domain.listed import joined
from field_app.domain.place import Place
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket, TicketState
from field_app.protocol.listed import listed_of
from field_app.queries.desk import Desk, honest_now, start_of_day
from field_app.queries.local_state import LocalState, local_states
from field_app.queries.photos import PhotoCard, photo_cards
from field_app.queries.snapshot import is_handed_in, snapshot
from field_app.queries.ticket_rows import Line, RowMaker, SortBy, TicketRow
from field_app.store import copies, drafts, outbox, search, sync_state

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
    ids = search.find(desk.db, ticket_filter.words)
    now = honest_now(desk)
    since = start_of_day(now)
    tickets = snapshot(desk)
    lines = tickets.lines(ticket_filter.sort)
    if ids is not None:
        lines = [line for line in lines if line[1].id in ids]
    done_count, all_count = tickets.progress(since)
    return TicketList(
        rows=_chosen(lines, ticket_filter, to_stamp(since)),
        done_count=done_count,
        all_count=all_count,
        fetched_at=sync_state.honest_success_at(desk.db),
        position=tickets.position,
    )


def ticket_detail(desk: Desk, ticket_id: TicketId) -> TicketDetail:
    """Return one ticket in full.

    Raises:
        NotAllowed: This laptop does not have the ticket.
        StoreFailed: The database cannot be read.
    """
    copy = copies.server_copy(desk.db, ticket_id)
    if copy is None:
        raise NotAllowed(f"ticket {ticket_id} is not on this laptop")
    waiting = outbox.waiting_of(desk.db, ticket_id)
    ticket = visible(copy, waiting, desk.person)
    maker = RowMaker(
        now=honest_now(desk),
        position=sync_state.position(desk.db),
        local=local_states(desk.db),
    )
    return TicketDetail(
        ticket=ticket,
        row=maker.row(listed_of(ticket)),
        unsent=frozenset(operation.id for operation in waiting),
        photos=photo_cards(desk, ticket),
        draft=drafts.get(desk.db, ticket_id),
        crews={crew.id: crew.name for crew in sync_state.reference(desk.db).crews},
    )


def _chosen(
    lines: Iterable[Line], ticket_filter: TicketFilter, since: str
) -> tuple[TicketRow, ...]:
    """Return the rows that pass the filter, words aside, in their order."""
    if ticket_filter.scope is Scope.TODAY:
        lines = [line for line in lines if line[0].is_for_crew or is_handed_in(line[0], since)]
    if ticket_filter.only_overdue:
        lines = [line for line in lines if line[1].is_overdue]
    if ticket_filter.states:
        lines = [line for line in lines if line[1].state in ticket_filter.states]
    if ticket_filter.categories:
        names = [joined([name]) for name in ticket_filter.categories]
        lines = [line for line in lines if any(name in line[0].categories for name in names)]
    return tuple([row for _, row in lines])
