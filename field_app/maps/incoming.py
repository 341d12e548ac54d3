"""An area map on its way down: bytes are kept as they come, and nothing counts before the hash."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Final

from field_app.domain.basemap import Basemap
from field_app.domain.basemap_errors import MapArrivedDamaged

PART: Final = ".part"
SYNC_BYTES: Final = 1024 * 1024
"""Bytes after which what came is put on the disk; more than so many no power cut takes."""
PIECE: Final = 1024 * 1024
"""Bytes that are hashed at once."""


class Incoming:
    """The file of one map, half or whole, in the folder that all people of a laptop share.

    All methods raise OSError when the disk fails. Used by one thread at a time.
    """

    def __init__(self, folder: Path, basemap: Basemap) -> None:
        """Look at a map's file; nothing is made yet.

        Args:
            folder: Of all area maps; made when the first byte comes.
            basemap: What the hub says of it; must be sound.
        """
        self._folder = folder
        self._basemap = basemap
        self.path = folder / basemap.file_name
        self.part = folder / f"{basemap.file_name}{PART}"
        self._synced = 0

    @property
    def is_here(self) -> bool:
        """Whether the map is here, whole and checked."""
        return self.path.is_file()

    @property
    def held_bytes(self) -> int:
        """How many of its bytes are here."""
        try:
            return (self.path if self.is_here else self.part).stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def opened(self, *, is_first: bool) -> Iterator[FileIO]:
        """Lend the unfinished file for writing; what came is on the disk when the block ends.

        Args:
            is_first: Whether this program has not had it open yet. What came after the last time
                that it was surely on the disk is then fetched again: after a power cut a file may
                be as long as it was and hold nothing there.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self.part.touch()
        with self.part.open("r+b", buffering=0) as file:
            held = file.seek(0, os.SEEK_END)
            if held > self._basemap.size_bytes:
                held = 0  # these bytes are of something else
            elif is_first and held < self._basemap.size_bytes:
                held -= held % SYNC_BYTES
            file.truncate(held)
            file.seek(held)
            self._synced = held
            try:
                yield file
            finally:
                os.fsync(file.fileno())

    def take(self, file: FileIO, at: int, data: bytes) -> None:
        """Write what came at a place: behind what is here, or from the start again."""
        if at != file.tell():
            file.truncate(at)
            file.seek(at)
            self._synced = min(self._synced, at)
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        if file.tell() - self._synced >= SYNC_BYTES:
            os.fsync(file.fileno())
            self._synced = file.tell()

    def finish(self, pulse: Callable[[], None]) -> None:
        """Let a whole file count if it is the map that the hub named.

        Args:
            pulse: Is called between pieces; may raise, then nothing changed.

        Raises:
            MapArrivedDamaged: It is another one; it was thrown away.
        """
        digest = hashlib.sha256()
        with self.part.open("rb") as file:
            while piece := file.read(PIECE):
                pulse()
                digest.update(piece)
        if digest.hexdigest() != self._basemap.sha256:
            self.part.unlink()
            raise MapArrivedDamaged(f"map {self._basemap.sha256[:12]} has another sha256")
        self.part.replace(self.path)
        _sync_folder(self._folder)

    def forget(self) -> None:
        """Throw away what came of a map that nobody wants any more."""
        self.part.unlink(missing_ok=True)


def tidy(folder: Path, wanted: frozenset[str]) -> None:
    """Throw away unfinished maps that nobody wants any more.

    Args:
        folder: Of all area maps.
        wanted: The file names of those that may go on.
    """
    for part in folder.glob(f"*{PART}"):
        if part.name.removesuffix(PART) not in wanted:
            with suppress(OSError):  # something else reads it; there is a next time
                part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Put the folder's names on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
