"""What a person does with the outbox itself."""

from typing import assert_never

from field_app.actions.recording import Done, check_words, record
from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.operation import (
    AddPhoto,
    Approve,
    Assign,
    CallBack,
    Decline,
    Finish,
    Hold,
    Note,
    RemovePhoto,
    Reopen,
    SendBack,
    Start,
    Work,
)
from field_app.queries.desk import Desk
from field_app.store import lists, outbox, pauses, queue


def acknowledge(desk: Desk, operation_id: OperationId) -> Done:
    """Say that a parked operation was understood: it stays in the history and needs nobody.

    Raises:
        NotAllowed: There is no such parked operation.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        ticket_id = outbox.acknowledge(desk.db, operation_id)
        if ticket_id is None:
            raise NotAllowed(f"no parked operation {operation_id}")
    return Done(
        changes=Changes(tickets=frozenset({ticket_id})),
        operation_id=operation_id,
        ticket_id=ticket_id,
    )


def keep_as_note(desk: Desk, operation_id: OperationId) -> Done:
    """Put the words of a parked operation on the timeline as a note, and acknowledge it.

    Raises:
        WordsMissing: It has no words.
        NotAllowed: There is no such parked operation, or this person may write no note there.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        parked = queue.parked(desk.db, operation_id)
        if parked is None:
            raise NotAllowed(f"no parked operation {operation_id}")
        words = _words_of(parked.operation.work)
        check_words(words, is_needed=True)
        done = record(desk, parked.operation.ticket_id, Note(text=words))
        outbox.acknowledge(desk.db, operation_id)
    return done


def retry_now(desk: Desk) -> Changes:
    """Let everything that waits for its next try be tried at once.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    outbox.retry_now(desk.db)
    return Changes()


def pause_all(desk: Desk) -> Changes:
    """Send nothing until a person says so; what they do is kept here as always.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.let_everything_rest(desk.db, desk.clock.now())
    return _all_unsent(desk)


def resume_all(desk: Desk) -> Changes:
    """Send again; photos that a person lets rest besides go on resting.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.send_everything(desk.db)
        outbox.retry_now(desk.db)
    return _all_unsent(desk)


def pause_photos(desk: Desk) -> Changes:
    """Send operations and previews now and full photos later, at the depot.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.let_photos_rest(desk.db, desk.clock.now())
    return _all_unsent(desk)


def resume_photos(desk: Desk) -> Changes:
    """Send full photos again; those of jobs that rest by themselves go on resting.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.send_photos(desk.db)
    return _all_unsent(desk)


def pause_job(desk: Desk, ticket_id: TicketId) -> Changes:
    """Send no photo of a job until a person says so.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.let_job_rest(desk.db, ticket_id, desk.clock.now())
    return Changes(tickets=frozenset({ticket_id}))


def send_job(desk: Desk, ticket_id: TicketId) -> Changes:
    """Send the photos of a job now, also while all others rest.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.send_job(desk.db, ticket_id, desk.clock.now())
    return Changes(tickets=frozenset({ticket_id}))


def _all_unsent(desk: Desk) -> Changes:
    """Return that everything unsent looks different now."""
    return Changes(tickets=frozenset(lists.marks(desk.db)))


def _words_of(work: Work) -> str:
    """Return the person's own words in a work; may be empty."""
    match work:
        case Note(text=text):
            return text
        case Finish(note=note) | Hold(note=note) | Decline(note=note) | Approve(note=note):
            return note
        case SendBack(reason=reason) | Reopen(reason=reason) | CallBack(reason=reason):
            return reason
        case RemovePhoto(reason=reason):
            return reason
        case Start() | AddPhoto() | Assign():
            return ""
        case _:
            assert_never(work)
