"""One row of the outbox: an act with its photos and words, how far it is and what can be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.moved_on import main_reason
from field_app.domain.verdict import Reason
from field_app.queries.acts import Act
from field_app.queries.local_state import LocalState
from field_app.store.pauses import Pauses
from field_app.store.queue import Queued


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPhoto:
    """A photo of which the hub does not have every byte."""

    photo_id: PhotoId
    size_bytes: int
    sent_bytes: int
    """Acknowledged by the hub."""
    has_picture: bool = False
    """Whether the hub can show it by a screen copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """One act that is not done with, or one operation that needs a person."""

    key: str
    """The same at every look."""
    ticket_id: TicketId
    ticket_title: str
    """May be empty when the ticket left this laptop."""
    category: str
    type: str
    """An operation's type: `start`, `finish`, …; `add_photo` for photos without an act."""
    photo_count: int
    """Also those that the hub has."""
    arrived_count: int
    """Photos of which the hub has every byte."""
    has_words: bool
    """Whether words wait."""
    words_at_hub: bool
    """Whether only bytes of photos are still to be sent."""
    open_photos: tuple[OpenPhoto, ...]
    size_bytes: int
    """Of all photos, and of the operations that wait."""
    sent_bytes: int
    resting_bytes: int
    """Bytes of photos that a person lets rest."""
    made_at: datetime
    """When the act was done; the newest for photos without one."""
    local: LocalState
    retry_at: datetime | None
    """When it is tried again; None unless `local` is RETRY."""
    attempts: int
    """How often the last try failed in a row."""
    last_error: str
    """English name of the failure's class; empty when nothing failed."""
    reason: Reason | None
    """Set when `local` is ATTENTION."""
    parked_id: OperationId | None
    """The operation that needs a person; None unless `local` is ATTENTION."""
    undo_id: OperationId | None
    """What `actions.tickets.undo` can still take out first; None for nothing."""
    undo_type: str
    """Its type; empty for nothing."""

    @property
    def pictured_count(self) -> int:
        """How many of the photos that are only here the hub can show by a screen copy."""
        return sum(photo.has_picture for photo in self.open_photos)

    @property
    def rests_by_job(self) -> bool:
        """Whether it can be sent although it rests: by a word about this job alone."""
        return self.local is LocalState.PAUSED and bool(self.open_photos)


def parked_row(queued: Sequence[Queued]) -> ActRow:
    """Return the row of all operations of one ticket that need a person: they are one matter."""
    named = [item for item in queued if item.type != "add_photo"] or queued
    reasons = [item.reason for item in queued if item.reason is not None]
    return replace(
        _row(queued[-1].operation_id, named[-1].type, queued),
        photo_count=sum(item.type == "add_photo" for item in queued),
        local=LocalState.ATTENTION,
        reason=main_reason(reasons) if reasons else None,
        parked_id=queued[-1].operation_id,
        retry_at=None,
    )


def row_of(act: Act, rests: Pauses) -> ActRow:
    """Return the row of an act of which something is not done with."""
    queued = act.queued
    row = _row(act.key, act.type, queued)
    photos_rest = rests.rests(act.ticket_id)
    waits = [item for item in queued if not item.is_settled]
    arrived = [kept for kept in act.kept if kept.photo_id is not None]
    arrived_bytes = sum(kept.photo_bytes for kept in arrived)
    resting = sum(p.size_bytes - p.sent_bytes for p in row.open_photos) if photos_rest else 0
    local = _local(queued, resting=rests.everything or (photos_rest and not waits))
    last = waits[-1] if waits else None
    can_undo = last is not None and not (last.has_left or last.is_packed)
    return replace(
        row,
        photo_count=row.photo_count + len(arrived),
        arrived_count=len(arrived),
        words_at_hub=not waits,
        size_bytes=row.size_bytes + arrived_bytes,
        sent_bytes=row.sent_bytes + arrived_bytes,
        resting_bytes=resting,
        local=local,
        retry_at=_retry_at(queued) if local is LocalState.RETRY else None,
        undo_id=last.operation_id if last is not None and can_undo else None,
        undo_type=last.type if last is not None and can_undo else "",
    )


def in_order(rows: Iterable[ActRow]) -> tuple[ActRow, ...]:
    """Return rows in their order: what needs a person, what goes, what rests; oldest first.

    Of one job only the newest row offers undo: what came before rests under it.

    Args:
        rows: In the order in which things were done, which no clock decides.
    """
    ranks = {LocalState.ATTENTION: 0, LocalState.PAUSED: 2}
    as_done = tuple(rows)
    ordered = sorted(as_done, key=lambda row: ranks.get(row.local, 1))
    newest: Mapping[TicketId, ActRow] = {
        row.ticket_id: row for row in as_done if row.undo_id is not None
    }
    return tuple(
        row if newest.get(row.ticket_id, row) is row else replace(row, undo_id=None, undo_type="")
        for row in ordered
    )


def moving(row: ActRow, under_way: Mapping[PhotoId, int]) -> ActRow:
    """Return a row with the bytes of its photos that are under way now.

    Args:
        row: As it was read.
        under_way: Bytes handed to the network, by photo.
    """
    mine = [photo for photo in row.open_photos if photo.photo_id in under_way]
    if not mine or row.local is LocalState.ATTENTION:
        return row
    grown = sum(max(0, min(p.size_bytes, under_way[p.photo_id]) - p.sent_bytes) for p in mine)
    return replace(
        row,
        sent_bytes=min(row.size_bytes, row.sent_bytes + grown),
        local=LocalState.SENDING,
        retry_at=None,
        last_error="",
    )


def _row(key: str, act: str, queued: Sequence[Queued]) -> ActRow:
    """Return what a row says of operations, wherever they stand."""
    first, last = queued[0], queued[-1]
    head = next((item for item in queued if item.operation_id == key), last)
    photos = tuple(
        OpenPhoto(
            photo_id=q.photo_id,
            size_bytes=q.photo_bytes,
            sent_bytes=q.sent_bytes,
            has_picture=q.has_picture,
        )
        for q in queued
        if q.photo_id is not None
    )
    failing = [item for item in queued if item.last_error]
    return ActRow(
        key=key,
        ticket_id=first.ticket_id,
        ticket_title=first.ticket_title,
        category=first.category,
        type=act,
        photo_count=len(photos),
        arrived_count=0,
        has_words=any(item.has_words for item in queued),
        words_at_hub=False,
        open_photos=photos,
        size_bytes=sum(item.body_bytes + item.photo_bytes for item in queued),
        sent_bytes=sum(item.sent_bytes for item in queued),
        resting_bytes=0,
        made_at=head.made_at,
        local=LocalState.QUEUED,
        retry_at=None,
        attempts=max((item.attempts for item in failing), default=0),
        last_error=failing[0].last_error if failing else "",
        reason=None,
        parked_id=None,
        undo_id=None,
        undo_type="",
    )


def _local(queued: Sequence[Queued], *, resting: bool) -> LocalState:
    """Return where an act stands: the first of its states that a person must know."""
    if resting:
        return LocalState.PAUSED
    if any(item.last_error for item in queued):
        return LocalState.RETRY
    is_moving = any(item.sent_bytes > 0 if item.is_settled else item.has_left for item in queued)
    return LocalState.SENDING if is_moving else LocalState.QUEUED


def _retry_at(queued: Sequence[Queued]) -> datetime | None:
    """Return when the first of what failed is tried again; None for at once."""
    times = [item.not_before for item in queued if item.last_error and item.not_before]
    return min(times, default=None)
