"""The vault: photo files on disk under their sha256, and how bytes become safe there."""

import hashlib
import os
from pathlib import Path
from typing import Final

PIECE: Final = 1024 * 1024
"""Bytes that are hashed at once."""


class Vault:
    """Original photos, `photos/ab/abcd…`, each written once and never changed."""

    def __init__(self, folder: Path) -> None:
        """Use (and make) the folders of a hub.

        Args:
            folder: The hub's own folder.
        """
        self._photos = folder / "photos"
        self._uploads = folder / "uploads"
        self._photos.mkdir(parents=True, exist_ok=True)
        self._uploads.mkdir(parents=True, exist_ok=True)
        sync_folder(folder)

    def path(self, sha256: str) -> Path:
        """Return where the original with this hash is, or will be."""
        return self._photos / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the original is here, whole."""
        return self.path(sha256).is_file()

    def part(self, upload_id: str) -> Path:
        """Return the file that holds an upload's bytes so far."""
        return self._uploads / upload_id

    def parts(self) -> tuple[Path, ...]:
        """Return all files of uploads that are not finished."""
        return tuple(self._uploads.iterdir())

    def add(self, data: bytes) -> str:
        """Keep a whole file for good and return its sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.has(sha256):
            part = self.part(f"new-{sha256}")
            part.write_bytes(data)
            sync_file(part)
            self.keep(part, sha256)
        self.confirm(sha256)
        return sha256

    def keep(self, part: Path, sha256: str) -> None:
        """Move a complete file, already synced, under its hash; `confirm` makes that last."""
        goal = self.path(sha256)
        goal.parent.mkdir(exist_ok=True)
        part.replace(goal)

    def confirm(self, sha256: str) -> None:
        """Return when the name of an original that is here is on disk."""
        sync_folder(self._photos)
        sync_folder(self.path(sha256).parent)


def size_of(path: Path) -> int:
    """Return a file's bytes, 0 when there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def hash_of(path: Path) -> str:
    """Return a file's sha256, 64 lower-case hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Return when a file's bytes are on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Return when a folder's names are on disk; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
