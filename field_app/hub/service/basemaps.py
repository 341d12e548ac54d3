"""Area maps at the hub: tile packages that IT adds once and every laptop may fetch."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from math import isfinite
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from field_app.domain.basemap import Basemap, BasemapFacts
from field_app.domain.clock import Clock, from_stamp, to_stamp
from field_app.domain.ids import new_id
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.problems import not_found
from field_app.hub.service.vault import sync_file, sync_folder
from field_app.texts.catalogue import mark

FOLDER: Final = "basemaps"
MAGIC: Final = {b"SQLite format 3\x00": "mbtiles", b"PMTiles\x03": "pmtiles"}
"""How files of each kind begin."""
PIECE: Final = 1024 * 1024
"""Bytes that are copied at once."""
SPARE_BYTES: Final = 1024 * 1024 * 1024
"""Room that is left for reports and photos when a map is added."""
STALE: Final = timedelta(days=1)
"""A copy that nobody wrote to for so long was broken off."""
SIDES: Final = ("west", "south", "east", "north")

Read = Callable[[Path], BasemapFacts]
"""Reads what a package says of itself; raises what is known of bad ones."""
Tell = Callable[[int, int], None]
"""Is told how many of a package's bytes are copied, and how many it has."""


class BasemapRefused(Exception):
    """A map cannot be added or found; the text is a msgid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a map that was to be added."""

    basemap: Basemap
    is_new: bool
    """False when the hub had this very file already."""


class Basemaps:
    """Keeps area maps, each written once and never changed."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        """Use (and make) a folder of the hub's own."""
        self._database = database
        self._folder = folder / FOLDER
        self._clock = clock
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder)

    def add(self, source: Path, read: Read, tell: Tell, name: str = "") -> Added:
        """Copy a package and make it known; the same file twice is harmless.

        What is read, hashed and kept are the bytes of the copy, so whatever happens to the source
        meanwhile changes nothing. A crash anywhere leaves no map, or all of it.

        Args:
            source: The file; it is only read.
            read: Reads the copy.
            tell: Is told now and then how far it is.
            name: What people call the map; empty for the package's own name.

        Raises:
            BasemapRefused: It is no package, or there is no room.
            OSError: The file or the hub's disk failed.
        """
        kind = kind_of(source)
        if kind is None:
            raise BasemapRefused(
                mark("This is no tile package. MBTiles and PMTiles files can be added.")
            )
        size_bytes = source.stat().st_size
        if shutil.disk_usage(self._folder).free < size_bytes + SPARE_BYTES:
            raise BasemapRefused(
                mark("There is not enough room on the hub's disk for this map and a spare 1 GB.")
            )
        part = self._folder / f"new-{new_id()}.{kind}"
        try:
            sha256 = _copy(source, part, tell)
            facts = read(part)
            if not all(isfinite(side) for side in facts.bounds):
                raise BasemapRefused(mark("The map does not say where on the earth it is."))
            basemap = Basemap(
                **{**asdict(facts), "name": name or facts.name or source.stem},
                sha256=sha256,
                kind=kind,
                size_bytes=part.stat().st_size,
                added_at=self._clock.now(),
            )
            return self._keep(part, basemap, is_named=bool(name))
        finally:
            part.unlink(missing_ok=True)

    def all(self) -> tuple[Basemap, ...]:
        """Return all maps, the newest first."""
        with self._database.read() as connection:
            return basemaps_of(connection)

    def file(self, sha256: str) -> tuple[Basemap, Path]:
        """Return a map and its file.

        Raises:
            HubProblem: 404 when there is none.
        """
        with self._database.read() as connection:
            row = connection.execute(_one(sha256)).one_or_none()
        if row is None:
            raise not_found("map")
        basemap = _basemap(row)
        path = self._path(basemap)
        if not path.is_file():
            raise not_found("map")
        return basemap, path

    def remove(self, word: str) -> Basemap:
        """Take a map away; laptops that have it keep it.

        Args:
            word: Its name, its hash, or how its hash begins.

        Raises:
            BasemapRefused: No map, or more than one, is meant.
        """
        with self._database.write() as connection:
            known = basemaps_of(connection)
            meant = [each for each in known if word == each.name]
            meant = meant or [each for each in known if word and each.sha256.startswith(word)]
            if not meant:
                raise BasemapRefused(mark("The hub has no such map."))
            if len(meant) > 1:
                raise BasemapRefused(mark("More than one map is meant. Give more of its SHA-256."))
            table = tables.basemap
            connection.execute(delete(table).where(table.c.sha256 == meant[0].sha256))
        with self._database.write() as connection:  # so that no map is being added meanwhile
            is_back = connection.execute(_one(meant[0].sha256)).one_or_none() is not None
            if not is_back:
                with suppress(
                    OSError
                ):  # a laptop reads it just now, on Windows: `tidy` comes later
                    self._path(meant[0]).unlink(missing_ok=True)
        return meant[0]

    def tidy(self) -> None:
        """Remove files of no map, and copies that were broken off; a crash may leave either."""
        with self._database.write() as connection:  # so that no map is being added meanwhile
            kept = {each.file_name for each in basemaps_of(connection)}
            for path in self._folder.iterdir():
                if path.name.startswith("new-") and not _is_stale(path, self._clock.now()):
                    continue
                if path.name not in kept:
                    with suppress(OSError):
                        path.unlink(missing_ok=True)

    def _keep(self, part: Path, basemap: Basemap, *, is_named: bool) -> Added:
        """Put a whole copy under its hash and write it down, as one."""
        table = tables.basemap
        with self._database.write() as connection:
            row = connection.execute(_one(basemap.sha256)).one_or_none()
            path = self._path(basemap)
            if row is None or not path.is_file():
                part.replace(path)
                sync_folder(self._folder)
            if row is None:
                connection.execute(insert(table).values(**_values(basemap)))
                return Added(basemap=basemap, is_new=True)
            if is_named:
                named = update(table).where(table.c.sha256 == basemap.sha256)
                connection.execute(named.values(name=basemap.name))
            kept = _basemap(row)
        return Added(basemap=replace(kept, name=basemap.name) if is_named else kept, is_new=False)

    def _path(self, basemap: Basemap) -> Path:
        """Return where a map's file is, or will be."""
        return self._folder / basemap.file_name


def kind_of(path: Path) -> str | None:
    """Return the kind of a package by its first bytes, or None for any other file.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(max(map(len, MAGIC)))
    return next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)


def basemaps_of(connection: Connection) -> tuple[Basemap, ...]:
    """Return all maps, the newest first."""
    table = tables.basemap
    rows = connection.execute(select(table).order_by(table.c.added_at.desc(), table.c.sha256))
    return tuple(_basemap(row) for row in rows)


def _copy(source: Path, part: Path, tell: Tell) -> str:
    """Copy a file to the disk and return its sha256."""
    digest = hashlib.sha256()
    total, done = source.stat().st_size, 0
    with source.open("rb") as old, part.open("xb") as new:
        while piece := old.read(PIECE):
            digest.update(piece)
            new.write(piece)
            done += len(piece)
            tell(done, max(done, total))
    sync_file(part)
    return digest.hexdigest()


def _one(sha256: str) -> Any:
    """Return the question for one map."""
    return select(tables.basemap).where(tables.basemap.c.sha256 == sha256)


def _basemap(row: Any) -> Basemap:
    """Return the map in a row."""
    plain = dict(row._mapping)  # noqa: SLF001 - how SQLAlchemy names the row's columns
    west, south, east, north = (plain.pop(side) for side in SIDES)
    added_at = from_stamp(plain.pop("added_at"))
    return Basemap(**plain, bounds=(west, south, east, north), added_at=added_at)


def _values(basemap: Basemap) -> dict[str, Any]:
    """Return a map as a row."""
    plain = asdict(basemap)
    sides = dict(zip(SIDES, plain.pop("bounds"), strict=True))
    return {**plain, **sides, "added_at": to_stamp(basemap.added_at)}


def _is_stale(path: Path, now: datetime) -> bool:
    """Return whether nobody wrote to a file for a while."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - STALE
    except FileNotFoundError:
        return False
