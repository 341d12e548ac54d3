"""The list of new photos: choose one or several, add them by one click, a key or by dragging."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller, QWidget

from field_app.queries.tray import NewPhoto, PhotoGroup
from field_app.texts import _
from field_app.ui.shortcuts import letter_of
from field_app.ui.theme import Theme
from field_app.ui.tray.tray_model import LINE, Heading, TrayModel
from field_app.ui.tray.tray_painter import TrayPainter

BATCH = 200
"""Lines that are laid out at once; the rest follows while the window lives on."""


class TrayList(QListView):
    """Shows a TrayModel.

    Signals:
        add_wished: tuple of NewPhoto. Add these, each to the job that fits it best.
        hide_wished: Hide what is chosen.
        chosen_changed: Others are chosen than before.
    """

    add_wished = Signal(object)
    hide_wished = Signal()
    chosen_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.photos = TrayModel(self)
        self._pressed: Heading | NewPhoto | None = None
        self._painter = TrayPainter(theme, self)
        self.setModel(self.photos)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self.setAccessibleName(_("New photos"))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_groups(self, groups: Sequence[PhotoGroup], now: datetime | None) -> None:
        """Show these groups; what is chosen stays chosen, else the next photo is."""
        chosen, current = {p.key for p in self.chosen}, self.current
        place, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.photos.show_groups(groups, now)
        self._choose_again(chosen, current.key if current is not None else "", place)
        self.verticalScrollBar().setValue(scrolled)
        self.chosen_changed.emit()

    @property
    def chosen(self) -> tuple[NewPhoto, ...]:
        """The chosen photos in the order of the list."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(photo for row in rows if (photo := self.photos.photo(row)) is not None)

    @property
    def current(self) -> NewPhoto | None:
        """The photo under the cursor."""
        return self.photos.photo(self.currentIndex())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what is chosen, A its whole group, H hides."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen:
            self.add_wished.emit(self.chosen)
        elif plain and letter_of(event) == "A":
            heading = self.photos.heading_of(self.currentIndex().row())
            if heading is not None and heading.sure:
                self.add_wished.emit(heading.sure)
        elif plain and letter_of(event) == "H":
            self.hide_wished.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a line's button does not change what is chosen."""
        self._pressed = self._button_at(event.position().toPoint())
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a line's button adds."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._button_at(event.position().toPoint()) == pressed:
            self.add_wished.emit(pressed.sure if isinstance(pressed, Heading) else (pressed,))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A move that began on a button drags nothing."""
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def button_middle(self, row: int) -> QPoint:
        """Return the middle of a line's button in the viewport."""
        index = self.photos.index(row)
        return self._painter.button_area(self.visualRect(index), index.data(LINE)).center()

    def _button_at(self, place: QPoint) -> Heading | NewPhoto | None:
        """Return the line whose button is there."""
        index = self.indexAt(place)
        line = index.data(LINE) if index.isValid() else None
        area = self._painter.button_area(self.visualRect(index), line)
        is_on = isinstance(line, Heading | NewPhoto) and area.contains(place)
        return line if is_on else None

    def _choose_again(self, chosen: set[str], current: str, place: int) -> None:
        """Choose the same photos as before; when all of them are gone, the one in their place."""
        flag = QItemSelectionModel.SelectionFlag
        rows = [row for key in chosen if (row := self.photos.row_of(key)) >= 0]
        at = self.photos.row_of(current)
        if not rows:
            places = range(len(self.photos.lines))
            photos = [p for p in places if isinstance(self.photos.lines[p], NewPhoto)]
            below = [p for p in photos if p >= place]
            at = next(iter(below or photos[-1:]), -1)
            rows = [at] if at >= 0 else []
        selection = self.selectionModel()
        if at < 0 and rows:
            at = min(rows)
        if at >= 0:
            selection.setCurrentIndex(self.photos.index(at), flag.NoUpdate)
        ranges = QItemSelection()
        for row in rows:
            ranges.select(self.photos.index(row), self.photos.index(row))
        selection.select(ranges, flag.Select)
