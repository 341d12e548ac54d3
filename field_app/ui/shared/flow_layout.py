"""A layout that fills lines like words do."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

GAP: Final = 8


class FlowLayout(QLayout):
    """Puts widgets side by side and goes on below when the line is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._whole_lines: set[int] = set()
        self.setContentsMargins(0, 0, 0, 0)

    def add_line(self, widget: QWidget) -> None:
        """Add a widget that has a line for itself, as a heading."""
        self.addChildWidget(widget)
        self._whole_lines.add(len(self._items))
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item, as Qt asks."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow place needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        return self._lay(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget into its place."""
        super().setGeometry(rect)
        self._lay(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """Return the least size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, is_trial: bool) -> int:
        """Lay all items out; return the height taken."""
        x, y, tall = rect.left(), rect.top(), 0
        for place, item in enumerate(self._items):
            size = item.sizeHint()
            alone = place in self._whole_lines
            if x > rect.left() and (alone or x + size.width() > rect.right() + 1):
                x, y, tall = rect.left(), y + tall + GAP, 0
            if alone:
                y += GAP if place else 0
                size.setWidth(rect.width())
            if not is_trial:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + GAP
            tall = max(tall, size.height())
            if alone:
                x, y, tall = rect.left(), y + tall + GAP, 0
        return y + tall - rect.top()
