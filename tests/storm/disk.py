"""A simulated disk: it counts what is done to it, breaks off, and forgets what was not synced.

What the model covers and what it leaves out stands in ARCHITECTURE.md, "How we know".
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from field_app.domain.clock import Clock
from tests.helpers.fakes import PowerCut
from tests.storm.chance import Chance

SQLITE: Final = (".db", ".sqlite", ".rebuilding", "-wal", "-shm", "-journal")
WAL: Final = "-wal"


@dataclass(eq=False, slots=True)
class _Entry:
    """A file or folder, whatever it is called."""

    is_folder: bool
    synced: int = 0
    """Bytes of it that are surely on the disk."""
    at: float = 0.0
    """When it was last synced or renamed, by the machine's clock; 0 for not yet."""
    ghost: bytes = b""
    """Its bytes, once no living name leads to it."""


class Disk:
    """The disk of one machine in one of its lives, from a start to a crash."""

    def __init__(self, folder: Path, chance: Chance, clock: Clock) -> None:
        """Take what lies in a folder as safely on the disk.

        Args:
            folder: The disk's files.
            chance: Decides what a power loss leaves.
            clock: The machine's; dates its files.
        """
        self.folder = folder
        self._clock = clock
        self.steps = 0
        self.is_dead = False
        self.is_full = False
        self.is_only_read = False
        """Whether a test looks at it, which is no step."""
        self.wal_synced: dict[str, int] = {}
        self.unclosed: list[sqlite3.Connection] = []
        self._known_databases: set[str] = set()
        self._chance = chance
        self._cut_in: int | None = None
        self._is_after = False
        self._living: dict[str, _Entry] = {}
        self._durable: dict[str, _Entry] = {}
        self.settle()

    def settle(self) -> None:
        """Take everything as synced."""
        self._living.clear()
        for path, is_folder in _walk(self.folder):
            size = 0 if is_folder else os.stat(path).st_size  # noqa: PTH116 - thousands of times
            self._living[self._name(path)] = _Entry(is_folder, size)
        self._durable = dict(self._living)
        for path, _ in _walk(self.folder, sqlite=True):
            self.wal_synced[self._name(path)] = os.stat(path).st_size  # noqa: PTH116

    def goes_on_from(self, former: "Disk") -> None:
        """Know what is not synced yet: only the program died, and the system still has it."""
        self._living, self._durable = former._living, former._durable
        self.wal_synced = former.wal_synced

    # breaking off

    def will_fail(self, in_steps: int, *, is_after: bool) -> None:
        """Let the power fail at a step from now: just before it is done, or just after."""
        self._cut_in, self._is_after = in_steps, is_after

    def is_well(self) -> None:
        """End every trouble that has not happened."""
        self._cut_in, self.is_full = None, False

    def before(self) -> None:
        """Count a step that is about to be done.

        Raises:
            PowerCut: There is no power any more, or it fails here.
        """
        if self.is_only_read:
            return
        if self.is_dead:
            raise PowerCut
        self.steps += 1
        if self._cut_in is not None:
            self._cut_in -= 1
            if self._cut_in <= 0 and not self._is_after:
                self._die()

    def after(self) -> None:
        """Note that a step was done; the power may fail here."""
        if self._cut_in is not None and self._cut_in <= 0 and not self.is_only_read:
            self._die()

    def check_room(self) -> None:
        """Raise what the system raises on a full disk."""
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Let a test look without counting it."""
        self.is_only_read = True
        try:
            yield
        finally:
            self.is_only_read = False

    def _die(self) -> None:
        """Lose the power."""
        self._cut_in = None
        self.is_dead = True
        raise PowerCut

    # what is done to files

    def opens(self, path: str, *, is_cut: bool) -> None:
        """Note that a file is opened for writing."""
        entry = self._living.setdefault(self._name(path), _Entry(is_folder=False))
        if is_cut:
            entry.synced = 0

    def makes_folder(self, path: str) -> None:
        """Note a new folder."""
        self._living[self._name(path)] = _Entry(is_folder=True)

    def syncs(self, path: str) -> None:
        """Note that a file's bytes, or a folder's names, are on the disk."""
        name = self._name(path)
        if os.path.isdir(path):  # noqa: PTH112 - thousands of times
            self._sync_names(name)
        elif name in self._living:
            self._living[name].synced = os.stat(path).st_size  # noqa: PTH116
            self._date(self._living[name], path)

    def renames(self, path: str, goal: str) -> None:
        """Note that a file is about to get another name, over whatever has it."""
        if path.endswith(SQLITE):
            return
        self._let_go(goal)
        entry = self._living[self._name(goal)] = self._living.pop(self._name(path))
        self._date(entry, path)

    def _date(self, entry: _Entry, path: str) -> None:
        """Date a file by the machine's clock and not by that of whoever runs the tests."""
        entry.at = self._clock.now().timestamp()
        os.utime(path, (entry.at, entry.at))

    def unlinks(self, path: str) -> None:
        """Note that a file or an empty folder is about to lose its name."""
        self.wal_synced.pop(self._name(path), None)
        self._known_databases.discard(path)
        self._let_go(path)
        self._living.pop(self._name(path), None)

    def _let_go(self, path: str) -> None:
        """Keep the bytes of a file that is about to lose its name; the disk may still have it."""
        entry = self._living.get(self._name(path))
        if entry is not None and not entry.is_folder:
            entry.ghost = Path(path).read_bytes()[: entry.synced]

    def _sync_names(self, folder: str) -> None:
        """Make the names in a folder last, and with them the end of their former names."""
        for name in [n for n in self._durable if _parent(n) == folder and n not in self._living]:
            del self._durable[name]
        for name, entry in self._living.items():
            if _parent(name) != folder or self._durable.get(name) is entry:
                continue
            for former in [n for n, known in self._durable.items() if known is entry]:
                del self._durable[former]
            self._durable[name] = entry

    # what is left

    def copy_to(self, goal: Path, *, loses_power: bool) -> None:
        """Write down what the next life finds.

        Args:
            goal: A new folder.
            loses_power: Whether what the system had not put on the disk is gone; if not, only
                the program died.
        """
        names = self._after_power_loss() if loses_power else dict(self._living)
        for name, entry in sorted(names.items()):
            if entry.is_folder:
                (goal / name).mkdir(parents=True, exist_ok=True)
        goal.mkdir(parents=True, exist_ok=True)
        for name, entry in sorted(names.items()):
            place = goal / name
            if not entry.is_folder and place.parent.is_dir():
                place.write_bytes(self._bytes_of(entry, loses_power=loses_power))
                at = entry.at or self._clock.now().timestamp()
                os.utime(place, (at, at))
        self._copy_databases(goal, loses_power=loses_power)

    def _after_power_loss(self) -> dict[str, _Entry]:
        """Return which names are left: each change that was not synced is there or is not."""
        living = {entry: name for name, entry in self._living.items()}
        durable = {entry: name for name, entry in self._durable.items()}
        left: dict[str, _Entry] = {}
        stayed: list[tuple[str, _Entry]] = []
        for entry in {**durable, **living}:
            new, old = living.get(entry), durable.get(entry)
            is_new = new == old or self._chance.happens(0.5)
            name = new if is_new else old
            if name is None:
                continue
            if is_new:
                left[name] = entry
            else:
                stayed.append((name, entry))
        for name, entry in stayed:
            left.setdefault(name, entry)
        return {n: e for n, e in left.items() if _parent(n) == "" or _has_parents(n, left)}

    def _bytes_of(self, entry: _Entry, *, loses_power: bool) -> bytes:
        """Return what of a file's bytes is left."""
        name = next((n for n, living in self._living.items() if living is entry), None)
        data = entry.ghost if name is None else (self.folder / name).read_bytes()
        if not loses_power or len(data) <= entry.synced:
            return data
        kept = self._chance.between(entry.synced, len(data))
        if self._chance.happens(0.3):  # the length was written, the bytes were not
            return data[: entry.synced] + bytes(kept - entry.synced)
        return data[:kept]

    def _copy_databases(self, goal: Path, *, loses_power: bool) -> None:
        """Copy SQLite's files; of a log only what was synced is sure to be there."""
        for path, is_folder in _walk(self.folder, sqlite=True):
            name = self._name(path)
            place = goal / name
            if is_folder or name.endswith("-shm") or not place.parent.is_dir():
                continue
            data = Path(path).read_bytes()
            if loses_power and name.endswith(WAL):
                data = self._log_left(data, self.wal_synced.get(name, 0))
            place.write_bytes(data)

    def _log_left(self, data: bytes, synced: int) -> bytes:
        """Return what a power loss leaves of a log."""
        if synced >= len(data):
            return data
        kept = self._chance.between(synced, len(data))
        if self._chance.happens(0.3):
            return data[:kept] + self._chance.some(len(data) - kept)
        return data[:kept]

    def notes_commit(self, database: str) -> None:
        """Note that everything in a database's log is on the disk."""
        log = f"{database}{WAL}"
        if os.path.exists(log):  # noqa: PTH110 - thousands of times
            self.wal_synced[self._name(log)] = os.stat(log).st_size  # noqa: PTH116
        if database not in self._known_databases:
            self._known_databases.add(database)
            self._sync_names(self._name(os.path.dirname(database)))  # noqa: PTH120

    def _name(self, path: str) -> str:
        """Return what a path is called on this disk; empty for the disk itself."""
        return path[len(str(self.folder)) + 1 :]


def _parent(name: str) -> str:
    """Return the name of the folder that something is in; empty for the disk itself."""
    return name.rpartition("/")[0]


def _has_parents(name: str, left: dict[str, _Entry]) -> bool:
    """Return whether all folders above a name are there."""
    parent = _parent(name)
    return parent == "" or (parent in left and _has_parents(parent, left))


def _walk(folder: Path, *, sqlite: bool = False) -> list[tuple[str, bool]]:
    """Return every path below a folder and whether it is one; SQLite's files, or all others."""
    found: list[tuple[str, bool]] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_dir():
                found += [(entry.path, True), *_walk(Path(entry.path), sqlite=sqlite)]
            elif entry.name.endswith(SQLITE) is sqlite:
                found.append((entry.path, False))
    return found
