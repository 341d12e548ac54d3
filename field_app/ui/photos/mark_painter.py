"""Marks as the editor paints them: the same shapes that are drawn into copies."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from field_app.domain.photo import Mark, MarkKind
from field_app.photos import lettering, shapes
from field_app.photos.render import CELLS, GREY, RING, SHADES, place_words
from field_app.ui.theme import FAMILIES

GROUND_PX: Final = 256
"""Width and height of the small picture that tells colours."""
ROUND: Final = 12
"""So many steps along each side of a region its surroundings are looked at."""


class Ground:
    """The picture below the marks, and a small one that tells its colours quickly."""

    def __init__(self, picture: QImage) -> None:
        self.size: shapes.Size = (max(1, picture.width()), max(1, picture.height()))
        self._small = picture.scaled(
            GROUND_PX, GROUND_PX, mode=Qt.TransformationMode.SmoothTransformation
        )

    def colour_round(self, box: QRectF) -> tuple[int, int, int]:
        """Return the mean colour just outside a region; grey where nothing is left round it."""
        small, ring = self._small, RING * max(self.size)
        wider = box.adjusted(-ring, -ring, ring, ring)
        found: list[QColor] = []
        for step in range(ROUND + 1):
            across = wider.left() + wider.width() * step / ROUND
            down = wider.top() + wider.height() * step / ROUND
            for x, y in ((across, wider.top()), (across, wider.bottom()),
                         (wider.left(), down), (wider.right(), down)):  # fmt: skip
                spot = (int(x * GROUND_PX / self.size[0]), int(y * GROUND_PX / self.size[1]))
                if 0 <= x < self.size[0] and 0 <= y < self.size[1]:
                    found.append(small.pixelColor(*spot))
        if not found:
            return GREY
        count = len(found)
        return (
            sum(c.red() for c in found) // count,
            sum(c.green() for c in found) // count,
            sum(c.blue() for c in found) // count,
        )


def area_of(mark: Mark, size: shapes.Size) -> QRectF:
    """Return the rectangle that a mark fills, pixels of the picture."""
    if mark.kind is MarkKind.TEXT:
        laid, (x, y) = place_words(mark, size)
        return QRectF(x, y, laid.width, laid.height)
    if mark.kind is MarkKind.BLUR:
        box = shapes.region(mark, size)
        return QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])
    left, top, right, bottom = shapes.frame(mark, size)
    return QRectF(left, top, right - left, bottom - top)


class MarkPainter:
    """Paints one mark above the picture, in pixels of the picture."""

    def __init__(self, mark: Mark, ground: Ground) -> None:
        self._mark = mark
        self._size = ground.size
        self._area = area_of(mark, ground.size)
        self._hidden = _hidden(self._area, ground) if mark.kind is MarkKind.BLUR else QImage()

    def paint(self, painter: QPainter) -> None:
        """Paint the mark; what reaches beyond the picture is cut off, as in copies."""
        painter.save()
        painter.setClipRect(QRectF(0, 0, *self._size), Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match self._mark.kind:
            case MarkKind.ARROW:
                self._paint_arrow(painter)
            case MarkKind.BOX:
                self._paint_box(painter)
            case MarkKind.TEXT:
                self._paint_words(painter)
            case MarkKind.BLUR:
                self._paint_blur(painter)
        painter.restore()

    def _paint_arrow(self, painter: QPainter) -> None:
        points = [QPointF(x, y) for x, y in shapes.arrow(self._mark, self._size)]
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
            painter.drawRect(self._area)

    def _paint_words(self, painter: QPainter) -> None:
        laid, (left, top) = place_words(self._mark, self._size)
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
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._area, self._hidden)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (
            ("#FFFFFF", Qt.PenStyle.SolidLine),
            (shapes.EDGE, Qt.PenStyle.DotLine),
        ):
            pen = QPen(QColor(colour), 2, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(self._area)


def _hidden(area: QRectF, ground: Ground) -> QImage:
    """Return the cells that cover a region, one pixel each, much as a copy has them."""
    longer = max(1.0, area.width(), area.height())
    wide = max(1, round(CELLS * area.width() / longer))
    tall = max(1, round(CELLS * area.height() / longer))
    colour = ground.colour_round(area)
    cells = QImage(wide, tall, QImage.Format.Format_RGB32)
    for place in range(wide * tall):
        shade = SHADES[place % len(SHADES)]
        parts = (max(0, min(255, part + shade)) for part in colour)
        cells.setPixelColor(place % wide, place // wide, QColor(*parts))
    return cells
