"""Opens a tile package by what is in the file; its name does not matter."""

from pathlib import Path
from typing import Final

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapKindUnknown
from field_app.maps import mbtiles, pmtiles
from field_app.maps.tiles import TilePackage

ENDINGS: Final = {mbtiles.MAGIC: ".mbtiles", pmtiles.MAGIC: ".pmtiles"}
"""First bytes of a file → how its name ought to end."""


def open_package(path: Path) -> TilePackage:
    """Open a tile package for reading, in the thread that will read it.

    Raises:
        MapDamaged: It is damaged or cut off.
        MapKindUnknown: It is no MBTiles and no PMTiles, or nothing that can be drawn.
        MapUnreadable: It is missing or cannot be read.
    """
    return mbtiles.MBTiles(path) if ending_of(path) == ".mbtiles" else pmtiles.PMTiles(path)


def ending_of(path: Path) -> str:
    """Return `.mbtiles` or `.pmtiles`, by the first bytes of a file.

    Raises:
        MapKindUnknown: It is neither.
        MapUnreadable: It is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise MapUnreadable(f"{path.name}: {error.strerror}") from error
    for magic, ending in ENDINGS.items():
        if head.startswith(magic):
            return ending
    raise MapKindUnknown(f"{path.name} begins like no tile package")
