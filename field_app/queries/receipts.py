"""Receipts as a person reads them: act by act, each with its photos, over the last weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from field_app.domain.errors import NotAllowed
from field_app.domain.ids import Revision, TicketId
from field_app.photos.vault import Size
from field_app.queries.acts import Act, acts
from field_app.queries.desk import Desk, honest_now, start_of_day
from field_app.queries.outbox import Delivered, delivered
from field_app.store import queue
from field_app.store import receipts as store

DAYS: Final = 30
"""How far the list of receipts goes back."""
PHOTO: Final = "photo"
"""Type of a part that is about a photo's bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPart:
    """What the hub said about one operation or one photo."""

    type: str
    """An operation's type, or `PHOTO`."""
    number: str
    """Short text that a person can read out; empty when the hub gave none."""
    received_at: datetime | None
    """By the hub's clock."""
    revision: Revision | None
    sha256: str
    """64 hex digits, or empty."""
    size_bytes: int
    thumb: Path | None
    """A small picture of a photo, if this laptop has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """Everything that the hub confirmed of one act."""

    key: str
    ticket_id: TicketId
    ticket_title: str
    type: str
    received_at: datetime
    """When the last of it was there, by the hub's clock."""
    size_bytes: int
    parts: tuple[ReceiptPart, ...]
    """Oldest first; never empty."""


def receipts(desk: Desk, words: str) -> tuple[Delivered, ...]:
    """Return what the hub holds of the last `DAYS` days, newest first.

    Args:
        desk: Where.
        words: Must occur in the job's number or title, or in the receipt's number; empty for all.

    Raises:
        StoreFailed: The database cannot be read.
    """
    wanted = words.strip().casefold()
    return tuple(
        item
        for item in delivered(_acts(desk), _since(desk))
        if wanted in f"{item.ticket_id} {item.receipt} {item.ticket_title}".casefold()
    )


def receipt(desk: Desk, key: str) -> ReceiptView:
    """Return all that the hub confirmed of an act.

    Args:
        desk: Where.
        key: As in `Delivered`.

    Raises:
        NotAllowed: Nothing of it is at the hub.
        StoreFailed: The database cannot be read.
    """
    act = next((act for act in _acts(desk) if act.key == key and act.kept), None)
    if act is None:
        raise NotAllowed(f"there is no receipt of {key}")
    kept = act.kept
    found = store.of_operations(desk.db, [member.operation_id for member in kept])
    return ReceiptView(
        key=key,
        ticket_id=act.ticket_id,
        ticket_title=kept[-1].ticket_title,
        type=act.type,
        received_at=max(member.received_at for member in kept),
        size_bytes=sum(member.size_bytes for member in kept),
        parts=tuple(_part(desk, part) for part in found),
    )


def _acts(desk: Desk) -> tuple[Act, ...]:
    """Return the acts of the last days."""
    return acts(queue.queued(desk.db), queue.delivered_since(desk.db, _since(desk)))


def _since(desk: Desk) -> datetime:
    """Return when the list of receipts begins."""
    return start_of_day(honest_now(desk)) - timedelta(days=DAYS - 1)


def _part(desk: Desk, part: store.Receipt) -> ReceiptPart:
    """Return one part as a person reads it."""
    is_photo = part.type == PHOTO
    return ReceiptPart(
        type=part.type,
        number=part.number,
        received_at=part.received_at,
        revision=part.revision,
        sha256=part.sha256,
        size_bytes=part.size_bytes,
        thumb=desk.vault.copy_path(part.sha256, Size.THUMB) if is_photo else None,
    )
