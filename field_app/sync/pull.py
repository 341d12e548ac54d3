"""Changes down: a stream, committed in parts together with the cursor after each part."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.changes import Changes
from field_app.domain.errors import CursorExpired, TicketUnreadable, Unreachable
from field_app.domain.ids import TicketId
from field_app.hub_client.hub import Change
from field_app.photos.room import check_news
from field_app.store import search, sync_state, tickets
from field_app.sync.parts import Part, parts_of
from field_app.sync.site import Site, Tally, note_answer

TELL_EVERY: Final = timedelta(seconds=2)
"""On a slow network what came is shown at least so often."""
INDEX_STEP: Final = 250
"""Tickets that enter the search index in one short transaction, so that people's work gets in."""
NAMED: Final = 5
"""Unreadable tickets that are named for a technician; of the others only the number."""

LIST_FIRST_S: Final = 0.25
"""The list is on the screen before anything else takes the processor."""
BETWEEN_STEPS_S: Final = 0.02
"""Longer than a thread's turn, so that typing and painting get theirs."""


class _News:
    """What came and was not told yet; all of it is told when as much again has come.

    The lists on the screen are made anew each time, which takes the longer the more there is.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._changes = Changes()
        self._told, self._untold = 0, 0
        self._told_at = site.now()

    def add(self, changes: Changes, lines: int) -> None:
        """Keep what a stored part changed, and tell it when it is time."""
        self._changes |= changes
        self._untold += lines
        is_late = abs(self._site.now() - self._told_at) >= TELL_EVERY
        if self._untold >= self._told or is_late:
            self.tell()

    def tell(self) -> None:
        """Tell what is not told yet."""
        self._site.tell(self._changes)
        self._changes = Changes()
        self._told, self._untold = self._told + self._untold, 0
        self._told_at = self._site.now()


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
    while step := search.index_some(site.desk.db, INDEX_STEP):
        if step.unreadable:
            tally.trouble = _unreadable(step.unreadable)
        site.rest(BETWEEN_STEPS_S)
        site.check()


def _stream(site: Site, tally: Tally) -> None:
    """Read the stream to its end and store it part by part."""
    cursor = sync_state.cursor(site.desk.db)
    heard = _heard(site, cursor)
    asked_at = None if heard else site.now()
    changes = iter(heard) if heard else site.hub.changes(cursor)
    part, news = Part(), _News(site)
    try:
        ahead = site.ahead(parts_of(changes, site.now))
        with closing(ahead) as parts, site.desk.db.long_log():
            for part in parts:
                if not tally.has_heard:
                    note_answer(site, tally)
                news.add(_store(site, tally, part), part.lines)
                site.check()
    finally:
        news.tell()
    if part.last is None:
        raise Unreachable("the changes ended before their last line")
    _note_offset(site, tally, part, asked_at)
    if search.is_behind(site.desk.db):
        site.rest(LIST_FIRST_S)
    site.tell(tickets.drop_unseen(site.desk.db))


def _heard(site: Site, cursor: str | None) -> tuple[Change, ...]:
    """Return what the ear heard of all that changed since; nothing when the hub is to be asked.

    Older than what the verdicts of a moment ago brought, it does no harm: newer copies stay. Heard
    of another run of the hub than the one agreed with, it is left for the hub to refuse.
    """
    news = site.take_news()
    if news is None or news.after != cursor or news.run != site.hub.run:
        return ()
    return news.changes


def _store(site: Site, tally: Tally, part: Part) -> Changes:
    """Commit a part with its cursor and return what changed."""
    if part.arrivals:
        check_news(site.desk.vault.free_bytes)
    if not part.lines or _is_nothing_new(site, part):
        return Changes()
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
    return changes


def _is_nothing_new(site: Site, part: Part) -> bool:
    """Return whether a part says no more than that all is as it was, as most looks find."""
    says = part.arrivals or part.removed or part.unreadable or part.reference
    return not says and part.cursor == sync_state.cursor(site.desk.db)


def _unreadable(ids: Sequence[TicketId]) -> TicketUnreadable:
    """Return what is said of tickets that the hub sent and this version cannot read."""
    return TicketUnreadable(f"{len(ids)} tickets: {', '.join(ids[:NAMED])}")


def _note_offset(site: Site, tally: Tally, part: Part, asked_at: datetime | None) -> None:
    """Note how far the two clocks are apart, as well as the way between them lets it be known.

    The hub wrote its time after the question left and before the answer was here. What was known
    before stays while that allows it, so a slow network does not look like a wrong clock. Of what
    the ear heard only the latter is known, and every look that asks the hub tells more.
    """
    server_time = None if part.last is None else part.last.server_time
    if server_time is None or part.read_at is None:
        return
    least = _ms(server_time - part.read_at)
    known = max(sync_state.clock_offset_ms(site.desk.db), least)
    most = known if asked_at is None else max(least, _ms(server_time - asked_at))
    tally.clock_offset_ms = min(known, most)


def _ms(length: timedelta) -> int:
    """Return a length of time in whole milliseconds."""
    return round(length / timedelta(milliseconds=1))
