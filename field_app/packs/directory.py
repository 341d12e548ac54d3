"""How large a zip archive's directory is, found out before anything of it is read.

`zipfile` reads the whole directory and makes an object of each of its lines, so a file of a few
hundred megabytes that is nothing else would take gigabytes of memory.
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16
"""

import os
import struct
from pathlib import Path
from typing import Final

from field_app.domain.pack_errors import NotAPack, PackDamaged
from field_app.packs.form import DIRECTORY_LIMIT_BYTES

_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = struct.Struct("<4sLQL")
_LONG_END: Final = struct.Struct("<4sQ2H2L4Q")
_ALL: Final = _LONG_END.size + _LOCATOR.size + _END.size


def check_directory(path: Path) -> None:
    """Refuse an archive whose directory is larger than any pack's.

    Raises:
        NotAPack: It does not end as a pack does: with the directory's end and no comment.
        PackDamaged: The directory is too large.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _ALL))
        tail = file.read(_ALL)
    if len(tail) < _END.size:
        raise NotAPack("the file is no archive, or was cut off")
    sign, *_numbers, length, _start, comment = _END.unpack(tail[-_END.size :])
    if sign != b"PK\5\6" or comment:
        raise NotAPack("the file is no archive, or was cut off")
    if len(tail) == _ALL:
        length = _long_length(tail, size) or length
    if length > DIRECTORY_LIMIT_BYTES:
        raise PackDamaged(f"the archive's directory has {length} bytes")


def _long_length(tail: bytes, size: int) -> int:
    """Return the directory's length in an archive's longer end; 0 when it has none.

    Raises:
        PackDamaged: The longer end is not where every writer puts it.
    """
    sign, _disk, start, _disks = _LOCATOR.unpack(tail[_LONG_END.size : -_END.size])
    if sign != b"PK\6\7":
        return 0
    if start != size - _ALL or not tail.startswith(b"PK\6\6"):
        raise PackDamaged("the archive's end is not where it says")
    return int(_LONG_END.unpack(tail[: _LONG_END.size])[8])
