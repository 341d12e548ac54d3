"""Folders whose names last: what is made in them survives a power cut once they are synced."""

import os
from pathlib import Path


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
