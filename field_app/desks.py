"""The open desks of one person: one for each thread, and all of them closed together."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from field_app.domain.clock import Clock
from field_app.domain.errors import Refused, SignedOut, StoreDamaged
from field_app.photos.room import FreeBytes, free_bytes
from field_app.photos.vault import Vault
from field_app.queries.desk import MAPS, Desk
from field_app.store import photos
from field_app.store.database import Database, open_database
from field_app.store.handover import Handover
from field_app.store.people import Account
from field_app.store.rescue import Rescued, open_or_rebuild, rebuild

T = TypeVar("T")
DATABASE: Final = "field.db"
BETWEEN_REPAIRS: Final = timedelta(minutes=5)
"""What is found damaged again sooner than this is not mended by another fresh database."""


class _Seat:
    """A desk that is used by one thread at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lock = threading.RLock()
        self.is_closed = False

    def close(self) -> None:
        """Wait until nobody uses it, then close it."""
        with self.lock:
            self.is_closed = True
            self.desk.db.close()


class Desks:
    """Opens a desk for every thread that asks, and closes them in whichever thread it is told to.

    All methods may be called from every thread.
    """

    def __init__(
        self, account: Account, folder: Path, clock: Clock, rescue_key: Callable[[], str]
    ) -> None:
        """Open the folder of an account and check its database.

        Args:
            account: Whose.
            folder: What is kept of it.
            clock: The present.
            rescue_key: Returns what seals the account's rescue packs; empty for nothing.

        Raises:
            StoreFailed: The database cannot be used.
        """
        self._account = account
        self._folder = folder
        self._clock = clock
        self._rescue_key = rescue_key
        self._gate = threading.RLock()
        self._seats: dict[int, _Seat] = {}
        self._handover = Handover()
        self._is_over = False
        self._mended_at: datetime | None = None
        self._is_swept = False
        self.free: FreeBytes = free_bytes
        """Tells the room on the disk to every desk."""
        self.started_at = clock.now()
        self.age = 0
        """How often the database was mended; what was opened at another age is closed."""
        database, self.rescued = open_or_rebuild(folder / DATABASE, self.started_at)
        self._seats[threading.get_ident()] = _Seat(self._desk_with(database))

    @contextmanager
    def here(self) -> Iterator[Desk]:
        """Lend the calling thread its desk.

        Raises:
            SignedOut: All desks were closed.
            StoreFailed: The database cannot be opened.
        """
        while True:
            seat = self._seat()
            with seat.lock:
                if not seat.is_closed:
                    yield seat.desk
                    return

    def use(self, work: Callable[[Desk], T], mend: Callable[[int, StoreDamaged], None]) -> T:
        """Return what `work` makes at the desk of the calling thread.

        Args:
            work: Is called once more after the database was mended.
            mend: Mends a database that was found damaged, or raises.

        Raises:
            StoreDamaged: Mending did not help, or the work needs what is to be fetched again.
        """
        age = self.age
        try:
            with self.here() as desk:
                return work(desk)
        except StoreDamaged as damage:
            mend(age, damage)
            try:
                with self.here() as desk:
                    return work(desk)
            except Refused:
                raise damage from None

    def new(self) -> Desk:
        """Open a desk that the calling thread closes itself.

        Raises:
            SignedOut: All desks were closed.
            StoreFailed: The database cannot be opened.
        """
        with self._gate:
            if self._is_over:
                raise SignedOut("nobody is signed in on this laptop")
            return self._desk_with(open_database(self._folder / DATABASE))

    def mend(self, age: int) -> Rescued | None:
        """Set the damaged database aside and go on with a fresh one.

        Args:
            age: At which the damage was found; when it was mended since, nothing is done.

        Returns:
            What was rescued; None when nothing was done, as when it was mended a moment ago and
            is found damaged again.

        Raises:
            StoreFailed: The fresh database cannot be written; the damaged one is in its place.
        """
        with self._gate:
            now = self._clock.now()
            is_again = self._mended_at is not None and abs(now - self._mended_at) < BETWEEN_REPAIRS
            if self._is_over or age != self.age or is_again:
                return None
            self._close_all()
            self._handover = Handover()
            database, rescued = rebuild(self._folder / DATABASE, now)
            self.age += 1
            self._mended_at = now
            self._seats[threading.get_ident()] = _Seat(self._desk_with(database))
            return rescued

    def sweep(self, desk: Desk) -> None:
        """Tidy the vault of files that nothing speaks of, once for each opening.

        Later, when the clock was set back, a photo that is being added would look like an old file.

        Raises:
            StoreFailed: A file cannot be removed, or the database cannot be read.
        """
        if not self._is_swept:
            self._is_swept = True
            desk.vault.sweep(photos.known_hashes(desk.db), self.started_at)

    def adopt(self, account: Account) -> None:
        """Go on as the same person with another sign-in; what is under way ends first."""
        with self._gate:
            self._account = account
            self._close_all()

    def close(self) -> None:
        """Close all desks; whoever asks after that is told that nobody is signed in."""
        with self._gate:
            self._is_over = True
            self._close_all()

    def _close_all(self) -> None:
        """Close what is open, each as soon as its thread is done with it."""
        for seat in self._seats.values():
            seat.close()
        self._seats.clear()

    def _seat(self) -> _Seat:
        """Return the calling thread's seat; a later thread of the same number goes on with it."""
        number = threading.get_ident()
        seat = self._seats.get(number)
        if seat is None or seat.is_closed:
            with self._gate:
                seat = self._seats[number] = _Seat(self.new())
        return seat

    def _free_bytes(self, folder: Path) -> int:
        """Return the free bytes of a folder's disk, by whatever tells them now."""
        return self.free(folder)

    def _desk_with(self, db: Database) -> Desk:
        """Return a desk with an open database."""
        db.handover = self._handover
        return Desk(
            db=db,
            vault=Vault(self._folder / "vault", self._free_bytes),
            clock=self._clock,
            person=self._account.person,
            device_id=self._account.device_id,
            maps_folder=self._folder.parents[1] / MAPS,
            hub_url=self._account.hub_url,
            rescue_key=self._rescue_key,
        )
