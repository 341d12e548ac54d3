"""How anything a person does is written down: checked by the rules, then one transaction."""

from dataclasses import dataclass

from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed, WordsMissing, WordsTooLong
from field_app.domain.ids import OperationId, PhotoId, Revision, TicketId, new_id
from field_app.domain.operation import NOTE_LIMIT, Operation, Work
from field_app.domain.replay import Applied, apply, visible
from field_app.queries.desk import Desk
from field_app.store import copies, outbox, sync_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, durably written down on this laptop."""

    changes: Changes
    operation_id: OperationId
    """Also what undo is given."""
    ticket_id: TicketId
    photo_id: PhotoId | None = None
    """The photo that was attached or removed, if any."""


def record(desk: Desk, ticket_id: TicketId, work: Work) -> Done:
    """Check a work against the visible ticket and write its operation down; joins a transaction.

    Raises:
        NotAllowed: The ticket is unknown, or the rules say no.
        StoreFailed: It could not be written; nothing changed.
    """
    with desk.db.atomic():
        copy = copies.server_copy(desk.db, ticket_id)
        if copy is None:
            raise NotAllowed(f"ticket {ticket_id} is not on this laptop")
        ticket = visible(copy, outbox.waiting_of(desk.db, ticket_id), desk.person)
        operation = _operation(desk, ticket_id, work, copy.revision)
        result = apply(ticket, operation, desk.person)
        if not isinstance(result, Applied):
            raise NotAllowed(f"{work.type} on {ticket.state}: {result.reason}")
        outbox.add(desk.db, operation, result.ticket)
    return Done(
        changes=Changes(tickets=frozenset({ticket_id})),
        operation_id=operation.id,
        ticket_id=ticket_id,
    )


def check_words(text: str, *, is_needed: bool = False) -> None:
    """Check free words before they go into an operation.

    Raises:
        WordsMissing: They are needed and blank.
        WordsTooLong: They are longer than `NOTE_LIMIT`.
    """
    if is_needed and not text.strip():
        raise WordsMissing("the words are blank")
    if len(text) > NOTE_LIMIT:
        raise WordsTooLong(f"{len(text)} characters, {NOTE_LIMIT} are allowed")


def _operation(desk: Desk, ticket_id: TicketId, work: Work, based_on: Revision) -> Operation:
    """Return a new operation of this device."""
    return Operation(
        id=OperationId(new_id()),
        ticket_id=ticket_id,
        work=work,
        based_on=based_on,
        actor_id=desk.person.id,
        device_id=desk.device_id,
        made_at=desk.clock.now(),
        clock_offset_ms=sync_state.clock_offset_ms(desk.db),
        seq=sync_state.take_seq(desk.db),
    )
