"""The thread that keeps laptop and hub in agreement, with a database connection of its own."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from field_app.domain.changes import Changes
from field_app.domain.clock import Clock
from field_app.domain.errors import FieldAppError, StoreDamaged
from field_app.domain.ids import PhotoId
from field_app.hub_client.news import News
from field_app.queries.desk import Desk
from field_app.store import sync_state
from field_app.sync.engine import Interrupted, Site, run_round
from field_app.sync.standing import earliest_try, standing
from field_app.sync.status import Reach, SyncStatus
from field_app.sync.timing import is_past

IDLE_S: Final = 30.0
"""Between rounds while the hub answers."""
PROBE_S: Final = 15.0
"""Between rounds while it does not."""
REST_S: Final = 5.0
"""After a round that met trouble, before what is ready is tried again."""
LONGEST_S: Final = 3600.0
"""Longest pause between rounds, however long the hub asks to wait."""
LEAST_S: Final = 0.2
"""Shortest pause, so that no failure turns into a busy loop."""
TELL_EVERY: Final = timedelta(milliseconds=250)
JOIN_S: Final = 2.0

Hear = Callable[[News], None]
"""Is told what changed at the hub."""

_log = logging.getLogger(__name__)


class Line(Protocol):
    """Where the loop gets its hub from."""

    def open_desk(self) -> Desk:
        """Open a desk for the calling thread."""
        ...

    def mend(self) -> None:
        """Rebuild the damaged database; the desk was closed before."""
        ...

    def site(self, desk: Desk, news: "Loop", *, is_probe: bool) -> Site:
        """Return what a round works with."""
        ...

    def listen(self, cursor: str, tell: Hear) -> None:
        """Let `tell` be told, in any thread, what changes at the hub after a cursor."""
        ...


class Loop:
    """Runs rounds in a thread until it is stopped."""

    def __init__(
        self,
        line: Line,
        clock: Clock,
        tell: Callable[[Changes], None],
        tell_status: Callable[[SyncStatus], None],
    ) -> None:
        """Make a loop; `start` starts it.

        Args:
            line: Opens the desk and dials the hub, in the loop's thread.
            clock: The present.
            tell: Is told what changed, in the loop's thread.
            tell_status: Is told how sync stands, in the loop's thread.
        """
        self._line = line
        self._clock = clock
        self.tell = tell
        self._tell_status = tell_status
        self._bell = threading.Event()
        self._stop = threading.Event()
        self._is_asked = threading.Event()
        self._heard: News | None = None
        self._news: News | None = None
        self._status = SyncStatus()
        self._told_at: datetime | None = None
        self._rests_until = self._look_at = clock.now()
        self._desk: Desk | None = None
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Start the thread; the first round begins at once."""
        self._is_asked.set()
        self._thread.start()

    def wake(self) -> None:
        """Look again at what waits and when; returns at once."""
        self._bell.set()

    def pause(self, seconds: float) -> None:
        """Wait until something wakes the loop, for so long at most; in the loop's thread."""
        self._bell.wait(seconds)
        self._bell.clear()

    def hear(self, news: News) -> None:
        """Run a round unless what changed is here already; returns at once."""
        self._heard = news
        self._bell.set()

    def take_news(self) -> News | None:
        """Return once what was heard and is to be taken in; None when the hub is to be asked."""
        news, self._news = self._news, None
        return news

    def has_news(self) -> bool:
        """Return whether a round under way is to look at the hub once more; say so once."""
        is_asked = self._is_asked.is_set() or is_past(self._clock.now(), self._look_at, IDLE_S)
        has_heard = self._desk is not None and self._has_heard(self._desk)
        if is_asked or has_heard:
            self._is_asked.clear()
            self._look(must_ask=is_asked)
        return is_asked or has_heard

    def sync_now(self) -> None:
        """Run a round at once; returns at once."""
        self._is_asked.set()
        self._bell.set()

    def stop(self) -> None:
        """Stop; a round under way is broken off, which loses nothing."""
        self._stop.set()
        self._bell.set()
        if self._thread.is_alive() and not self.is_here():
            self._thread.join(JOIN_S)

    def is_here(self) -> bool:
        """Return whether the calling thread is the loop's own."""
        return self._thread is threading.current_thread()

    def status(self) -> SyncStatus:
        """Return how sync stands."""
        return self._status

    def is_stopping(self) -> bool:
        """Return whether a round under way is to end."""
        return self._stop.is_set()

    def rest(self, seconds: float) -> None:
        """Let other threads have the processor; a stop ends it early."""
        self._stop.wait(seconds)

    def tell_sent(self, photo_id: PhotoId, sent_bytes: int) -> None:
        """Show how far a photo is; a few times a second at most."""
        self._status = self._status.with_sent(photo_id, sent_bytes)
        self._tell_now_and_then()

    def tell_map(self, sha256: str, held_bytes: int) -> None:
        """Show how far an area map is; a few times a second at most."""
        self._status = replace(self._status, maps={sha256: held_bytes})
        self._tell_now_and_then()

    def note_answer(self) -> None:
        """Show that the hub is there, and what waits now, while a round is still under way."""
        is_news = self._status.reach in {Reach.OFFLINE, Reach.SIGNED_OUT}
        status = replace(self._status, reach=Reach.ONLINE) if is_news else self._status
        if self._desk is None:
            self._set(status)
            return
        self._set(standing(self._desk, status))
        cursor = sync_state.cursor(self._desk.db)
        if cursor and not self._stop.is_set():  # else the line may be somebody else's by now
            self._line.listen(cursor, self.hear)

    def _tell_now_and_then(self) -> None:
        """Tell the status unless it was told a moment ago."""
        now = self._clock.now()
        if self._told_at is None or not timedelta() <= now - self._told_at < TELL_EVERY:
            self._told_at = now
            self._tell_status(self._status)

    def _has_heard(self, desk: Desk) -> bool:
        """Return whether something changed at the hub that is not here."""
        return self._heard is not None and self._heard.after == sync_state.cursor(desk.db)

    def _look(self, *, must_ask: bool) -> None:
        """Let the pull that follows take in what was heard, unless the hub must be asked.

        However much is heard, it is asked now and then: that alone tells clocks apart both ways.
        """
        heard, self._heard = self._heard, None
        is_due = is_past(self._clock.now(), self._look_at, IDLE_S)
        self._news = None if must_ask or is_due else heard
        if self._news is None:
            self._look_at = self._clock.now() + timedelta(seconds=IDLE_S)

    def _run(self) -> None:
        """Run rounds until stopped; the only place where a bug is caught."""
        due_at: datetime | None = None
        while not self._stop.is_set():
            self._bell.clear()
            try:
                due_at, pause = self._turn(due_at)
            except Interrupted:
                break
            except FieldAppError as error:
                _log.warning("sync rests: %s", error.detail)
                due_at, pause = self._after_failure(error)
            except Exception as error:  # noqa: BLE001 - a bug must not end sync for the day
                _log.exception("sync met a bug and goes on with the next round")
                due_at, pause = self._after_failure(FieldAppError(f"bug: {type(error).__name__}"))
            self._bell.wait(pause)
        self._leave_desk()

    def _turn(self, due_at: datetime | None) -> tuple[datetime | None, float]:
        """Run a round if one is due; return when the next one is, and how long to rest."""
        try:
            if self._desk is None:
                self._desk = self._line.open_desk()
            if self._is_due(self._desk, due_at):
                due_at = self._one_round(self._desk)
            self._show(self._desk)
            return due_at, self._pause_s(self._desk, due_at)
        except StoreDamaged:
            self._leave_desk()
            self._line.mend()
            return None, LEAST_S

    def _leave_desk(self) -> None:
        """Close the desk; the next turn opens another one."""
        if self._desk is not None:
            self._desk.db.close()
            self._desk = None

    def _one_round(self, desk: Desk) -> datetime:
        """Run a round and return when the next one is due."""
        if self._stop.is_set():  # opening the desk took so long that somebody else may be here
            raise Interrupted("stopped before the round began")
        is_probe = self._status.reach is Reach.OFFLINE
        self._look(must_ask=is_probe or self._is_asked.is_set())
        self._is_asked.clear()
        self._set(standing(desk, replace(self._status, is_running=True)))
        report = run_round(self._line.site(desk, self, is_probe=is_probe))
        self._set(standing(desk, self._status.after(report.reach, report.error)))
        now = self._clock.now()
        if report.tally.has_more and report.is_complete:
            return now
        self._rests_until = now + timedelta(seconds=0.0 if report.is_complete else REST_S)
        is_there = report.reach is Reach.ONLINE
        pause = max(IDLE_S if is_there else PROBE_S, report.asked_s or 0.0)
        return now + timedelta(seconds=min(pause, LONGEST_S))

    def _after_failure(self, error: FieldAppError) -> tuple[datetime, float]:
        """Show a failure of this laptop and return when the next round is due, and the pause."""
        self._set(replace(self._status, is_running=False, last_error=error))
        return self._clock.now() + timedelta(seconds=PROBE_S), PROBE_S

    def _is_due(self, desk: Desk, due_at: datetime | None) -> bool:
        """Return whether a round is to run now."""
        if self._is_asked.is_set() or due_at is None or self._has_heard(desk):
            return True
        if is_past(self._clock.now(), due_at, LONGEST_S):
            return True
        earliest = self._earliest(desk)
        # What may go at once is told as "now", so the clock is read again: it never stands still.
        return earliest is not None and earliest <= self._clock.now()

    def _pause_s(self, desk: Desk, due_at: datetime | None) -> float:
        """Return how long to rest before something is due; a bell ends it early."""
        now = self._clock.now()
        earliest = self._earliest(desk)
        moments = [due_at or now, *([] if earliest is None else [earliest])]
        return max(LEAST_S, min(IDLE_S, (min(moments) - now).total_seconds()))

    def _earliest(self, desk: Desk) -> datetime | None:
        """Return when something that waits is due; None while the hub cannot be had."""
        if self._status.reach in {Reach.OFFLINE, Reach.SIGNED_OUT}:
            return None
        earliest = earliest_try(desk)
        if earliest is None or is_past(self._clock.now(), self._rests_until, REST_S):
            return earliest
        return max(earliest, self._rests_until)

    def _show(self, desk: Desk) -> None:
        """Count again what waits, and tell."""
        self._set(standing(desk, self._status))

    def _set(self, status: SyncStatus) -> None:
        """Keep a status and tell it when it is another."""
        if status != self._status:
            self._status = status
            self._tell_status(status)
