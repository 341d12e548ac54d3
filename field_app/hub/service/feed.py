"""The feed: what changed for a person since a cursor, in the order of revisions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Integer, and_, bindparam, select

from field_app.domain.clock import Clock, to_stamp
from field_app.domain.people import Person, Role
from field_app.hub import tables
from field_app.hub.database import Database, hub_name, latest_revision
from field_app.hub.problems import HubProblem
from field_app.protocol.codec import dump

BATCH: Final = 1000
"""Lines that are read in one transaction and sent in one piece."""
FIRST_BATCH: Final = 250
"""The first ones are fewer, so that the laptop soon has something to do."""
REVISION: Final = re.compile(r"[0-9]{1,18}")
HUB_LETTERS: Final = 12
"""Letters of the hub's name in a cursor, taken from its random end."""


def _within(column: Any) -> Any:
    """Return the condition that a revision is after one and up to another."""
    return and_(column > bindparam("after"), column <= bindparam("up_to"))


_OF_ALL: Final = (
    select(tables.ticket.c.revision, tables.ticket.c.document)
    .where(_within(tables.ticket.c.revision))
    .order_by(tables.ticket.c.revision)
    .limit(bindparam("most", type_=Integer))
)
"""Changed tickets."""
_OF_CREW: Final = _OF_ALL.where(tables.ticket.c.crew_id == bindparam("crew"))
_REMOVALS: Final = (
    select(tables.removal.c.revision, tables.removal.c.ticket_id)
    .where(tables.removal.c.crew_id == bindparam("crew"), _within(tables.removal.c.revision))
    .order_by(tables.removal.c.revision)
    .limit(bindparam("most", type_=Integer))
)
"""Tickets that left a person's crew; a supervisor sees all."""
_REFERENCE: Final = select(tables.fact.c.revision, tables.fact.c.value).where(
    tables.fact.c.name == "reference", _within(tables.fact.c.revision)
)
"""The reference data, if they changed."""

Line = tuple[int, bytes, bytes]
"""Revision, what kind of line it is, and the JSON that it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a laptop stands in the feed."""

    prefix: str
    """The hub's database and whose tickets these are; another prefix means a fresh start."""
    revision: int

    def lines(self, found: Sequence[Line]) -> bytes:
        """Return lines as they are sent; each one's cursor is at its revision."""
        start = b'{"cursor":"%b.' % self.prefix.encode()
        return b"".join(
            [
                b'%b%d","%b":%b}\n' % (start, revision, kind, value)
                for revision, kind, value in found
            ]
        )


class Feed:
    """Answers what changed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def find(self, cursor: str | None, person: Person) -> Place:
        """Return the place that a cursor names; the beginning for None.

        Raises:
            HubProblem: 410 when the hub cannot go on from there.
        """
        with self._database.read() as connection:
            newest = latest_revision(connection)
            prefix = f"{hub_name(connection)[-HUB_LETTERS:]}.{_scope(person)}"
        if cursor is None:
            return Place(prefix=prefix, revision=0)
        before, _, number = cursor.rpartition(".")
        if before != prefix or not REVISION.fullmatch(number) or int(number) > newest:
            raise HubProblem(410, "The list of jobs must be fetched anew.", "Unknown cursor.")
        return Place(prefix=prefix, revision=int(number))

    def has_news(self, place: Place, person: Person) -> bool:
        """Whether anything changed for this person since `place`."""
        with self._database.read() as connection:
            newest = latest_revision(connection)
            if newest == place.revision:
                return False
            return bool(_batch(connection, place, person, (place.revision, newest), 1))

    def lines(self, place: Place, person: Person) -> Iterator[bytes]:
        """Give everything that changed since `place`, a batch of whole lines at a time.

        What changes meanwhile comes with the next call, so the feed always ends.
        """
        with self._database.read() as connection:
            newest = latest_revision(connection)
            batch = _batch(connection, place, person, (place.revision, newest), FIRST_BATCH)
        while batch:
            yield place.lines(batch)
            with self._database.read() as connection:
                batch = _batch(connection, place, person, (batch[-1][0], newest), BATCH)
        done = b'true,"server_time":"%b"' % to_stamp(self._clock.now()).encode()
        yield place.lines([(newest, b"done", done)])


def _scope(person: Person) -> str:
    """Return whose tickets a person sees, as part of the cursor."""
    return f"crew-{(person.crew_id or '').encode().hex()}" if person.role is Role.CREW else "all"


def _batch(
    connection: Connection, place: Place, person: Person, span: tuple[int, int], most: int
) -> list[Line]:
    """Return up to `most` lines after span[0] and up to span[1], oldest first.

    Every revision stands in at most one of the three queries, so the first lines of all are
    among the first lines of each.
    """
    if span[0] >= span[1]:
        return []
    is_crew = person.role is Role.CREW
    asked = {"after": span[0], "up_to": span[1], "most": most, "crew": person.crew_id}
    found = [
        (revision, b"ticket", document)
        for revision, document in connection.execute(_OF_CREW if is_crew else _OF_ALL, asked).all()
    ]
    if place.revision > 0 and is_crew:
        found += [
            (revision, b"removed", dump(ticket_id))
            for revision, ticket_id in connection.execute(_REMOVALS, asked)
        ]
    found += [
        (revision, b"reference", document)
        for revision, document in connection.execute(_REFERENCE, asked)
    ]
    found.sort(key=itemgetter(0))
    return found[:most]
