"""Folders and files that a person gives: which pictures are in them, looked at in small steps.

A folder may be huge, on a stick that is pulled out, or behind a network that does not answer, so
everything here is done in small steps by whoever has the time to wait.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from field_app.domain.errors import FileUnreadable
from field_app.photos.errors import reading_errors

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
"""Endings of pictures that are taken."""
NAMES_MOST: Final = 100_000
"""So many names of one folder are read at all."""
FILES_MOST: Final = 10_000
"""So many pictures are gathered from what a person gives at once."""
DEEPEST: Final = 16
"""Folders below a given one are looked into so many times."""
STEP: Final = 100
"""Files whose size and time are asked for in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is directly in a folder."""

    pictures: tuple[Path, ...]
    folders: tuple[Path, ...]
    """Without those that are only pointed at, so that nobody walks in a circle."""
    others: int
    """How many things are neither."""
    failure: OSError | None
    """Why it could not be read to its end; what was named before counts."""


def list_folder(folder: Path) -> Listing:
    """Return what is in a folder, in the order of names; hidden things are never pictures."""
    pictures: list[Path] = []
    folders: list[Path] = []
    others, failure = 0, None
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, NAMES_MOST):
                path = Path(entry.path)
                if entry.name.startswith("."):
                    others += 1  # thumbnails, and what a Mac leaves beside each file
                elif path.suffix.lower() in SUFFIXES:
                    pictures.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    others += 1
    except OSError as error:
        failure = error
    return Listing(
        pictures=tuple(sorted(pictures)),
        folders=tuple(sorted(folders)),
        others=others,
        failure=failure,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file that a person gave, alone or in a folder; it is not opened yet."""

    path: Path
    size_bytes: int = 0
    changed_s: float = 0.0
    """Seconds since 1970; 0 when the system does not say it."""


class Gathering:
    """Gathers the pictures in files and folders; one thread at a time works at it.

    A file that was given by itself counts whatever its name says. In folders only names of pictures
    count, and all else is `others`.
    """

    def __init__(self, paths: Sequence[Path], at_most: int = FILES_MOST) -> None:
        """Begin with nothing; each `step` goes on.

        Args:
            paths: Files and folders, in the order in which they were given.
            at_most: With so many files it ends.
        """
        self.files: list[GivenFile] = []
        """In the order given; of a folder in the order of names, subfolders last."""
        self.others = 0
        """Things in folders that are no pictures."""
        self.refused: list[tuple[Path, FileUnreadable]] = []
        """Folders that could not be read."""
        self.is_cut = False
        """Whether there is more than was looked at."""
        self._most = at_most
        self._steps = self._walk(paths)

    def step(self) -> bool:
        """Go on a little; return whether there is more to do."""
        return next(self._steps, False)

    @property
    def size_bytes(self) -> int:
        """How large all files together are."""
        return sum(file.size_bytes for file in self.files)

    def newest(self, count: int) -> tuple[GivenFile, ...]:
        """Return the files that were changed last, in the order of `files`."""
        by_time = sorted(self.files, key=lambda file: file.changed_s, reverse=True)
        chosen = {file.path for file in by_time[:count]}
        return tuple(file for file in self.files if file.path in chosen)

    def _walk(self, paths: Sequence[Path]) -> Iterator[bool]:
        """Look at everything; yield True between two steps."""
        for path in dict.fromkeys(paths):
            if _is_folder(path):
                yield from self._walk_folder(path)
            else:
                yield from self._take([path])

    def _walk_folder(self, top: Path) -> Iterator[bool]:
        waiting = [(top, 0)]
        while waiting and not self.is_cut:
            folder, depth = waiting.pop()
            found = list_folder(folder)
            if found.failure is not None:
                self._refuse(folder, found.failure)
            self.others += found.others
            yield from self._take(found.pictures)
            yield True
            if depth < DEEPEST:
                waiting += [(inner, depth + 1) for inner in reversed(found.folders)]

    def _refuse(self, folder: Path, failure: OSError) -> None:
        """Note down why a folder cannot be read to its end."""
        try:
            with reading_errors():
                raise failure
        except FileUnreadable as known:
            self.refused.append((folder, known))

    def _take(self, paths: Sequence[Path]) -> Iterator[bool]:
        """Take files with their size and time, a few in each step."""
        known = {file.path for file in self.files}
        paths = [path for path in paths if path not in known]
        room = self._most - len(self.files)
        self.is_cut = self.is_cut or len(paths) > room
        names = iter(paths[:room])
        while step := list(islice(names, STEP)):
            self.files += [_given(path) for path in step]
            yield True


def _is_folder(path: Path) -> bool:
    """Return whether a name is a folder, or points at one; what cannot be asked is none."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _given(path: Path) -> GivenFile:
    """Return a file with what the system says of it; reading it tells why there is nothing."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return GivenFile(path=path)
    return GivenFile(path=path, size_bytes=facts.st_size, changed_s=facts.st_mtime)
