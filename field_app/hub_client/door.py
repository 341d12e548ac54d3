"""The one door to the network: shut, nothing gets out, whoever asks."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter


Network = Callable[[], "HTTPAdapter | None"]
"""Makes what carries requests instead of the plain network, in tests and the demo."""


class Door:
    """Stands before the network of one program; itself a `Network`.

    May be used from every thread. Light, so that a start does not load the network's libraries.
    """

    def __init__(self, network: Network | None) -> None:
        """Stand open.

        Args:
            network: Makes what carries requests; None for the network itself.
        """
        self._network = network or (lambda: None)
        self._shut_by = 0
        self._lock = threading.Lock()

    @property
    def is_shut(self) -> bool:
        """Whether nothing gets out now."""
        return self._shut_by > 0

    @contextmanager
    def shut(self, then: Callable[[], object]) -> Iterator[None]:
        """Let nothing out meanwhile: new requests fail at once, and those under way break off.

        Args:
            then: Is called when the door is open again, whatever happened.
        """
        with self._lock:
            self._shut_by += 1
        try:
            yield
        finally:
            with self._lock:
                self._shut_by -= 1
            then()

    def __call__(self) -> "HTTPAdapter":
        """Return what carries requests while the door is open."""
        from field_app.hub_client.guarded import Guarded  # noqa: PLC0415 - see the class

        return Guarded(self._network(), self)
