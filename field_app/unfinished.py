"""Farewells that a crash or a closed window broke off: gone on with before the program opens.

Sealing takes as long as there are photos, so that a window shows how far it is meanwhile.
"""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from field_app.desks import Desks
from field_app.domain.clock import Clock
from field_app.farewell import RECORDS, BrokenOff, Farewells, nobody_hears
from field_app.hub_client.credentials import Credentials
from field_app.store.lock import FolderLock
from field_app.store.people import Account, People


class Unfinished:
    """What is left to do of farewells in a data folder that no program has open."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        """Look at a data folder.

        Args:
            data_dir: The program's.
            clock: The present.
        """
        self._data_dir = data_dir
        self._clock = clock

    @cached_property
    def _farewells(self) -> Farewells:
        """What knows how far farewells are."""
        people = People(self._data_dir)
        credentials = Credentials(people.folder)

        def desks_of(account: Account) -> Desks:
            key = partial(credentials.rescue_key, account.name)
            return Desks(account, people.folder_of(account.name), self._clock, key)

        return Farewells(self._data_dir, people, credentials, self._clock, desks_of)

    @property
    def person_name(self) -> str:
        """Return whose work is to be sealed or wiped first; empty when there is nothing to do.

        Raises:
            StoreFailed: The folder cannot be used.
        """
        if not (self._data_dir / RECORDS).is_dir():  # as nearly always
            return ""
        return next((known.person_name for known in self._farewells.unfinished()), "")

    def go_on(self, tell: Callable[[int, int], object] = nobody_hears) -> bool:
        """Seal and wipe what is left; what fails is tried again at the next contact.

        Args:
            tell: Is told bytes done and in all of whatever is being sealed.

        Returns:
            Whether it came to its end; False when it was broken off.

        Raises:
            AlreadyOpen: Another program has the folder.
            StoreFailed: The folder cannot be used.
        """
        if not self.person_name:
            return True
        lock = FolderLock(self._data_dir)
        try:
            self._farewells.finish(tell)
        except BrokenOff:
            return False
        finally:
            lock.release()
        return True

    def break_off(self) -> None:
        """Let it end at the next piece; from any thread, returns at once."""
        self._farewells.break_off()
