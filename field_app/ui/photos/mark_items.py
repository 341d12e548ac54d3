"""Marks as the editor paints them: the same shapes that are drawn into copies."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from field_app.domain.photo import Mark, MarkKind
from field_app.photos import lettering, shapes
from field_app.photos.render import CELLS, SHADES, place_words
from field_app.ui.theme import FAMILIES

SEEN_AROUND: Final = 4
"""Pixels of the picture that a shape may reach beyond its points, in widths of a line."""


class MarkItem(QGraphicsItem):
    """One mark above the picture; its place in the scene is pixels of the picture."""

    def __init__(self, mark: Mark, picture: QImage) -> None:
        super().__init__()
        self.mark = mark
        self._picture = picture
        self._size = (picture.width(), picture.height())
        self._hidden: QImage | None = None
        if mark.kind is MarkKind.BLUR:
            self._hidden = _hidden(picture, QRect(*_corners(shapes.region(mark, self._size))))

    def area(self) -> QRectF:
        """Return the rectangle that the mark fills, pixels of the picture."""
        if self.mark.kind is MarkKind.TEXT:
            laid, (left, top) = place_words(self.mark, self._size)
            return QRectF(left, top, laid.width, laid.height)
        if self.mark.kind is MarkKind.BLUR:
            return QRectF(QRect(*_corners(shapes.region(self.mark, self._size))))
        west, north, east, south = shapes.frame(self.mark, self._size)
        return QRectF(west, north, east - west, south - north)

    def boundingRect(self) -> QRectF:
        """Return all that is painted."""
        more = SEEN_AROUND * shapes.line_width(self._size)
        return self.area().adjusted(-more, -more, more, more)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the mark."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match self.mark.kind:
            case MarkKind.ARROW:
                self._paint_arrow(painter)
            case MarkKind.BOX:
                self._paint_box(painter)
            case MarkKind.TEXT:
                self._paint_words(painter)
            case MarkKind.BLUR:
                self._paint_blur(painter)

    def _paint_arrow(self, painter: QPainter) -> None:
        points = [QPointF(x, y) for x, y in shapes.arrow(self.mark, self._size)]
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
        pen = QPen(QColor(shapes.EDGE), 2 * shapes.edge_width(self._size))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.fillPath(path, QColor(shapes.FILL))

    def _paint_box(self, painter: QPainter) -> None:
        line, edge = shapes.line_width(self._size), shapes.edge_width(self._size)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide in ((shapes.EDGE, line + 2 * edge), (shapes.FILL, line)):
            pen = QPen(QColor(colour), wide)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.area())

    def _paint_words(self, painter: QPainter) -> None:
        laid, (left, top) = place_words(self.mark, self._size)
        edge = shapes.edge_width(self._size)
        painter.setPen(QPen(QColor(shapes.EDGE), edge))
        painter.setBrush(QColor(shapes.FILL))
        plate = QRectF(left, top, laid.width, laid.height)
        inside = plate.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(inside, laid.line_px / 6, laid.line_px / 6)
        font = QFont(FAMILIES[600])
        font.setPixelSize(max(1, round(lettering.EM * laid.line_px)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        painter.setFont(font)
        painter.setPen(QColor(shapes.EDGE))
        for place, line in enumerate(laid.lines):
            at = QPointF(left + lettering.PADDING * laid.line_px, top + laid.baseline(place))
            painter.drawText(at, line)

    def _paint_blur(self, painter: QPainter) -> None:
        area = self.area()
        if self._hidden is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self._hidden)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (
            ("#FFFFFF", Qt.PenStyle.SolidLine),
            (shapes.EDGE, Qt.PenStyle.DotLine),
        ):
            pen = QPen(QColor(colour), 2, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(area)


def _corners(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Return left, top, width and height of left, top, right and bottom."""
    return box[0], box[1], box[2] - box[0], box[3] - box[1]


def _hidden(picture: QImage, region: QRect) -> QImage:
    """Return the cells that cover a region, one pixel each, much as a copy has them."""
    longer = max(1, region.width(), region.height())
    wide = max(1, round(CELLS * region.width() / longer))
    tall = max(1, round(CELLS * region.height() / longer))
    smooth = Qt.TransformationMode.SmoothTransformation
    mean = picture.copy(region).scaled(1, 1, mode=smooth).pixelColor(0, 0)
    cells = QImage(wide, tall, QImage.Format.Format_RGB32)
    for place in range(wide * tall):
        shade = SHADES[place % len(SHADES)]
        parts = (max(0, min(255, p + shade)) for p in (mean.red(), mean.green(), mean.blue()))
        cells.setPixelColor(place % wide, place // wide, QColor(*parts))
    return cells
