"""Lanes: on what photos go up, seen from the thread that decides."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import Hub
from field_app.sync.sending import Parcel, Say, carry


def _go_on(_seconds: float) -> None:
    """Wait not at all."""


class Lanes(Protocol):
    """Carry photos side by side. All methods are called by the thread that decides."""

    @property
    def go_by_themselves(self) -> bool:
        """Whether photos go on while the thread that decides does something else."""
        ...

    def has_room(self) -> bool:
        """Return whether another photo may be begun now."""
        ...

    def begin(self, parcel: Parcel, hear: Say) -> None:
        """Let a photo go.

        What happens to it is heard in the calling thread, now or when `listen` is called.
        """
        ...

    def listen(self, hear: Say, seconds: float) -> None:
        """Pass on what was said; when nothing was, wait for a word or a ring for so long."""
        ...

    def right_of_way(self) -> AbstractContextManager[object]:
        """Let photos pause inside the context, because something small is to get through."""
        ...

    def recall(self) -> None:
        """Break off whatever is under way; of that nothing more is heard."""
        ...

    def ending(self) -> frozenset[PhotoId]:
        """Return the photos that were broken off and whose last piece is still on its way."""
        ...


class InTurn:
    """One photo after the other, in the thread that decides."""

    def __init__(self, hub: Hub, rest: Callable[[float], object] = _go_on) -> None:
        """Send over this line; `rest` waits so many seconds, or not at all."""
        self._hub = hub
        self._rest = rest

    @property
    def go_by_themselves(self) -> bool:
        """Return False: a photo is over when `begin` returns."""
        return False

    def has_room(self) -> bool:
        """Return True: each photo is over before the next one begins."""
        return True

    def begin(self, parcel: Parcel, hear: Say) -> None:
        """Send a photo."""
        carry(self._hub, parcel, hear, self._rest)

    def listen(self, hear: Say, seconds: float) -> None:
        """Do nothing: everything was heard."""

    def right_of_way(self) -> AbstractContextManager[object]:
        """Return a context without effect: no photo is under way."""
        return nullcontext()

    def recall(self) -> None:
        """Do nothing: no photo is under way."""

    def ending(self) -> frozenset[PhotoId]:
        """Return nothing: no photo is under way."""
        return frozenset()
