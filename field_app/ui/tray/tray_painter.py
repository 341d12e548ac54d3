"""How new photos and the headings above them are painted, each with its button."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from field_app.queries.tray import NewPhoto
from field_app.ui.shared.words import category_icon, photo_words
from field_app.ui.theme import Theme
from field_app.ui.tray.tray_model import LINE, Heading
from field_app.ui.tray.words import add_all_words, add_words, count_words, when_words, where_words

ROW, HEADING = 96, 60
"""Heights in pixels of the design."""
PICTURE = (104, 78)
BUTTON = 44
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LEAST_TOGETHER = 2
"""From so many photos on a heading offers to add them together."""


def picture_of(photo: NewPhoto) -> QPixmap:
    """Return the small picture of a photo; Qt keeps the last ones, within its limit."""
    name = f"tray/{photo.key}"
    held = QPixmap()
    if not QPixmapCache.find(name, held):
        held.loadFromData(photo.shot.thumb)
        QPixmapCache.insert(name, held)
    return held


def paint_picture(painter: QPainter, theme: Theme, area: QRect, photo: NewPhoto) -> None:
    """Paint a photo so that it fills an area with round corners."""
    picture = picture_of(photo)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(area), theme.radius("chip"), theme.radius("chip"))
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(area, theme.colour("surface3"))
    if not picture.isNull():
        scale = max(area.width() / picture.width(), area.height() / picture.height())
        where = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        where.moveCenter(QRectF(area).center())
        painter.drawPixmap(where, picture, QRectF(picture.rect()))
    painter.restore()


class TrayPainter(QStyledItemDelegate):
    """Paints the tray's lines with the design's tokens."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a photo or a heading at the chosen text size."""
        is_heading = isinstance(index.data(LINE), Heading)
        return QSize(100, self.theme.px(HEADING if is_heading else ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        line = index.data(LINE)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(line, Heading):
            self._paint_heading(painter, area, line)
        elif isinstance(line, NewPhoto):
            self._paint_ground(painter, area, option.state)
            self._paint_photo(painter, area, line, index)
        button = self.button_area(area, line)
        if not button.isEmpty():
            self._paint_button(painter, button, self.button_words(line))
        painter.restore()

    def button_words(self, line: object) -> str:
        """Return what the button of a line says; empty for none."""
        if isinstance(line, Heading):
            is_many = len(line.sure) >= LEAST_TOGETHER
            return add_all_words(len(line.sure)) if is_many else ""
        if isinstance(line, NewPhoto) and line.match is not None:
            return add_words(line.match.role)
        return ""

    def button_area(self, area: QRect, line: object) -> QRect:
        """Return where the button of a line is; empty for none."""
        words = self.button_words(line)
        if not words:
            return QRect()
        px = self.theme.px
        wide = QFontMetrics(self.theme.font_of(15, 600)).horizontalAdvance(words) + px(32)
        tall = px(BUTTON)
        top = area.top() + (area.height() - tall) // 2
        return QRect(area.right() - wide - px(14), top, wide, tall)

    def _paint_heading(self, painter: QPainter, area: QRect, line: Heading) -> None:
        theme, px = self.theme, self.theme.px
        painter.fillRect(area, theme.colour("surface2"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        icon = category_icon(line.job.category) if line.job is not None else "map-pin-off"
        left, middle = area.left() + px(16), area.center().y()
        painter.drawPixmap(left, middle - px(12), theme.pixmap(icon, "text2", 24))
        left += px(36)
        button = self.button_area(area, line)
        right = (button.left() if not button.isEmpty() else area.right()) - px(14)
        painter.setFont(theme.font("rowTitle"))
        painter.setPen(theme.colour("text"))
        self._write(painter, QRect(left, middle - px(25), right - left, px(26)), line.words)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        where = line.job.place_line if line.job is not None else ""
        words = " · ".join(part for part in (count_words(line.count), where) if part)
        self._write(painter, QRect(left, middle + px(2), right - left, px(22)), words)

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        theme = self.theme
        is_on = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, theme.colour("selRow" if is_on else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        if is_on:
            painter.fillRect(area.left(), area.top(), 4, area.height() - 1, theme.colour("selBar"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _paint_photo(
        self,
        painter: QPainter,
        area: QRect,
        photo: NewPhoto,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, px = self.theme, self.theme.px
        wide, tall = px(PICTURE[0]), px(PICTURE[1])
        picture = QRect(area.left() + px(14), area.top() + (area.height() - tall) // 2, wide, tall)
        paint_picture(painter, theme, picture, photo)
        left = picture.right() + px(14)
        button = self.button_area(area, photo)
        right = (button.left() if not button.isEmpty() else area.right()) - px(14)
        now = getattr(index.model(), "now", None)
        if now is None:
            return
        top, middle = area.top() + px(12), area.center().y()
        painter.setFont(theme.font_of(15, 600))
        painter.setPen(theme.colour("text"))
        self._write(painter, QRect(left, top, right - left, px(24)), when_words(photo, now))
        painter.setFont(theme.font("caption"))
        match = photo.match
        if match is not None:
            painter.setPen(theme.colour("text2"))
            words = photo_words(match.role)
            self._write(painter, QRect(left, middle - px(11), right - left, px(22)), words)
        lower = px(12) if match is not None else -px(11)
        self._paint_where(painter, QRect(left, middle + lower, right - left, px(22)), photo)

    def _paint_where(self, painter: QPainter, area: QRect, photo: NewPhoto) -> None:
        """Paint how the photo was matched: a glyph and words, amber when somebody should look."""
        theme, match = self.theme, photo.match
        glyph, colour = ("map-pin", "okText")
        if match is None:
            glyph, colour = ("map-pin-off", "text2")
        elif match.is_by_time_only:
            glyph, colour = ("status-attention", "warnText")
        size = theme.px(16)
        painter.drawPixmap(
            area.left(),
            area.top() + (area.height() - size) // 2,
            theme.pixmap(glyph, colour, 16),
        )
        painter.setPen(theme.colour(colour))
        self._write(painter, area.adjusted(theme.px(22), 0, 0, 0), where_words(photo))

    def _paint_button(self, painter: QPainter, area: QRect, words: str) -> None:
        theme = self.theme
        painter.setPen(QPen(theme.colour("borderStrong"), 1))
        painter.setBrush(theme.colour("surface"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(theme.font_of(15, 600))
        painter.setPen(theme.colour("brandText"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _write(self, painter: QPainter, area: QRect, words: str) -> None:
        """Write one line, its end elided."""
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, LEFT | Qt.TextFlag.TextSingleLine, shown)
