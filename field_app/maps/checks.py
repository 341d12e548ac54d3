"""Looks a package over before it is taken: some of its tiles, never the whole file."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from field_app.domain.map_errors import MapDamaged
from field_app.maps.packages import open_package
from field_app.maps.tile_data import VECTOR_TYPE, is_whole, media_type_of
from field_app.maps.tiles import (
    Bounds,
    Remark,
    RemarkKind,
    TilePackage,
    TilePackageFacts,
    overlap,
)

TILES_A_LEVEL: Final = 8
"""So many tiles of each level are read."""


def check_package(path: Path, area: Bounds | None = None) -> TilePackageFacts:
    """Look a package over; of the largest it takes a fraction of a second.

    Args:
        path: The file.
        area: Where the tickets lie, degrees; None when that is not known.

    Returns:
        The package's facts with everything that is worth saying among the remarks.

    Raises:
        MapDamaged: It is damaged or cut off.
        MapKindUnknown: It is no package that can be drawn.
        MapUnreadable: It is missing or cannot be read.
    """
    with open_package(path) as package:
        facts = package.facts
        noticed = (*facts.remarks, *_missing_zooms(package), *_damage(package))
        if area is not None and not overlap(facts.bounds, area):
            noticed = (*noticed, Remark(kind=RemarkKind.ELSEWHERE))
        if not facts.attribution:
            noticed = (*noticed, Remark(kind=RemarkKind.NO_ATTRIBUTION))
        return replace(facts, remarks=tuple(dict.fromkeys(noticed)))


def _missing_zooms(package: TilePackage) -> tuple[Remark, ...]:
    levels = range(package.facts.min_zoom, package.facts.max_zoom + 1)
    missing = tuple(zoom for zoom in levels if not package.has_zoom(zoom))
    return (Remark(kind=RemarkKind.ZOOMS_MISSING, zooms=missing),) if missing else ()


def _damage(package: TilePackage) -> tuple[Remark, ...]:
    """Read some tiles of every level.

    Raises:
        MapDamaged: None of them is sound.
    """
    sound = damaged = others = 0
    is_vector = _is_vector(package.facts.media_type)
    for zoom in range(package.facts.min_zoom, package.facts.max_zoom + 1):
        for column, row in package.sample(zoom, TILES_A_LEVEL):
            try:
                data = package.tile(zoom, column, row) or b""
            except MapDamaged:
                damaged += 1
                continue
            is_sound = _is_sound(data, package.facts.media_type)
            sound, damaged = sound + is_sound, damaged + (not is_sound)
            shown = media_type_of(data)
            others += shown is not None and _is_vector(shown) != is_vector
    if not sound:
        raise MapDamaged(f"{package.path.name}: none of {damaged} tiles is sound")
    noticed = []
    if damaged:
        noticed.append(Remark(kind=RemarkKind.DAMAGED_TILES))
    if others:
        noticed.append(Remark(kind=RemarkKind.TYPE_DIFFERS))
    return tuple(noticed)


def _is_sound(data: bytes, media_type: str) -> bool:
    """Return whether a tile can be drawn; a vector tile may be empty, where nothing is."""
    if not data:
        return _is_vector(media_type)
    # Pictures of several types in one package are common and drawn all the same.
    return is_whole(data, media_type_of(data) or media_type)


def _is_vector(media_type: str) -> bool:
    return media_type == VECTOR_TYPE
