"""Between the failures of sockets and files and ours, where a phone hands photos over."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from field_app.domain.errors import DiskFull, StoreFailed
from field_app.domain.handoff_errors import NoWayForPhone

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def opening_errors() -> Iterator[None]:
    """Turn every failure of beginning to listen inside into one of ours.

    Raises:
        NoWayForPhone: The address is not this computer's any more, or may not be used.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise NoWayForPhone(f"{type(error).__name__} while opening the page") from error


@contextmanager
def landing_errors() -> Iterator[None]:
    """Turn every failure of writing a file that comes in inside into one of ours.

    Raises:
        DiskFull: No room.
        StoreFailed: Anything else.
    """
    try:
        yield
    except OSError as error:
        kind = DiskFull if error.errno in NO_ROOM else StoreFailed
        code = errno.errorcode.get(error.errno or 0, "unknown")
        raise kind(f"{type(error).__name__} {code} while a photo came in") from error
