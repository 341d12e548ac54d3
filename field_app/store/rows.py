"""Between rows of the database and things of the domain."""

from datetime import datetime

from field_app.domain.clock import from_stamp
from field_app.domain.errors import StoreDamaged, TicketUnreadable
from field_app.domain.listed import Listed
from field_app.domain.operation import Operation
from field_app.domain.ticket import Ticket
from field_app.protocol.codec import Malformed, load_operation, load_ticket
from field_app.protocol.listed import NotListable, load_listed

TICKET_COLUMNS = ", ".join(Listed._fields)


def ticket_from(doc: str) -> Ticket:
    """Return a stored ticket.

    Raises:
        TicketUnreadable: It is as it came from the hub, and no ticket that this version knows.
        StoreDamaged: What was checked when it was stored is not so any more.
    """
    try:
        return load_ticket(doc)
    except Malformed as error:
        raise TicketUnreadable(f"ticket {stored_listed(doc).id}: {error}") from error


def stored_listed(doc: str) -> Listed:
    """Return the columns of a stored ticket.

    Raises:
        StoreDamaged: They were checked when it was stored, and are not sound any more.
    """
    try:
        return load_listed(doc)
    except NotListable as error:
        raise StoreDamaged(f"a stored ticket cannot be read: {error}") from error


def operation_from(body: str) -> Operation:
    """Return a stored operation.

    Raises:
        StoreDamaged: The document was checked when it was stored, and is none any more.
    """
    try:
        return load_operation(body)
    except Malformed as error:
        raise StoreDamaged(f"a stored operation cannot be read: {error}") from error


def time_or_none(stamp: str | None) -> datetime | None:
    """Return the time of a stamp, or None for NULL."""
    return None if stamp is None else from_stamp(stamp)
