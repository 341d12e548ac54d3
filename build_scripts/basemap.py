"""Draws the demo town's basemap, central Bangkok, from OpenStreetMap vector tiles into an MBTiles.

The source is the folder `real-world/bangkok` of the npm package `@mapbox/mvt-fixtures` 4.0.0
(data © OpenStreetMap contributors, ODbL 1.0). The result is kept in the repository; this is run by
hand only when the style or the area changes:

    python -m build_scripts.basemap path/to/mvt-fixtures/real-world/bangkok
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    Qt,
)

from build_scripts import basemap_labels as lettering
from build_scripts.basemap_town import SOURCE_ZOOM, TILE, Shape, Town

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "resources" / "basemap" / "bangkok.mbtiles"
BOUNDS: Final = (100.48, 13.72, 100.56, 13.78)
"""West, south, east, north in degrees WGS 84: what is drawn at every zoom."""
ZOOMS: Final = range(11, 18)
BLOCK: Final = 4
"""Tiles drawn at once, each way."""
MARGIN: Final = 96
"""Pixels drawn around a block and cut off, so that no line or name ends at a tile's edge."""

# Line widths in pixels by zoom, 11 to 17; nothing where 0.
WIDTHS: Final[Mapping[str, Sequence[float]]] = {
    "service": (0, 0, 0, 1.0, 2.0, 4.0, 7.0),
    "street": (0, 0, 0.8, 1.8, 3.8, 7.0, 12.0),
    "link": (0.5, 0.8, 1.4, 2.6, 4.5, 7.5, 12.0),
    "tertiary": (0.6, 1.1, 2.0, 3.6, 6.5, 11.0, 17.0),
    "secondary": (1.0, 1.6, 2.8, 4.8, 8.5, 14.0, 21.0),
    "primary": (1.4, 2.2, 3.6, 5.6, 9.5, 16.0, 24.0),
    "motorway": (1.6, 2.4, 3.6, 5.4, 9.0, 14.0, 21.0),
}
CANAL_PX: Final = (0.6, 0.9, 1.4, 2.4, 4.0, 6.5, 11.0)


class Drawing:
    """The town at one zoom."""

    def __init__(self, town: Town, zoom: int, colours: Mapping[str, str]) -> None:
        self.town = town
        self.zoom = zoom
        self.scale = TILE * 2**zoom
        self.step = zoom - ZOOMS.start
        self.colours = {name: QColor(value) for name, value in colours.items() if "(" not in value}
        self.labels = lettering.place(town.wishes(zoom))

    def block(self, column: int, row: int) -> QImage:
        """Draw BLOCK × BLOCK tiles from the given tile on, the margin still around them."""
        side = BLOCK * TILE + 2 * MARGIN
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(self.colours["mapBlock" if self.zoom >= 14 else "mapLand"])
        left, top = column * TILE - MARGIN, row * TILE - MARGIN
        view = QRectF(left, top, side, side)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-left, -top)
        self._ground(painter, view)
        for level in ("road", "bridge"):
            self._roads(painter, view, level)
        seen = [label for label in self.labels if view.intersects(_rect(label.box))]
        lettering.draw(painter, seen, self.colours["mapLabel"], self.colours["mapHalo"])
        painter.end()
        return image

    def _ground(self, painter: QPainter, view: QRectF) -> None:
        if self.zoom >= 14:
            for kind in WIDTHS:
                width = WIDTHS[kind][self.step] * 1.5 + 2 * (self.zoom - 12)
                self._stroke(painter, view, ("road", kind), ("mapLand", width))
        self._fill(painter, view, ("park", ""), "mapPark")
        self._fill(painter, view, ("water", ""), "mapWater")
        self._stroke(painter, view, ("waterway", ""), ("mapWater", CANAL_PX[self.step]))
        self._fill(painter, view, ("square", ""), "mapRoad")
        rail = max(1.0, (self.zoom - 12) * 0.8)
        self._stroke(painter, view, ("rail", ""), ("mapRail", rail))
        if self.zoom >= 15:
            self._stroke(painter, view, ("rail", ""), ("mapLand", rail - 1.4), dashed=True)

    def _roads(self, painter: QPainter, view: QRectF, level: str) -> None:
        for kind, widths in WIDTHS.items():
            width, minor = widths[self.step], kind in ("service", "street")
            if width >= 1.6:
                edge = "mapHwyCase" if kind == "motorway" else "mapRoadCase"
                case = ("mapMinorCase" if minor else edge, width + (1.4 if minor else 2.0))
                self._stroke(painter, view, (level, kind), case, flat=level == "bridge")
        for kind, widths in WIDTHS.items():
            colour = "mapHwy" if kind == "motorway" else "mapRoad"
            self._stroke(painter, view, (level, kind), (colour, widths[self.step]))

    def _seen(self, key: tuple[str, str], view: QRectF) -> Iterator[Shape]:
        left, top, right, bottom = (
            edge / self.scale for edge in (view.left(), view.top(), view.right(), view.bottom())
        )
        for shape in self.town.shapes.get(key, ()):
            a, b, c, d = shape.box
            if a <= right and c >= left and b <= bottom and d >= top:
                yield shape

    def _path(self, shape: Shape) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in shape.rings:
            path.moveTo(ring[0][0] * self.scale, ring[0][1] * self.scale)
            for x, y in ring[1:]:
                path.lineTo(QPointF(x * self.scale, y * self.scale))
        return path

    def _fill(self, painter: QPainter, view: QRectF, key: tuple[str, str], colour: str) -> None:
        for shape in self._seen(key, view):
            painter.fillPath(self._path(shape), self.colours[colour])

    def _stroke(
        self,
        painter: QPainter,
        view: QRectF,
        key: tuple[str, str],
        ink: tuple[str, float],
        *,
        dashed: bool = False,
        flat: bool = False,
    ) -> None:
        colour, width = ink
        if width <= 0:
            return
        cap = Qt.PenCapStyle.FlatCap if dashed or flat else Qt.PenCapStyle.RoundCap
        pen = QPen(self.colours[colour], width, Qt.PenStyle.SolidLine, cap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashed:
            pen.setDashPattern([5.0, 5.0])
        for shape in self._seen(key, view):
            painter.strokePath(self._path(shape), pen)


def _rect(box: tuple[float, float, float, float]) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))


def tiles_of(zoom: int) -> tuple[range, range]:
    """Give the columns and rows (XYZ) that cover BOUNDS, with a rim against grey edges."""
    west, south, east, north = BOUNDS
    rim = 2 if zoom < 15 else 16 - zoom if zoom < 17 else 0

    def row(latitude: float) -> int:
        turn = math.asinh(math.tan(math.radians(latitude)))
        return int((1 - turn / math.pi) / 2 * 2**zoom)

    def column(longitude: float) -> int:
        return int((longitude + 180) / 360 * 2**zoom)

    ratio = 2.0 ** (zoom - SOURCE_ZOOM)
    columns = range(
        max(column(west) - rim, int(3188 * ratio)), min(column(east) + rim + 1, int(3196 * ratio))
    )
    rows = range(
        max(row(north) - rim, int(1888 * ratio)), min(row(south) + rim + 1, int(1893 * ratio))
    )
    return columns, rows


def packed(image: QImage, x: int, y: int) -> bytes:
    """Cut one tile out of a block and pack it as WebP."""
    tile = image.copy(MARGIN + x * TILE, MARGIN + y * TILE, TILE, TILE)
    tile = tile.convertToFormat(QImage.Format.Format_RGB888)
    raw = Image.frombuffer(
        "RGB", (TILE, TILE), bytes(tile.constBits()), "raw", "RGB", tile.bytesPerLine()
    )
    out = io.BytesIO()
    raw.save(out, "WEBP", quality=84, method=6)
    return out.getvalue()


def write(town: Town, target: Path, colours: Mapping[str, str]) -> None:
    """Draw every zoom into a new MBTiles 1.3 file, replacing an older one."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as db:
        db.executescript(
            "PRAGMA page_size = 1024;"
            "CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT);"
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
            " tile_data BLOB);"
            "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);"
        )
        db.executemany("INSERT INTO metadata VALUES (?, ?)", metadata().items())
        for zoom in ZOOMS:
            drawing = Drawing(town, zoom, colours)
            columns, rows = tiles_of(zoom)
            for column in range(columns.start, columns.stop, BLOCK):
                for row in range(rows.start, rows.stop, BLOCK):
                    image = drawing.block(column, row)
                    for x in range(column, min(column + BLOCK, columns.stop)):
                        for y in range(row, min(row + BLOCK, rows.stop)):
                            flipped = 2**zoom - 1 - y
                            data = packed(image, x - column, y - row)
                            db.execute(
                                "INSERT INTO tiles VALUES (?, ?, ?, ?)", (zoom, x, flipped, data)
                            )
    db.close()


def metadata() -> dict[str, str]:
    """Give the MBTiles 1.3 metadata rows."""
    west, south, east, north = BOUNDS
    return {
        "name": "กรุงเทพมหานคร",
        "format": "webp",
        "type": "baselayer",
        "version": "1",
        "description": "Demo basemap for Field App, drawn from OpenStreetMap data.",
        "attribution": "© OpenStreetMap contributors",
        "bounds": f"{west},{south},{east},{north}",
        "center": f"{(west + east) / 2:.4f},{(south + north) / 2:.4f},14",
        "minzoom": str(ZOOMS.start),
        "maxzoom": str(ZOOMS.stop - 1),
    }


def main() -> None:
    """Draw the basemap from the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder with 12-<column>-<row>.mvt files")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    for file in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    tokens = json.loads((ROOT / "resources" / "design" / "tokens.json").read_text("utf-8"))
    arguments.target.parent.mkdir(parents=True, exist_ok=True)
    write(Town(arguments.source), arguments.target, tokens["themes"]["light"])
    app.quit()


if __name__ == "__main__":
    main()
