"""Between the failures of picture files, folders and Pillow and ours: two tables, four doors."""

import errno
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from PIL import Image, UnidentifiedImageError

from field_app.domain.copy_errors import CopyNotWritten
from field_app.domain.errors import (
    DiskFull,
    FieldAppError,
    FileUnreadable,
    PhotoUnreadable,
    StoreFailed,
)
from field_app.domain.photo_errors import CutOff, FileGone, NoFile, NoPicture, NoRight

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

BY_CLASS: Final[Mapping[type[Exception], type[FieldAppError]]] = MappingProxyType(
    {
        UnidentifiedImageError: NoPicture,
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
        AssertionError: PhotoUnreadable,
        MemoryError: PhotoUnreadable,
        struct.error: PhotoUnreadable,
    }
)
"""What Pillow and its readers raise on broken pictures; their names stay out of the text."""
TRUNCATED: Final = "truncated"
"""Stands in what Pillow says of pixels that end too early; it has no class of its own for that."""

BY_NUMBER: Final[Mapping[int | None, type[FileUnreadable]]] = MappingProxyType(
    {
        errno.ENOENT: FileGone,
        errno.ENOTDIR: FileGone,
        errno.ENODEV: FileGone,
        errno.ENXIO: FileGone,
        errno.EACCES: NoRight,
        errno.EPERM: NoRight,
        errno.EISDIR: NoFile,
        errno.ELOOP: NoFile,
    }
)
"""Why a file that a person gave cannot be read; anything else is a disk that fails."""


@contextmanager
def picture_errors() -> Iterator[None]:
    """Turn every failure of reading a picture's bytes inside into one of ours.

    Raises:
        PhotoUnreadable: The bytes are no complete picture (NoPicture: none at all, CutOff: its end
            is missing).
    """
    try:
        yield
    except tuple(BY_CLASS) as error:
        kind = BY_CLASS.get(type(error), PhotoUnreadable)
        if isinstance(error, OSError) and TRUNCATED in str(error).lower():
            kind = CutOff
        raise kind(f"{type(error).__name__} while reading the picture") from error


@contextmanager
def reading_errors() -> Iterator[None]:
    """Turn every failure of reading a file that a person gave into one of ours.

    Raises:
        FileUnreadable: The disk, card or network failed (FileGone, NoRight, NoFile say more).
    """
    try:
        yield
    except OSError as error:
        kind = BY_NUMBER.get(error.errno, FileUnreadable)
        code = errno.errorcode.get(error.errno or 0, "unknown")
        raise kind(f"{type(error).__name__} {code} while reading the photo") from error
    except ValueError as error:  # a name with a zero byte in it
        raise NoFile(f"{type(error).__name__} while opening the photo") from error


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
