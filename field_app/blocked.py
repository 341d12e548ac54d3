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
        leave: Callable[[], object],
        stay: Callable[[Account], object],
        tell_status: Callable[[SyncStatus], object],
    ) -> None:
        """Listen.

        Args:
            farewells: Seals and wipes.
            leave: Closes the account, once everything is sealed.
            stay: Opens the account again when it could not be sealed after all.
            tell_status: Is told everything that is heard here.
        """
        self._farewells = farewells
        self._leave = leave
        self._stay = stay
        self._tell_status = tell_status
        self._failure: FieldAppError | None = None

    def hear(self, status: SyncStatus, account: Account | None, desks: Desks | None) -> None:
        """Tell how sync stands; when the hub blocked this computer, say farewell in a thread."""
        if not isinstance(status.last_error, DeviceRevoked):
            self._tell_status(status)
            return
        status = replace(status, last_error=self._failure or status.last_error)
        self._tell_status(status)
        if not status.is_running and account is not None and desks is not None:
            told = partial(self._tell_outcome, status, account)
            self._farewells.say_soon(account, desks, self._leave, told)

    def after(self, report: RoundReport, account: Account, desks: Desks) -> RoundReport:
        """Say farewell here and now if a round says so; return what to report."""
        if not isinstance(report.error, DeviceRevoked):
            return report
        try:
            self._farewells.say(account, desks, self._leave)
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
            self._tell_status(SyncStatus(reach=Reach.SIGNED_OUT, last_error=error))
            return
        self._stay(account)
        self._tell_status(replace(status, last_error=failure))
