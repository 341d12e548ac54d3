"""What a person sees of the outbox: what waits, what needs them, what arrived today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from field_app.domain.clock import corrected, correction
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.verdict import Reason
from field_app.queries.act_rows import ActRow, in_order, parked_row, row_of
from field_app.queries.acts import Act, acts
from field_app.queries.desk import Desk, start_of_day
from field_app.queries.local_state import LocalState
from field_app.queries.packs import only_here
from field_app.store import pauses, queue, sync_state, uploads
from field_app.store.pauses import Pauses
from field_app.store.turns import LONGEST_WAIT

__all__ = [
    "Delivered",
    "OutboxItem",
    "OutboxView",
    "Pauses",
    "delivered",
    "outbox",
]


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
    photo_id: PhotoId | None
    """Whose bytes go with it; None when there are none or they arrived."""
    size_bytes: int
    """Operation and photo together."""
    sent_bytes: int
    made_at: datetime
    """As people see it: set right by what the hub's clock was ahead when it was made."""
    local: LocalState
    retry_at: datetime | None
    """When it is tried again; None unless `local` is RETRY, or when it is tried at once."""
    last_error: str
    """English name of the failure's class, or its detail; empty when nothing failed."""
    reason: Reason | None
    """Set when `local` is ATTENTION."""
    detail: str
    can_undo: bool
    """Whether `actions.tickets.undo` can still take it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One thing that a crew did and the hub holds, its photos and words with it."""

    key: str
    operation_id: OperationId
    """The act's own; the last one of what has no act."""
    ticket_id: TicketId
    ticket_title: str
    type: str
    receipt: str
    """Short text that a person can read out."""
    received_at: datetime
    """When the last of it was there, by the hub's clock."""
    size_bytes: int
    photo_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxView:
    """The whole outbox."""

    items: tuple[OutboxItem, ...]
    """Those that need a person first, then oldest first; may be empty."""
    rows: tuple[ActRow, ...]
    """The same by acts: what needs a person, what goes, what rests; oldest first in each."""
    delivered_today: tuple[Delivered, ...]
    """Newest first; may be empty."""
    waiting_count: int
    attention_count: int
    """Jobs that need a person."""
    total_bytes: int
    """Of what is not done with and does not rest: operations and photos."""
    sent_bytes: int
    rests: Pauses
    """What a person lets rest."""
    resting_count: int
    """Photos that rest."""
    resting_bytes: int
    """What of them is still to be sent."""
    pack_count: int = 0
    """Colleagues' rescue packs that this laptop has and the hub did not take."""


def outbox(desk: Desk) -> OutboxView:
    """Return the outbox as it stands.

    Raises:
        StoreFailed: The database cannot be read.
    """
    now = desk.clock.now()
    ahead = correction(sync_state.clock_offset_ms(desk.db))
    found = [_honest(queued, now, ahead) for queued in queue.queued(desk.db)]
    since = start_of_day(now + ahead)
    together = acts(found, queue.delivered_since(desk.db, since))
    rests = pauses.read(desk.db)
    items = [_item(queued) for queued in found]
    items.sort(key=lambda item: item.local is not LocalState.ATTENTION)  # the rest in their order
    parked: dict[TicketId, list[queue.Queued]] = {}
    for queued in found:
        if queued.is_parked:
            parked.setdefault(queued.ticket_id, []).append(queued)
    places = {queued.operation_id: place for place, queued in enumerate(found)}
    placed = [
        *((places[group[0].operation_id], parked_row(group)) for group in parked.values()),
        *((places[a.queued[-1].operation_id], row_of(a, rests)) for a in together if a.queued),
    ]
    rows = in_order(row for _, row in sorted(placed, key=lambda pair: pair[0]))
    going = [row for row in rows if row.parked_id is None]
    resting_count, resting_bytes = uploads.resting(desk.db)
    return OutboxView(
        items=tuple(items),
        rows=rows,
        delivered_today=delivered(together, since),
        waiting_count=sum(1 for item in items if item.local is not LocalState.ATTENTION),
        attention_count=len(parked),
        total_bytes=sum(row.size_bytes - row.resting_bytes for row in going),
        sent_bytes=sum(row.sent_bytes for row in going),
        rests=rests,
        resting_count=resting_count,
        resting_bytes=resting_bytes,
        pack_count=len(only_here(desk)),
    )


def delivered(together: Iterable[Act], since: datetime) -> tuple[Delivered, ...]:
    """Return the acts of which the hub has everything since a time, newest first."""
    whole = [
        _delivered(act)
        for act in together
        if act.kept and not act.queued and max(k.received_at for k in act.kept) >= since
    ]
    return tuple(sorted(whole, key=lambda item: (item.received_at, item.receipt), reverse=True))


def _honest(queued: queue.Queued, now: datetime, ahead: timedelta) -> queue.Queued:
    """Return an entry with its times as people see them.

    Args:
        queued: As it was read. A next try that is too far ahead was written before the clock was
            set back: it is tried at once, see `store.turns`.
        now: By this computer's clock.
        ahead: What is added to it now; when the entry was made it may have been something else.
    """
    again = queued.not_before
    return replace(
        queued,
        made_at=corrected(queued.made_at, queued.clock_offset_ms),
        not_before=None if again is None or again > now + LONGEST_WAIT else again + ahead,
    )


def _item(queued: queue.Queued) -> OutboxItem:
    """Return a line of the outbox."""
    local = _local(queued)
    settled_bytes = queued.body_bytes if queued.is_settled else 0
    return OutboxItem(
        operation_id=queued.operation_id,
        ticket_id=queued.ticket_id,
        ticket_title=queued.ticket_title,
        category=queued.category,
        type=queued.type,
        photo_count=int(queued.photo_bytes > 0),
        photo_id=queued.photo_id,
        size_bytes=queued.body_bytes + queued.photo_bytes,
        sent_bytes=settled_bytes + queued.sent_bytes,
        made_at=queued.made_at,
        local=local,
        retry_at=queued.not_before if local is LocalState.RETRY else None,
        last_error=queued.last_error,
        reason=queued.reason,
        detail=queued.detail,
        can_undo=not (queued.is_parked or queued.has_left or queued.is_packed),
    )


def _local(queued: queue.Queued) -> LocalState:
    """Return where a line of the outbox stands."""
    if queued.is_parked:
        return LocalState.ATTENTION
    if queued.last_error:
        return LocalState.RETRY
    is_moving = queued.sent_bytes > 0 if queued.is_settled else queued.has_left
    return LocalState.SENDING if is_moving else LocalState.QUEUED


def _delivered(act: Act) -> Delivered:
    """Return the line of an act of which the hub has everything."""
    head = next((kept for kept in act.kept if kept.operation_id == act.key), act.kept[-1])
    return Delivered(
        key=act.key,
        operation_id=head.operation_id,
        ticket_id=act.ticket_id,
        ticket_title=head.ticket_title,
        type=act.type,
        receipt=head.receipt,
        received_at=max(kept.received_at for kept in act.kept),
        size_bytes=sum(kept.size_bytes for kept in act.kept),
        photo_count=sum(1 for kept in act.kept if kept.photo_id is not None),
    )
