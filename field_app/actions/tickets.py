"""What a crew does with a ticket; each function is one transaction."""

from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.operation import DeclineReason, HoldReason
from field_app.queries.desk import Desk


def start(desk: Desk, ticket_id: TicketId) -> Done:
    """Begin or go on with the work.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def note(desk: Desk, ticket_id: TicketId, text: str) -> Done:
    """Put words on the timeline.

    Raises:
        WordsMissing: The text is blank.
        WordsTooLong: The text is longer than `NOTE_LIMIT`.
        NotAllowed: The person may not write here.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def hold(desk: Desk, ticket_id: TicketId, reason: HoldReason, note: str = "") -> Done:
    """Let the work rest.

    Raises:
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def finish(desk: Desk, ticket_id: TicketId, note: str = "") -> Done:
    """Hand the work in with all its after photos; the draft is gone then.

    Raises:
        PhotoMissing: There is no after photo.
        WordsTooLong: The note is longer than `NOTE_LIMIT`.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def call_back(desk: Desk, ticket_id: TicketId, reason: str = "") -> Done:
    """Take handed-in work back while nobody has decided.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


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
    raise NotImplementedError


def undo(desk: Desk, operation_id: OperationId) -> Done:
    """Take an operation out of the outbox that was never handed to the network.

    Raises:
        NotAllowed: It may be at the hub already, or later work rests on it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def keep_draft(desk: Desk, ticket_id: TicketId, text: str) -> Changes:
    """Keep words that are not handed in yet; blank words forget the draft.

    Raises:
        StoreFailed: It could not be written.
    """
    raise NotImplementedError
