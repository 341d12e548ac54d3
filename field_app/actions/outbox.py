"""What a person does with the outbox itself; what is parked has `actions.conflicts`."""

from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.queries.desk import Desk
from field_app.store import carried, lists, outbox, pauses


def retry_now(desk: Desk) -> Changes:
    """Let everything that waits for its next try be tried at once.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        _try_all(desk)
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
        _try_all(desk)
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
        pauses.send_photos(desk.db, desk.clock.now())
    return _all_unsent(desk)


def send_all(desk: Desk) -> Changes:
    """Send everything now, whatever a person let rest before.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        pauses.forget_all(desk.db, desk.clock.now())
        _try_all(desk)
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


def _try_all(desk: Desk) -> None:
    """Let everything be tried at once; inside a transaction."""
    outbox.retry_now(desk.db)
    carried.retry_now(desk.db)


def _all_unsent(desk: Desk) -> Changes:
    """Return that everything unsent looks different now."""
    return Changes(tickets=frozenset(lists.marks(desk.db)))
