"""How a job is painted in a list: tile, words, chips; and the headings between groups."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from field_app.domain.clock import Clock
from field_app.queries.tickets import TicketRow
from field_app.texts import _
from field_app.texts.dates import lateness, local, short_date
from field_app.texts.numbers import distance
from field_app.ui.shared.chips import paint_chip
from field_app.ui.shared.words import (
    LOCAL_KEYS,
    STATE_KEYS,
    category_icon,
    is_same_day,
    local_words,
    state_words,
)
from field_app.ui.theme import Theme
from field_app.ui.tickets.tickets_model import ITEM_ROLE, Group, GroupHeader

ROW = 92
HEADER = 30
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
GROUP_GLYPHS = {
    Group.SENT_BACK: ("status-sentback", "#8A3500"),
    Group.OVERDUE: ("status-overdue", "dangerText"),
    Group.TODAY: ("calendar-days", "text2"),
    Group.NEXT: ("calendar-days", "text2"),
    Group.HANDED_IN: ("status-review", "text2"),
    Group.CLOSED: ("status-finished", "text2"),
}


def due_words(due_at: datetime, now: datetime) -> str:
    """Return when a job is due, as short as a row wants it: 'by 14:00', 'tomorrow', '22 Nov'."""
    if is_same_day(due_at, now):
        clock = f"{local(due_at):%H:%M}"
        return _("by {time}").format(time=clock)
    days = (local(due_at).date() - local(now).date()).days
    return _("tomorrow") if days == 1 else short_date(due_at, now)


class RowPainter(QStyledItemDelegate):
    """Paints jobs and headings with the design's tokens."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._clock = clock

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a job or a heading at the chosen text size."""
        is_header = isinstance(index.data(ITEM_ROLE), GroupHeader)
        return QSize(100, self.theme.px(HEADER if is_header else ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one job or heading."""
        item = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if isinstance(item, GroupHeader):
            paint_header(painter, self.theme, area, item)
        elif isinstance(item, TicketRow):
            self.paint_row(painter, area, state, item)
        painter.restore()

    def paint_row(
        self,
        painter: QPainter,
        area: QRect,
        state: QStyle.StateFlag,
        row: TicketRow,
        *,
        spare: int = 0,
    ) -> None:
        """Paint one job and leave `spare` pixels at the right to somebody else."""
        self._paint_ground(painter, area, state)
        room = area.adjusted(0, 0, -spare, 0)
        self._paint_words(painter, room, row)
        self._paint_chips(painter, room, row)

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        theme = self.theme
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        token = "selRow" if is_selected else "surface2" if is_hovered else "surface"
        painter.fillRect(area, theme.colour(token))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        if is_selected:
            painter.fillRect(area.left(), area.top(), 4, area.height() - 1, theme.colour("selBar"))
        by_keyboard = bool(state & QStyle.StateFlag.State_KeyboardFocusChange)
        if state & QStyle.StateFlag.State_HasFocus and (by_keyboard or not is_selected):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        tile = QRectF(area.left() + theme.px(14), area.top() + theme.px(8), *[theme.px(44)] * 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface" if is_selected else "surface3"))
        painter.drawRoundedRect(tile, theme.radius("card"), theme.radius("card"))

    def _paint_words(self, painter: QPainter, area: QRect, row: TicketRow) -> None:
        theme = self.theme
        px = theme.px
        top, right = area.top() + px(8), area.right() - px(13)
        painter.drawPixmap(
            area.left() + px(24),
            top + px(10),
            theme.pixmap(category_icon(row.category), "text2", 24),
        )
        left = area.left() + px(70)
        away = distance(row.distance_m) if row.distance_m is not None else ""
        font = theme.font_of(14, 600)
        taken = QFontMetrics(font).horizontalAdvance(away) + px(10) if away else 0
        self._text(painter, QRect(left, top, right - left, px(24)), away, font, "text", RIGHT)
        title = QRect(left, top, right - left - taken, px(24))
        self._text(painter, title, row.title, theme.font("rowTitle"), "text", LEFT)
        taken = 0
        if row.local in LOCAL_KEYS:
            look = theme.status(LOCAL_KEYS[row.local])
            words, font = local_words(row.local), theme.font_of(13, 600)
            taken = QFontMetrics(font).horizontalAdvance(words)
            place = QRect(left, top + px(24), right - left, px(20))
            self._text(painter, place, words, font, look.text, RIGHT)
            taken += px(20)
            painter.drawPixmap(right - taken, top + px(26), theme.pixmap(look.glyph, look.text, 16))
            taken += px(8)
        place = QRect(left, top + px(24), right - left - taken, px(20))
        self._text(painter, place, row.place_line, theme.font("caption"), "text2", LEFT)

    def _paint_chips(self, painter: QPainter, area: QRect, row: TicketRow) -> None:
        theme, now = self.theme, self._clock.now()
        px = theme.px
        top, left = area.top() + px(57), area.left() + px(70)
        words = state_words(row.state, row.foreign_state)
        left += paint_chip(painter, theme, left, top, STATE_KEYS[row.state], words) + px(4)
        right = area.right() - px(13)
        if row.is_overdue and row.due_at is not None:
            late = lateness(row.due_at, now)
            left += paint_chip(painter, theme, left, top, "overdue", late) + px(4)
        if row.photo_count:
            room = QRect(left, top, right - left, px(26))
            right = self._fact(painter, room, str(row.photo_count), "image")
        if row.due_at is not None and not row.is_overdue and group_shows_due(row):
            room = QRect(left, top, right - left, px(26))
            self._fact(painter, room, due_words(row.due_at, now), "clock")

    def _fact(self, painter: QPainter, area: QRect, words: str, icon: str) -> int:
        """Paint icon and words at the right end, if there is room; return where room ends."""
        px = self.theme.px
        font = self.theme.font("caption")
        width = QFontMetrics(font).horizontalAdvance(words)
        if width + px(19) > area.width():
            return area.right()
        self._text(painter, area, words, font, "text2", RIGHT)
        left = area.right() - width - px(19)
        painter.drawPixmap(left, area.top() + px(6), self.theme.pixmap(icon, "text2", 15))
        return left - px(10)

    def _text(
        self,
        painter: QPainter,
        area: QRect,
        words: str,
        font: QFont,
        colour: str,
        align: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour) if not colour.startswith("#") else colour)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, align | Qt.TextFlag.TextSingleLine, shown)


def group_shows_due(row: TicketRow) -> bool:
    """Return whether the deadline still matters to a crew."""
    return row.state.value in {"waiting", "in_progress", "on_hold", "sent_back", "other"}


def paint_header(painter: QPainter, theme: Theme, area: QRect, header: GroupHeader) -> None:
    """Paint the heading of a group."""
    glyph, colour = GROUP_GLYPHS[header.group]
    paint = theme.colour(colour) if not colour.startswith("#") else colour
    painter.fillRect(area, theme.colour("surface2"))
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
    size = theme.px(16)
    painter.drawPixmap(
        area.left() + theme.px(16),
        area.top() + (area.height() - size) // 2,
        theme.pixmap(glyph, colour, 16),
    )
    painter.setFont(theme.font_of(13, 600))
    painter.setPen(paint)
    painter.drawText(area.adjusted(theme.px(40), 0, 0, 0), LEFT, header.words)
