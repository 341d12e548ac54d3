"""All tickets as lines, read once and kept until the database changes: typing filters these."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from field_app.domain.clock import to_stamp
from field_app.domain.ids import TicketId
from field_app.domain.listed import Listed
from field_app.domain.place import Place
from field_app.protocol.listed import listed_of
from field_app.queries.desk import Desk, honest_now
from field_app.queries.local_state import LocalState, local_states
from field_app.queries.ticket_rows import Line, RowMaker, SortBy, sorted_lines
from field_app.store import lists, sync_state
from field_app.store.handover import Copies

NAME: Final = "ticket_rows"


class Snapshot:
    """All tickets as they were visible at one time; belongs to one thread."""

    def __init__(self, desk: Desk, now: datetime, before: "Snapshot | None" = None) -> None:
        """Read all tickets; what did not change since `before` is taken over."""
        self.made_at = now
        self.position: Place | None = sync_state.position(desk.db)
        self._local = local_states(desk.db)
        self.copies: Copies = lists.copies(desk.db, None if before is None else before.copies)
        rows = dict(self.copies.rows)
        for ticket in lists.worked_on(desk.db, desk.person):
            rows[ticket.id] = listed_of(ticket)
        self._lines = self._made_lines(rows, before)
        self._sorted: dict[SortBy, list[Line]] = {}
        self._progress: dict[datetime, tuple[int, int]] = {}
        stamp = to_stamp(now)
        known = [row.due_at for row, _ in self._lines.values() if row.due_at]
        self._next_due = min([due_at for due_at in known if due_at >= stamp], default=None)

    def _made_lines(self, rows: Mapping[str, Listed], before: "Snapshot | None") -> dict[str, Line]:
        """Return the line of every ticket, those from before where they still hold."""
        maker = RowMaker(now=self.made_at, position=self.position, local=self._local)
        old: Mapping[str, Line] = {}
        if before is not None and before.position == self.position and before.is_true(self.made_at):
            old = before.without_marks_that_differ(self._local)
        return {
            name: known
            if (known := old.get(name)) is not None and known[0] is listed
            else (listed, maker.row(listed))
            for name, listed in rows.items()
        }

    def without_marks_that_differ(self, local: Mapping[TicketId, LocalState]) -> dict[str, Line]:
        """Return the lines of tickets whose marks are now as they were."""
        lines = dict(self._lines)
        for name in {**self._local, **local}:
            if self._local.get(name) is not local.get(name):
                lines.pop(name, None)
        return lines

    def is_true(self, now: datetime) -> bool:
        """Return whether no deadline has passed since it was made."""
        is_early = self._next_due is None or to_stamp(now) <= self._next_due
        return is_early and now >= self.made_at

    def lines(self, sort: SortBy) -> list[Line]:
        """Return all lines in an order."""
        if sort not in self._sorted:
            self._sorted[sort] = sorted_lines(list(self._lines.values()), sort)
        return self._sorted[sort]

    def categories(self) -> list[str]:
        """Return every category that a ticket has, sorted; may be empty."""
        texts = {row.categories for row, _ in self._lines.values()}
        return sorted({name for text in texts for name in text.split("\n") if name})

    def progress(self, since: datetime) -> tuple[int, int]:
        """Return how many tickets were handed in since a time, and that with all that wait."""
        if since not in self._progress:
            stamp = to_stamp(since)
            others = [row for row, _ in self._lines.values() if not row.is_for_crew]
            done = sum(is_handed_in(row, stamp) for row in others)
            self._progress[since] = (done, done + len(self._lines) - len(others))
        return self._progress[since]


def snapshot(desk: Desk) -> Snapshot:
    """Return all tickets as they are visible now.

    Raises:
        StoreFailed: The database cannot be read.
    """
    now = honest_now(desk)

    def make(before: Snapshot | None) -> Snapshot:
        return Snapshot(desk, now, before)

    found = desk.db.remembered(NAME, make)
    if not found.is_true(now):
        desk.db.forget_remembered(NAME)
        found = desk.db.remembered(NAME, make)
    return found


def is_handed_in(row: Listed, since: str) -> bool:
    """Return whether a ticket was handed in since a stamp and waits for no crew."""
    return row.handed_in_at is not None and row.handed_in_at >= since
