"""What a supervisor decides; each function is one transaction."""

from collections.abc import Collection
from datetime import datetime

from field_app.actions.recording import Done
from field_app.domain.ids import CrewId, PhotoId, TicketId
from field_app.queries.desk import Desk


def approve(desk: Desk, ticket_id: TicketId, note: str = "") -> Done:
    """Accept what was handed in.

    Raises:
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: Nothing was handed in, or the person may not decide.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def assign(
    desk: Desk, ticket_id: TicketId, crew_id: CrewId, due_at: datetime | None = None
) -> Done:
    """Give the ticket to a crew; without `due_at` the deadline stays.

    Raises:
        NotAllowed: The ticket is closed, or the person may not decide.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError
