"""The pile of new photos: which files are shown, which are read, and which wait for that."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from field_app.photos.plugged import PictureFile
from field_app.photos.shots import Shot
from field_app.queries.tray import Known, is_new

PAGE: Final = 500
"""So many photos are shown at first, and so many more each time older ones are asked for."""
MOST: Final = 2_000
"""So many small pictures are held at most; those of the demo have 8 to 12 kB."""


def in_order(files: Iterable[PictureFile]) -> list[PictureFile]:
    """Return files by time, the newest first; 10,000 take a moment, so not in the GUI thread."""
    return sorted(files, key=lambda file: (file.changed_at, file.key), reverse=True)


class Pile:
    """The picture files of everything that is plugged in, and what was read of them."""

    def __init__(self, since: datetime) -> None:
        """Make an empty pile.

        Args:
            since: Files changed before are shown only when somebody asks for older ones.
        """
        self.wanted: tuple[PictureFile, ...] = ()
        """New files that are shown, the newest first."""
        self.unsure: tuple[PictureFile, ...] = ()
        """Those among them of which only the content can tell."""
        self.has_older = False
        """Whether there are more new files than are shown."""
        self._since: datetime | None = since
        self._limit = PAGE
        self._by_owner: dict[Path, list[PictureFile]] = {}
        self._files: list[PictureFile] = []
        self._shots: dict[str, Shot] = {}
        self._unreadable: set[str] = set()

    @property
    def shots(self) -> tuple[Shot, ...]:
        """The new photos that were read, the newest first."""
        return tuple(self._shots[f.key] for f in self.wanted if f.key in self._shots)

    @property
    def unread(self) -> tuple[PictureFile, ...]:
        """The new files that were not read yet, the newest first."""
        return tuple(
            file
            for file in self.wanted
            if file.key not in self._shots and file.key not in self._unreadable
        )

    @property
    def unreadable(self) -> int:
        """How many of the files are no pictures."""
        return sum(file.key in self._unreadable for file in self.wanted)

    def begin(self, owner: Path) -> None:
        """Get ready for the names at a place."""
        self._by_owner[owner] = []

    def add(self, owner: Path, files: Iterable[PictureFile]) -> None:
        """Add files at a place; `order` makes them count."""
        self._by_owner[owner] += files

    def remove(self, owner: Path) -> bool:
        """Forget a place; return whether photos of it were shown."""
        keys = {file.key for file in self._by_owner.pop(owner, ())}
        self._shots = {key: shot for key, shot in self._shots.items() if key not in keys}
        self._unreadable -= keys
        self._files = [file for file in self._files if file.key not in keys]
        return any(file.key in keys for file in self.wanted)

    def all(self) -> list[PictureFile]:
        """Return all files, for `in_order`."""
        return [file for files in self._by_owner.values() for file in files]

    def order(self, files: Iterable[PictureFile]) -> None:
        """Take the files in the order of time, but for those that went meanwhile."""
        here = {file.key for file in self.all()}
        self._files = [file for file in files if file.key in here]

    def choose(self, known: Known) -> None:
        """Choose what is shown: what is new, not too old, the newest first."""
        shown: list[PictureFile] = []
        unsure: list[PictureFile] = []
        self.has_older = False
        for file in self._files:
            verdict = is_new(file, known)
            if verdict is False:
                continue
            is_old = self._since is not None and file.changed_at < self._since
            if is_old or len(shown) == self._limit:
                self.has_older = self._limit < MOST
                break
            shown.append(file)
            if verdict is None and file.key not in self._unreadable:
                unsure.append(file)
        self.wanted, self.unsure = tuple(shown), tuple(unsure)

    def keep(self, shots: Iterable[Shot]) -> None:
        """Keep photos that were read."""
        self._shots |= {shot.file.key: shot for shot in shots}

    def leave_out(self, keys: Iterable[str]) -> None:
        """Remember that these files are no pictures."""
        self._unreadable |= set(keys)

    def show_all_ages(self) -> None:
        """Show photos whatever their age."""
        self._since = None

    def show_older(self) -> None:
        """Show photos from before the last days, a page more each time."""
        if self._since is None:
            self._limit = min(MOST, self._limit + PAGE)
        self._since = None
