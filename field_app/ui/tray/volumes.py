"""Where the system shows phones and cards that are plugged in."""

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

from field_app.photos.plugged import Plugged, Root, look
from field_app.ui.packs.places import STICKS

PHONES: Final = ("mtp:", "gphoto2:")
"""How GNOME's file access (gvfs) names phones and cameras without a drive of their own."""


def plugged_in() -> tuple[Plugged, ...]:
    """Return what is plugged into this computer; may wait for a phone to answer."""
    return look((*_drives(), *phones_below(_gvfs())))


def _drives() -> list[Root]:
    """Return sticks and cards; on Windows every drive but the system's own."""
    own = os.environ.get("SYSTEMDRIVE", "C:").upper()
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = volume.rootPath()
        is_stick = (
            not path.upper().startswith(own) if sys.platform == "win32" else path.startswith(STICKS)
        )
        if is_stick and volume.isValid() and volume.isReady():
            found.append(Root(path=Path(path), name=volume.displayName()))
    return found


def _gvfs() -> Path:
    """Return where gvfs shows phones as folders; it is there only on Linux."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(runtime or "/run/user") / "gvfs"


def phones_below(folder: Path) -> list[Root]:
    """Return the phones that gvfs shows; none where it is not there."""
    try:
        return [
            Root(path=path, name="", is_phone=True)
            for path in sorted(folder.iterdir())
            if path.name.startswith(PHONES)
        ]
    except OSError:
        return []
