"""What the camera sees, with the ghost lying over it."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from field_app.ui.photos.ghost import Ghost
from field_app.ui.theme import Theme

GROUND = QColor("#0F1A17")
"""Beside the picture, as behind the words on photos."""


class Sight(QWidget):
    """Paints the newest picture whole; nothing but painting happens here."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.ghost = Ghost()
        self.has_ghost = False
        """Whether the ghost is to be seen, if there is one."""
        self.words = ""
        """Said while there is no picture."""
        self._picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(160), theme.px(120))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def picture(self) -> QImage:
        """What is seen now; null for nothing."""
        return self._picture

    def show_picture(self, picture: QImage) -> None:
        """Show this picture instead of the one before."""
        self._picture = picture
        self.update()

    def show_ghost(self, picture: QImage) -> None:
        """Let this picture lie over it; a null one for none."""
        self.ghost.take(picture)
        self.update()

    def switch_ghost(self, *, is_on: bool) -> None:
        """Show the ghost, or hide it."""
        self.has_ghost = is_on
        self.update()

    def set_strength(self, percent: int) -> None:
        """Paint the ghost so strongly."""
        self.ghost.strength = percent
        self.update()

    def picture_area(self) -> QRectF:
        """Return where the picture lies, whole and as large as there is room."""
        room = QRectF(self.rect())
        if self._picture.isNull():
            return room
        size = QSizeF(self._picture.size())
        size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(room.center())
        return area

    def sizeHint(self) -> QSize:
        """Return a size in which aiming is easy."""
        return QSize(self.theme.px(500), self.theme.px(400))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what lies over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), GROUND)
        area = self.picture_area()
        if self._picture.isNull():
            painter.setFont(self.theme.font("body"))
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self._picture)
        if self.has_ghost:
            self.ghost.paint(painter, area)
        painter.end()
