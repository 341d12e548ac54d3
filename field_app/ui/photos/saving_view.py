"""What is being saved: its picture at once, and the words that it is not a photo of the job yet."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from field_app.texts import _
from field_app.ui.shared.photo_view import LABEL_FILL
from field_app.ui.theme import Theme

WIDE = 160
"""Width in pixels of the design from which there is room for words."""


class SavingView(QWidget):
    """Lies over the photos of a slot while one more is being saved."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._image = QImage()
        self._number = (0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_number(self, done: int, of: int) -> None:
        """Know how far it is."""
        self._number = (done, of)

    def show_picture(self, picture: bytes) -> None:
        """Show a small JPEG; nothing for none."""
        self._image = QImage.fromData(picture) if picture else QImage()
        self.setVisible(not self._image.isNull())
        if not self._image.isNull():
            self.setAccessibleName(self.words)
            self.raise_()
            self.update()

    @property
    def words(self) -> str:
        """What stands below the picture."""
        done, of = self._number
        if of > 1:
            return _("Saving {number} of {count}").format(number=done + 1, count=of)
        return _("Saving")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in a dashed frame, with a band that says what it is."""
        theme, area = self.theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(area)
        painter.fillRect(area, theme.colour("surface3"))
        scale = max(area.width() / self._image.width(), area.height() / self._image.height())
        wide, tall = self._image.width() * scale, self._image.height() * scale
        middle = area.center()
        painter.setOpacity(0.7)
        where = QRectF(middle.x() - wide / 2, middle.y() - tall / 2, wide, tall)
        painter.drawImage(where, self._image)
        painter.setOpacity(1.0)
        self._paint_band(painter, area)
        painter.setPen(QPen(theme.colour("brand"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_band(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        tall, glyph = theme.px(26), theme.px(16)
        band = QRectF(0, area.height() - tall, area.width(), tall)
        painter.fillRect(band, LABEL_FILL)
        top = int(band.top() + (tall - glyph) / 2)
        painter.drawPixmap(theme.px(8), top, theme.pixmap("hard-drive", "#FFFFFF", 16))
        if area.width() > theme.px(WIDE):
            painter.setFont(theme.font_of(13, 500))
            painter.setPen(QColor("#FFFFFF"))
            words = band.adjusted(theme.px(8) + glyph + theme.px(6), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.words)
