"""Joins the parts: one person at a time, a desk for each thread, and the sync loop."""

import gc
import platform
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

from field_app.domain.changes import Changes
from field_app.domain.clock import Clock
from field_app.domain.errors import SignedOut, Unreachable
from field_app.domain.ids import PhotoId
from field_app.domain.people import Person
from field_app.hub_client.calls import HubCalls, sign_in
from field_app.hub_client.credentials import Credentials
from field_app.hub_client.session import HubSession, Network, normal_url
from field_app.photos.vault import Size, Vault
from field_app.protocol.messages import SignedIn, SignIn
from field_app.queries.desk import Desk
from field_app.store import photos
from field_app.store.database import Database, open_database
from field_app.store.lock import FolderLock
from field_app.store.people import Account, People, account_name, is_password, verifier_of
from field_app.store.rescue import Rescued, open_or_rebuild
from field_app.sync.engine import RoundReport, Site, run_round
from field_app.sync.loop import Loop
from field_app.sync.standing import standing
from field_app.sync.status import SyncStatus

DATABASE: Final = "field.db"


class App:
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
        self._tell, self._tell_status = tell, tell_status
        self._clock = clock
        self._network = network
        self._offered_url = hub_url
        self._lock = FolderLock(data_dir)
        self._people = People(data_dir)
        self._credentials = Credentials(self._people.folder)
        self._desks: dict[int, Desk] = {}
        self._account: Account | None = None
        self._loop: Loop | None = None
        self._syncs = False
        self._misses: dict[tuple[PhotoId, Size], Any] = {}
        self.rescued: Rescued | None = None
        """What was saved from a damaged database; None when it was sound."""
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

    @property
    def person(self) -> Person | None:
        """Return who is signed in, or None."""
        return None if self._account is None else self._account.person

    @property
    def hub_url(self) -> str:
        """Return the hub's address, or the offered one before the first sign-in."""
        return self._offered_url if self._last is None else self._last.hub_url

    @property
    def last_username(self) -> str:
        """Return who signed in last; empty before the first sign-in."""
        return "" if self._last is None else self._last.person.username

    @property
    def known_people(self) -> tuple[Person, ...]:
        """Return who signed in here before at the same hub; empty before the first sign-in."""
        return () if self._last is None else self._people.all_at(self._last.hub_url)

    def sign_in(self, url: str, username: str, password: str, /) -> Person:
        """Sign in at the hub; without network, let in whoever signed in here before.

        Raises:
            WrongPassword: The hub does not know this name and password.
            TooManyTries: It was tried too often.
            Unreachable: No network, and this person was never here with this password; also
                NotTheHub.
            StoreFailed: This laptop's disk.
        """
        hub_url = normal_url(url)
        name = account_name(username.strip(), hub_url)
        known = self._people.recall(name)
        try:
            answer = self._ask_to_sign_in(hub_url, username.strip(), password)
        except Unreachable:
            if known is None or not is_password(password, known.verifier):
                raise
            account = known
        else:
            account = Account(
                person=answer.officer,
                hub_url=hub_url,
                device_id=answer.device_id,
                verifier=verifier_of(password),
            )
            self._credentials.keep(account.name, answer.token)
            self._people.remember(account)
        self._leave()
        self._people.note_last(account.name, is_open=True)
        self._enter(account)
        return account.person

    def sign_out(self) -> None:
        """Leave; what this person did stays on this computer and is sent after the next sign-in.

        Raises:
            StoreFailed: It cannot be remembered.
        """
        account = self._account
        if account is None:
            return
        self._leave()
        self._credentials.forget(account.name)
        self._people.note_last(account.name, is_open=False)
        self._tell_status(SyncStatus())

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        """Return `query(desk, *args)`; from any thread.

        Raises:
            FieldAppError: What the query raises; SignedOut when nobody is signed in.
        """
        return query(self._desk(), *args)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        """Return `action(desk, *args)`, tell what changed and wake sync; from any thread.

        Raises:
            FieldAppError: What the action raises, SignedOut for nobody; then nothing changed.
        """
        done = action(self._desk(), *args)
        changes = done if isinstance(done, Changes) else getattr(done, "changes", None)
        self._tell_some(changes)
        if self._loop is not None:
            self._loop.wake()
        return done

    def start_sync(self) -> None:
        """Begin to agree with the hub, now and on a timer, for whoever signs in."""
        self._syncs = True
        if self._account is not None and self._loop is None:
            self._loop = Loop(self, self._clock, self._tell, self._tell_status)
            self._loop.start()

    def sync_now(self) -> None:
        """Run a round at once, in the sync thread; returns at once."""
        if self._loop is not None:
            self._loop.sync_now()

    def sync_once(self) -> RoundReport:
        """Run one round here and now, in the calling thread; for use without `start_sync`.

        Raises:
            SignedOut: Nobody is signed in.
            StoreFailed: This laptop's disk.
        """
        return run_round(self.site(self._desk(), None, is_probe=False))

    def status(self) -> SyncStatus:
        """Return how sync stands."""
        if self._loop is not None:
            return self._loop.status()
        return SyncStatus() if self._account is None else standing(self._desk(), SyncStatus())

    def close(self) -> None:
        """Stop sync and let the folder go; a round under way is broken off and loses nothing."""
        self._leave()
        self._lock.release()

    def open_desk(self) -> Desk:
        """Open a desk for the calling thread, and tidy the vault of what nothing speaks of."""
        desk = self._new_desk(self._signed_in())
        desk.vault.sweep(photos.known_hashes(desk.db), self._started_at)
        return desk

    def site(self, desk: Desk, news: Loop | None, *, is_probe: bool) -> Site:
        """Return what a round works with."""
        self._hub.hurry(is_probe=is_probe)
        return Site(
            desk=desk,
            hub=self._hub,
            chance=secrets.SystemRandom().random,
            tell=self._tell_some,
            tell_sent=(lambda _photo_id, _sent: None) if news is None else news.tell_sent,
            is_stopping=(lambda: False) if news is None else news.is_stopping,
            rest=(lambda _seconds: False) if news is None else news.rest,
            is_probe=is_probe,
            misses=self._misses,
        )

    def _ask_to_sign_in(self, hub_url: str, username: str, password: str) -> SignedIn:
        """Ask the hub for a token."""
        session = HubSession(hub_url, adapter=None if self._network is None else self._network())
        device = platform.node() or "laptop"
        question = SignIn(username=username, password=password, device_name=device)
        try:
            return sign_in(session, question)
        finally:
            session.close()

    def _enter(self, account: Account) -> None:
        """Open the folder of an account."""
        self._last = account
        self._started_at = self._clock.now()
        path = self._people.folder_of(account.name) / DATABASE
        db, self.rescued = open_or_rebuild(path, self._started_at)
        self._desks[threading.get_ident()] = self._desk_with(account, db)
        self._account = account
        token = self._credentials.token(account.name) or ""
        self._hub = HubCalls.dial(account.hub_url, token, self._network and self._network())
        if self._syncs:
            self.start_sync()

    def _leave(self) -> None:
        """Close everything of whoever is signed in."""
        if self._loop is not None:
            self._loop.stop()
            self._loop = None
        if self._account is None:
            return
        self._account = None
        self._misses.clear()
        self._hub.close()
        mine = self._desks.pop(threading.get_ident(), None)
        if mine is not None:
            mine.db.close()
        self._desks.clear()

    def _signed_in(self) -> Account:
        """Return whose work this is."""
        if self._account is None:
            raise SignedOut("nobody is signed in on this laptop")
        return self._account

    def _desk(self) -> Desk:
        """Return the calling thread's desk; a later thread of the same number goes on with it."""
        account = self._signed_in()
        number = threading.get_ident()
        if number not in self._desks:
            self._desks[number] = self._new_desk(account)
        return self._desks[number]

    def _new_desk(self, account: Account) -> Desk:
        """Open a desk for the calling thread."""
        path = self._people.folder_of(account.name) / DATABASE
        return self._desk_with(account, open_database(path))

    def _desk_with(self, account: Account, db: Database) -> Desk:
        """Return a desk with an open database."""
        return Desk(
            db=db,
            vault=Vault(self._people.folder_of(account.name) / "vault"),
            clock=self._clock,
            person=account.person,
            device_id=account.device_id,
        )

    def _tell_some(self, changes: Changes | None) -> None:
        """Tell what changed, if anything did."""
        if changes:
            self._tell(changes)
