"""A small picture of the map around one place, for screens where the big map would be too much."""

import math
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

from field_app.domain.errors import FieldAppError
from field_app.maps.packages import open_package
from field_app.maps.pins import Pin
from field_app.texts import _
from field_app.ui.background import Background, Job
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


def draw_ground(tiles: Path, latitude: float, longitude: float, size: tuple[int, int]) -> Ground:
    """Draw the tiles around a place; for the back room.

    Args:
        tiles: The MBTiles file.
        latitude: Of the middle, degrees WGS 84.
        longitude: Of the middle, degrees WGS 84.
        size: Width and height in pixels.

    Raises:
        MapUnreadable: The file cannot be read.
    """
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens()["themes"]["light"]["mapBlock"]))
    with open_package(tiles) as package:
        zoom = min(ZOOM, package.facts.max_zoom)
        x, y = world_pixel(latitude, longitude, zoom)
        left, top = x - width / 2, y - height / 2
        painter = QPainter(image)
        for column in range(int(left // TILE), int((left + width) // TILE) + 1):
            for row in range(int(top // TILE), int((top + height) // TILE) + 1):
                data = package.tile(zoom, column, row)
                if data is not None:
                    at = QPointF(round(column * TILE - left), round(row * TILE - top))
                    painter.drawImage(at, QImage.fromData(data))
        painter.end()
        return Ground(image=image, attribution=package.facts.attribution)


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
    ) -> None:
        super().__init__(parent)
        self._tiles = tiles
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
        if self._pin is not None and self._tiles is not None and not self.size().isEmpty():
            size = (self.width(), self.height())
            place = (self._pin.latitude, self._pin.longitude)
            self._job = self._background.run(
                draw_ground, self._tiles, *place, size, done=self._take, failed=self._do_without
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
