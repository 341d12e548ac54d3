"""The office: what every screen works with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from field_app.domain.clock import HonestClock
from field_app.domain.errors import FieldAppError
from field_app.domain.farewell import Farewell
from field_app.domain.people import Person
from field_app.photos.plugged import Plugged
from field_app.sync.status import SyncStatus
from field_app.ui.background import Background, Job
from field_app.ui.bus import Bus
from field_app.ui.position.whereabouts import Whereabouts
from field_app.ui.theme import Theme


class Laptop(Protocol):
    """What the windows need of `field_app.app.App`."""

    @property
    def person(self) -> Person | None:
        """Return who is signed in."""
        ...

    @property
    def hub_url(self) -> str:
        """Return the hub's address; empty before the first sign-in."""
        ...

    @property
    def last_username(self) -> str:
        """Return who signed in last; empty before the first sign-in."""
        ...

    @property
    def known_people(self) -> tuple[Person, ...]:
        """Return who signed in here before; may be empty."""
        ...

    @property
    def farewell(self) -> Farewell | None:
        """Return what became of a computer that the hub blocked, until that person is back."""
        ...

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        """Return `query(desk, *args)`; from any thread."""
        ...

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        """Return `action(desk, *args)`, tell what changed and wake sync; from any thread."""
        ...

    def sign_in(self, url: str, username: str, password: str, /) -> Person:
        """Sign in at the hub; slow."""
        ...

    def sign_in_again(self, password: str, /) -> Person:
        """Get another sign-in for whoever is here, everything staying open; slow."""
        ...

    def sign_out(self) -> None:
        """Leave; unsent work stays on this computer."""
        ...

    def unsent_counts(self) -> dict[str, int]:
        """Return how much of everybody known here is not at the hub, by user name; slow."""
        ...

    def start_sync(self) -> None:
        """Begin to agree with the hub, now and on a timer."""
        ...

    def sync_now(self) -> None:
        """Run a round at once; returns at once."""
        ...

    def offline(self) -> AbstractContextManager[None]:
        """Let nothing reach the network meanwhile, and look at the hub afterwards."""
        ...

    def pop_rescue(self) -> int | None:
        """Return once how many unsent operations a damaged database gave up; None for none."""
        ...

    def status(self) -> SyncStatus:
        """Return how sync stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The app, its news, the back room, the look and the remembered choices."""

    app: Laptop
    bus: Bus
    background: Background
    theme: Theme
    clock: HonestClock
    """The present as people see it; the workplace tells it what the hub says of this computer's."""
    settings: QSettings
    """Choices of whoever uses this computer: language, text size, window."""
    data_dir: Path
    make_map: Callable[[QWidget], Any] | None = None
    """Makes a map panel below a parent; None where there is no web view."""
    make_small_map: Callable[[QWidget], Any] | None = None
    """Makes a `map.small_map.SmallMap` below a parent; None where there are no map tiles."""
    find_plugged: Callable[[], tuple[Plugged, ...]] | None = None
    """Finds phones and cards, slowly; None where nobody looks for them."""

    tiles: Path | None = None
    """The base map that came with the program or that IT set; None for none."""
    whereabouts: Whereabouts | None = None
    """Keeps track of where the person is; None where nothing measures that."""

    def see(
        self,
        query: Callable[..., Any],
        /,
        *args: Any,
        then: Callable[[Any], object],
        failed: Callable[[FieldAppError], object] | None = None,
    ) -> Job:
        """Ask `query(desk, *args)` in the back room; `then` gets the answer in the GUI thread.

        Args:
            query: A function of `field_app.queries`.
            args: Its arguments after the desk.
            then: Slot for the answer. Cancel the returned job when a newer question makes it stale.
            failed: Slot for a known failure; without it the window shows the failure.
        """
        return self.background.run(
            self.app.see,
            query,
            *args,
            done=then,
            failed=failed or self.bus.complain,
            is_question=True,
        )

    def do(
        self,
        action: Callable[..., Any],
        /,
        *args: Any,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[FieldAppError], object] | None = None,
    ) -> Job:
        """Do `action(desk, *args)` in the back room; the same arguments as `see`."""
        return self.background.run(
            self.app.do, action, *args, done=then, failed=failed or self.bus.complain
        )
