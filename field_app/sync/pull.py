"""Changes down: a stream, committed in parts together with the cursor after each part."""

from datetime import datetime, timedelta
from typing import Final

from field_app.domain.errors import CursorExpired, FieldAppError, Unreachable
from field_app.domain.ids import TicketId
from field_app.photos.room import check_news
from field_app.protocol.codec import dump
from field_app.protocol.messages import ChangeLine, Reference
from field_app.store import search, sync_state, tickets
from field_app.store.tickets import Arrival
from field_app.sync.site import Site, Tally, note_answer

PART_LINES: Final = 2_000
"""Lines of one transaction."""
INDEX_STEP: Final = 250
"""Tickets that enter the search index in one short transaction, so that people's work gets in."""

LIST_FIRST_S: Final = 0.25
"""The list is on the screen before the index takes the processor."""
BETWEEN_STEPS_S: Final = 0.02
"""Longer than a thread's turn, so that typing and painting get theirs."""


class _Part:
    """Lines that are not stored yet."""

    def __init__(self) -> None:
        self.arrivals: dict[TicketId, Arrival] = {}
        self.removed: dict[TicketId, None] = {}
        self.reference: Reference | None = None
        self.cursor = ""
        self.lines = 0

    def take(self, line: ChangeLine) -> None:
        """Take one line in; a later line of a ticket replaces an earlier one."""
        self.lines += 1
        self.cursor = line.cursor
        self.reference = line.reference or self.reference
        if line.ticket is not None:
            ticket = line.ticket
            self.removed.pop(ticket.id, None)
            self.arrivals[ticket.id] = Arrival(ticket=ticket, doc=line.doc or dump(ticket).decode())
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
    try:
        _stream(site, tally)
    except CursorExpired:
        tickets.start_over(db)
        _stream(site, tally)


def build_index(site: Site) -> None:
    """Let the search index follow, in small steps.

    Raises:
        Interrupted: The program closes; the rest follows at the next round.
        StoreFailed: This laptop's disk.
    """
    if search.pending(site.desk.db):
        site.rest(LIST_FIRST_S)
    while search.index_some(site.desk.db, INDEX_STEP):
        site.rest(BETWEEN_STEPS_S)
        site.check()


def _stream(site: Site, tally: Tally) -> None:
    """Read the stream to its end and store it part by part."""
    part = _Part()
    is_done = False
    asked_at = site.now()
    lines = site.hub.changes(sync_state.cursor(site.desk.db))
    try:
        for line in lines:
            if not tally.has_heard:
                note_answer(site, tally)
            part.take(line)
            if line.done:
                is_done = True
                _note_offset(site, tally, line, asked_at)
                break
            if part.lines >= PART_LINES:
                part = _store(site, tally, part)
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
            part.reference,
        )
        tally.pulled += len(part.arrivals)
        tally.removed += len(part.removed)
        site.tell(changes)
    return _Part()


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
