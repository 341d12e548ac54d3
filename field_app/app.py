"""Joins the parts: one person at a time, a desk for each thread, and the sync loop."""

import gc
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from field_app.blocked import Blocked
from field_app.desks import Desks
from field_app.domain.changes import Changes
from field_app.domain.clock import Clock
from field_app.domain.errors import SignedOut, StoreDamaged
from field_app.domain.people import Person
from field_app.farewell import Farewells
from field_app.hub_client.credentials import Credentials
from field_app.hub_client.door import Door, Network
from field_app.line import Line
from field_app.queries.desk import Desk
from field_app.remembered import Remembered
from field_app.store import sync_state
from field_app.store.lock import FolderLock
from field_app.store.people import Account, People
from field_app.sync.engine import RoundReport, Site, run_round
from field_app.sync.loop import Hear, Loop
from field_app.sync.standing import standing
from field_app.sync.status import SyncStatus

T = TypeVar("T")


class App(Remembered):
    """The laptop's program without its windows; see `open`."""

    def __init__(
        self,
        data_dir: Path,
        tell: Callable[[Changes], None],
        tell_status: Callable[[SyncStatus], None],
        clock: Clock,
        network: Network | None = None,
        hub_url: str = "",
    ) -> None:
        """Open what is kept in `data_dir`; whoever did not sign out is here again at once.

        Args:
            data_dir: Everything that the program keeps; made when missing.
            tell: Is told what changed, from any thread.
            tell_status: Is told how sync stands, from the sync thread.
            clock: The present.
            network: What carries requests; None for the network itself.
            hub_url: Offered to whoever signs in here first.

        Raises:
            AlreadyOpen: Another program has the folder.
            StoreFailed: The folder or the database cannot be used.
        """
        gc.set_threshold(20_000)  # Python's 700 would double the time of a long list
        self._tell, self._tell_status, self._clock = tell, tell_status, clock
        self._network = Door(network)
        self._lock = FolderLock(data_dir)
        people = People(data_dir)
        self._credentials = Credentials(people.folder)
        farewells = Farewells(data_dir, people, self._credentials, clock, self._desks_of)
        super().__init__(people, farewells, hub_url)
        self._blocked = Blocked(
            farewells, lambda: self._account, self._leave, self._stay, tell_status
        )
        self._desks: Desks | None = None
        self._mending = threading.Lock()
        self._sync_age, self._syncs = 0, False
        self._loop: Loop | None = None
        self._line: Line | None = None
        try:
            self._last, is_open = self._people.last()
            if self._last is not None and is_open:
                self._enter(self._last)
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def open(cls, *args: Any, **options: Any) -> Self:
        """Return the opened program; arguments and errors are those of the class."""
        return cls(*args, **options)

    def sign_in(self, url: str, username: str, password: str, /) -> Person:
        """Sign in at the hub; without network, let in whoever signed in here before.

        Raises:
            FieldAppError: What `reception.admit` raises; StoreFailed for this laptop's disk.
        """
        from field_app.reception import admit  # noqa: PLC0415 - brings the network's libraries

        said = (url, username, password)
        account, is_fresh = admit(self._people, self._credentials, self._network, said)
        self._leave()
        self._farewells.forget(account.name)
        self._people.note_last(account.name, is_open=True)
        self._enter(account, is_fresh=is_fresh)
        return account.person

    def sign_in_again(self, password: str, /) -> Person:
        """Get another sign-in from the hub for whoever is here; everything stays open.

        Raises:
            FieldAppError: What `reception.renew` raises; SignedOut when nobody is here.
        """
        from field_app.reception import renew  # noqa: PLC0415 - brings the network's libraries

        desks, was = self._signed_in(), self._account
        said = ("", "") if was is None else (was.hub_url, was.person.username)
        account = renew(self._people, self._credentials, self._network, (*said, password))
        self._hang_up()
        desks.adopt(account)
        self._connect(account, is_fresh=True)
        return account.person

    def sign_out(self) -> None:
        """Leave; what this person did stays on this computer and is sent after the next sign-in.

        Raises:
            StoreFailed: It cannot be remembered.
        """
        account = self._account
        if account is None:
            return
        self._with_desk(lambda desk: sync_state.note_sign_in(desk.db, is_needed=True))
        self._leave()
        self._credentials.forget(account.name)
        self._people.note_last(account.name, is_open=False)
        self._tell_status(SyncStatus())

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        """Return `query(desk, *args)`; from any thread.

        Raises:
            FieldAppError: What the query raises; SignedOut when nobody is signed in.
        """
        return self._with_desk(lambda desk: query(desk, *args))

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        """Return `action(desk, *args)`, tell what changed and wake sync; from any thread.

        Raises:
            FieldAppError: What the action raises, SignedOut for nobody; then nothing changed.
        """
        done = self._with_desk(lambda desk: action(desk, *args))
        changes = done if isinstance(done, Changes) else getattr(done, "changes", None)
        if changes:
            self._tell(changes)
        if self._loop is not None:
            self._loop.wake()
        return done

    def start_sync(self) -> None:
        """Begin to agree with the hub, now and on a timer, for whoever signs in."""
        self._syncs = True
        account, desks = self._account, self._desks
        if account is not None and desks is not None and self._loop is None:
            hear = partial(self._blocked.hear, account, desks)
            self._loop = Loop(self, self._clock, self._tell, hear)
            self._loop.start()

    def sync_now(self) -> None:
        """Run a round at once, in the sync thread; returns at once."""
        if self._loop is not None:
            self._loop.sync_now()

    def sync_once(self) -> RoundReport:
        """Run one round here and now, in the calling thread; for use without `start_sync`.

        Raises:
            StoreFailed: This laptop's disk; SignedOut when nobody is signed in.
        """
        desks = self._signed_in()
        report = self._with_desk(lambda desk: run_round(self.site(desk, None, is_probe=False)))
        account = self._account
        return report if account is None else self._blocked.after(report, account, desks)

    def offline(self) -> AbstractContextManager[None]:
        """Let nothing reach the network meanwhile, whoever asks; look at the hub afterwards."""
        return self._network.shut(self.sync_now)

    def status(self) -> SyncStatus:
        """Return how sync stands."""
        if self._loop is not None or self._account is None:
            return SyncStatus() if self._loop is None else self._loop.status()
        return self._with_desk(lambda desk: standing(desk, SyncStatus()))

    def close(self) -> None:
        """Stop sync and let the folder go; a round under way breaks off and loses nothing."""
        self._farewells.close()
        self._leave()
        self._lock.release()

    def open_desk(self) -> Desk:
        """Open a desk for the calling thread; the first one tidies the vault."""
        desks = self._signed_in()
        self._sync_age = desks.age
        desk = desks.new()
        try:
            desks.sweep(desk)
        except BaseException:
            desk.db.close()
            raise
        return desk

    def mend(self) -> None:
        """Rebuild the database that the sync thread found damaged, its own desk being closed.

        Raises:
            StoreFailed: It cannot be rebuilt now; StoreDamaged when it is damaged again at once.
        """
        self._mend(self._signed_in(), self._sync_age, StoreDamaged("found by the sync thread"))

    def site(self, desk: Desk, news: Loop | None, *, is_probe: bool) -> Site:
        """Return what a round works with."""
        if self._line is None:
            raise SignedOut("nobody is signed in on this laptop")
        return self._line.site(desk, news, self._tell, is_probe=is_probe)

    def listen(self, cursor: str, tell: Hear) -> None:
        """Let `tell` be told what changes at the hub after a cursor."""
        if self._line is not None:
            self._line.listen(cursor, tell)

    def _enter(self, account: Account, *, is_fresh: bool = False) -> None:
        """Open the folder of an account, whom the hub let in just now or not."""
        self._desks = self._desks_of(account)
        self.rescued = self._desks.rescued
        self._connect(account, is_fresh=is_fresh)

    def _connect(self, account: Account, *, is_fresh: bool) -> None:
        """Begin to agree with the hub."""
        if is_fresh:
            self._with_desk(lambda desk: sync_state.note_sign_in(desk.db, is_needed=False))
        self._last = self._account = account
        self._line = Line(account, self._credentials, self._network)
        if self._syncs:
            self.start_sync()

    def _desks_of(self, account: Account) -> Desks:
        """Open the desks of an account."""
        key = partial(self._credentials.rescue_key, account.name)
        return Desks(account, self._people.folder_of(account.name), self._clock, key)

    def _stay(self, account: Account) -> None:
        """Go on with an account that could not be sealed."""
        if self._account is None:
            self._enter(account)

    def _hang_up(self) -> None:
        """Stop to agree with the hub."""
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.stop()
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _leave(self) -> None:
        """Close everything of whoever is signed in."""
        self._hang_up()
        self._account = None
        if self._desks is not None:
            self._desks.close()
            self._desks = None

    def _signed_in(self) -> Desks:
        """Return the desks of whoever is signed in."""
        if self._desks is None:
            raise SignedOut("nobody is signed in on this laptop")
        return self._desks

    def _with_desk(self, work: Callable[[Desk], T]) -> T:
        """Return what `work` makes at a desk; see `Desks.use`."""
        desks = self._signed_in()
        return desks.use(work, lambda age, damage: self._mend(desks, age, damage))

    def _mend(self, desks: Desks, age: int, damage: StoreDamaged) -> None:
        """Rebuild a damaged database while nothing uses it, and let everybody know."""
        with self._mending:
            if desks.age != age:
                return
            loop = self._loop
            if loop is not None and not loop.is_here():
                loop.stop()
                self._loop = None
            try:
                rescued = desks.mend(age)
            finally:
                if self._syncs:
                    self.start_sync()
        if rescued is None:
            raise damage
        self.rescued = rescued
        self._tell(Changes(everything=True))
