"""What a person sees of parked work: both sides, what can be decided, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from field_app.domain.errors import NotAllowed
from field_app.domain.ids import CrewId, OperationId, TicketId
from field_app.domain.moved_on import (
    KEPT_DAYS,
    Decision,
    ParkedWork,
    WayOn,
    anew,
    can_note,
    cause_of,
    main_reason,
    ways_on,
    words_to_keep,
)
from field_app.domain.operation import AddPhoto
from field_app.domain.people import Person
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket, TimelineEntry
from field_app.domain.verdict import Reason
from field_app.photos.vault import Size
from field_app.queries.desk import Desk, honest_now
from field_app.store import copies, decisions, photos, sync_state, tickets, uploads
from field_app.store.uploads import UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoCounts:
    """Where the photos of parked work are."""

    all: int = 0
    at_hub: int = 0
    """Whole, checked."""
    refused: int = 0
    """Not wanted by the hub: they are on this laptop only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """Both sides of all parked work on one ticket."""

    ticket_id: TicketId
    works: tuple[ParkedWork, ...]
    """Oldest first; at least one."""
    reason: Reason
    """The one that explains the whole."""
    detail: str
    """The hub's plain English words; may be empty."""
    cause: TimelineEntry | None
    """What happened at the hub: who, when; None when it did not say."""
    mine: Ticket | None
    """The ticket as it was to be after my work; None when it left this laptop."""
    hubs: Ticket | None
    """The ticket as the hub has it; None when this person may not see it any more."""
    crews: Mapping[CrewId, str]
    person: Person
    ways: tuple[WayOn, ...]
    """What can be decided, the recommended way first."""
    is_noted: bool
    """Whether KEEP adds my words as a note."""
    done_anew: tuple[str, ...]
    """Types of the operations that AGAIN makes."""
    photos: PhotoCounts
    my_photo: Path | None
    """The newest picture of my work on this laptop; None when there is none."""
    hub_photo: Path | None
    """The newest picture of somebody else's work; None when this laptop has none."""

    @property
    def operation_ids(self) -> tuple[OperationId, ...]:
        """Return the operations that are decided about."""
        return tuple(item.operation.id for item in self.works)


def conflict(desk: Desk, operation_id: OperationId) -> ConflictView:
    """Return both sides of everything that is parked on an operation's ticket.

    Raises:
        NotAllowed: There is no such parked operation.
        StoreFailed: The database cannot be read.
    """
    db, person = desk.db, desk.person
    ticket_id = decisions.ticket_of(db, operation_id)
    found = None if ticket_id is None else decisions.parked_of(db, ticket_id)
    if ticket_id is None or found is None:
        raise NotAllowed(f"no parked operation {operation_id}")
    hubs = None if copies.is_gone(db, ticket_id) else copies.server_copy(db, ticket_id)
    now = None if hubs is None else tickets.visible_copy(db, ticket_id, person)
    reason = main_reason(item.reason for item in found.works)
    words = words_to_keep(found.works)
    return ConflictView(
        ticket_id=ticket_id,
        works=found.works,
        reason=reason,
        detail=found.detail,
        cause=(None if hubs is None else cause_of(hubs, reason)) or found.cause,
        mine=found.mine,
        hubs=hubs,
        crews={crew.id: crew.name for crew in sync_state.reference(db).crews},
        person=person,
        ways=ways_on(now, found.works, person),
        is_noted=now is not None and can_note(now, words, found.works, person),
        done_anew=() if now is None else tuple(a.work.type for a in anew(now, found.works, person)),
        photos=_counts(desk, found.works),
        my_photo=_my_photo(desk, ticket_id),
        hub_photo=None if hubs is None else _hub_photo(desk, hubs),
    )


def decided(desk: Desk) -> tuple[Decision, ...]:
    """Return what was decided and can still be looked at, newest first; may be empty.

    Raises:
        StoreFailed: The database cannot be read.
    """
    since = honest_now(desk) - timedelta(days=KEPT_DAYS)
    return decisions.decisions(desk.db, since)


def _counts(desk: Desk, works: tuple[ParkedWork, ...]) -> PhotoCounts:
    """Return where the photos of parked work are."""
    going_up = [
        uploads.get(desk.db, item.operation.work.photo_id)
        for item in works
        if isinstance(item.operation.work, AddPhoto)
    ]
    states = [upload.state for upload in going_up if upload is not None]
    return PhotoCounts(
        all=len(states),
        at_hub=states.count(UploadState.ARRIVED),
        refused=states.count(UploadState.REFUSED),
    )


def _my_photo(desk: Desk, ticket_id: TicketId) -> Path | None:
    """Return the newest picture of this laptop's own photos, one after the work before others."""
    mine = photos.of_ticket(desk.db, ticket_id)
    ordered = sorted(mine, key=lambda p: (p.role is PhotoRole.AFTER, p.added_at), reverse=True)
    return next((path for p in ordered if (path := _picture(desk, p.sha256)) is not None), None)


def _hub_photo(desk: Desk, hubs: Ticket) -> Path | None:
    """Return the newest picture of work that somebody else added."""
    others = [p for p in reversed(hubs.work_photos) if p.added_by != desk.person.id]
    return next((path for p in others if (path := _picture(desk, p.sha256)) is not None), None)


def _picture(desk: Desk, sha256: str) -> Path | None:
    """Return the better one of a photo's copies for looking at, or None."""
    vault = desk.vault
    return vault.copy_path(sha256, Size.SCREEN) or vault.copy_path(sha256, Size.THUMB)
