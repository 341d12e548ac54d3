"""The map packages of this computer, in one folder: a map is nobody's own.

A package is called by what is in it, `<sha256>.mbtiles` or `<sha256>.pmtiles`, so the same map is
there once, wherever it came from. A file under such a name is whole; whatever else lies there
(`*.part` of a download, `copy.unfinished` of a stick) is not looked at.
"""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapCopyStopped, MapDamaged, MapNotCopied, NoRoomForMap
from field_app.maps.checks import check_package
from field_app.maps.packages import ending_of, open_package
from field_app.maps.tiles import Bounds, TilePackageFacts, overlap

FOLDER: Final = "basemaps"
"""Name of the shelf's folder in the data folder, beside the people's folders."""
SPARE_BYTES: Final = 500_000_000
"""Room that is left for photos and words of the day."""
BLOCK_BYTES: Final = 1 << 20
MOST_SHOWN: Final = 4
"""So many packages are drawn at once."""
_NAME: Final = re.compile(r"([0-9a-f]{64})\.(?:mbtiles|pmtiles)")
_UNFINISHED: Final = "copy.unfinished"
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

Progress = Callable[[int, int], bool]
"""Gets how many bytes of how many are done; returns whether to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedMap:
    """A package on the shelf."""

    sha256: str
    path: Path
    facts: TilePackageFacts


class Shelf:
    """Lists, adds and removes the packages of a folder; any thread may have one of its own."""

    def __init__(self, folder: Path) -> None:
        """Make the shelf.

        Args:
            folder: `<data folder>/basemaps`; made when the first map comes.
        """
        self.folder = folder

    def paths(self) -> tuple[Path, ...]:
        """Return the files of all packages, in the order of their names, unopened."""
        try:
            there = sorted(self.folder.iterdir())
        except OSError:
            return ()
        return tuple(path for path in there if _NAME.fullmatch(path.name))

    def maps(self) -> tuple[ShelvedMap, ...]:
        """Return all packages that can be read; one that cannot is left out."""
        found = []
        for path in self.paths():
            try:
                with open_package(path) as package:
                    shelved = ShelvedMap(sha256=path.stem, path=path, facts=package.facts)
            except MapUnreadable:
                continue
            found.append(shelved)
        return tuple(found)

    def has(self, sha256: str) -> bool:
        """Return whether a package is here, by the SHA-256 of its file in small hexadecimal."""
        return any(path.stem == sha256 for path in self.paths())

    def add(self, source: Path, progress: Progress, area: Bounds | None = None) -> ShelvedMap:
        """Copy a package onto the shelf; the file itself stays where it is.

        The copy is read again and compared before it counts. Killed at any moment, nothing is
        there but `copy.unfinished`, which the next copy replaces.

        Args:
            source: The file, as on a stick.
            progress: Is told after each block; copying and comparing count alike.
            area: Where the tickets lie, for the remarks.

        Raises:
            MapUnreadable: See `checks.check_package`.
            NoRoomForMap: It would leave less than `SPARE_BYTES`.
            MapNotCopied: The file could not be read, or the copy not written, to the end.
            MapCopyStopped: `progress` said so.
        """
        facts = check_package(source, area)
        self._make_room(facts.size_bytes)
        unfinished = self.folder / _UNFINISHED
        try:
            written = self._copy(source, unfinished, facts.size_bytes, progress)
            read = _hash(unfinished, facts.size_bytes, progress)
            if read != written:
                raise MapNotCopied(f"{source.name}: the copy has other bytes than the file")
            return self._keep(unfinished, written, facts)
        except OSError as error:
            kind = NoRoomForMap if error.errno in _NO_ROOM else MapNotCopied
            code = errno.errorcode.get(error.errno or 0, "unknown")
            raise kind(f"{source.name}: {code}") from error
        finally:
            unfinished.unlink(missing_ok=True)

    def take_in(self, part: Path, sha256: str, area: Bounds | None = None) -> ShelvedMap:
        """Take in a file that is whole and lies in the shelf's folder, as after a download.

        Args:
            part: The file; it gets its right name, or is removed when it is not what it should be.
            sha256: Of the whole file, in small hexadecimal.
            area: Where the tickets lie, for the remarks.

        Raises:
            MapDamaged: The file has another SHA-256, or is damaged.
            MapUnreadable: See `checks.check_package`.
        """
        try:
            size = part.stat().st_size
            found = _hash(part, size, lambda _done, _whole: True)
            if found != sha256:
                raise MapDamaged(f"{part.name}: SHA-256 {found} instead of {sha256}")
            return self._keep(part, sha256, check_package(part, area))
        except OSError as error:
            raise MapUnreadable(f"{part.name}: {error.strerror}") from error
        except MapUnreadable:
            part.unlink(missing_ok=True)
            raise

    def remove(self, sha256: str) -> None:
        """Remove a package; one that is not here is no failure.

        Raises:
            MapUnreadable: The system does not allow it, as while it is open on Windows.
        """
        for path in self.paths():
            if path.stem == sha256:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise MapUnreadable(f"{path.name}: {error.strerror}") from error

    def _make_room(self, size_bytes: int) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise MapNotCopied(f"{self.folder.name}: {error.strerror}") from error
        if free < size_bytes + SPARE_BYTES:
            raise NoRoomForMap(f"{size_bytes} bytes and {SPARE_BYTES} to spare, {free} free")

    @staticmethod
    def _copy(source: Path, target: Path, size_bytes: int, progress: Progress) -> str:
        digest, done = hashlib.sha256(), 0
        with source.open("rb") as given, target.open("wb") as taken:
            while block := given.read(BLOCK_BYTES):
                taken.write(block)
                digest.update(block)
                done += len(block)
                _go_on(progress, done, 2 * size_bytes)
            taken.flush()
            os.fsync(taken.fileno())
        if done != size_bytes:
            raise MapNotCopied(f"{source.name}: {done} bytes of {size_bytes}")
        return digest.hexdigest()

    def _keep(self, part: Path, sha256: str, facts: TilePackageFacts) -> ShelvedMap:
        path = self.folder / f"{sha256}{ending_of(part)}"
        part.replace(path)
        return ShelvedMap(sha256=sha256, path=path, facts=facts)


def best_for(maps: Iterable[ShelvedMap], area: Bounds | None) -> tuple[ShelvedMap, ...]:
    """Return the packages to draw, the best first.

    The best is the smallest that covers the tickets, then larger ones that do, then those that have
    common ground with them, then the others.

    Args:
        maps: What is on the shelf.
        area: Where the tickets lie, degrees; None when that is not known.
    """
    ranked = sorted(maps, key=lambda shelved: rank(shelved.facts, area))
    return tuple(ranked[:MOST_SHOWN])


def rank(facts: TilePackageFacts, area: Bounds | None) -> tuple[int, float, int]:
    """Return by what packages are ordered, the best with the least; see `best_for`."""
    west, south, east, north = facts.bounds
    size = (east - west) * (north - south)
    if area is None:
        return 0, size, -facts.max_zoom
    covers = west <= area[0] and south <= area[1] and east >= area[2] and north >= area[3]
    step = 0 if covers else 1 if overlap(facts.bounds, area) else 2
    return step, size, -facts.max_zoom


def _hash(path: Path, size_bytes: int, progress: Progress) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            done += len(block)
            _go_on(progress, size_bytes + done, 2 * size_bytes)
    return digest.hexdigest()


def _go_on(progress: Progress, done: int, whole: int) -> None:
    if not progress(done, whole):
        raise MapCopyStopped(f"stopped after {done} of {whole} bytes")
