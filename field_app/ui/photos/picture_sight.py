"""A picture to look at closely: larger, smaller, moved about."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from field_app.ui.theme import Theme

ZOOM: Final = 1.25
NOTCH: Final = 120
"""What a wheel tells when it turns by one notch; touchpads tell less, more often."""
LARGEST: Final = 8.0
"""Times the size at which the whole picture is seen."""


class PictureSight(QGraphicsView):
    """One picture; its place in the scene is its pixels.

    Signals:
        zoomed: The size at which the picture is seen changed.
    """

    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.picture = QImage()
        self._is_fitted = True
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 150)

    @property
    def has_picture(self) -> bool:
        """Whether there is something to draw on."""
        return not self.picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        """Show this picture, all of it."""
        self.picture = picture
        self.scene().setSceneRect(QRectF(picture.rect()))
        self.resetCachedContent()
        self.fit()

    def fit(self) -> None:
        """Show all of the picture."""
        self._is_fitted = True
        if self.has_picture:
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.zoomed.emit()

    def zoom(self, factor: float) -> None:
        """Show the picture larger or smaller, never smaller than all of it."""
        if not self.has_picture:
            return
        least = self._whole()
        scale = min(LARGEST * least, max(least, self.transform().m11() * factor))
        if scale <= least:
            self.fit()
            return
        self._is_fitted = False
        self.scale(scale / self.transform().m11(), scale / self.transform().m11())
        self.zoomed.emit()

    @property
    def percent(self) -> int:
        """How large the picture is seen, against all of it."""
        if self._is_fitted or not self.has_picture:
            return 100
        return round(100 * self.transform().m11() / self._whole())

    def scroll_by(self, pixels: QPoint) -> None:
        """Move the picture by pixels of the screen."""
        for bar, part in (
            (self.horizontalScrollBar(), pixels.x()),
            (self.verticalScrollBar(), pixels.y()),
        ):
            bar.setValue(bar.value() - part)

    def part_of(self, point: QPointF) -> QPointF:
        """Return a point of the picture as parts of it, never outside."""
        x = point.x() / max(1, self.picture.width())
        y = point.y() / max(1, self.picture.height())
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def reach(self, pixels: float) -> float:
        """Return a length of the design on the screen in pixels of the picture."""
        return self.theme.px(pixels) / max(0.01, self.transform().m11())

    def _whole(self) -> float:
        """Return the scale at which all of the picture is seen."""
        room = self.viewport().rect()
        return max(
            0.01,
            min(room.width() / self.picture.width(), room.height() / self.picture.height()),
        )

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the picture; Qt keeps what was painted until it is seen otherwise."""
        painter.fillRect(rect, self.theme.colour("rail"))
        painter.drawImage(0, 0, self.picture)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Show the picture larger or smaller."""
        self.zoom(ZOOM ** (event.angleDelta().y() / NOTCH))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing all of the picture, if that is what was shown."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
