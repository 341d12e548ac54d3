"""Between rows of the database and things of the domain."""

import re
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

_AROUND = re.compile(r"[ ,](?:แขวง|ตำบล|ต\.|เขต|อำเภอ|อ\.|จังหวัด|จ\.)")
"""Where an address goes on from the street to the places around it."""
_SUBDISTRICT = re.compile(r"^(?:แขวง|ตำบล|ต\.)\s*")
_BANGKOK = frozenset({"กรุงเทพมหานคร", "กรุงเทพฯ", "กทม."})

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
    """Return street and subdistrict, as short as a row of a list wants them; may be empty.

    An address ends where it begins to name the places around it: `ถ.กลางเมือง · ต.ในเมือง`.
    """
    street = _AROUND.split(f" {ticket.address}", maxsplit=1)[0].strip(" ,")
    if not ticket.subdistrict:
        return street or ticket.address or ticket.district
    kind = "แขวง" if ticket.province in _BANGKOK else "ต."
    name = _SUBDISTRICT.sub("", ticket.subdistrict.strip())
    return " · ".join(part for part in (street, f"{kind}{name}") if part)


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


def time_or_none(stamp: str | None) -> datetime | None:
    """Return the time of a stamp, or None for NULL."""
    return None if stamp is None else from_stamp(stamp)
