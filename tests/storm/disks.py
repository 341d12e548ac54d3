"""Disks: which machine of a town a path belongs to."""

import os
from pathlib import Path
from typing import Final

from tests.storm.disk import Disk


class Disks:
    """Which machine's disk a path is on: `<folder>/<machine>/<life>/…`."""

    def __init__(self, folder: Path) -> None:
        """Know of no machine yet."""
        self._prefix = f"{folder}/"
        self._disks: dict[str, Disk] = {}
        self._found: dict[str, Disk | None] = {}
        """What was asked before: each statement asks twice."""
        self.opened: dict[int, str] = {}
        """Path of each open file, by its number."""

    def put(self, disk: Disk) -> None:
        """Let a disk be its machine's; an earlier life's is none any more."""
        self._disks[disk.folder.parent.name] = disk
        self._found.clear()

    def of(self, path: object) -> Disk | None:
        """Return the disk that a path is on, or None for any other path and for former lives."""
        text = path if isinstance(path, str) else os.fspath(path) if isinstance(path, Path) else ""
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def _look_up(self, text: str) -> Disk | None:
        """Find the disk that a path is on."""
        if not text.startswith(self._prefix):
            return None
        machine, _, rest = text[len(self._prefix) :].partition("/")
        disk = self._disks.get(machine)
        if disk is None or rest.partition("/")[0] != disk.folder.name:
            return None
        return disk


NOWHERE: Final = Disks(Path("/nowhere"))
here: list[Disks] = [NOWHERE]
"""The disks of the history that runs, at the end."""
