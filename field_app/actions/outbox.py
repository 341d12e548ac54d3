"""What a person does with the outbox itself."""

from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.ids import OperationId
from field_app.queries.desk import Desk


def acknowledge(desk: Desk, operation_id: OperationId) -> Done:
    """Say that a parked operation was understood: it stays in the history and needs nobody.

    Raises:
        NotAllowed: There is no such parked operation.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def keep_as_note(desk: Desk, operation_id: OperationId) -> Done:
    """Put the words of a parked operation on the timeline as a note, and acknowledge it.

    Raises:
        NotAllowed: There is no such parked operation, it has no words, or no note is allowed.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError


def retry_now(desk: Desk) -> Changes:
    """Let everything that waits for its next try be tried at once.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError
