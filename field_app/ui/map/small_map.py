"""A small picture of the map around one place, for screens where the big map would be too much."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import FieldAppError, MapUnreadable
from field_app.domain.map_errors import MapDamaged
from field_app.maps.packages import open_package
from field_app.maps.pins import Pin
from field_app.maps.shelf import Shelf, rank
from field_app.maps.tiles import TileKind, TilePackage
from field_app.texts import _
from field_app.ui.background import Background, Job
from field_app.ui.map.vector_painter import paint_roads, paint_tile
from field_app.ui.theme import Theme, tokens

TILE: Final = 256
ZOOM: Final = 16
PIN: Final = (34.0, 42.0)
"""Width and height of the pin in pixels of the design."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The drawn streets around a place."""

    image: QImage
    attribution: str


def draw_ground(
    tiles: Sequence[Path], latitude: float, longitude: float, size: tuple[int, int]
) -> Ground:
    """Draw the streets around a place from the smallest package that reaches it; slow.

    Args:
        tiles: The map packages.
        latitude: Of the middle, degrees WGS 84.
        longitude: Of the middle, degrees WGS 84.
        size: Width and height in pixels.

    Raises:
        MapUnreadable: No file can be read.
    """
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    with _best(tiles, latitude, longitude) as package:
        is_vector = package.facts.kind is TileKind.VECTOR
        image.fill(QColor(tokens()["themes"]["light"]["mapLand" if is_vector else "mapBlock"]))
        zoom = ZOOM if is_vector else min(ZOOM, package.facts.max_zoom)
        x, y = world_pixel(latitude, longitude, zoom)
        painter = QPainter(image)
        try:
            paint = _paint_vectors if is_vector else _paint_pictures
            paint(painter, package, QPointF(x - width / 2, y - height / 2), size)
        finally:
            painter.end()
        return Ground(image=image, attribution=package.facts.attribution)


def _best(tiles: Sequence[Path], latitude: float, longitude: float) -> TilePackage:
    """Open the best package for a place.

    Raises:
        MapUnreadable: None can be read.
    """
    place = (longitude, latitude, longitude, latitude)
    found: list[TilePackage] = []
    failure = MapUnreadable("there is no map file")
    for path in tiles:
        try:
            found.append(open_package(path))
        except MapUnreadable as error:
            failure = error
    if not found:
        raise failure
    best, *others = sorted(found, key=lambda package: rank(package.facts, place))
    for package in others:
        package.close()
    return best


def _tiles_in(
    package: TilePackage, zoom: int, side: float, corner: QPointF, size: tuple[int, int]
) -> Iterator[tuple[bytes, QPointF]]:
    """Yield the tiles of a picture, each with the place of its north-western corner in it."""
    left, top = corner.x(), corner.y()
    for column in range(int(left // side), int((left + size[0]) // side) + 1):
        for row in range(int(top // side), int((top + size[1]) // side) + 1):
            data = package.tile(zoom, column, row)
            if data is not None:
                yield data, QPointF(round(column * side - left), round(row * side - top))


def _paint_pictures(
    painter: QPainter, package: TilePackage, corner: QPointF, size: tuple[int, int]
) -> None:
    zoom = min(ZOOM, package.facts.max_zoom)
    for data, at in _tiles_in(package, zoom, TILE, corner, size):
        painter.drawImage(at, QImage.fromData(data))


def _paint_vectors(
    painter: QPainter, package: TilePackage, corner: QPointF, size: tuple[int, int]
) -> None:
    """Paint at the usual zoom however far the package goes; it is drawn as large as needed."""
    zoom = min(ZOOM - 1, package.facts.max_zoom)
    side = TILE * 2.0 ** (ZOOM - zoom)
    colours = {k: v for k, v in tokens()["themes"]["light"].items() if k.startswith("map")}
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    found = list(_tiles_in(package, zoom, side, corner, size))
    try:
        for data, at in found:
            paint_tile(painter, data, at, side, colours)
        paint_roads(painter, found, side, ZOOM, colours)
    except ValueError as error:
        raise MapDamaged(f"{package.path.name}: {error}") from error


def world_pixel(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Return where a place lies on the world's picture at a zoom, pixels from the north-west."""
    side = TILE * 2.0**zoom
    x = (longitude + 180) / 360 * side
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * side
    return x, y


class SmallMap(QWidget):
    """Shows one pin with the streets around it; it cannot be moved."""

    def __init__(
        self,
        tiles: Path | None,
        background: Background,
        theme: Theme,
        parent: QWidget | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Make the widget.

        Args:
            tiles: The installation's own map package; None when it has none.
            background: Draws the streets away from the GUI thread.
            theme: Gives colours and sizes.
            parent: Owner.
            shelf: The map packages of this computer.
        """
        super().__init__(parent)
        self._tiles = tiles
        self._shelf = shelf
        self._background = background
        self._theme = theme
        self._pin: Pin | None = None
        self._ground: Ground | None = None
        self._job: Job | None = None
        self.setMinimumHeight(theme.px(140))
        self.setAccessibleName(_("Map of the job"))

    def show_pin(self, pin: Pin | None) -> None:
        """Show a ticket's place; None for plain ground."""
        self._pin = pin
        self.setAccessibleDescription("" if pin is None else pin.title)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the streets anew for the new size."""
        super().resizeEvent(event)
        self._ask()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint streets, pin and whose data it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens()["themes"]["light"]["mapBlock"]))
        if self._ground is not None:
            self._paint_ground(painter, self._ground)
        if self._pin is not None:
            self._paint_pin(painter, self._pin)

    def _ask(self) -> None:
        self._ground = None
        if self._job is not None:
            self._job.cancel()
        tiles = () if self._shelf is None else self._shelf.paths()
        if self._tiles is not None:
            tiles = (*tiles, self._tiles)
        if self._pin is not None and tiles and not self.size().isEmpty():
            size = (self.width(), self.height())
            place = (self._pin.latitude, self._pin.longitude)
            self._job = self._background.run(
                draw_ground, tiles, *place, size, done=self._take, failed=self._do_without
            )
        self.update()

    def _take(self, ground: Ground) -> None:
        self._ground = ground
        self.update()

    def _do_without(self, error: FieldAppError) -> None:
        self.setToolTip(_(error.title))
        self.update()

    def _paint_ground(self, painter: QPainter, ground: Ground) -> None:
        painter.drawImage(0, 0, ground.image)
        words = ground.attribution.replace("OpenStreetMap contributors", "OpenStreetMap")
        if not words:
            return
        painter.setFont(self._theme.font("micro"))
        box = painter.fontMetrics().boundingRect(words).adjusted(-6, -2, 6, 2)
        box.moveBottomRight(self.rect().bottomRight())
        painter.fillRect(box, self._theme.colour("surface"))
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_pin(self, painter: QPainter, pin: Pin) -> None:
        width, height = self._theme.px(PIN[0]), self._theme.px(PIN[1])
        solid = tokens()["status"][pin.status][self._theme.name]
        scale = width / PIN[0]
        painter.translate(self.width() / 2 - width / 2, self.height() / 2 - height)
        painter.setPen(QPen(QColor("#12201C"), 1.7 * scale))
        painter.setBrush(QColor(solid["solid"]))
        painter.drawPath(_pin_shape(scale))
        icon = self._theme.pixmap(pin.icon, solid["onSolid"], 19)
        painter.drawPixmap(QPointF(7.5 * scale, 7 * scale), icon)
        badge = QRectF(21.5 * scale, 21.5 * scale, 16 * scale, 16 * scale)
        painter.setPen(QPen(QColor("#12201C"), 1.4 * scale))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(badge)
        glyph = self._theme.pixmap(f"status-{pin.status}", solid["solid"], 11)
        painter.drawPixmap(badge.topLeft() + QPointF(2.5, 2.5) * scale, glyph)
        if pin.is_overdue:
            self._paint_late(painter, QRectF(20 * scale, -1 * scale, 16 * scale, 16 * scale))

    def _paint_late(self, painter: QPainter, spot: QRectF) -> None:
        late = tokens()["status"]["overdue"][self._theme.name]
        painter.setPen(QPen(self._theme.colour("surface"), 1.6))
        painter.setBrush(QColor(late["solid"]))
        painter.drawEllipse(spot)
        painter.setPen(QColor(late["onSolid"]))
        painter.setFont(self._theme.font_of(12, 700))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, "!")


def _pin_shape(scale: float) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(17, 40.5)
    path.cubicTo(14, 35.6, 2.2, 28.6, 2.2, 16.8)
    path.arcTo(QRectF(2.2, 2, 29.6, 29.6), 180, -180)
    path.cubicTo(31.8, 28.6, 20, 35.6, 17, 40.5)
    path.closeSubpath()
    return QTransform.fromScale(scale, scale).map(path)
