"""Tries: how often a password may be guessed."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.clock import Clock
from field_app.hub.problems import HubProblem

TRIES_LIMIT: Final = 5
"""Wrong passwords per minute for one account and address."""
WINDOW: Final = timedelta(minutes=1)
TRACKED_LIMIT: Final = 10_000
"""Accounts and addresses whose tries are counted at once."""


class Tries:
    """Counts tries to sign in; used by the event loop's thread only, so none slips through."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[tuple[str, str], deque[datetime]] = {}

    def count(self, username: str, address: str) -> None:
        """Count a try before its password is checked, so that many at once are counted too.

        Raises:
            HubProblem: 429 when this account was tried too often from this address.
        """
        now = self._clock.now()
        self._drop_before(now - WINDOW)
        tries = self._tries.get(_key(username, address), deque())
        if len(tries) >= TRIES_LIMIT or len(self._tries) > TRACKED_LIMIT:
            first = tries[0] if tries else now
            wait_s = int((first + WINDOW - now).total_seconds()) + 1
            raise HubProblem(429, "Too many wrong passwords.", headers={"Retry-After": str(wait_s)})
        self._tries.setdefault(_key(username, address), tries).append(now)

    def forget(self, username: str, address: str) -> None:
        """Forget the tries of somebody who knew the password."""
        self._tries.pop(_key(username, address), None)

    def _drop_before(self, start: datetime) -> None:
        """Forget tries up to `start`."""
        for key, tries in list(self._tries.items()):
            while tries and tries[0] <= start:
                tries.popleft()
            if not tries:
                del self._tries[key]


def _key(username: str, address: str) -> tuple[str, str]:
    """Return what tries are counted by; blanks around a name make no other one."""
    return username.strip(), address
