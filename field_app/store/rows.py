"""Between rows of the database and things of the domain."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.errors import StoreDamaged
from field_app.domain.operation import Operation
from field_app.domain.ticket import EntryKind, Ticket, TicketState
from field_app.protocol.codec import Malformed, load_operation, load_ticket

NOT_FOR_CREW = frozenset(
    {
        TicketState.IN_REVIEW,
        TicketState.FINISHED,
        TicketState.FORWARDED,
        TicketState.IRRELEVANT,
    }
)
"""States in which no crew has to act now."""
HANDING_IN = frozenset({EntryKind.FINISH, EntryKind.DECLINE})

TICKET_COLUMNS = (
    "id, revision, title, category, categories, state, foreign_state, is_for_crew, due_at,"
    " reported_at, handed_in_at, latitude, longitude, place_line, crew_id, photo_count"
)
"""What `columns_of` makes, in its order."""


def columns_of(ticket: Ticket) -> tuple[Any, ...]:
    """Return the columns of `TICKET_COLUMNS` that lists are made of."""
    place = ticket.place
    handed_in_at = handed_in(ticket)
    return (
        ticket.id,
        ticket.revision,
        ticket.title,
        ticket.categories[0] if ticket.categories else "",
        joined(ticket.categories),
        ticket.state.value,
        ticket.foreign_state,
        int(ticket.state not in NOT_FOR_CREW),
        None if ticket.due_at is None else to_stamp(ticket.due_at),
        to_stamp(ticket.reported_at),
        None if handed_in_at is None else to_stamp(handed_in_at),
        None if place is None else place.latitude,
        None if place is None else place.longitude,
        place_line(ticket),
        ticket.crew_id,
        sum(1 for photo in ticket.photos if not photo.is_withdrawn),
    )


def joined(categories: Iterable[str]) -> str:
    """Return categories in one text, each between line ends."""
    return "\n" + "".join(f"{category}\n" for category in categories)


def handed_in(ticket: Ticket) -> datetime | None:
    """Return when the work was last handed in; None while a crew has to act."""
    if ticket.state not in NOT_FOR_CREW:
        return None
    for entry in reversed(ticket.timeline):
        if entry.kind in HANDING_IN and not entry.is_only_recorded:
            return entry.at
    return None


def place_line(ticket: Ticket) -> str:
    """Return the address, or subdistrict and district where there is none; may be empty."""
    if ticket.address:
        return ticket.address
    return " ".join(part for part in (ticket.subdistrict, ticket.district) if part)


def ticket_from(doc: str) -> Ticket:
    """Return a stored ticket.

    Raises:
        StoreDamaged: The document was checked when it was stored, and is none any more.
    """
    try:
        return load_ticket(doc)
    except Malformed as error:
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


def stamp_or_none(at: datetime | None) -> str | None:
    """Return the stamp of a time, or NULL."""
    return None if at is None else to_stamp(at)


def time_or_none(stamp: str | None) -> datetime | None:
    """Return the time of a stamp, or None for NULL."""
    return None if stamp is None else from_stamp(stamp)
