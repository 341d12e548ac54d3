"""Lists over all tickets: plain columns of the hub's copies, quick at ten thousands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson

from field_app.domain.clock import to_stamp
from field_app.domain.ids import TicketId
from field_app.domain.people import Person
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket
from field_app.store import outbox
from field_app.store.database import Database
from field_app.store.rows import TICKET_COLUMNS, columns_of, ticket_from

_WAITING: Final = "SELECT ticket_id FROM outbox WHERE state = 'waiting'"
_UNTOUCHED: Final = f"is_gone = 0 AND id NOT IN ({_WAITING})"


class Listed(NamedTuple):
    """What `field_app.store.rows.columns_of` makes of a ticket; times are stamps."""

    id: str
    revision: int
    title: str
    category: str
    categories: str
    state: str
    foreign_state: str
    is_for_crew: int
    due_at: str | None
    reported_at: str
    handed_in_at: str | None
    latitude: float | None
    longitude: float | None
    place_line: str
    crew_id: str | None
    photo_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tickets to list; what is empty or None filters nothing."""

    ids: frozenset[TicketId] | None = None
    states: frozenset[str] = field(default_factory=frozenset)
    categories: frozenset[str] = field(default_factory=frozenset)
    overdue_at: datetime | None = None
    """Only what waits for the crew with a deadline before this."""
    handed_in_since: datetime | None = None
    """Only what waits for the crew, or was handed in since this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What of a ticket is not at the hub."""

    needs_person: bool
    is_failing: bool
    is_moving: bool


def listed(db: Database, wanted: Wanted, worked_on: Iterable[Ticket]) -> list[Listed]:
    """Return the tickets that are wanted, unsorted.

    Args:
        db: The database.
        wanted: Which ones.
        worked_on: From `worked_on`: they count as they are visible, not as the hub has them.
    """
    conditions, values = _conditions(wanted)
    sql = " AND ".join([f"SELECT {TICKET_COLUMNS} FROM tickets WHERE {_UNTOUCHED}", *conditions])  # noqa: S608 - names of this module
    found = [Listed._make(row) for row in db.rows(sql, values)]
    mine = (Listed._make(columns_of(ticket)) for ticket in worked_on)
    found.extend(row for row in mine if _fits(row, wanted))
    return found


def worked_on(db: Database, actor: Person) -> tuple[Ticket, ...]:
    """Return the tickets on which my operations wait, as they are visible; may be empty."""
    rows = db.rows(f"SELECT id, doc FROM tickets WHERE is_gone = 0 AND id IN ({_WAITING})")  # noqa: S608 - names of this module
    return tuple(
        visible(ticket_from(doc), outbox.waiting_of(db, TicketId(ticket_id)), actor)
        for ticket_id, doc in rows
    )


def in_review(db: Database, worked_on: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Return whole tickets that are visibly in review, unsorted."""
    rows = db.rows(f"SELECT doc FROM tickets WHERE state = 'in_review' AND {_UNTOUCHED}")  # noqa: S608 - names of this module
    copies = [ticket_from(row[0]) for row in rows]
    return (*copies, *(ticket for ticket in worked_on if ticket.state == "in_review"))


def progress(db: Database, since: datetime, worked_on: Iterable[Ticket]) -> tuple[int, int]:
    """Return how many tickets were handed in since a time, and that with all that wait."""
    row = db.row(
        "SELECT count(*) FILTER (WHERE handed_in_at >= ?1),"  # noqa: S608 - names of this module
        " count(*) FILTER (WHERE is_for_crew = 1 OR handed_in_at >= ?1)"
        f" FROM tickets WHERE {_UNTOUCHED}",
        (to_stamp(since),),
    )
    done, total = (0, 0) if row is None else row
    for ticket in worked_on:
        mine = Listed._make(columns_of(ticket))
        is_done = mine.handed_in_at is not None and mine.handed_in_at >= to_stamp(since)
        done += is_done
        total += is_done or bool(mine.is_for_crew)
    return done, total


def marks(db: Database) -> dict[TicketId, Mark]:
    """Return what is not at the hub yet, by ticket; tickets that are missing wait for nothing."""
    rows = db.rows(
        "SELECT ticket_id, max(parked), max(failing), max(moving) FROM ("
        " SELECT ticket_id, state = 'parked' AS parked, state = 'waiting' AND last_error <> ''"
        "  AS failing, state = 'waiting' AND sent_at IS NOT NULL AS moving"
        "  FROM outbox WHERE state IN ('waiting', 'parked')"
        " UNION ALL SELECT ticket_id, 0, last_error <> '', sent_bytes > 0"
        "  FROM uploads WHERE state IN ('held', 'ready')"
        ") GROUP BY ticket_id"
    )
    return {
        TicketId(ticket_id): Mark(
            needs_person=bool(parked), is_failing=bool(failing), is_moving=bool(moving)
        )
        for ticket_id, parked, failing, moving in rows
    }


def categories(db: Database) -> tuple[str, ...]:
    """Return every category that a ticket here has, sorted; may be empty."""
    rows = db.rows("SELECT DISTINCT categories FROM tickets WHERE is_gone = 0")
    return tuple(sorted({name for (text,) in rows for name in text.split("\n") if name}))


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    """Return what is wanted as SQL conditions and their values."""
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.ids is not None:
        conditions.append("id IN (SELECT value FROM json_each(?))")
        values.append(orjson.dumps(list(wanted.ids)).decode())
    if wanted.states:
        conditions.append("state IN (SELECT value FROM json_each(?))")
        values.append(orjson.dumps(list(wanted.states)).decode())
    if wanted.categories:
        marks_ = " OR ".join(["instr(categories, ?) > 0"] * len(wanted.categories))
        conditions.append(f"({marks_})")
        values.extend(f"\n{name}\n" for name in wanted.categories)
    if wanted.overdue_at is not None:
        conditions.append("is_for_crew = 1 AND due_at < ?")
        values.append(to_stamp(wanted.overdue_at))
    if wanted.handed_in_since is not None:
        conditions.append("(is_for_crew = 1 OR handed_in_at >= ?)")
        values.append(to_stamp(wanted.handed_in_since))
    return conditions, values


def _fits(row: Listed, wanted: Wanted) -> bool:
    """Return whether a ticket as it is visible is wanted: the same as `_conditions`."""
    overdue_at, since = wanted.overdue_at, wanted.handed_in_since
    checks = (
        wanted.ids is None or row.id in wanted.ids,
        not wanted.states or row.state in wanted.states,
        not wanted.categories or any(f"\n{name}\n" in row.categories for name in wanted.categories),
        overdue_at is None or (row.is_for_crew and (row.due_at or "~") < to_stamp(overdue_at)),
        since is None or row.is_for_crew or (row.handed_in_at or "") >= to_stamp(since),
    )
    return all(checks)
