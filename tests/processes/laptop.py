"""The laptop's process: works without a pause, syncs beside it, and says what was confirmed."""

import hashlib
import io
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from PIL import Image

from field_app.actions import photos, tickets
from field_app.actions.recording import Done
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.errors import NotAllowed, PhotoMissing
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.queries.desk import Desk
from field_app.queries.outbox import OutboxView, outbox
from field_app.queries.tickets import Scope, TicketFilter, list_tickets

EPOCH: Final = datetime(2026, 11, 1, tzinfo=UTC)
FASTER: Final = 40
"""The laptop's clock runs ahead, so that the time to undo and the pauses pass quickly."""
PAUSE_S: Final = 0.2
"""Longest pause between two deeds."""
BACKLOG: Final = 6
"""Photos under way at which no other is taken."""
EVERYTHING: Final = TicketFilter(scope=Scope.ALL)


class FastClock:
    """A clock that is right on some day and runs too fast."""

    def __init__(self) -> None:
        self._real = SystemClock()

    def now(self) -> datetime:
        """Return the time of a day that passes quickly."""
        return EPOCH + timedelta(seconds=(self._real.now() - EPOCH).total_seconds() * FASTER)


class Crew:
    """Somebody who works."""

    def __init__(self, app: App, chance: random.Random, say: Callable[[str], None]) -> None:
        self._say = say
        self._app = app
        self._chance = chance

    def works(self, is_over: threading.Event) -> None:
        """Do one thing after the other until the day is over."""
        while not is_over.wait(self._chance.uniform(0, PAUSE_S)):
            rows = self._app.see(list_tickets, EVERYTHING).rows
            if rows:
                with suppress(NotAllowed, PhotoMissing):
                    self._does_something(self._chance.choice(rows).id)
            self._app.sync_now()

    def _does_something(self, ticket_id: TicketId) -> None:
        """Do one thing on a ticket and say so once it is confirmed."""
        sha256 = "-"
        under_way = sum(item.photo_id is not None for item in self._outbox().items)
        if self._chance.random() < 0.5 and under_way < BACKLOG:
            data = picture(self._chance)
            sha256 = hashlib.sha256(data).hexdigest()
            done = self._app.do(photos.attach, ticket_id, PhotoRole.AFTER, data)
        else:
            deed = self._chance.choice([_start, _finish, _call_back, *[_note] * 5])
            done = self._app.do(deed, ticket_id, f"Said {self._chance.random()}")
        self._say(f"did {done.operation_id} {done.photo_id or '-'} {sha256}")

    def sends_what_is_left(self, step: threading.Event) -> None:
        """Sync until nothing waits; then say what needs a person."""
        while left := [item for item in self._outbox().items if item.reason is None]:
            self._say(f"left {len(left)}")
            self._app.sync_now()
            step.wait(0.2)
        for item in self._outbox().items:
            self._say(f"parked {item.operation_id} {item.reason}")
        self._say("empty")

    def _outbox(self) -> OutboxView:
        """Return the outbox."""
        view: OutboxView = self._app.see(outbox)
        return view


def _start(desk: Desk, ticket_id: TicketId, _words: str) -> Done:
    return tickets.start(desk, ticket_id)


def _finish(desk: Desk, ticket_id: TicketId, words: str) -> Done:
    return tickets.finish(desk, ticket_id, words)


def _call_back(desk: Desk, ticket_id: TicketId, words: str) -> Done:
    return tickets.call_back(desk, ticket_id, words)


def _note(desk: Desk, ticket_id: TicketId, words: str) -> Done:
    return tickets.note(desk, ticket_id, words)


def picture(chance: random.Random) -> bytes:
    """Return a small JPEG file of its own, with a camera's data behind the picture."""
    file = io.BytesIO()
    Image.frombytes("RGB", (16, 16), chance.randbytes(16 * 16 * 3)).save(file, "JPEG")
    return file.getvalue() + chance.randbytes(chance.choice([0, 20_000, 150_000, 400_000]))


def work_here(pipe: Connection, folder: Path, seed: int) -> None:
    """Work until somebody says that the day is over; end at once when nobody is there any more.

    Args:
        pipe: Gets a line for everything that was confirmed, and brings the end of the day.
        folder: The laptop's data; somebody has signed in.
        seed: Of what is done.
    """
    app = App.open(folder, lambda _changes: None, lambda _status: None, FastClock())
    app.start_sync()
    crew = Crew(app, random.Random(seed), pipe.send)
    is_over = threading.Event()
    working = threading.Thread(target=crew.works, args=(is_over,), daemon=True)
    working.start()
    pipe.send("ready")
    with suppress(EOFError):
        pipe.recv()
        is_over.set()
        working.join()
        crew.sends_what_is_left(threading.Event())
        app.close()
