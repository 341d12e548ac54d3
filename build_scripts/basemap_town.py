"""Reads the demo town's streets, waters and names from vector tiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import mapbox_vector_tile
from PySide6.QtGui import QFont

from build_scripts import basemap_labels as lettering

SOURCE_ZOOM: Final = 12
EXTENT: Final = 4096
TILE: Final = 256
KIND: Final = {
    "service": "service",
    "street_limited": "service",
    "pedestrian": "service",
    "street": "street",
    "link": "link",
    "motorway_link": "link",
    "tertiary": "tertiary",
    "secondary": "secondary",
    "primary": "primary",
    "trunk": "motorway",
    "motorway": "motorway",
}
PARKS: Final = {"park", "grass", "pitch", "wood", "cemetery", "scrub"}
STATION_FROM_ZOOM: Final = 15


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area, in world units (0 to 1, x right, y down)."""

    rings: tuple[tuple[Point, ...], ...]
    box: tuple[float, float, float, float]


class Town:
    """All shapes and names of the source, sorted by how they are drawn."""

    def __init__(self, folder: Path) -> None:
        self.shapes: dict[tuple[str, str], list[Shape]] = defaultdict(list)
        self.names: list[tuple[str, Mapping[str, Any], tuple[Point, ...]]] = []
        for file in sorted(folder.glob(f"{SOURCE_ZOOM}-*.mvt")):
            column, row = (int(part) for part in file.stem.split("-")[1:])
            layers = mapbox_vector_tile.decode(
                file.read_bytes(), default_options={"y_coord_down": True}
            )
            for layer, content in layers.items():
                for feature in content["features"]:
                    self._take(layer, feature, (column, row))

    def _take(self, layer: str, feature: Mapping[str, Any], tile: tuple[int, int]) -> None:
        properties = feature["properties"]
        for rings in _parts(feature["geometry"], tile):
            if layer.endswith("_label"):
                self.names.append((layer, properties, rings[0]))
                continue
            xs = [x for ring in rings for x, _ in ring]
            ys = [y for ring in rings for _, y in ring]
            shape = Shape(rings=rings, box=(min(xs), min(ys), max(xs), max(ys)))
            self.shapes[_drawn_as(layer, feature)].append(shape)

    def wishes(self, zoom: int) -> Iterator[lettering.Wish]:
        """Give every name that is right for the zoom, in world pixels."""
        scale = TILE * 2**zoom
        for layer, properties, line in self.names:
            wish = _wish(layer, properties, zoom)
            if wish is None:
                continue
            text, rank, size, weight = wish
            yield lettering.Wish(
                text=text,
                rank=rank,
                size_px=size,
                weight=weight,
                line=tuple(
                    (x * scale, y * scale) for x, y in (line if layer == "road_label" else line[:1])
                ),
            )


def _parts(geometry: Mapping[str, Any], tile: tuple[int, int]) -> Iterator[tuple[Any, ...]]:
    size = 2**SOURCE_ZOOM

    def ring(points: Sequence[Sequence[float]]) -> tuple[Point, ...]:
        return tuple(
            ((tile[0] + x / EXTENT) / size, (tile[1] + y / EXTENT) / size) for x, y in points
        )

    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        yield (ring([coordinates]),)
    elif kind == "LineString":
        yield (ring(coordinates),)
    elif kind == "MultiLineString":
        yield from ((ring(line),) for line in coordinates)
    elif kind == "Polygon":
        yield tuple(ring(line) for line in coordinates)
    elif kind == "MultiPolygon":
        yield from (tuple(ring(line) for line in area) for area in coordinates)


def _drawn_as(layer: str, feature: Mapping[str, Any]) -> tuple[str, str]:
    kind = feature["properties"].get("class", "")
    if layer == "road":
        if "Polygon" in feature["geometry"]["type"]:
            return ("square", "")
        if kind in ("major_rail", "minor_rail"):
            return ("rail", "")
        level = "bridge" if feature["properties"].get("structure") == "bridge" else "road"
        return (level, KIND.get(kind, "")) if kind in KIND else ("", "")
    if layer in ("landuse", "landcover"):
        return ("park" if kind in PARKS else "ground" if layer == "landuse" else "", "")
    return (layer, "")


def _wish(
    layer: str, properties: Mapping[str, Any], zoom: int
) -> tuple[str, float, int, QFont.Weight] | None:
    name, kind = properties.get("name", ""), properties.get("class") or properties.get("type", "")
    if not any("ก" <= letter <= "๛" for letter in name):
        return None
    rank = float(properties.get("localrank", 50))
    if layer == "place_label":
        return _place_wish(name, kind, rank, zoom)
    if layer == "road_label" and zoom >= lettering.STREET_FROM_ZOOM.get(kind, 99):
        size = 12 if zoom < 15 else 13 if zoom < 17 else 14
        order = lettering.STREET_RANK.index(kind) * 100
        return lettering.short_street_name(name), order + rank, size, QFont.Weight.Medium
    if zoom >= STATION_FROM_ZOOM and layer in ("rail_station_label", "poi_label"):
        return name, 50 + rank, 13, QFont.Weight.Medium
    return None


def _place_wish(
    name: str, kind: str, rank: float, zoom: int
) -> tuple[str, float, int, QFont.Weight] | None:
    from_zoom = lettering.PLACE_FROM_ZOOM.get(kind, 99) + (rank > 8) + (rank > 14)
    is_private = name.startswith(("ชุมชน", "หมู่บ้าน"))
    if zoom < from_zoom or is_private or (kind == "city" and zoom > 13):
        return None
    size = lettering.PLACE_PX[kind]
    return name, rank + size * -10, size, QFont.Weight.DemiBold
