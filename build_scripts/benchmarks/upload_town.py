"""What the upload suite works with: a hub, and a crew's laptop full of photos."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image

from build_scripts.benchmarks.hub import PASSWORD, USERNAME, make_hub
from build_scripts.benchmarks.town import tickets_csv
from field_app.actions import photos
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.hub.building import open_hub
from field_app.hub.service.vault import Vault
from field_app.hub.settings import load_settings
from field_app.queries.desk import Desk
from field_app.queries.tickets import Scope, TicketFilter, list_tickets
from field_app.store import uploads
from field_app.sync.push import push
from field_app.sync.site import Tally

SUPERVISOR: Final = "bench-boss"
TICKETS: Final = 10
PHOTO_BYTES: Final = 1_760_000
"""Of one photo: 50 have 88 MB."""
SEGMENT_BYTES: Final = 65_533
"""Room of one JPEG comment."""
OPEN: Final = frozenset({TicketState.WAITING, TicketState.IN_PROGRESS})
EARLIER: Final = timedelta(minutes=1)


class _SlowClock:
    """A clock that is a minute slow at first, so that no undo window is open afterwards."""

    def __init__(self) -> None:
        self._clock = SystemClock()
        self.is_slow = True

    def now(self) -> datetime:
        """Return the present, or what it was a minute ago."""
        return self._clock.now() - EARLIER if self.is_slow else self._clock.now()


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A hub's folder and a crew's laptop whose operations are at the hub and whose photos wait."""

    hub: Path
    laptop: Path
    ticket_ids: tuple[str, ...]
    sha256: frozenset[str]
    """Of the photos."""
    payload_bytes: int

    def arrived(self) -> int:
        """Return how many of the photos the hub holds, byte for byte."""
        vault = Vault(self.hub)
        held = [vault.path(sha256) for sha256 in self.sha256 if vault.has(sha256)]
        return sum(hashlib.sha256(path.read_bytes()).hexdigest() in self.sha256 for path in held)

    def strays(self) -> int:
        """Return how many unfinished uploads the hub still has, in its tables or on its disk."""
        with closing(sqlite3.connect(self.hub / "hub.db")) as db:
            rows = db.execute("SELECT count(*) FROM upload").fetchone()[0]
        return int(rows) + len(Vault(self.hub).parts())

    def held_bytes(self) -> int:
        """Return how many bytes of the photos are on the hub's disk."""
        vault = Vault(self.hub)
        whole = [vault.path(sha256) for sha256 in self.sha256 if vault.has(sha256)]
        return sum(path.stat().st_size for path in (*vault.parts(), *whole))


def build_hub(folder: Path) -> None:
    """Make a hub with a few tickets, a crew and a supervisor."""
    make_hub(folder, tickets_csv(range(TICKETS), SystemClock().now()))
    hub = open_hub(folder, load_settings(folder), SystemClock())
    try:
        hub.accounts.add_person(
            SUPERVISOR, PASSWORD, name="หัวหน้าทดสอบ", role=Role.SUPERVISOR, crew_id=None
        )
    finally:
        hub.close()


def settle_in(laptop: Path, hub: Path, hub_url: str, count: int) -> Town:
    """Make a laptop whose crew took photos that its hub knows of and does not have yet.

    Args:
        laptop: Folder to make.
        hub: Folder of the hub, which is running.
        hub_url: Where the laptop finds it.
        count: Photos.
    """
    clock = _SlowClock()
    app = App(laptop, lambda _changes: None, lambda _status: None, clock)
    try:
        app.sign_in(hub_url, USERNAME, PASSWORD)
        app.sync_once()
        rows = app.see(list_tickets, TicketFilter(scope=Scope.ALL)).rows
        open_ones = [row.id for row in rows if row.state in OPEN]
        for number in range(count):
            picture = made_up_photo(f"{laptop}-{number}")
            app.do(photos.attach, open_ones[number % len(open_ones)], PhotoRole.AFTER, picture)
        clock.is_slow = False
        app.see(lambda desk: push(app.site(desk, None, is_probe=False), Tally()))
        waiting = app.see(_waiting)
    finally:
        app.close()
    return Town(
        hub=hub,
        laptop=laptop,
        ticket_ids=tuple(open_ones),
        sha256=frozenset(upload.sha256 for upload in waiting),
        payload_bytes=sum(upload.size_bytes for upload in waiting),
    )


def _waiting(desk: Desk) -> tuple[uploads.Upload, ...]:
    """Return the photos that may go."""
    ready = uploads.next_uploads(desk.db, desk.clock.now(), 1_000)
    if len(ready) != len(uploads.open_uploads(desk.db)):
        raise ValueError("the hub did not take every operation")
    return ready


def made_up_photo(name: str, size_bytes: int = PHOTO_BYTES) -> bytes:
    """Return a made-up photo: a small JPEG with comments that do not shrink."""
    chance = Random(name)  # noqa: S311 - made up, nothing secret
    small = BytesIO()
    Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3)).save(small, "JPEG")
    start, rest = small.getvalue()[:2], small.getvalue()[2:]
    left = size_bytes - len(start) - len(rest)
    comments = []
    while left > 4:
        size = min(SEGMENT_BYTES, left - 4)
        comments.append(b"\xff\xfe" + (size + 2).to_bytes(2, "big") + chance.randbytes(size))
        left -= size + 4
    return b"".join((start, *comments, rest))
