"""Where a phone's photo lies until it is taken in: a file that no crash leaves for long."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from field_app.handoff.border import SNIFFED_BYTES, Announced, TurnedAway, Why, is_picture
from field_app.handoff.errors import landing_errors

PIECE_BYTES: Final = 64 * 1024
Read = Callable[[int], bytes]
"""Returns up to so many of the next bytes; fewer than asked only at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """A folder for files that come in, and what may not be used of its disk."""

    folder: Path
    prefix: str
    """How their names begin, so that whoever tidies the folder knows them."""
    free: Callable[[], int]
    """Returns the free bytes of its disk; from any thread."""
    spare_bytes: int
    """Has to stay free beside a photo's two files, the one here and the one in the vault."""


class Runway:
    """Takes files in; from several threads at once."""

    def __init__(self, landing: Landing) -> None:
        self._landing = landing
        self._lock = threading.Lock()
        self._promised = 0

    @contextmanager
    def room_for(self, size_bytes: int) -> Iterator[None]:
        """Keep room for a photo while it comes in.

        Raises:
            TurnedAway: There is none; nothing was written.
            StoreFailed: The disk cannot be asked.
        """
        needed = 2 * size_bytes
        with self._lock:
            free = self._landing.free()
            if free - self._promised - needed < self._landing.spare_bytes:
                raise TurnedAway(Why.NO_ROOM)
            self._promised += needed
        try:
            yield
        finally:
            with self._lock:
                self._promised -= needed

    def receive(self, photo: Announced, read: Read) -> Path:
        """Write a photo's bytes to a file as they come.

        Args:
            photo: What was said of it.
            read: Gives its bytes.

        Returns:
            The whole file; whoever gets it removes it.

        Raises:
            TurnedAway: It is no picture, or its bytes are not those that were announced.
            EOFError: It broke off.
            StoreFailed: It could not be written (DiskFull: no room).
        """
        with landing_errors():
            number, name = tempfile.mkstemp(prefix=self._landing.prefix, dir=self._landing.folder)
        path = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                _copy(photo, read, file.write)
                with landing_errors():
                    file.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path


def _copy(photo: Announced, read: Read, write: Callable[[bytes], object]) -> None:
    """Copy a photo's bytes and look at them on the way."""
    digest = hashlib.sha256()
    left = photo.size_bytes
    piece = _take(read, min(left, SNIFFED_BYTES))
    if not is_picture(piece):
        raise TurnedAway(Why.NOT_A_PICTURE)
    while True:
        digest.update(piece)
        with landing_errors():
            write(piece)
        left -= len(piece)
        if not left:
            break
        piece = _take(read, min(left, PIECE_BYTES))
    if digest.hexdigest() != photo.sha256:
        raise TurnedAway(Why.CHANGED)


def _take(read: Read, count: int) -> bytes:
    """Return the next bytes; EOFError when there are none."""
    piece = read(count)
    if not piece:
        raise EOFError("the phone broke off")
    return piece
