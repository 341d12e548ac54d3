"""What a person sees of the outbox: what waits, what needs them, what arrived today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.ids import CrewId, OperationId, TicketId
from field_app.domain.operation import Operation
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Reason
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """One operation that is not done with; its photo's upload counts with it."""

    operation_id: OperationId
    ticket_id: TicketId
    ticket_title: str
    """May be empty when the ticket left this laptop."""
    category: str
    type: str
    """An operation's type: `start`, `add_photo`, …"""
    photo_count: int
    size_bytes: int
    """Operation and photo together."""
    sent_bytes: int
    made_at: datetime
    local: LocalState
    retry_at: datetime | None
    """When it is tried again; None unless `local` is RETRY."""
    last_error: str
    """English name of the failure's class, or its detail; empty when nothing failed."""
    reason: Reason | None
    """Set when `local` is ATTENTION."""
    detail: str
    can_undo: bool
    """Whether `actions.tickets.undo` can still take it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One operation that the hub holds."""

    operation_id: OperationId
    ticket_id: TicketId
    ticket_title: str
    type: str
    receipt: str
    """Short text that a person can read out."""
    received_at: datetime
    """By the hub's clock."""
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxView:
    """The whole outbox."""

    items: tuple[OutboxItem, ...]
    """Those that need a person first, then oldest first; may be empty."""
    delivered_today: tuple[Delivered, ...]
    """Newest first; may be empty."""
    waiting_count: int
    attention_count: int
    total_bytes: int
    """Of what is not done with: operations and photos."""
    sent_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """Both sides of an operation that the hub did not take as it was meant."""

    operation: Operation
    reason: Reason
    detail: str
    mine: Ticket | None
    """The ticket as it was to be after the operation; None when it left this laptop."""
    hubs: Ticket | None
    """The ticket as the hub has it; None when this person may not see it any more."""
    crews: Mapping[CrewId, str]


def outbox(desk: Desk) -> OutboxView:
    """Return the outbox as it stands.

    Raises:
        StoreFailed: The database cannot be read.
    """
    raise NotImplementedError


def conflict(desk: Desk, operation_id: OperationId) -> ConflictView:
    """Return both sides of a parked operation.

    Raises:
        NotAllowed: There is no such parked operation.
        StoreFailed: The database cannot be read.
    """
    raise NotImplementedError
