"""Folders whose names last: what is made in them survives a power cut once they are synced."""

import os
from pathlib import Path


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder, unless it is there, so that a power cut cannot take it and all that is in it.

    Raises:
        OSError: It cannot be made or synced.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    sync_folder(folder.parent)  # also when it was there: a crash may have come before this


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk; Windows does so by itself.

    Raises:
        OSError: It cannot be read or synced.
    """
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
