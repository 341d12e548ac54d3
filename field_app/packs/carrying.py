"""A colleague's pack on this laptop: a sealed copy that nobody here can read, kept for the hub."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from field_app.packs.errors import reading_errors, writing_errors
from field_app.packs.writing import Tell, sync_folder
from field_app.protocol.pack import PACK_SUFFIX

PIECE_BYTES: Final = 1024 * 1024


def keep_copy(folder: Path, source: Path, tell: Tell) -> str:
    """Copy a pack into a folder under its hash; when this returns, it survives a power cut.

    Args:
        folder: Made when it is not there.
        source: The pack's file; it is left alone.
        tell: Is told bytes done and in all; what it raises breaks off and leaves nothing behind.

    Returns:
        The sha256 of the file.

    Raises:
        FileUnreadable: It cannot be read.
        NoRoomThere: This laptop's disk is full; also PackNotWritten.
    """
    with writing_errors():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)  # else a power cut takes the new folder, copy and all
    part = folder / "incoming.part"
    digest = hashlib.sha256()
    total = size_of(source)
    try:
        with writing_errors(), part.open("wb") as file:
            for done, data in _pieces(source):
                tell(done, total)
                digest.update(data)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        with writing_errors():
            part.replace(place_of(folder, sha256))
            sync_folder(folder)
    finally:
        with suppress(OSError):  # the next copy writes over it
            part.unlink(missing_ok=True)
    return sha256


def place_of(folder: Path, sha256: str) -> Path:
    """Return the file of a copy."""
    return folder / f"{sha256}{PACK_SUFFIX}"


def size_of(source: Path) -> int:
    """Return the bytes of a pack's file.

    Raises:
        FileUnreadable: It cannot be read.
    """
    with reading_errors():
        return source.stat().st_size


def copies_in(folder: Path) -> tuple[Path, ...]:
    """Return all copies in a folder, which may not be there."""
    return tuple(sorted(folder.glob(f"*{PACK_SUFFIX}")))


def _pieces(source: Path) -> Iterator[tuple[int, bytes]]:
    """Yield a file's bytes, each piece with the number of bytes before it."""
    done = 0
    with reading_errors():
        file = source.open("rb")
    with file:
        while True:
            with reading_errors():
                data = file.read(PIECE_BYTES)
            if not data:
                return
            yield done, data
            done += len(data)
