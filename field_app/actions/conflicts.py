"""What a person decides about parked work; each function is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from field_app.actions import tickets as act_tickets
from field_app.actions.recording import check_words, record
from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.moved_on import Anew, ParkedWork, WayOn, anew, can_note, words_to_keep
from field_app.domain.operation import AddPhoto, Note
from field_app.domain.ticket import Ticket
from field_app.queries.desk import Desk, honest_now
from field_app.store import copies, decisions, drafts, photos, tickets, uploads

Followed = list[tuple[OperationId, OperationId | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, durably written down on this laptop."""

    changes: Changes
    ticket_id: TicketId
    operation_ids: tuple[OperationId, ...]
    """What was decided about; also what `take_back` is given."""
    followed_by: tuple[OperationId, ...] = ()
    """Operations that were made in their place; may be empty."""


def decide(
    desk: Desk, ticket_id: TicketId, operation_ids: Sequence[OperationId], way: WayOn
) -> Decided:
    """Do with parked work of a ticket what a person chose; nothing of it is deleted.

    Each operation is marked as decided and names the one that was made in its place.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        operation_ids: The parked operations that the person saw.
        way: What the person chose.

    Raises:
        NotAllowed: One of them is not parked, or this way is not open any more.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        parked = decisions.parked_of(desk.db, ticket_id)
        known = {} if parked is None else {w.operation.id: w for w in parked.works}
        if not operation_ids or any(i not in known for i in operation_ids):
            raise NotAllowed(f"ticket {ticket_id} has no such parked work")
        works = tuple(known[i] for i in known if i in set(operation_ids))
        followed = _follow(desk, ticket_id, works, way)
        decisions.note_down(desk.db, followed, way, honest_now(desk))
    made = tuple(dict.fromkeys(new for _old, new in followed if new is not None))
    return _decided(ticket_id, tuple(w.operation.id for w in works), made)


def take_back(desk: Desk, ticket_id: TicketId, operation_ids: Sequence[OperationId]) -> Decided:
    """Let decided work need a decision again; what followed is taken out of the outbox.

    Raises:
        NotAllowed: It was never decided about, or what followed is on its way, or later work
            rests on that.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        followers = decisions.followers_of(desk.db, operation_ids)
        if followers is None:
            raise NotAllowed(f"ticket {ticket_id} has no such decided work")
        draft = drafts.get(desk.db, ticket_id)
        for follower in reversed(followers):
            act_tickets.undo(desk, follower)
        drafts.keep(desk.db, ticket_id, draft)  # the undone words stand in the parked work
        decisions.park_again(desk.db, operation_ids)
    return _decided(ticket_id, tuple(operation_ids))


def _follow(desk: Desk, ticket_id: TicketId, works: tuple[ParkedWork, ...], way: WayOn) -> Followed:
    """Make the operations that a way asks for; return each parked one with what follows it."""
    is_gone = copies.is_gone(desk.db, ticket_id)
    ticket = None if is_gone else tickets.visible_copy(desk.db, ticket_id, desk.person)
    match way:
        case WayOn.KEEP:
            return _keep(desk, ticket, works)
        case WayOn.AGAIN:
            again = () if ticket is None else anew(ticket, works, desk.person)
            if not again:
                raise NotAllowed(f"nothing can be done anew on ticket {ticket_id}")
            made = _do_anew(desk, again)
            return [(w.operation.id, made.get(w.operation.id)) for w in works]
        case WayOn.DROP:
            return [(w.operation.id, None) for w in works]


def _keep(desk: Desk, ticket: Ticket | None, works: tuple[ParkedWork, ...]) -> Followed:
    """Put my words on the timeline as a note, if that is possible; the rest stays as it is."""
    words = words_to_keep(works)
    if ticket is None or not can_note(ticket, words, works, desk.person):
        if not any(w.is_at_hub for w in works):
            raise NotAllowed("nothing of this work is at the hub, and no note can be")
        return [(w.operation.id, None) for w in works]
    check_words(words)
    noted = record(desk, ticket.id, Note(text=words)).operation_id
    return [(w.operation.id, noted if words_to_keep([w]) else None) for w in works]


def _do_anew(desk: Desk, again: tuple[Anew, ...]) -> dict[OperationId, OperationId]:
    """Write the operations down that come in place of earlier ones."""
    made: dict[OperationId, OperationId] = {}
    for item in again:
        done = record(desk, item.former.ticket_id, item.work)
        made[item.former.id] = done.operation_id
        former = item.former.work
        if isinstance(item.work, AddPhoto) and isinstance(former, AddPhoto):
            _carry_photo(desk, former.photo_id, item.work.photo_id, done.operation_id)
    return made


def _carry_photo(desk: Desk, former: PhotoId, new: PhotoId, operation_id: OperationId) -> None:
    """Let an original of this laptop go up under its new id."""
    photo = photos.get(desk.db, former)
    if photo is None:
        raise NotAllowed(f"the original of photo {former} is not on this laptop")
    photo = replace(photo, id=new, added_at=honest_now(desk))
    photos.add(desk.db, photo)
    uploads.add(desk.db, photo, operation_id)


def _decided(
    ticket_id: TicketId,
    operation_ids: tuple[OperationId, ...],
    followed_by: tuple[OperationId, ...] = (),
) -> Decided:
    """Return what was decided."""
    return Decided(
        changes=Changes(tickets=frozenset({ticket_id})),
        ticket_id=ticket_id,
        operation_ids=operation_ids,
        followed_by=followed_by,
    )
