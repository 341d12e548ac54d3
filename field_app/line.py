"""The line to one person's hub: opened when a round first needs it, because a start has no time."""

from typing import TYPE_CHECKING

from field_app.hub_client.credentials import Credentials
from field_app.store.people import Account

if TYPE_CHECKING:
    from field_app.hub_client.calls import HubCalls
    from field_app.hub_client.session import Network


class Line:
    """What sync speaks through; used by one thread at a time."""

    def __init__(self, account: Account, credentials: Credentials, network: "Network") -> None:
        """Make the line of an account; nothing is read or loaded yet.

        Args:
            account: Whose hub, and whose token.
            credentials: Where the token is kept.
            network: What carries requests.
        """
        self._account = account
        self._credentials = credentials
        self._network = network
        self._hub: HubCalls | None = None

    def hub(self) -> "HubCalls":
        """Return the open line."""
        if self._hub is None:
            from field_app.hub_client.calls import HubCalls  # noqa: PLC0415 - see the module's sign

            token = self._credentials.token(self._account.name) or ""
            self._hub = HubCalls.dial(self._account.hub_url, token, self._network())
        return self._hub

    def close(self) -> None:
        """Hang up; what is under way breaks off."""
        if self._hub is not None:
            self._hub.close()
            self._hub = None
