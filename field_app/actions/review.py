"""What a supervisor decides; each function is one transaction."""

from collections.abc import Collection
from datetime import datetime

from field_app.actions.recording import Done, check_words, record
from field_app.domain.ids import CrewId, PhotoId, TicketId
from field_app.domain.operation import Approve, Assign, SendBack
from field_app.queries.desk import Desk


def approve(desk: Desk, ticket_id: TicketId, note: str = "") -> Done:
    """Accept what was handed in.

    Raises:
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: Nothing was handed in, or the person may not decide.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(note)
    return record(desk, ticket_id, Approve(note=note.strip()))


def send_back(
    desk: Desk, ticket_id: TicketId, reason: str, photo_ids: Collection[PhotoId] = ()
) -> Done:
    """Want it done again, for a reason that the crew reads.

    Raises:
        WordsMissing: The reason is blank.
        WordsTooLong: The reason is longer than `NOTE_LIMIT`.
        NotAllowed: Nothing was handed in, or the person may not decide.
        StoreFailed: It could not be written; nothing changed.
    """
    check_words(reason, is_needed=True)
    work = SendBack(reason=reason.strip(), photo_ids=tuple(photo_ids))
    return record(desk, ticket_id, work)


def assign(
    desk: Desk, ticket_id: TicketId, crew_id: CrewId, due_at: datetime | None = None
) -> Done:
    """Give the ticket to a crew; without `due_at` the deadline stays.

    Raises:
        NotAllowed: The ticket is closed, or the person may not decide.
        StoreFailed: It could not be written; nothing changed.
    """
    return record(desk, ticket_id, Assign(crew_id=crew_id, due_at=due_at))
