"""Paints vector tiles for the small map, in the same colours and widths as the large one."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from field_app.maps.vector import Points, schemas, shapes

FIRST_ZOOM: Final = 11
"""The zoom of the first of a road's widths."""
ROADS: Final = ("service", "street", "link", "tertiary", "secondary", "primary", "motorway")
"""From below to the top."""
CANAL_PX: Final = 6.5
EDGE_PX: Final = 1.8

Paths = dict[str, QPainterPath]


def paint_tile(
    painter: QPainter, data: bytes, corner: QPointF, side: float, colours: Mapping[str, str]
) -> None:
    """Paint one tile.

    Args:
        painter: Is left as it was, but for pen and brush.
        data: The tile, unpacked.
        corner: Where its north-western corner lies, pixels.
        side: How long its sides are, pixels.
        colours: The theme's, by the names of the design.

    Raises:
        ValueError: The tile is damaged.
    """
    paths: Paths = defaultdict(QPainterPath)
    for shape in shapes(data):
        for part in shape.parts:
            _add(paths[shape.kind], part, corner, side)
    for kind, colour in (("park", "mapPark"), ("water", "mapWater"), ("building", "mapBlock")):
        if kind in paths:
            painter.fillPath(paths[kind], QColor(colours[colour]))
    _stroke(painter, paths, "waterway", colours["mapWater"], CANAL_PX)
    _stroke(painter, paths, "rail", colours["mapRail"], EDGE_PX)


def paint_roads(
    painter: QPainter,
    tiles: list[tuple[bytes, QPointF]],
    side: float,
    zoom: int,
    colours: Mapping[str, str],
) -> None:
    """Paint the roads of all tiles, edges first, so that no tile cuts another one's road."""
    paths: Paths = defaultdict(QPainterPath)
    for data, corner in tiles:
        for shape in shapes(data):
            if shape.kind in ROADS:
                for part in shape.parts:
                    _add(paths[shape.kind], part, corner, side)
    widths = schemas()["widths"]
    step = min(max(zoom - FIRST_ZOOM, 0), len(widths["street"]) - 1)
    for kind in ROADS:
        edge = "mapHwyCase" if kind == "motorway" else "mapRoadCase"
        _stroke(painter, paths, kind, colours[edge], widths[kind][step] + EDGE_PX)
    for kind in ROADS:
        colour = "mapHwy" if kind == "motorway" else "mapRoad"
        _stroke(painter, paths, kind, colours[colour], widths[kind][step])


def _add(path: QPainterPath, points: Points, corner: QPointF, side: float) -> None:
    places = [QPointF(corner.x() + x * side, corner.y() + y * side) for x, y in points]
    path.setFillRule(Qt.FillRule.WindingFill)
    path.moveTo(places[0])
    for place in places[1:]:
        path.lineTo(place)


def _stroke(painter: QPainter, paths: Paths, kind: str, colour: str, width: float) -> None:
    if kind not in paths or width <= EDGE_PX / 2:
        return
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(paths[kind], pen)
