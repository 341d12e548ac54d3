"""One window per data folder: a lock that the system lets go of when the program ends."""

import os
import sys
from pathlib import Path
from typing import Final

from field_app.domain.errors import AlreadyOpen, StoreFailed

FILE_NAME: Final = "in-use.lock"


class FolderLock:
    """Holds a data folder for one program until `release`, or until the program ends somehow."""

    def __init__(self, folder: Path) -> None:
        """Take the folder.

        Raises:
            AlreadyOpen: Another program has it.
            StoreFailed: The folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._descriptor: int | None = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            raise StoreFailed(f"{type(error).__name__} at the data folder") from error
        try:
            _take(self._descriptor)
        except OSError as error:
            self.release()
            raise AlreadyOpen("another program holds the data folder") from error

    def release(self) -> None:
        """Let the folder go; a second time is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        """Lock the file's first byte, or raise OSError."""
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        """Lock the file, or raise OSError."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
