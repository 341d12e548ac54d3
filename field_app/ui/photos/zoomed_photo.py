"""Photos that are looked at more closely together: one zoom for all of them."""

from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from field_app.ui.background import Background
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.theme import Theme

MOST: Final = 6.0
"""How many times as large as the whole photo it gets at most."""
STEP: Final = 1.25
"""One press of plus, or one notch of the wheel."""
NUDGE: Final = 0.1
"""Part of what is in sight by which an arrow key moves on."""
NOTCH: Final = 120
"""What one notch of a wheel counts in Qt."""
ARROWS: Final = {
    Qt.Key.Key_Left: (-NUDGE, 0.0),
    Qt.Key.Key_Right: (NUDGE, 0.0),
    Qt.Key.Key_Up: (0.0, -NUDGE),
    Qt.Key.Key_Down: (0.0, NUDGE),
}


class Zoom(QObject):
    """How closely photos are looked at, and where; the place is in parts of the picture.

    Signals:
        changed: Closer, further away or elsewhere.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.factor = 1.0
        self.middle = QPointF(0.5, 0.5)

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture is in sight."""
        return self.factor <= 1.0

    @property
    def is_closest(self) -> bool:
        """Whether it gets no larger."""
        return self.factor >= MOST

    def show_all(self) -> None:
        """Show all of the picture."""
        self.factor = 1.0
        self.look_at(QPointF(0.5, 0.5))

    def step(self, steps: float, at: QPointF | None = None) -> None:
        """Go closer, or further away where `steps` is negative.

        Args:
            steps: How many times.
            at: The part of the picture that stays where it is; None for the middle.
        """
        factor = min(MOST, max(1.0, self.factor * STEP**steps))
        at = at if at is not None else self.middle
        kept = self.factor / factor
        self.factor = factor
        self.look_at(at + (self.middle - at) * kept)

    def move(self, across: float, down: float) -> None:
        """Look so many parts of what is in sight further right and down."""
        self.look_at(self.middle + QPointF(across, down) / self.factor)

    def look_at(self, middle: QPointF) -> None:
        """Look at this part of the picture, as far as there is picture around it."""
        edge = 0.5 / self.factor
        self.middle = QPointF(
            min(1 - edge, max(edge, middle.x())), min(1 - edge, max(edge, middle.y()))
        )
        self.changed.emit()


class ZoomedPhoto(PhotoView):
    """A whole photo, or the part of it at which a zoom looks; wheel and mouse set the zoom."""

    sharpness = round(MOST)

    def __init__(
        self, theme: Theme, background: Background, zoom: Zoom, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, background, corner=8, whole=True, ground="surface3", parent=parent)
        self.zoom = zoom
        self._grip: QPointF | None = None
        zoom.changed.connect(self._follow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go closer to what the mouse points at, or further away from it."""
        steps = event.angleDelta().y() / NOTCH
        place = self._shown_at
        if place is not None:
            offset = event.position() - place.topLeft()
            at = QPointF(offset.x() / place.width(), offset.y() / place.height())
            self.zoom.step(steps, at)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the picture along."""
        place = self._shown_at
        if self._grip is not None and place is not None:
            pulled = event.position() - self._grip
            self._grip = event.position()
            parts = QPointF(pulled.x() / place.width(), pulled.y() / place.height())
            self.zoom.look_at(self.zoom.middle - parts)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the picture go."""
        self._grip = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys move on, while only a part is in sight."""
        way = ARROWS.get(Qt.Key(event.key()))
        if way is None or self.zoom.is_whole:
            super().keyPressEvent(event)
        else:
            self.zoom.move(*way)

    @property
    def _shown_at(self) -> QRectF | None:
        """Where the picture lies, in pixels; None without one."""
        return None if self._image is None else self._place_of(QRectF(self.rect()), self._image)

    def _place_of(self, area: QRectF, image: QImage) -> QRectF:
        whole = super()._place_of(area, image)
        zoom = self.zoom
        if zoom.is_whole:
            return whole
        width, height = whole.width() * zoom.factor, whole.height() * zoom.factor
        left = area.center().x() - zoom.middle.x() * width
        top = area.center().y() - zoom.middle.y() * height
        return QRectF(left, top, width, height)

    def _follow(self) -> None:
        """Paint anew, with a hand where the picture can be pulled."""
        is_whole = self.zoom.is_whole
        self.setCursor(Qt.CursorShape.ArrowCursor if is_whole else Qt.CursorShape.OpenHandCursor)
        self.update()
