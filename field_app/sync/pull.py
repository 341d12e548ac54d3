"""Changes down: a stream, committed in parts together with the cursor after each part."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.errors import CursorExpired, FieldAppError, TicketUnreadable, Unreachable
from field_app.domain.ids import TicketId
from field_app.hub_client.hub import Change
from field_app.photos.room import check_news
from field_app.protocol.changes import TicketLine, UnreadableLine
from field_app.protocol.messages import ChangeLine, Reference
from field_app.store import search, sync_state, tickets
from field_app.store.tickets import Arrival
from field_app.sync.site import Site, Tally, note_answer

PART_LINES: Final = 2_000
"""Lines of the first transaction of a pull; each later one may have twice as many as before."""
LARGEST_PART: Final = 8_000
"""Lines that are kept in memory at most, some 20 MB."""
INDEX_STEP: Final = 250
"""Tickets that enter the search index in one short transaction, so that people's work gets in."""
NAMED: Final = 5
"""Unreadable tickets that are named for a technician; of the others only the number."""

LIST_FIRST_S: Final = 0.25
"""The list is on the screen before the index takes the processor."""
BETWEEN_STEPS_S: Final = 0.02
"""Longer than a thread's turn, so that typing and painting get theirs."""


class _Part:
    """Lines that are not stored yet."""

    def __init__(self) -> None:
        self.arrivals: dict[TicketId, Arrival] = {}
        self.removed: dict[TicketId, None] = {}
        self.unreadable: list[TicketId] = []
        self.reference: Reference | None = None
        self.cursor = ""
        self.lines = 0

    def take(self, line: Change) -> None:
        """Take one line in; a later line of a ticket replaces an earlier one."""
        self.lines += 1
        self.cursor = line.cursor
        if isinstance(line, TicketLine):
            ticket_id = TicketId(line.listed.id)
            self.removed.pop(ticket_id, None)
            self.arrivals[ticket_id] = Arrival(line.listed, line.doc)
        elif isinstance(line, UnreadableLine):
            self.unreadable.append(line.ticket_id)
        else:
            self.reference = line.reference or self.reference
            if line.removed is not None:
                self.arrivals.pop(line.removed, None)
                self.removed[line.removed] = None


def pull(site: Site, tally: Tally) -> None:
    """Fetch what changed since the last pull; everything when the hub asks for a fresh start.

    Raises:
        Unreachable: The stream broke off; what came before is stored, with its cursor.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait.
        StoreFailed: This laptop's disk.
    """
    db = site.desk.db
    if sync_state.may_read_more(db):
        tickets.start_over(db)
    try:
        _stream(site, tally)
    except CursorExpired:
        tickets.start_over(db)
        _stream(site, tally)


def build_index(site: Site, tally: Tally) -> None:
    """Let the search index and the full check of what came follow, in small steps.

    Raises:
        Interrupted: The program closes; the rest follows at the next round.
        StoreFailed: This laptop's disk.
    """
    if search.pending(site.desk.db):
        site.rest(LIST_FIRST_S)
    while step := search.index_some(site.desk.db, INDEX_STEP):
        if step.unreadable:
            tally.trouble = _unreadable(step.unreadable)
        site.rest(BETWEEN_STEPS_S)
        site.check()


def _stream(site: Site, tally: Tally) -> None:
    """Read the stream to its end and store it part by part."""
    part, room = _Part(), PART_LINES
    is_done = False
    asked_at = site.now()
    lines = site.hub.changes(sync_state.cursor(site.desk.db))
    try:
        for line in lines:
            if not tally.has_heard:
                note_answer(site, tally)
            part.take(line)
            if isinstance(line, ChangeLine) and line.done:
                is_done = True
                _note_offset(site, tally, line, asked_at)
                break
            if part.lines >= room:
                part = _store(site, tally, part)
                room = min(2 * room, LARGEST_PART)
                site.check()
    except FieldAppError:
        _store(site, tally, part)
        raise
    _store(site, tally, part)
    if not is_done:
        raise Unreachable("the changes ended before their last line")
    site.tell(tickets.drop_unseen(site.desk.db))


def _store(site: Site, tally: Tally, part: _Part) -> _Part:
    """Commit a part with its cursor, tell what changed, and return an empty part."""
    if part.arrivals:
        check_news(site.desk.vault.free_bytes)
    if part.lines:
        changes = tickets.accept(
            site.desk.db,
            tuple(part.arrivals.values()),
            tuple(part.removed),
            part.cursor,
            tickets.Beside(reference=part.reference, has_unreadable=bool(part.unreadable)),
        )
        if part.unreadable:
            tally.trouble = _unreadable(part.unreadable)
        tally.pulled += len(part.arrivals)
        tally.removed += len(part.removed)
        site.tell(changes)
    return _Part()


def _unreadable(ids: Sequence[TicketId]) -> TicketUnreadable:
    """Return what is said of tickets that the hub sent and this version cannot read."""
    return TicketUnreadable(f"{len(ids)} tickets: {', '.join(ids[:NAMED])}")


def _note_offset(site: Site, tally: Tally, line: ChangeLine, asked_at: datetime) -> None:
    """Note how far the two clocks are apart, as well as the way between them lets it be known.

    The hub wrote its time after the question left and before the answer was here. What was known
    before stays while that allows it, so a slow network does not look like a wrong clock.
    """
    if line.server_time is None:
        return
    now = site.now()
    least = _ms(line.server_time - now)
    most = max(least, _ms(line.server_time - asked_at))
    tally.clock_offset_ms = min(max(sync_state.clock_offset_ms(site.desk.db), least), most)


def _ms(length: timedelta) -> int:
    """Return a length of time in whole milliseconds."""
    return round(length / timedelta(milliseconds=1))
