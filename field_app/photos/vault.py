"""The vault: originals of photos under their sha256, byte for byte, and copies for looking at.

`ab/abcd….jpg` is an original, `ab/abcd….thumb.webp` and `ab/abcd….screen.jpg` are copies;
`ab/abcd….marked-0123….jpg` is a copy with marks drawn in, named after them, made again when needed.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from field_app.domain.errors import FileUnreadable
from field_app.photos.errors import folder_errors
from field_app.photos.room import FreeBytes, free_bytes

SUFFIXES: Final = (".jpg", ".png", ".webp", ".heic")
"""Of originals."""
PIECE_BYTES: Final = 1024 * 1024
TEMPORARY: Final = "incoming-"
"""How the names of unfinished files begin."""
MARKED: Final = ".marked-"
"""What stands between the hash and the digest of the marks in a marked copy's name."""
MARKED_FOR: Final = timedelta(days=1)
"""So long before the start a marked copy must have been made to be swept: another window of the
program may be showing a newer one, and making one anew costs little."""
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DIGEST: Final = re.compile(r"[0-9a-f]{16}")


class Size(StrEnum):
    """A copy's size."""

    THUMB = "thumb"
    """At most 256 px."""
    SCREEN = "screen"
    """About 2016 px."""


ENDINGS: Final = {Size.THUMB: ".thumb.webp", Size.SCREEN: ".screen.jpg"}


class Vault:
    """A folder of photos; may be used by several threads and processes at once."""

    def __init__(self, folder: Path, free: FreeBytes = free_bytes) -> None:
        """Use a folder, made when it is not there.

        Args:
            folder: Where the photos lie.
            free: Tells the room on its disk.

        Raises:
            StoreFailed: It cannot be made.
        """
        self.folder = folder
        self._free = free
        with folder_errors():
            folder.mkdir(parents=True, exist_ok=True)
            _sync_folder(folder.parent)

    @property
    def free_bytes(self) -> int:
        """The free bytes of the disk; StoreFailed when it cannot be asked."""
        return self._free(self.folder)

    def keep(self, source: bytes | Path, suffix: str = ".jpg") -> str:
        """Keep an original; when this returns, it survives a power cut.

        Args:
            source: The bytes, or a file that is read in pieces and left alone.
            suffix: One of `SUFFIXES`.

        Returns:
            The sha256 of the bytes, 64 lower-case hex digits.

        Raises:
            FileUnreadable: The source cannot be read.
            DiskFull: No room; nothing was kept.
            StoreFailed: It could not be kept.
        """
        if suffix not in SUFFIXES:
            raise ValueError(f"originals end in {', '.join(SUFFIXES)}, not in {suffix!r}")
        with self._incoming() as (file, temporary):
            sha256 = _copy(source, file)
            if self.path(sha256) is None:
                self._settle(file, temporary, self._place(sha256, suffix))
        return sha256

    def path(self, sha256: str) -> Path | None:
        """Return the original's file, or None when it is not here."""
        for suffix in SUFFIXES:
            path = self._place(sha256, suffix)
            if path.is_file():
                return path
        return None

    def keep_copy(self, sha256: str, size: Size, data: bytes) -> Path:
        """Keep a copy for looking at, instead of an earlier one.

        Args:
            sha256: Of the original.
            size: Which copy.
            data: A WebP file for a thumb, a JPEG file for the screen.

        Returns:
            The copy's file.

        Raises:
            DiskFull: No room; nothing was kept.
            StoreFailed: It could not be kept.
        """
        return self._keep_at(self._place(sha256, ENDINGS[size]), data)

    def copy_path(self, sha256: str, size: Size) -> Path | None:
        """Return the file of a copy, or None when it is not here."""
        path = self._place(sha256, ENDINGS[size])
        return path if path.is_file() else None

    def keep_marked(self, sha256: str, digest: str, data: bytes) -> Path:
        """Keep a copy with marks drawn in.

        Args:
            sha256: Of the original.
            digest: Of the marks and what they are drawn on, 16 lower-case hex digits.
            data: A JPEG file.

        Returns:
            The copy's file.

        Raises:
            DiskFull: No room; nothing was kept.
            StoreFailed: It could not be kept.
        """
        return self._keep_at(self._marked_place(sha256, digest), data)

    def marked_path(self, sha256: str, digest: str) -> Path | None:
        """Return the file of a copy with these marks, or None when it has to be made."""
        path = self._marked_place(sha256, digest)
        return path if path.is_file() else None

    def sweep(self, keep: frozenset[str] | None, before: datetime) -> int:
        """Remove what a crash or a ticket that left has left behind, and old marked copies.

        Args:
            keep: The sha256 of every photo that is known; None keeps all but unfinished files.
            before: Only files that were last changed before this, such as the program's start, so
                that a photo that is being added is never touched.

        Returns:
            How many files were removed.

        Raises:
            StoreFailed: A file cannot be removed.
        """
        removed = 0
        with folder_errors():
            for path in self.folder.rglob("*"):
                is_old = MARKED in path.name and _changed_at(path) < before - MARKED_FOR
                if is_old or (self._is_stray(path, keep) and _changed_at(path) < before):
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _is_stray(self, path: Path, keep: frozenset[str] | None) -> bool:
        """Return whether nothing speaks of a file."""
        if not path.is_file():
            return False
        if path.name.startswith(TEMPORARY):
            return True
        name = path.name.split(".", 1)[0]
        return keep is not None and _HASH.fullmatch(name) is not None and name not in keep

    def _place(self, sha256: str, ending: str) -> Path:
        """Return where a file belongs; refuses what is no hash, so that no path leads outside."""
        if _HASH.fullmatch(sha256) is None:
            raise ValueError("a sha256 has 64 lower-case hex digits")
        return self.folder / sha256[:2] / f"{sha256}{ending}"

    def _marked_place(self, sha256: str, digest: str) -> Path:
        """Return where a marked copy belongs."""
        if _DIGEST.fullmatch(digest) is None:
            raise ValueError("a digest has 16 lower-case hex digits")
        return self._place(sha256, f"{MARKED}{digest}.jpg")

    def _keep_at(self, place: Path, data: bytes) -> Path:
        """Keep bytes under a final name, instead of earlier ones; return the name."""
        with self._incoming() as (file, temporary):
            with folder_errors():
                file.write(data)
            self._settle(file, temporary, place)
        return place

    @contextmanager
    def _incoming(self) -> Iterator[tuple[BinaryIO, Path]]:
        """Open an unfinished file that is gone afterwards unless it was settled."""
        with folder_errors():
            number, name = tempfile.mkstemp(prefix=TEMPORARY, dir=self.folder)
        temporary = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                yield file, temporary
        finally:
            with folder_errors():
                temporary.unlink(missing_ok=True)

    def _settle(self, file: BinaryIO, temporary: Path, place: Path) -> None:
        """Give an unfinished file its final name once its bytes are on the disk."""
        with folder_errors():
            file.flush()
            os.fsync(file.fileno())
            file.close()
            place.parent.mkdir(exist_ok=True)
            temporary.replace(place)
            _sync_folder(place.parent)
            _sync_folder(self.folder)  # also when it was there: a crash may have come before this


def hash_of(data: bytes) -> str:
    """Return the sha256 under which bytes are kept, 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _copy(source: bytes | Path, file: BinaryIO) -> str:
    """Copy a source into a file and return its sha256."""
    if isinstance(source, bytes):
        with folder_errors():
            file.write(source)
        return hash_of(source)
    digest = hashlib.sha256()
    for piece in _pieces(source):
        digest.update(piece)
        with folder_errors():
            file.write(piece)
    return digest.hexdigest()


def _pieces(source: Path) -> Iterator[bytes]:
    """Yield a file's bytes."""
    try:
        with source.open("rb") as original:
            while piece := original.read(PIECE_BYTES):
                yield piece
    except OSError as error:
        raise FileUnreadable(f"{type(error).__name__} while reading the chosen file") from error


def _changed_at(path: Path) -> datetime:
    """Return when a file was last changed."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
