"""Small JSON files beside the database: replaced as a whole, or not at all."""

import os
from pathlib import Path
from typing import Any

import orjson

from field_app.domain.errors import StoreDamaged
from field_app.store.errors import our_error
from field_app.store.folders import sync_folder


def write_json(path: Path, data: bytes) -> None:
    """Replace a small file so that a power cut leaves the old one or the new one.

    Raises:
        DiskFull: The old one is still there; also other kinds of StoreFailed.
    """
    new = path.with_suffix(".new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise our_error(error) from error


def read_json(path: Path) -> dict[str, Any] | None:
    """Return a small file's JSON object, or None when there is none.

    Raises:
        StoreDamaged: It cannot be read.
    """
    if not path.is_file():
        return None
    try:
        plain = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise StoreDamaged(f"{path.name} cannot be read") from error
    return plain if isinstance(plain, dict) else None
