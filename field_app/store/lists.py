"""Lists over all tickets: plain columns of the hub's copies, quick at ten thousands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from field_app.domain.ids import TicketId
from field_app.domain.people import Person
from field_app.domain.replay import visible
from field_app.domain.ticket import Ticket
from field_app.store import outbox
from field_app.store.database import Database
from field_app.store.pauses import EVERYTHING_RESTS, PHOTO_RESTS
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
class Mark:
    """What of a ticket is not at the hub."""

    needs_person: bool
    is_failing: bool
    is_moving: bool
    is_resting: bool
    """Whether a person lets all of it rest."""


def listed(db: Database, worked_on: Iterable[Ticket], known: Mapping[str, Listed]) -> list[Listed]:
    """Return all tickets, unsorted.

    Args:
        db: The database.
        worked_on: From `worked_on`: they count as they are visible, not as the hub has them.
        known: What was listed before, by id: what did not change is the same object again.
    """
    rows = db.rows(f"SELECT {TICKET_COLUMNS} FROM tickets WHERE {_UNTOUCHED}")  # noqa: S608 - names of this module
    if known:
        found = [old if (old := known.get(row[0])) == row else Listed._make(row) for row in rows]
    else:
        found = [Listed._make(row) for row in rows]
    found.extend(Listed._make(columns_of(ticket)) for ticket in worked_on)
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


def marks(db: Database) -> dict[TicketId, Mark]:
    """Return what is not at the hub yet, by ticket; tickets that are missing wait for nothing."""
    rows = db.rows(
        "SELECT ticket_id, max(parked), max(failing), max(moving), min(resting) FROM ("  # noqa: S608 - names of the store
        " SELECT ticket_id, state = 'parked' AS parked, state = 'waiting' AND last_error <> ''"
        "  AS failing, state = 'waiting' AND sent_at IS NOT NULL AS moving,"
        f" {EVERYTHING_RESTS} AS resting"
        "  FROM outbox WHERE state IN ('waiting', 'parked')"
        f" UNION ALL SELECT ticket_id, 0, last_error <> '', sent_bytes > 0, {PHOTO_RESTS}"
        "  FROM uploads WHERE state IN ('held', 'ready')"
        ") GROUP BY ticket_id"
    )
    return {
        TicketId(ticket_id): Mark(
            needs_person=bool(parked),
            is_failing=bool(failing),
            is_moving=bool(moving),
            is_resting=bool(resting),
        )
        for ticket_id, parked, failing, moving, resting in rows
    }


def categories(db: Database) -> tuple[str, ...]:
    """Return every category that a ticket here has, sorted; may be empty."""
    rows = db.rows("SELECT DISTINCT categories FROM tickets WHERE is_gone = 0")
    return tuple(sorted({name for (text,) in rows for name in text.split("\n") if name}))
