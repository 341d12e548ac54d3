"""Between the failures of picture files, folders and Pillow and ours: one table, three doors."""

import errno
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from PIL import Image, UnidentifiedImageError

from field_app.domain.copy_errors import CopyNotWritten
from field_app.domain.errors import DiskFull, FieldAppError, PhotoUnreadable, StoreFailed

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

BY_CLASS: Final[Mapping[type[Exception], type[FieldAppError]]] = MappingProxyType(
    {
        UnidentifiedImageError: PhotoUnreadable,
        Image.DecompressionBombError: PhotoUnreadable,
        OSError: PhotoUnreadable,
        EOFError: PhotoUnreadable,
        SyntaxError: PhotoUnreadable,
        ValueError: PhotoUnreadable,
        TypeError: PhotoUnreadable,
        KeyError: PhotoUnreadable,
        IndexError: PhotoUnreadable,
        ZeroDivisionError: PhotoUnreadable,
        OverflowError: PhotoUnreadable,
        RuntimeError: PhotoUnreadable,
        MemoryError: PhotoUnreadable,
        struct.error: PhotoUnreadable,
    }
)
"""What Pillow and its readers raise on broken pictures; their names stay out of the text."""


@contextmanager
def picture_errors() -> Iterator[None]:
    """Turn every failure of reading a picture's bytes inside into one of ours.

    Raises:
        PhotoUnreadable: The bytes are no complete picture.
    """
    try:
        yield
    except tuple(BY_CLASS) as error:
        raise PhotoUnreadable(f"{type(error).__name__} while reading the picture") from error


@contextmanager
def folder_errors() -> Iterator[None]:
    """Turn every failure of writing to the vault's folder inside into one of ours.

    Raises:
        DiskFull: No room; nothing half-written is left under a final name.
        StoreFailed: Anything else.
    """
    try:
        yield
    except OSError as error:
        kind = DiskFull if error.errno in NO_ROOM else StoreFailed
        code = errno.errorcode.get(error.errno or 0, "unknown")
        raise kind(f"{type(error).__name__} {code} in the photo folder") from error


@contextmanager
def copying_errors() -> Iterator[None]:
    """Turn every failure of writing a copy where a person wants it into one of ours.

    Raises:
        CopyNotWritten: No room, no right, or the stick is gone.
    """
    try:
        yield
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "unknown")
        raise CopyNotWritten(f"{type(error).__name__} {code} while writing a copy") from error
