"""Reads the hub's stream on in a thread of its own, while what came before is being stored.

Reading is work for Python, storing is one long statement of SQLite that needs no Python: side by
side they take little longer than the reading alone.
"""

import threading
from collections.abc import Generator
from contextlib import closing
from functools import partial
from queue import SimpleQueue
from typing import Final, Generic, TypeVar

from field_app.sync.errand import Errand

T = TypeVar("T")
AHEAD: Final = 2
"""Parts that may lie ready, so that memory stays small however fast the hub sends."""


class _Shelf(Generic[T]):
    """Where a reader puts parts, and at last that there are no more."""

    def __init__(self) -> None:
        self._parts: SimpleQueue[T | None] = SimpleQueue()
        self._room = threading.Semaphore(AHEAD)
        self._is_left = False
        self._errand = Errand(partial(self._parts.put, None))

    def fill(self, parts: Generator[T]) -> None:
        """Put all parts here, as there is room; in the reader's thread."""
        with self._errand, closing(parts):
            for part in parts:
                self._parts.put(part)
                self._room.acquire()
                if self._is_left:
                    return

    def take(self) -> T | None:
        """Return the next part as soon as there is one; None after the last.

        Raises:
            BaseException: What the reader failed with, after the parts that it had read before.
        """
        part = self._parts.get()
        self._room.release()
        if part is None:
            self._errand.meet()
        return part

    def leave(self) -> None:
        """Let the reader end with the part under way."""
        self._is_left = True
        self._room.release()


def in_turn(parts: Generator[T]) -> Generator[T]:
    """Return the parts as they are: each is read when the one before is stored."""
    return parts


def read_ahead(parts: Generator[T]) -> Generator[T]:
    """Yield the parts, read in another thread; close it to let that thread end.

    Raises:
        BaseException: What the reading raises, after the parts that came before.
    """
    shelf: _Shelf[T] = _Shelf()
    threading.Thread(target=shelf.fill, args=(parts,), name="reader", daemon=True).start()
    try:
        while (part := shelf.take()) is not None:
            yield part
    finally:
        shelf.leave()
