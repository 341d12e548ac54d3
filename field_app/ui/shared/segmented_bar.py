"""Segmented bars: one cell per piece, solid once the hub confirmed it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from field_app.texts import _
from field_app.ui.theme import Theme

CELLS = 30
GAP = 2


class SegmentedBar(QWidget):
    """How much has arrived, in cells."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._done = 0.0
        self._moving = 0.0
        self._is_still = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(0.0)

    def show_share(self, done: float, *, moving: float = 0.0, is_still: bool = False) -> None:
        """Show how much has arrived.

        Args:
            done: Share that the hub confirmed, 0 to 1.
            moving: Share beyond it that is on its way, 0 to 1.
            is_still: Whether it rests: cells are grey instead of blue.
        """
        self._done, self._moving, self._is_still = done, moving, is_still
        words = _("{percent}% received by the hub").format(percent=round(100 * done))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a bar of 10 pixels."""
        return QSize(self.theme.px(240), self.theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells."""
        paint_segments(
            self.theme, self, QRectF(self.rect()), (self._done, self._moving), self._is_still
        )


def paint_segments(
    theme: Theme,
    on: QWidget | QPainter,
    area: QRectF,
    shares: tuple[float, float],
    is_still: bool,  # noqa: FBT001 - also called from delegates by position
) -> None:
    """Paint the cells of a bar.

    Args:
        theme: Gives colours.
        on: The widget, or the painter of a delegate.
        area: Where, in pixels.
        shares: Confirmed by the hub, and on its way beyond that; 0 to 1 each.
        is_still: Whether it rests.
    """
    painter = on if isinstance(on, QPainter) else QPainter(on)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    solid = theme.colour("borderStrong") if is_still else QColor("#0E7396")
    light = QColor("#8FC3D6")
    empty = theme.colour("surface3")
    width = (area.width() - GAP * (CELLS - 1)) / CELLS
    done, moving = shares
    for cell in range(CELLS):
        middle = (cell + 0.5) / CELLS
        colour = solid if middle <= done else light if middle <= done + moving else empty
        painter.setBrush(colour)
        left = area.left() + cell * (width + GAP)
        painter.drawRoundedRect(QRectF(left, area.top(), width, area.height()), 2, 2)
    painter.restore()
    if not isinstance(on, QPainter):
        painter.end()
