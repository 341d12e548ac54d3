"""What becomes of a computer that the hub blocked: unsent work is sealed, then all is wiped.

The steps are written down in `farewell/ACCOUNT.json` below the data folder, so that a crash at
any moment is gone on from: begun (the pack's file is named, so that there is never a second one),
sealed (the pack was read back; from here on nothing can be added), wiped. What could not be
sealed is not wiped: the next contact with the hub tries again.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from field_app.actions.packs import save
from field_app.desks import Desks
from field_app.domain.clock import Clock
from field_app.domain.errors import FieldAppError
from field_app.domain.farewell import Farewell
from field_app.domain.pack_errors import BlockedWithoutKey
from field_app.hub_client.credentials import Credentials
from field_app.packs.carrying import copies_in
from field_app.protocol.pack import PACK_SUFFIX
from field_app.queries.desk import CARRIED, Desk
from field_app.store import unsent
from field_app.store.errors import store_errors
from field_app.store.farewells import FarewellRecords
from field_app.store.folders import make_folder, sync_folder
from field_app.store.people import OWNER_ONLY, Account, People
from field_app.texts.dates import local

PACKS: Final = "rescue-packs"
"""Folder of sealed packs below the data folder; IT is told its path."""
RECORDS: Final = "farewell"
"""Folder that says how far each farewell is."""
log = logging.getLogger(__name__)


def nobody_hears(_done: int, _total: int) -> None:
    """Hear nothing of how far it is."""


class BrokenOff(Exception):
    """The program closes; the next start goes on."""


class Farewells:
    """Says farewell to accounts whose device was blocked."""

    def __init__(
        self,
        data_dir: Path,
        people: People,
        credentials: Credentials,
        clock: Clock,
        open_desks: Callable[[Account], Desks],
    ) -> None:
        """Use `farewell` and `rescue-packs` below `data_dir`.

        Args:
            data_dir: The program's.
            people: Whose folders are wiped.
            credentials: Forgets token and rescue key.
            clock: The present.
            open_desks: Opens an account's folder for this alone.
        """
        self._records = FarewellRecords(data_dir / RECORDS)
        self._packs = data_dir / PACKS
        self._people = people
        self._credentials = credentials
        self._clock = clock
        self._open_desks = open_desks
        self._is_closing = threading.Event()
        self._one = threading.Lock()
        self._is_said_soon = False
        self._hear: Callable[[int, int], object] = nobody_hears

    def last(self) -> Farewell | None:
        """Return the latest farewell that came to its end; None when there is none to tell of."""
        for known in reversed(self._records.all()):
            if known.is_wiped:
                return known
            if not known.is_sealed and self._people.recall(known.account) is None:
                folder = self._packs if self._packs.is_dir() else self._packs.parent
                return replace(known, is_damaged=True, packs_folder=str(folder))
        return None

    def forget(self, account_name: str) -> None:
        """Forget a farewell: the person is here again; the pack's file stays where it is.

        Raises:
            StoreFailed: It cannot be removed.
        """
        self._records.forget(account_name)

    def close(self) -> None:
        """Break off what is under way and wait for that; the next start goes on."""
        self.break_off()
        with self._one:
            return

    def break_off(self) -> None:
        """Let what is under way end at its next piece; returns at once."""
        self._is_closing.set()

    def say(self, account: Account, desks: Desks | None, leave: Callable[[], object]) -> None:
        """Seal an account's unsent work, then wipe the account.

        Args:
            account: Whose device was blocked.
            desks: Those of the running program; None at its start.
            leave: Closes them, once everything is sealed.

        Raises:
            BlockedWithoutKey: There is unsent work and nothing to seal it with: all is kept.
            PackNotWritten: It cannot be sealed, as when the disk is full: all is kept.
            StoreFailed: The disk; what is not sealed is kept.
            BrokenOff: The program closes.
        """
        with self._one:
            sealed: frozenset[str] = frozenset()
            if desks is not None:
                desk = desks.new()
                try:
                    sealed = self._seal(desk, account)
                finally:
                    desk.db.close()
            leave()
            if desks is not None:
                desks.close()  # whoever left before: what is under way there ends first
            with self._alone(account) as desk:
                if desks is None or not unsent.ids(desk.db) <= sealed:
                    self._seal(desk, account)
            self._wipe(account.name)

    def unfinished(self) -> tuple[Farewell, ...]:
        """Return what a crash broke off and can be gone on with.

        Of whom nothing can be opened any more nothing is deleted, unless it was sealed before.
        """
        return tuple(
            begun
            for begun in self._records.all()
            if not begun.is_wiped
            and (begun.is_sealed or self._people.recall(begun.account) is not None)
        )

    def finish(self, tell: Callable[[int, int], object]) -> None:
        """Go on with what a crash broke off; what fails is tried again at the next contact.

        A damaged record proves nothing: what is unsent is sealed anew.

        Args:
            tell: Is told bytes done and in all of whatever is being sealed.

        Raises:
            BrokenOff: It is to go on at the next start.
        """
        self._hear = tell
        for begun in self.unfinished():
            account = self._people.recall(begun.account)
            try:
                if account is None or (begun.is_sealed and _is_there(begun)):
                    self._wipe(begun.account)
                else:
                    self.say(account, None, lambda: None)
            except FieldAppError as error:
                log.warning("a farewell waits for the next contact: %s", error.detail)

    def say_soon(
        self,
        account: Account,
        desks: Desks,
        leave: Callable[[], object],
        told: Callable[[FieldAppError | None], object],
    ) -> None:
        """Say farewell in a thread of its own, one at a time; returns at once.

        Args:
            account: As in `say`; so are desks and leave.
            desks: Those of the running program.
            leave: Closes them.
            told: Is told in that thread why it failed, or None when all is wiped.
        """
        if self._is_said_soon or self._one.locked() or self._is_closing.is_set():
            return
        self._is_said_soon = True  # from now on: the thread has the lock only a moment later

        def run() -> None:
            try:
                told(self._failure_of(account, desks, leave))
            except BrokenOff:
                return
            finally:
                self._is_said_soon = False

        threading.Thread(target=run, name="farewell", daemon=True).start()

    def _failure_of(
        self, account: Account, desks: Desks, leave: Callable[[], object]
    ) -> FieldAppError | None:
        """Say farewell and return why it failed, or None."""
        try:
            self.say(account, desks, leave)
        except FieldAppError as error:
            return error
        return None

    def _seal(self, desk: Desk, account: Account) -> frozenset[str]:
        """Seal what is unsent and return the ids of it; nothing is written when nothing is."""
        amount, sealed = unsent.amount(desk.db), unsent.ids(desk.db)
        known = self._records.of(account.name)
        if known is None or known.is_wiped:  # an earlier one, whose pack stays as it is
            known = self._begun(account)
        begun = replace(known, person_name=account.person.name)  # a damaged record has none
        if amount.is_nothing:
            self._records.write(replace(begun, file=""))
            return sealed
        if not desk.rescue_key():
            raise BlockedWithoutKey("the hub never issued a rescue key to this device")
        file = Path(begun.file or self._begun(account).file)
        self._records.write(replace(begun, file=str(file), is_wiped=False))
        with store_errors():
            make_folder(self._packs, OWNER_ONLY)
        saved = save(desk, file, "", self._tell)
        self._records.write(
            replace(
                begun,
                file=str(file),
                operations=saved.operations,
                photos=saved.photos,
                is_wiped=False,
            )
        )
        return sealed

    def _begun(self, account: Account) -> Farewell:
        """Return a new farewell with a file that is not there yet."""
        plain = account.name.partition("@")[0]
        stem = f"{plain}-{local(self._clock.now()):%Y%m%d-%H%M%S}"
        return Farewell(
            account=account.name,
            person_name=account.person.name,
            file=str(self._packs / f"{stem}{PACK_SUFFIX}"),
        )

    def _wipe(self, account_name: str) -> None:
        """Delete everything of an account; repeatable."""
        begun = self._records.of(account_name)
        if begun is not None:
            carried = begun.carried or len(self._carried(account_name))
            begun = replace(begun, is_sealed=True, carried=carried, packs_folder=str(self._packs))
            self._records.write(begun)
        with store_errors():
            self._keep_carried(account_name)
            with suppress(FileNotFoundError):
                shutil.rmtree(self._people.folder_of(account_name))
            self._credentials.forget(account_name)
            self._credentials.forget_rescue_key(account_name)
        if self._people.last()[0] is None:  # else somebody came after
            self._people.note_last(account_name, is_open=False)
        if begun is not None:
            self._records.write(replace(begun, is_wiped=True))

    def _keep_carried(self, account_name: str) -> None:
        """Lay colleagues' packs, which are sealed, beside the account's own."""
        for path in self._carried(account_name):
            make_folder(self._packs, OWNER_ONLY)
            path.replace(self._packs / path.name)
            sync_folder(self._packs)  # before the folder where it was is deleted

    def _carried(self, account_name: str) -> tuple[Path, ...]:
        """Return the colleagues' packs that are still in an account's folder."""
        return copies_in(self._people.folder_of(account_name) / CARRIED)

    @contextmanager
    def _alone(self, account: Account) -> Iterator[Desk]:
        """Open an account's folder while nobody else has it."""
        desks = self._open_desks(account)
        try:
            with desks.here() as desk:
                yield desk
        finally:
            desks.close()

    def _tell(self, done: int, total: int) -> None:
        """Tell how far sealing is; break off when the program closes."""
        if self._is_closing.is_set():
            raise BrokenOff("the program closes")
        self._hear(done, total)


def _is_there(farewell: Farewell) -> bool:
    """Return whether the pack that was sealed is where it was left, or none was needed."""
    return farewell.path is None or farewell.path.is_file()
