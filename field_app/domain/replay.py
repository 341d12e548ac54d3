"""Replay: the one pure function by which hub and laptop change tickets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from field_app.domain.lifecycle import DECLINED_GOALS, DOERS, GOALS, STARTS
from field_app.domain.operation import (
    NOTE_LIMIT,
    AddPhoto,
    Approve,
    Assign,
    CallBack,
    Decline,
    Finish,
    Hold,
    MarkPhoto,
    MovePlace,
    Note,
    Operation,
    PairPhoto,
    RemovePhoto,
    Reopen,
    SendBack,
    Start,
    Work,
)
from field_app.domain.people import Person, Role
from field_app.domain.photo import EARLIER, Photo, PhotoRole
from field_app.domain.place import Place, degrees_of
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.domain.verdict import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The operation changed the ticket."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The ticket had moved on; the operation only stands on its timeline."""

    ticket: Ticket
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The operation can never apply."""

    reason: Reason


Result = Applied | Recorded | Refused


def apply(ticket: Ticket, operation: Operation, actor: Person) -> Result:
    """Return what `operation`, done by `actor`, makes of `ticket`. The revision stays as it is."""
    kind = operation.work.type
    if actor.role not in DOERS[kind]:
        return Refused(reason=Reason.NOT_ALLOWED)
    reason = _why_moved_on(ticket, operation.work, actor)
    if reason is Reason.NOT_ALLOWED or reason is Reason.UNKNOWN_PHOTO:
        return Refused(reason=reason)
    if reason is not None:
        entry = replace(entry_of(operation, actor), is_only_recorded=True)
        kept = replace(ticket, timeline=(*ticket.timeline, entry))
        if isinstance(operation.work, AddPhoto):
            evidence = replace(operation.work, retakes=None)  # what stood there then still stands
            kept = _with_photo(kept, evidence, operation)
        return Recorded(ticket=kept, reason=reason)
    changed = _worked(ticket, operation)
    entry = entry_of(operation, actor)
    return Applied(ticket=replace(changed, timeline=(*changed.timeline, entry)))


def visible(server_copy: Ticket, waiting: Iterable[Operation], actor: Person) -> Ticket:
    """Return what a person sees: the hub's copy and then each waiting operation, oldest first.

    An operation that no longer fits changes nothing here; the hub will say what becomes of it.
    """
    ticket = server_copy
    for operation in waiting:
        result = apply(ticket, operation, actor)
        if isinstance(result, Applied):
            ticket = result.ticket
    return ticket


def honest_time(operation: Operation) -> datetime:
    """Return when the operation was made by the hub's clock, as well as the laptop knew it."""
    return operation.made_at + timedelta(milliseconds=operation.clock_offset_ms)


def entry_of(operation: Operation, actor: Person) -> TimelineEntry:
    """Return the timeline's line for `operation`."""
    work = operation.work
    crew_id = work.crew_id if isinstance(work, Assign) else actor.crew_id
    return TimelineEntry(
        kind=EntryKind(work.type),
        at=honest_time(operation),
        person_id=actor.id,
        person_name=actor.name,
        crew_id=crew_id,
        text=_text_of(work),
        reason=_reason_of(work),
        operation_id=operation.id,
    )


def _why_moved_on(ticket: Ticket, work: Work, actor: Person) -> Reason | None:
    """Return why the operation does not fit the ticket, or None when it does."""
    if actor.role is Role.CREW and ticket.crew_id != actor.crew_id:
        had_it = actor.crew_id in ticket.former_crew_ids
        return Reason.REASSIGNED if had_it else Reason.NOT_ALLOWED
    if ticket.state not in STARTS[work.type]:
        return Reason.CLOSED if ticket.is_closed else Reason.MOVED_ON
    if isinstance(work, RemovePhoto | MarkPhoto) and work.photo_id not in {
        p.id for p in ticket.photos
    }:
        return Reason.UNKNOWN_PHOTO
    if isinstance(work, PairPhoto) and not _are_pair(ticket, work):
        return Reason.UNKNOWN_PHOTO
    return None


def _are_pair(ticket: Ticket, work: PairPhoto) -> bool:
    """Return whether the ticket has both photos, one from after the work and one from before."""
    roles = {photo.id: photo.role for photo in ticket.photos}
    is_after = roles.get(work.photo_id) is PhotoRole.AFTER
    return is_after and roles.get(work.pair_id) in EARLIER


def _text_of(work: Work) -> str:
    """Return the free words of a work."""
    match work:
        case Note(text=text):
            return text
        case Hold(note=note) | Finish(note=note) | Decline(note=note) | Approve(note=note):
            return note
        case AddPhoto(role=role):
            return role.value
        case MovePlace(place=place):
            return degrees_of(place)
        case MarkPhoto(marks=marks):
            return " · ".join(mark.text for mark in marks if mark.text)[:NOTE_LIMIT]
        case Start() | RemovePhoto() | PairPhoto() | CallBack() | SendBack() | Assign() | Reopen():
            return ""
        case _:
            assert_never(work)


def _reason_of(work: Work) -> str:
    """Return the reason that a work names, or nothing."""
    match work:
        case Hold(reason=reason) | Decline(reason=reason):
            return reason.value
        case SendBack(reason=why) | Reopen(reason=why) | CallBack(reason=why):
            return why
        case RemovePhoto(reason=why) | MovePlace(reason=why):
            return why
        case Finish(no_photo_reason=reason):
            return "" if reason is None else reason.value
        case Start() | Note() | AddPhoto() | MarkPhoto() | PairPhoto() | Approve() | Assign():
            return ""
        case _:
            assert_never(work)


def _worked(  # noqa: C901, PLR0911, PLR0912  one case for each thing a person does
    ticket: Ticket, operation: Operation
) -> Ticket:
    """Return the ticket after a legal operation, its timeline still as it was."""
    work = operation.work
    moved = replace(ticket, state=GOALS.get(work.type, ticket.state))
    match work:
        case Start() | Note() | Hold():
            return moved
        case AddPhoto():
            return _with_photo(moved, work, operation)
        case RemovePhoto(photo_id=photo_id):
            photos = tuple(
                replace(p, is_withdrawn=True) if p.id == photo_id else p for p in moved.photos
            )
            return replace(moved, photos=photos)
        case MarkPhoto(photo_id=photo_id, marks=marks):
            photos = tuple(replace(p, marks=marks) if p.id == photo_id else p for p in moved.photos)
            return replace(moved, photos=photos)
        case PairPhoto(photo_id=photo_id, pair_id=pair_id, pair_matches=matches):
            photos = tuple(
                replace(p, pair_id=pair_id, pair_matches=matches) if p.id == photo_id else p
                for p in moved.photos
            )
            return replace(moved, photos=photos)
        case MovePlace(place=place, reason=why):
            return moved.with_pin_at(place, why)
        case Finish(note=note):
            return replace(
                moved,
                resolution_note=note,
                no_photo_reason=_reason_of(work),
                send_back_reason="",
                decline_reason="",
            )
        case CallBack() | Reopen():
            return replace(moved, decline_reason="", send_back_reason="")
        case Decline(reason=reason, note=note):
            return replace(moved, decline_reason=reason, resolution_note=note, send_back_reason="")
        case Approve():
            return replace(moved, state=_approved_state(ticket))
        case SendBack(reason=why):
            return replace(moved, send_back_reason=why, decline_reason="")
        case Assign():
            return _assigned(moved, work)
        case _:
            assert_never(work)


def _approved_state(ticket: Ticket) -> TicketState:
    """Return the state that approval leads to."""
    return DECLINED_GOALS[ticket.decline_reason]


def _assigned(ticket: Ticket, work: Assign) -> Ticket:
    """Return the ticket in another crew's hands."""
    former = ticket.former_crew_ids
    if ticket.crew_id is not None and ticket.crew_id != work.crew_id:
        former = (*(c for c in former if c != ticket.crew_id), ticket.crew_id)
    return replace(
        ticket,
        crew_id=work.crew_id,
        former_crew_ids=tuple(c for c in former if c != work.crew_id),
        due_at=work.due_at or ticket.due_at,
    )


def _with_photo(ticket: Ticket, work: AddPhoto, operation: Operation) -> Ticket:
    """Return the ticket with one more photo, unless it has it."""
    if work.photo_id in {p.id for p in ticket.photos}:
        return ticket
    place = None
    if work.latitude is not None and work.longitude is not None:
        place = Place(latitude=work.latitude, longitude=work.longitude)
    photo = Photo(
        id=work.photo_id,
        role=work.role,
        sha256=work.sha256,
        size_bytes=work.size_bytes,
        width=work.width,
        height=work.height,
        taken_at=work.taken_at,
        place=place,
        added_at=honest_time(operation),
        added_by=operation.actor_id,
        evidence=work.evidence,
        retakes=work.retakes,
        pair_id=work.pair_id,
        pair_matches=work.pair_matches,
    )
    return replace(ticket, photos=(*ticket.photos, photo))
