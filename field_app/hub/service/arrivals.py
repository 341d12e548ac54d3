"""Rescue packs on their way in: room for all of them together, and one opened at a time."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from field_app.domain.ids import new_id
from field_app.hub.service.receiver import disk_full
from field_app.hub.service.vault import Vault, size_of

SPARE_BYTES: Final = 256 * 1024 * 1024
"""Room that is left for everything else while packs are here."""
_PREFIX: Final = "pack-"


class Arrivals:
    """Lends files to packs that come by network; used in the server's own thread only."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._expected: dict[Path, int] = {}
        self.turn = asyncio.Lock()
        """Is held while a pack is opened, which takes memory."""

    @contextmanager
    def expect(self, length: int) -> Iterator[Path]:
        """Lend a file for a pack of so many bytes; whatever becomes of it, it is gone afterwards.

        Raises:
            HubProblem: 507 when there is no room for it beside those that are under way.
        """
        part = self._vault.part(f"{_PREFIX}{new_id()}")
        to_come = sum(all_of_it - size_of(file) for file, all_of_it in self._expected.items())
        photos = sum(self._expected.values()) + length  # of each pack, at most its own size
        if shutil.disk_usage(part.parent).free < to_come + length + photos + SPARE_BYTES:
            raise disk_full()
        self._expected[part] = length
        try:
            yield part
        finally:
            del self._expected[part]
            part.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what a server that was killed left of packs; before this one takes any."""
        for part in self._vault.parts():
            if part.name.startswith(_PREFIX):
                part.unlink(missing_ok=True)
