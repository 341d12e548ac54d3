"""Between the failures of files, folders and zip archives and ours: one table each way."""

import errno
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from field_app.domain.errors import FileUnreadable
from field_app.domain.pack_errors import NoRoomThere, PackDamaged, PackNotWritten

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def writing_errors() -> Iterator[None]:
    """Turn every failure of writing a pack inside into one of ours.

    Raises:
        NoRoomThere: The stick or disk is full.
        PackNotWritten: Anything else, as a stick that was pulled out.
    """
    try:
        yield
    except OSError as error:
        kind = NoRoomThere if error.errno in NO_ROOM else PackNotWritten
        code = errno.errorcode.get(error.errno or 0, "unknown")
        raise kind(f"{type(error).__name__} {code} while writing a rescue pack") from error


@contextmanager
def reading_errors() -> Iterator[None]:
    """Turn every failure of reading a pack inside into one of ours.

    Raises:
        PackDamaged: The archive is not as it was written.
        FileUnreadable: The file cannot be read, as when a stick was pulled out.
    """
    try:
        yield
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise PackDamaged(f"{type(error).__name__} in a rescue pack") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(f"{type(error).__name__} while reading a rescue pack") from error
