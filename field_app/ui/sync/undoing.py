"""Taking back what was just done; when that comes too late, saying so and what can be done."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from field_app.actions import tickets
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError, NotAllowed
from field_app.domain.ids import OperationId, TicketId
from field_app.queries.outbox import OutboxView, outbox
from field_app.texts import _, mark
from field_app.ui.office import Office

TOO_LATE: Final[Mapping[str, str]] = {
    "start": mark("Sent already: the hub knows that work began. You can put the job on hold."),
    "finish": mark("Sent already. Until it is reviewed you can call the job back."),
    "decline": mark("Sent already. Until it is reviewed you can call the job back."),
    "hold": mark("Sent already. You can go on with the work at any time."),
    "call_back": mark("Sent already. You can finish the job again."),
    "add_photo": mark("Sent already. You can remove the photo from the job."),
    "mark_photo": mark("Sent already. You can change the marks again."),
    "pair_photo": mark("Sent already. You can choose another photo as its pair again."),
    "move_place": mark("Sent already. You can move the pin again."),
    "remove_photo": mark("Sent already. You can add the photo again."),
    "approve": mark("Sent already: the job is approved."),
    "send_back": mark("Sent already: the crew can read it."),
}
"""What is true and possible when an operation of this type cannot be taken back any more."""
IN_THE_WAY: Final = mark("You went on with this job. Undo what came later first.")


def too_late_words(act: str) -> str:
    """Return what is said when an operation of this type has left the computer."""
    return _(TOO_LATE[act]) if act in TOO_LATE else _("Sent already: it cannot be undone.")


class Undoing(QObject):
    """Takes operations back for one screen.

    Signals:
        said: object. It did not work; a callable that returns why, and what is possible instead.
        refused: TicketId. The same, for a screen that wants to show the job again.
    """

    said = Signal(object)
    refused = Signal(str)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office

    def take_back(
        self,
        act: str,
        operation_id: OperationId,
        ticket_id: TicketId,
        then: Callable[[Done], object],
    ) -> None:
        """Take an operation back.

        Args:
            act: The operation's type.
            operation_id: The operation.
            ticket_id: Its ticket.
            then: Slot for what was undone; not called when it was too late.
        """
        failed = partial(self._ask_why, act, operation_id, ticket_id)
        self._office.do(tickets.undo, operation_id, then=then, failed=failed)

    def _ask_why(
        self, act: str, operation_id: OperationId, ticket_id: TicketId, failure: FieldAppError
    ) -> None:
        if isinstance(failure, NotAllowed):
            told = partial(self._tell_why, act, operation_id, ticket_id)
            self._office.see(outbox, then=told)
        else:
            self._office.bus.complain(failure)

    def _tell_why(
        self, act: str, operation_id: OperationId, ticket_id: TicketId, found: OutboxView
    ) -> None:
        """Tell whether it has left, or whether later work stands in the way."""
        is_here = any(i.operation_id == operation_id and i.can_undo for i in found.items)
        self.said.emit(partial(_, IN_THE_WAY) if is_here else partial(too_late_words, act))
        self.refused.emit(ticket_id)
