"""Where a rescue pack is offered to be saved: on a stick when one is plugged in."""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QStorageInfo

from field_app.queries.packs import PACK_SUFFIX
from field_app.texts.dates import local

STICKS: Final = ("/media/", "/run/media/", "/Volumes/")
"""Where sticks appear; on Windows each has a letter of its own, which a person knows best."""


def offered_folder() -> Path:
    """Return the first stick that can be written to, else the person's documents."""
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if root.startswith(STICKS) and volume.isReady() and not volume.isReadOnly():
            return Path(root)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()


def file_name(username: str, now: datetime) -> str:
    """Return the name of a new pack: who, which day, which minute."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in username)
    return f"{plain}-{local(now):%Y%m%d-%H%M}{PACK_SUFFIX}"
