"""What is plugged in: phones and cards with a DCIM folder, and the picture files there.

Nothing is ever written there. A phone may take long to answer and may go at any moment, so
everything here is done in small steps by whoever has the time to wait.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from field_app.domain.plugged_errors import PulledOut
from field_app.photos.folders import list_folder

CAMERA_FOLDER: Final = "dcim"
"""Where every camera and phone keeps its photos (DCF, JEITA CP-3461), in any case."""
DEEPEST: Final = 3
"""Folders below the camera folder are looked into so many times."""
LOOKED_AT_MOST: Final = 10_000
"""So many files of one phone or card are looked at, the newest folders and names first."""
NAMES_MOST: Final = 100_000
"""So many names are read at all."""
STEP: Final = 100
"""Files whose size and time are asked for in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A place where something plugged in appears."""

    path: Path
    name: str
    """As people know it; empty for a phone, whose own name is a row of digits."""
    is_phone: bool = False
    """Whether it is reached over MTP or PTP: its folders lie one level deeper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugged:
    """A phone, a card or a folder that somebody chose."""

    path: Path
    name: str
    """As people know it; empty for a phone."""
    is_phone: bool = False
    folders: tuple[Path, ...] = ()
    """Camera folders; empty when it has none."""
    is_locked: bool = False
    """Whether a phone shows nothing at all: it is locked, or allows no file transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture file on a phone or card, not read yet."""

    path: Path
    key: str
    """Of this file as it is: whose, where, how large and of when. Another content has another."""
    size_bytes: int
    changed_at: datetime


def look(roots: Iterable[Root]) -> tuple[Plugged, ...]:
    """Return what is plugged in, in the order of its roots; what cannot be asked is left out."""
    found = []
    for root in roots:
        try:
            found.append(_plugged(root))
        except OSError:
            continue  # gone, or no card in the reader
    return tuple(found)


def chosen(folder: Path) -> Plugged:
    """Return a folder that somebody chose, as if it were a camera's."""
    return Plugged(path=folder, name=folder.name or str(folder), folders=(folder,))


def _plugged(root: Root) -> Plugged:
    """Return what is at a root."""
    above = _folders_of(root.path)
    stores = above if root.is_phone else []
    folders = [path for path in above if _is_camera_folder(path)]
    for store in stores:
        folders += [path for path in _folders_of(store) if _is_camera_folder(path)]
    return Plugged(
        path=root.path,
        name=root.name,
        is_phone=root.is_phone,
        folders=tuple(folders),
        is_locked=root.is_phone and not above,
    )


def _folders_of(path: Path) -> list[Path]:
    """Return the folders directly in one; OSError when it cannot be read."""
    with os.scandir(path) as entries:
        return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))


def _is_camera_folder(path: Path) -> bool:
    """Return whether this is where photos are."""
    return path.name.casefold() == CAMERA_FOLDER


def walk(plugged: Plugged, at_most: int = LOOKED_AT_MOST) -> Iterator[tuple[PictureFile, ...]]:
    """Yield the picture files, a few in each step; a step may be empty.

    The newest folders and the last names come first, as cameras count upwards. Whoever wants them
    by time sorts all of them. A file or folder that cannot be asked is left out.

    Args:
        plugged: What is plugged in.
        at_most: So many files are looked at.

    Raises:
        PulledOut: It is not there any more.
    """
    named: list[tuple[float, str, Path]] = []
    for folder, names in _named(plugged):
        named += [(folder, name, path) for name, path in names]
        yield ()
        if len(named) >= NAMES_MOST:
            break
    named.sort(reverse=True)
    paths = (path for _folder, _name, path in named[:at_most])
    while step := list(islice(paths, STEP)):
        yield tuple(file for path in step if (file := _file(plugged, path)) is not None)
        _check_there(plugged)


def _named(plugged: Plugged) -> Iterator[tuple[float, list[tuple[str, Path]]]]:
    """Yield each folder's time and the picture files named in it."""
    waiting = [(path, 0) for path in plugged.folders]
    while waiting:
        folder, depth = waiting.pop()
        changed = 0.0
        try:
            changed = folder.stat().st_mtime
        except OSError:
            _check_there(plugged)
        found = list_folder(folder)
        if found.failure is not None:
            _check_there(plugged)  # else what was named so far counts
        if depth < DEEPEST:
            waiting += [(inner, depth + 1) for inner in found.folders]
        yield changed, [(path.name, path) for path in found.pictures]


def _file(plugged: Plugged, path: Path) -> PictureFile | None:
    """Return a file with its size and time; None when it cannot be asked or is none."""
    try:
        facts = path.lstat()
        changed_at = datetime.fromtimestamp(facts.st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None
    if not facts.st_size or not stat.S_ISREG(facts.st_mode):
        return None
    owner = plugged.path.name or plugged.name
    inside = path.relative_to(plugged.path).as_posix()
    return PictureFile(
        path=path,
        key=f"{owner}/{inside} {facts.st_size} {int(facts.st_mtime)}",
        size_bytes=facts.st_size,
        changed_at=changed_at,
    )


def _check_there(plugged: Plugged) -> None:
    """Raise PulledOut when a phone or card has gone."""
    if not is_there(plugged):
        raise PulledOut(f"{len(plugged.folders)} camera folders are gone")


def is_there(plugged: Plugged) -> bool:
    """Return whether a camera folder can still be read."""
    for folder in plugged.folders:
        try:
            with os.scandir(folder):
                return True
        except OSError:
            continue
    return False
