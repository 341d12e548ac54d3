"""What a crew does with a ticket; each function is one transaction."""

from field_app.actions.recording import Done, check_words, record
from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed, PhotoMissing, WordsMissing
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.lifecycle import may_do
from field_app.domain.operation import (
    AddPhoto,
    CallBack,
    Decline,
    DeclineReason,
    Finish,
    Hold,
    HoldReason,
    MovePlace,
    NoPhotoReason,
    Note,
    Operation,
    Start,
)
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.replay import Applied, apply
from field_app.queries.desk import Desk
from field_app.store import copies, drafts, fingerprints, outbox, photos
from field_app.store import tickets as store_tickets


def start(desk: Desk, ticket_id: TicketId) -> Done:
    """Begin or go on with the work.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    return record(desk, ticket_id, Start())


def note(desk: Desk, ticket_id: TicketId, text: str) -> Done:
    """Put words on the timeline.

    Raises:
        WordsMissing: The text is blank.
        WordsTooLong: The text is longer than `NOTE_LIMIT`.
        NotAllowed: The person may not write here.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(text, is_needed=True)
    return record(desk, ticket_id, Note(text=text.strip()))


def move_place(desk: Desk, ticket_id: TicketId, place: Place, reason: str) -> Done:
    """Set a ticket's pin where the problem really is; the citizen's point is kept.

    Raises:
        WordsMissing: There is no reason.
        WordsTooLong: The reason is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(reason, is_needed=True)
    return record(desk, ticket_id, MovePlace(place=place, reason=reason.strip()))


def hold(desk: Desk, ticket_id: TicketId, reason: HoldReason, note: str = "") -> Done:
    """Let the work rest.

    Raises:
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(note)
    return record(desk, ticket_id, Hold(reason=reason, note=note.strip()))


def finish(
    desk: Desk,
    ticket_id: TicketId,
    note: str = "",
    no_photo_reason: NoPhotoReason | None = None,
) -> Done:
    """Hand the work in with all its after photos; the draft is gone then.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        note: Words for the citizen.
        no_photo_reason: Why there is no after photo; not used when there is one.

    Raises:
        PhotoMissing: There is no after photo and no reason why.
        WordsMissing: The reason is that the words say why, and there are none.
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(note)
    with desk.db.atomic():
        ticket = store_tickets.visible_copy(desk.db, ticket_id, desk.person)
        photo_ids = (
            () if ticket is None else tuple(p.id for p in ticket.current_photos_of(PhotoRole.AFTER))
        )
        is_allowed = ticket is not None and may_do("finish", ticket.state, desk.person.role)
        reason = None if photo_ids else no_photo_reason
        if is_allowed and not photo_ids:
            _check_reason(ticket_id, reason, note)
        work = Finish(note=note.strip(), photo_ids=photo_ids, no_photo_reason=reason)
        done = record(desk, ticket_id, work)
        drafts.keep(desk.db, ticket_id, "")
    return done


def _check_reason(ticket_id: TicketId, reason: NoPhotoReason | None, note: str) -> None:
    """Refuse to hand in without an after photo and without saying why."""
    if reason is None:
        raise PhotoMissing(f"ticket {ticket_id} has no after photo")
    if reason is NoPhotoReason.OTHER and not note.strip():
        raise WordsMissing("the words should say why there is no after photo")


def call_back(desk: Desk, ticket_id: TicketId, reason: str = "") -> Done:
    """Take handed-in work back while nobody has decided.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(reason)
    return record(desk, ticket_id, CallBack(reason=reason.strip()))


def decline(
    desk: Desk,
    ticket_id: TicketId,
    reason: DeclineReason,
    note: str = "",
    duplicate_of: TicketId | None = None,
) -> Done:
    """Say that there is nothing for this crew to do.

    Raises:
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(note)
    work = Decline(reason=reason, note=note.strip(), duplicate_of=duplicate_of)
    return record(desk, ticket_id, work)


def undo(desk: Desk, operation_id: OperationId) -> Done:
    """Take an operation out of the outbox that was never handed to the network.

    Raises:
        NotAllowed: It may be at the hub already, or later work rests on it.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        operation = outbox.waiting(desk.db, operation_id)
        if operation is None or not outbox.take_out(desk.db, operation_id):
            raise NotAllowed(f"operation {operation_id} is not there to be taken out")
        ticket_id, photo_id = operation.ticket_id, None
        if isinstance(operation.work, AddPhoto):
            photo_id = operation.work.photo_id
            photos.remove(desk.db, photo_id)
            fingerprints.remove(desk.db, photo_id)
        _check_later(desk, operation)
        if isinstance(operation.work, Finish):
            drafts.keep(desk.db, ticket_id, operation.work.note)
        copies.forget_gone(desk.db, ticket_id)
    return Done(
        changes=Changes(tickets=frozenset({ticket_id})),
        operation_id=operation_id,
        ticket_id=ticket_id,
        photo_id=photo_id,
    )


def keep_draft(desk: Desk, ticket_id: TicketId, text: str) -> Changes:
    """Keep words that are not handed in yet; blank words forget the draft.

    Raises:
        StoreFailed: It could not be written.
    """
    drafts.keep(desk.db, ticket_id, text)
    return Changes()


def _check_later(desk: Desk, undone: Operation) -> None:
    """Raise NotAllowed when later work on the ticket rests on what was taken out."""
    ticket = copies.server_copy(desk.db, undone.ticket_id)
    if ticket is None:
        return
    for operation in outbox.waiting_of(desk.db, undone.ticket_id):
        result = apply(ticket, operation, desk.person)
        if isinstance(result, Applied):
            ticket = result.ticket
        if operation.seq > undone.seq and (
            not isinstance(result, Applied) or _speaks_of(operation, undone)
        ):
            raise NotAllowed(f"operation {operation.id} rests on {undone.id}")


def _speaks_of(later: Operation, undone: Operation) -> bool:
    """Return whether work was handed in with the photo that is to be undone."""
    work = undone.work
    return (
        isinstance(work, AddPhoto)
        and isinstance(later.work, Finish)
        and work.photo_id in later.work.photo_ids
    )
