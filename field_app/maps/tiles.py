"""What a tile package is: a base map in one file that needs no network, whatever its format."""

import html
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, Self

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84."""

WORLD: Final[Bounds] = (-180.0, -85.0511, 180.0, 85.0511)
MAX_ZOOM: Final = 22
"""Deeper levels are not asked for; the finest packages end at 20 or so."""
LONGEST_NAME: Final = 120
LONGEST_ATTRIBUTION: Final = 300
_HIDDEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>?")
_SPACE: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""White space, control signs, and signs that turn the direction of writing."""


class TileKind(StrEnum):
    """What every tile of a package is."""

    RASTER = "raster"
    """A picture."""
    VECTOR = "vector"
    """A Mapbox Vector Tile: shapes and names, drawn on this computer."""


class RemarkKind(StrEnum):
    """What is worth saying about a package that can be used all the same."""

    ROWS_FLIPPED = "rows_flipped"
    """An MBTiles file counts its rows from the north; it is read that way."""
    TYPE_DIFFERS = "type_differs"
    """Tiles are of another type than the package says; they are taken for what they are."""
    ZOOMS_MISSING = "zooms_missing"
    """Levels between the lowest and the highest have no tiles."""
    ELSEWHERE = "elsewhere"
    """The package has no common ground with the tickets."""
    NO_ATTRIBUTION = "no_attribution"
    """The package does not say whose data it is."""
    DAMAGED_TILES = "damaged_tiles"
    """Some of the tiles that were looked at cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing worth saying about a package; its words are in `maps.remark_words`."""

    kind: RemarkKind
    zooms: tuple[int, ...] = ()
    """Of ZOOMS_MISSING: which levels, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TilePackageFacts:
    """What a package says of itself, and what its tiles say."""

    name: str
    """Plain words for people; may be empty."""
    attribution: str
    """Whose data it is, as plain words without HTML; may be empty."""
    kind: TileKind
    media_type: str
    """Of every tile, as `image/png` or `application/vnd.mapbox-vector-tile`."""
    is_gzipped: bool
    """Whether tiles lie compressed in the file; `tile` gives them unpacked."""
    bounds: Bounds
    min_zoom: int
    max_zoom: int
    size_bytes: int
    data_on: date | None
    """The date of the data, where the package says one."""
    layers: tuple[str, ...]
    """Names of the vector layers, in the package's order; empty for pictures."""
    remarks: tuple[Remark, ...] = ()
    """What was noticed while opening."""


class TilePackage(Protocol):
    """A package that is open for reading.

    For use in the thread that opened it. The file must not be changed while it is open; a new
    package is a new file. Nothing is ever read whole.
    """

    path: Path
    facts: TilePackageFacts

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile unpacked, or None where the package has none.

        Args:
            zoom: Zoom level.
            column: x, counted from the west.
            row: y, counted from the north as web maps do, whatever the file does.

        Raises:
            MapUnreadable: The file is damaged there.
        """

    def has_zoom(self, zoom: int) -> bool:
        """Return whether there is any tile of a level."""

    def sample(self, zoom: int, most: int) -> list[tuple[int, int]]:
        """Return column and row of some tiles of a level, spread over it, `most` at most."""

    def close(self) -> None:
        """Close the file."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def plain_words(text: str, longest: int) -> str:
    """Return what people read of a text that may hold HTML: no tag, no control sign, one line."""
    bare = _TAG.sub(" ", _HIDDEN.sub(" ", text))
    words = _SPACE.sub(" ", _TAG.sub(" ", html.unescape(bare))).strip()
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def checked_bounds(west: float, south: float, east: float, north: float) -> Bounds:
    """Return bounds cut to the world's map.

    Raises:
        ValueError: They hold nothing, or are no numbers.
    """
    cut = (max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))
    if not (cut[0] < cut[2] and cut[1] < cut[3]):
        raise ValueError(f"bounds {west},{south},{east},{north} hold nothing")
    return cut


def overlap(one: Bounds, other: Bounds) -> bool:
    """Return whether two areas have common ground."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
