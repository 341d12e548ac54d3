"""Lines of `GET /changes`: what each says, checked as far as the laptop's lists need it."""

from typing import Final, NamedTuple

import orjson

from field_app.domain.ids import TicketId
from field_app.domain.listed import Listed
from field_app.protocol.codec import Malformed, dump, load_as
from field_app.protocol.listed import NotListable, listed_of, load_listed
from field_app.protocol.messages import ChangeLine

CURSOR: Final = b'{"cursor":"'
TICKET: Final = b'","ticket":{'
"""How a hub begins the line of a ticket; then its JSON need not be written anew."""
LONGEST_CURSOR: Final = 256
_new = tuple.__new__
"""Half the time of calling the class, which counts its arguments first."""


class TicketLine(NamedTuple):
    """The line of a ticket. Its columns are sound; the whole is checked after the pull."""

    cursor: str
    listed: Listed
    doc: bytes
    """The ticket's JSON."""


class UnreadableLine(NamedTuple):
    """The line of a ticket that cannot be listed, in a stream that is a hub's otherwise."""

    cursor: str
    ticket_id: TicketId
    """Empty when not even that can be read."""


def load_change(line: bytes) -> ChangeLine | TicketLine | UnreadableLine:
    """Return what a line says; never a `ChangeLine` with a ticket.

    Raises:
        Malformed: It is no line of a hub.
    """
    end = line.find(TICKET, len(CURSOR), LONGEST_CURSOR)
    cursor = line[len(CURSOR) : end]
    if end > 0 and line.startswith(CURSOR) and not (b'"' in cursor or b"\\" in cursor):
        doc = line[end + len(TICKET) - 1 : -1]
        try:
            return _new(TicketLine, (cursor.decode("ascii"), load_listed(doc), doc))
        except (NotListable, UnicodeDecodeError):
            pass  # another form of line, or a bad one: the long way tells what is wrong
    return _the_long_way(line)


def _the_long_way(line: bytes) -> ChangeLine | TicketLine | UnreadableLine:
    """Return what any form of line says, checked in full."""
    try:
        change = load_as(ChangeLine, line)
    except Malformed:
        unreadable = _unreadable(line)
        if unreadable is None:
            raise
        return unreadable
    if change.ticket is None:
        return change
    try:
        return TicketLine(change.cursor, listed_of(change.ticket), dump(change.ticket))
    except NotListable:
        return UnreadableLine(change.cursor, change.ticket.id)


def _unreadable(line: bytes) -> UnreadableLine | None:
    """Return the line of a bad ticket; None when it is the line of no ticket."""
    try:
        plain = orjson.loads(line)
        cursor, ticket = plain["cursor"], plain["ticket"]
    except (orjson.JSONDecodeError, LookupError, TypeError):
        return None
    if type(cursor) is not str or not isinstance(ticket, dict):
        return None
    ticket_id = ticket.get("id")
    return UnreadableLine(cursor, TicketId(ticket_id if isinstance(ticket_id, str) else ""))
