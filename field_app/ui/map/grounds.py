"""The map packages that the page is drawn from, the best first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from field_app.domain.errors import MapUnreadable
from field_app.maps.packages import open_package
from field_app.maps.shelf import MOST_SHOWN, Shelf, rank
from field_app.maps.tiles import Bounds, TilePackage, TilePackageFacts
from field_app.texts import _
from field_app.texts.dates import plain_date

logger = logging.getLogger(__name__)

KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Ground:
    """A package that is open."""

    key: str
    """What the page calls it in the addresses of tiles."""
    package: TilePackage


class Grounds:
    """Opens packages, in the GUI thread, and gives their tiles.

    Attributes:
        is_damaged: Whether a map file of the installation is there that cannot be read.
    """

    def __init__(self, tiles: Path | None, shelf: Shelf | None) -> None:
        """Open what is there.

        Args:
            tiles: The installation's own package; None when it has none.
            shelf: The packages of this computer; None for the installation's own only.
        """
        self._tiles = tiles
        self._shelf = shelf
        self._open: dict[str, Ground] = {}
        self.is_damaged = False
        self.open(None)

    def open(self, area: Bounds | None) -> None:
        """Open what is there now, and close what is not drawn any more.

        Args:
            area: Where the tickets lie, degrees; None when that is not known.
        """
        before, self._open = self._open, {}
        self.is_damaged = False
        found = [ground for path in self._paths() if (ground := self._opened(path, before))]
        found.sort(key=lambda ground: rank(ground.package.facts, area))
        self._open = {ground.key: ground for ground in found[:MOST_SHOWN]}
        for key, ground in before.items():
            if key not in self._open:
                ground.package.close()
        for ground in found[MOST_SHOWN:]:
            if ground.key not in before:
                ground.package.close()

    def leave(self, sha256: str) -> None:
        """Close a package of the shelf; Windows removes no file that is open."""
        ground = self._open.pop(sha256[:KEY_LENGTH], None)
        if ground is not None:
            ground.package.close()

    def for_page(self) -> list[dict[str, Any]]:
        """Return what the page needs to draw them, ready for JSON, the best first."""
        return [
            {
                "key": key,
                "kind": ground.package.facts.kind,
                "bounds": ground.package.facts.bounds,
                "min_zoom": ground.package.facts.min_zoom,
                "max_zoom": ground.package.facts.max_zoom,
                "source": source_of(ground.package.facts),
            }
            for key, ground in self._open.items()
        ]

    def tile(self, key: str, zoom: int, column: int, row: int) -> tuple[bytes, str] | None:
        """Return a tile and its media type; None where the package has none or is damaged."""
        ground = self._open.get(key)
        if ground is None:
            return None
        try:
            data = ground.package.tile(zoom, column, row)
        except MapUnreadable as error:
            logger.info("A tile was not shown: %s", error)
            return None
        return None if data is None else (data, ground.package.facts.media_type)

    def close(self) -> None:
        """Close all files."""
        for ground in self._open.values():
            ground.package.close()
        self._open = {}

    def _paths(self) -> Sequence[Path]:
        own = () if self._tiles is None else (self._tiles,)
        return (*(() if self._shelf is None else self._shelf.paths()), *own)

    def _opened(self, path: Path, before: dict[str, Ground]) -> Ground | None:
        """Open a package, unless it is open; a bad one is logged and the map does without."""
        key = "own" if path == self._tiles else path.stem[:KEY_LENGTH]
        if key in before:
            return before[key]
        try:
            return Ground(key, open_package(path))
        except MapUnreadable as error:
            logger.error("A map file is left out: %s", error.detail)  # noqa: TRY400 - known failure
            self.is_damaged = self.is_damaged or path == self._tiles
            return None


def source_of(facts: TilePackageFacts) -> str:
    """Return which map it is, of which day and whose data, for the line on the map."""
    source = facts.attribution.replace("OpenStreetMap contributors", "OpenStreetMap")
    day = "" if facts.data_on is None else plain_date(facts.data_on)
    which = " ".join(part for part in (facts.name, day) if part)
    return " · ".join(part for part in (which, source) if part)


def note(grounds: Grounds) -> str:
    """Return what the line on the map says when there is no map to name."""
    if grounds.is_damaged:
        return _("The map file is damaged. Jobs are shown without streets.")
    return _(
        "There is no map file. Jobs are shown without streets. IT adds a map at the hub "
        "(field-app hub basemap add); a file from a stick can be opened with the button above."
    )
