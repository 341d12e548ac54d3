"""Room for large text: content that scrolls only when it must, rows that become columns."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class FittingScroll(QScrollArea):
    """As tall as its content while there is room; scrolls below that, never sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._content = QWidget()
        self._content.setProperty("surface", "surface")
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._content)

    def sizeHint(self) -> QSize:
        """Return the size that shows everything."""
        hint = self._content.sizeHint()
        width = self.width() if self.isVisible() else hint.width()
        if self.column.hasHeightForWidth():
            needed = self._content.minimumSizeHint().height()  # below it the area scrolls
            return QSize(hint.width(), max(needed, self.column.totalHeightForWidth(width)))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return a size in which scrolling still makes sense."""
        return QSize(self._content.minimumSizeHint().width(), min(96, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the layout when another width asks for another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class BendingRow(QWidget):
    """Widgets side by side; below each other where the words of all would not fit.

    Signals:
        bent: They lie the other way now, so another height is needed.
    """

    bent = Signal()

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = 0
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, widget: QWidget, stretch: int = 1, *, least: int = 0) -> None:
        """Add a widget.

        Args:
            widget: What to add.
            stretch: Its share of the width that is left over.
            least: Width in pixels that it needs, where its own hint says too little.
        """
        widget.setProperty("least", least)
        self._box.addWidget(widget, stretch)

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the widest one alone, at the height of how they lie now."""
        hint = self._box.minimumSize()
        widest = max((w.minimumSizeHint().width() for w in self._shown()), default=0)
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bend where the width asks for it."""
        super().resizeEvent(event)
        self.bend()

    def bend(self) -> None:
        """Lie in a row where all fit, else in a column."""
        shown = self._shown()
        needed = sum(max(w.minimumSizeHint().width(), int(w.property("least"))) for w in shown)
        needed += self._box.spacing() * max(0, len(shown) - 1)
        fits = needed <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()
            self.bent.emit()

    def _shown(self) -> list[QWidget]:
        items = [self._box.itemAt(place) for place in range(self._box.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [w for w in widgets if w is not None and not w.isHidden()]
