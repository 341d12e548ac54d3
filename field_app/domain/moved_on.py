"""Parked work: what happened to its ticket meanwhile, and what can be done anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from field_app.domain.ids import OperationId, PhotoId, TicketId, new_id
from field_app.domain.operation import (
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
from field_app.domain.people import Person
from field_app.domain.photo import PhotoRole
from field_app.domain.place import degrees_of
from field_app.domain.replay import Applied, apply
from field_app.domain.ticket import EntryKind, Ticket, TimelineEntry
from field_app.domain.verdict import Reason

KEPT_DAYS: Final = 30
"""How long a decision about such work can be looked at, and what was put aside taken up again."""
FINAL: Final = frozenset({Reason.UNKNOWN_CREW, Reason.UNKNOWN_PHOTO})
"""Reasons that hold for the same work for ever."""
LOST: Final = frozenset({Reason.WITHDRAWN, Reason.UNKNOWN_TICKET})
"""Reasons that hold until the hub speaks of the ticket again."""
RECORDED: Final = frozenset({Reason.REASSIGNED, Reason.CLOSED, Reason.MOVED_ON})
"""Reasons with which the hub keeps work on the timeline; with all others it takes nothing in."""
WEIGHTIEST: Final = (
    Reason.WITHDRAWN,
    Reason.UNKNOWN_TICKET,
    Reason.REASSIGNED,
    Reason.CLOSED,
    Reason.MOVED_ON,
    Reason.NOT_ALLOWED,
    Reason.UNKNOWN_CREW,
    Reason.UNKNOWN_PHOTO,
    Reason.MALFORMED,
)
"""Reasons in the order in which they explain a ticket with several."""
_MOVES: Final = frozenset(
    {
        EntryKind.IMPORTED,
        EntryKind.START,
        EntryKind.HOLD,
        EntryKind.FINISH,
        EntryKind.CALL_BACK,
        EntryKind.DECLINE,
        EntryKind.APPROVE,
        EntryKind.SEND_BACK,
        EntryKind.REOPEN,
    }
)
_CAUSES: Final[Mapping[Reason, frozenset[EntryKind]]] = MappingProxyType(
    {
        Reason.REASSIGNED: frozenset({EntryKind.ASSIGN}),
        Reason.CLOSED: frozenset({EntryKind.APPROVE, EntryKind.IMPORTED}),
        Reason.MOVED_ON: _MOVES,
    }
)
"""What may have happened, by the reason for which an operation was only recorded."""


class WayOn(StrEnum):
    """What a person may decide about work that was not taken as it was meant."""

    KEEP = "keep"
    """Leave what the hub recorded, and add my words as a note where that is possible."""
    AGAIN = "again"
    """Do it anew on the ticket as it is now."""
    DROP = "drop"
    """Put it aside; it stays on the laptop for `KEPT_DAYS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedWork:
    """An operation that the hub did not take as it was meant."""

    operation: Operation
    reason: Reason
    is_at_hub: bool
    """Whether the hub keeps it on the timeline as evidence; else it exists here only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """Work to be done anew in place of an earlier operation."""

    former: Operation
    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about some parked operations of one ticket."""

    ticket_id: TicketId
    ticket_title: str
    """Empty when the ticket has left this laptop."""
    way: WayOn
    decided_at: datetime
    works: tuple[ParkedWork, ...]
    """Oldest first; at least one."""
    followed_by: tuple[OperationId, ...]
    """Operations that were made in their place; may be empty."""
    can_take_back: bool
    """Whether it can be decided anew: nothing that followed was handed to the network."""


def cause_of(ticket: Ticket, reason: Reason) -> TimelineEntry | None:
    """Return what happened to a ticket so that work did not fit any more; None if unknown."""
    kinds = _CAUSES.get(reason, frozenset())
    return next(
        (e for e in reversed(ticket.timeline) if e.kind in kinds and not e.is_only_recorded), None
    )


def main_reason(reasons: Iterable[Reason]) -> Reason:
    """Return the one of some reasons that explains the whole; there is at least one."""
    return min(reasons, key=WEIGHTIEST.index)


def own_words(work: Work) -> str:
    """Return the words for others that a person put into a work; may be empty."""
    match work:
        case Note(text=words):
            return words.strip()
        case Finish(note=words) | Hold(note=words) | Decline(note=words) | Approve(note=words):
            return words.strip()
        case SendBack(reason=words) | Reopen(reason=words) | CallBack(reason=words):
            return words.strip()
        case RemovePhoto(reason=words):
            return words.strip()
        case MovePlace(reason=words, place=place):
            return f"{words.strip()} · {degrees_of(place)}"
        case Start() | AddPhoto() | MarkPhoto() | PairPhoto() | Assign():
            return ""
        case _:
            assert_never(work)


def words_to_keep(parked: Sequence[ParkedWork]) -> str:
    """Return my words as one note, without those that are a note at the hub already."""
    said = (
        own_words(item.operation.work)
        for item in parked
        if not (item.is_at_hub and isinstance(item.operation.work, Note))
    )
    return "\n".join(dict.fromkeys(words for words in said if words))


def can_note(ticket: Ticket, words: str, parked: Sequence[ParkedWork], actor: Person) -> bool:
    """Return whether my words can become a note on the ticket as it is now."""
    if not words or any(_is_lost(ticket, item) for item in parked):
        return False
    noted = replace(parked[-1].operation, work=Note(text=words))
    return isinstance(apply(ticket, noted, actor), Applied)


def anew(ticket: Ticket, parked: Sequence[ParkedWork], actor: Person) -> tuple[Anew, ...]:
    """Return what of the work can be done again on the ticket as it is now, in its order.

    Photos that the ticket has by now are not added again; those that the hub refused get a new
    id, and go without their preview if the hub could not read them. Notes alone are nothing to do
    again: they are words to keep.

    Args:
        ticket: As the person sees it now.
        parked: Oldest first.
        actor: Who did it, and would do it again.
    """
    found: list[Anew] = []
    renamed: dict[PhotoId, PhotoId] = {}
    for item in parked:
        work = _work_anew(ticket, item, renamed)
        if work is None or item.reason in FINAL or _is_lost(ticket, item):
            continue
        result = apply(ticket, replace(item.operation, work=work), actor)
        if isinstance(result, Applied):
            ticket = result.ticket
            found.append(Anew(former=item.operation, work=work))
    return tuple(found) if any(not isinstance(a.work, Note) for a in found) else ()


def ways_on(
    ticket: Ticket | None, parked: Sequence[ParkedWork], actor: Person
) -> tuple[WayOn, ...]:
    """Return what a person can really decide, the recommended way first.

    Args:
        ticket: As the person sees it now; None when it is not theirs any more.
        parked: All such work on the ticket, oldest first.
        actor: Who decides.
    """
    is_noted = ticket is not None and can_note(ticket, words_to_keep(parked), parked, actor)
    is_all_there = all(item.is_at_hub for item in parked)
    ways = []
    if is_noted or any(item.is_at_hub for item in parked):
        ways.append(WayOn.KEEP)
    if ticket is not None and anew(ticket, parked, actor):
        ways.insert(len(ways) if is_all_there else 0, WayOn.AGAIN)
    if is_noted or not is_all_there:
        ways.append(WayOn.DROP)
    return tuple(ways)


def _is_lost(ticket: Ticket, item: ParkedWork) -> bool:
    """Return whether the hub had no such ticket, and has not sent it anew since."""
    return item.reason in LOST and ticket.revision == item.operation.based_on


def _work_anew(ticket: Ticket, item: ParkedWork, renamed: dict[PhotoId, PhotoId]) -> Work | None:
    """Return the work as it would be done now; None when there is nothing left to do."""
    work = item.operation.work
    if isinstance(work, Note):
        return None if item.is_at_hub else work
    if isinstance(work, AddPhoto):
        if any(p.sha256 == work.sha256 for p in ticket.photos_of(work.role)):
            return None
        renamed[work.photo_id] = PhotoId(new_id())
        preview = "" if item.reason is Reason.MALFORMED else work.preview
        return replace(
            work,
            photo_id=renamed[work.photo_id],
            preview=preview,
            retakes=_now(work.retakes, renamed),
            pair_id=_now(work.pair_id, renamed),
        )
    if isinstance(work, MarkPhoto | PairPhoto):
        return _about_renamed(work, renamed)
    if isinstance(work, Finish):
        here = {photo.id for photo in ticket.work_photos}
        meant = tuple(i for i in (renamed.get(i, i) for i in work.photo_ids) if i in here)
        photo_ids = meant or tuple(p.id for p in ticket.current_photos_of(PhotoRole.AFTER))
        may_go = photo_ids or work.no_photo_reason is not None
        return replace(work, photo_ids=photo_ids) if may_go else None
    return work


def _about_renamed(
    work: MarkPhoto | PairPhoto, renamed: dict[PhotoId, PhotoId]
) -> MarkPhoto | PairPhoto:
    """Return work about photos, naming those that have another id now."""
    photo_id = renamed.get(work.photo_id, work.photo_id)
    if isinstance(work, MarkPhoto):
        return replace(work, photo_id=photo_id)
    return replace(work, photo_id=photo_id, pair_id=renamed.get(work.pair_id, work.pair_id))


def _now(photo_id: PhotoId | None, renamed: dict[PhotoId, PhotoId]) -> PhotoId | None:
    """Return what a photo is called now."""
    return None if photo_id is None else renamed.get(photo_id, photo_id)
