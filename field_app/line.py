"""The line to one person's hub: opened when a round first needs it, because a start has no time."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from field_app.domain.changes import Changes
from field_app.domain.ids import PhotoId
from field_app.hub_client.credentials import Credentials
from field_app.photos.vault import Size
from field_app.queries.desk import Desk
from field_app.store.people import Account
from field_app.sync.ahead import in_turn, read_ahead
from field_app.sync.ear import Ear
from field_app.sync.lanes import InTurn
from field_app.sync.loop import Hear, Loop
from field_app.sync.pictures import Aside, OnTheSameLine
from field_app.sync.senders import Senders
from field_app.sync.site import Site

if TYPE_CHECKING:
    from field_app.hub_client.calls import HubCalls
    from field_app.hub_client.door import Network


class Line:
    """What sync speaks through; used by one thread at a time, which opens more lines for others."""

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
        self._senders: Senders | None = None
        self._pictures: Aside | None = None
        self._ear: Ear | None = None
        self._begun_maps: set[str] = set()
        self._misses: dict[tuple[PhotoId, Size], datetime] = {}

    def hub(self) -> "HubCalls":
        """Return the open line."""
        if self._hub is None:
            self._hub = self._dial()
        return self._hub

    def site(
        self, desk: Desk, news: Loop | None, tell: Callable[[Changes], None], *, is_probe: bool
    ) -> Site:
        """Return what a round works with.

        Args:
            desk: The desk of the round's thread.
            news: The loop that runs the round; None for a round alone, which sends in turn.
            tell: Is told what changed, when something did.
            is_probe: Whether the hub was out of reach a moment ago.
        """
        hub = self.hub()
        hub.hurry(is_probe=is_probe)
        return Site(
            desk=desk,
            hub=hub,
            lanes=InTurn(hub) if news is None else self._lanes(news),
            pictures=OnTheSameLine(hub) if news is None else self._aside(news),
            chance=secrets.SystemRandom().random,
            tell=lambda changes: tell(changes) if changes else None,
            tell_sent=(lambda _photo_id, _sent: None) if news is None else news.tell_sent,
            is_stopping=(lambda: False) if news is None else news.is_stopping,
            rest=(lambda _seconds: False) if news is None else news.rest,
            heard=(lambda: None) if news is None else news.note_answer,
            has_news=(lambda: False) if news is None else news.has_news,
            take_news=(lambda: None) if news is None else news.take_news,
            ahead=in_turn if news is None else read_ahead,
            is_probe=is_probe,
            tell_map=(lambda _sha256, _held: None) if news is None else news.tell_map,
            begun_maps=self._begun_maps,
            misses=self._misses,
        )

    def _lanes(self, news: Loop) -> Senders:
        """Return what carries photos side by side, each over a line of its own."""
        if self._senders is None:
            self._senders = Senders(self._dial, news)
        return self._senders

    def _aside(self, news: Loop) -> Aside:
        """Return what fetches pictures over a line of its own."""
        if self._pictures is None:
            self._pictures = Aside(self._dial, news)
        return self._pictures

    def listen(self, cursor: str, tell: Hear) -> None:
        """Let `tell` be told, in another thread, what changes after a cursor."""
        if self._ear is None:
            self._ear = Ear(self._dial, tell)
        self._ear.listen_from(cursor)

    def _dial(self) -> "HubCalls":
        """Return another line to the hub."""
        from field_app.hub_client.calls import HubCalls  # noqa: PLC0415 - see the module's sign

        token = self._credentials.token(self._account.name) or ""
        return HubCalls.dial(self._account.hub_url, token, self._network())

    def close(self) -> None:
        """Hang up; what is under way breaks off."""
        if self._ear is not None:
            self._ear.close()
            self._ear = None
        if self._senders is not None:
            self._senders.close()
            self._senders = None
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None
        if self._hub is not None:
            self._hub.close()
            self._hub = None
