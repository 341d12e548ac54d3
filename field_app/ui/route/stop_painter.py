"""How a stop is painted: its number over the tile, the way from the stop before, a grip to drag."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from field_app.queries.route import RouteRow
from field_app.queries.tickets import TicketRow
from field_app.ui.route.route_model import STOP, Unplaced, marks_of
from field_app.ui.tickets.row_painter import HEADER, LEFT, ROW, RowPainter

DISC: Final = 26
GRIP: Final = 26
"""Pixels of the design at the right end, for the grip."""


class StopPainter(RowPainter):
    """Paints stops as the list paints jobs, with what a route adds."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a stop or the heading at the chosen text size."""
        return QSize(100, self.theme.px(HEADER if isinstance(index.data(STOP), Unplaced) else ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one stop, one job without a place, or their heading."""
        item = index.data(STOP)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Unplaced):
            self._paint_heading(painter, area, item.words)
        elif isinstance(item, RouteRow):
            spare = self.theme.px(GRIP)
            self.paint_row(painter, area, option.state, _told(item), spare=spare)
            self._paint_number(painter, area, item)
            size = self.theme.px(20)
            left, top = area.right() - spare, area.top() + (area.height() - size) // 2
            painter.drawPixmap(left, top, self.theme.pixmap("grip-vertical", "text3", 20))
        elif isinstance(item, TicketRow):
            self.paint_row(painter, area, option.state, item._replace(distance_m=None))
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, words: str) -> None:
        theme = self.theme
        painter.fillRect(area, theme.colour("surface2"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        top = area.top() + (area.height() - theme.px(16)) // 2
        glyph = theme.pixmap("map-pin-off", "text2", 16)
        painter.drawPixmap(area.left() + theme.px(16), top, glyph)
        painter.setFont(theme.font_of(13, 600))
        painter.setPen(theme.colour("text2"))
        painter.drawText(area.adjusted(theme.px(40), 0, 0, 0), LEFT, words)

    def _paint_number(self, painter: QPainter, area: QRect, stop: RouteRow) -> None:
        theme, px = self.theme, self.theme.px
        disc = QRectF(area.left() + px(7), area.top() + px(4), px(DISC), px(DISC))
        style = Qt.PenStyle.DashLine if stop.is_new else Qt.PenStyle.SolidLine
        line = "info" if stop.is_new else "surface"
        painter.setPen(QPen(theme.colour(line), 2, style))
        painter.setBrush(theme.colour("surface" if stop.is_new else "info"))
        painter.drawEllipse(disc)
        painter.setPen(theme.colour("infoText" if stop.is_new else "onInfo"))
        painter.setFont(theme.font_of(13, 700))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(stop.number))


def _told(stop: RouteRow) -> TicketRow:
    """Return the job as its row tells it: how far from the stop before, and what is known of it."""
    row = stop.row
    words = " · ".join(part for part in (*marks_of(stop), row.place_line) if part)
    has_way = stop.number > 1 or bool(stop.leg_m)
    return row._replace(distance_m=stop.leg_m if has_way else None, place_line=words)
