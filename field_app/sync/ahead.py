"""Reads the hub's stream on in a thread of its own, while what came before is being stored.

Reading is work for Python, storing is one long statement of SQLite that needs no Python: side by
side they take little longer than the reading alone.
"""

import threading
from collections.abc import Generator
from contextlib import closing
from queue import SimpleQueue
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

T = TypeVar("T")
AHEAD: Final = 2
"""Parts that may lie ready, so that memory stays small however fast the hub sends."""


class _Shelf(Generic[T]):
    """Where a reader puts parts, and at last that there are no more, or what it failed with."""

    def __init__(self) -> None:
        self._parts: SimpleQueue[T | None] = SimpleQueue()
        self._room = threading.Semaphore(AHEAD)
        self._is_left = False
        self._error: BaseException | None = None

    def fill(self, parts: Generator[T]) -> None:
        """Put all parts here, as there is room; in the reader's thread."""
        with self, closing(parts):
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
        if part is None and self._error is not None:
            raise self._error
        return part

    def leave(self) -> None:
        """Let the reader end with the part under way."""
        self._is_left = True
        self._room.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._error = error
        self._parts.put(None)
        return True


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
