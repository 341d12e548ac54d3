"""Hears from sync that the hub blocked this computer, and has farewell said."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from field_app.desks import Desks
from field_app.domain.errors import DeviceRevoked, FieldAppError
from field_app.farewell import Farewells
from field_app.store.people import Account
from field_app.sync.engine import RoundReport
from field_app.sync.status import Reach, SyncStatus


class Blocked:
    """Stands between sync and whoever is told how sync stands."""

    def __init__(
        self,
        farewells: Farewells,
        here: Callable[[], Account | None],
        leave: Callable[[], object],
        stay: Callable[[Account], object],
        tell_status: Callable[[SyncStatus], object],
    ) -> None:
        """Listen.

        Args:
            farewells: Seals and wipes.
            here: Returns who is here now.
            leave: Closes the account, once everything is sealed.
            stay: Opens the account again when it could not be sealed after all.
            tell_status: Is told everything that is heard here.
        """
        self._farewells = farewells
        self._here = here
        self._leave = leave
        self._stay = stay
        self._tell_status = tell_status
        self._failure: FieldAppError | None = None

    def hear(self, account: Account, desks: Desks, status: SyncStatus) -> None:
        """Tell how sync stands; when the hub blocked this computer, say farewell in a thread.

        A round that outlived its sign-in is not heard: whoever is here now has nothing to do with
        it.
        """
        if account is not self._here():
            return
        if not isinstance(status.last_error, DeviceRevoked):
            self._tell(account, status)
            return
        status = replace(status, last_error=self._failure or status.last_error)
        self._tell(account, status)
        if not status.is_running:
            told = partial(self._tell_outcome, status, account)
            self._farewells.say_soon(account, desks, partial(self._let_go, account), told)

    def after(self, report: RoundReport, account: Account, desks: Desks) -> RoundReport:
        """Say farewell here and now if a round says so; return what to report."""
        if not isinstance(report.error, DeviceRevoked):
            return report
        try:
            self._farewells.say(account, desks, partial(self._let_go, account))
        except FieldAppError as error:
            self._stay(account)
            return replace(report, error=error)
        return report

    def _tell_outcome(
        self, status: SyncStatus, account: Account, failure: FieldAppError | None
    ) -> None:
        """Tell that the account is wiped, or why it is not."""
        self._failure = failure
        if failure is None:
            error = DeviceRevoked("blocked, sealed and wiped")
            self._tell(account, SyncStatus(reach=Reach.SIGNED_OUT, last_error=error))
            return
        self._stay(account)
        self._tell(account, replace(status, last_error=failure))

    def _tell(self, account: Account, status: SyncStatus) -> None:
        """Tell how sync stands for an account, unless somebody else is here by now."""
        if self._is_free_of_others(account):
            self._tell_status(status)

    def _let_go(self, account: Account) -> None:
        """Close an account, and nothing of somebody who came after."""
        if self._is_free_of_others(account):
            self._leave()

    def _is_free_of_others(self, account: Account) -> bool:
        """Return whether nobody else than the person of an account is here."""
        here = self._here()
        return here is None or here.name == account.name
