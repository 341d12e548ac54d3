"""An area map: a tile package that the hub hands out to laptops."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from field_app.domain.place import Place

KINDS: Final = frozenset({"mbtiles", "pmtiles"})
"""Forms of packages, which are also the endings of their files."""
HASH: Final = re.compile(r"[0-9a-f]{64}")
MAX_ZOOM: Final = 30

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapFacts:
    """What a package says of itself."""

    name: str
    """For people; may be empty."""
    attribution: str
    """Whose data it is, as plain words or HTML; may be empty."""
    media_type: str
    """Of every tile, as `image/png`."""
    bounds: Bounds
    min_zoom: int
    max_zoom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap(BasemapFacts):
    """A package at the hub."""

    sha256: str
    """Of the whole file; names it everywhere."""
    kind: str
    """One of `KINDS`; a later hub may know more."""
    size_bytes: int
    added_at: datetime
    """When the hub took it."""

    @property
    def is_sound(self) -> bool:
        """Whether it can be kept here: a hash that may name a file, and a known form."""
        return (
            HASH.fullmatch(self.sha256) is not None and self.kind in KINDS and self.size_bytes > 0
        )

    @property
    def file_name(self) -> str:
        """What its file is called, here and at the hub."""
        return f"{self.sha256}.{self.kind}"

    def covers(self, place: Place) -> bool:
        """Return whether a place lies within its bounds."""
        west, south, east, north = self.bounds
        return west <= place.longitude <= east and south <= place.latitude <= north
