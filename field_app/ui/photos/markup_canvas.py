"""The canvas: a photo with its marks, drawn on by mouse, finger and keys."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from field_app.domain.photo import Mark, MarkKind
from field_app.ui.photos.mark_painter import Ground, MarkPainter, area_of
from field_app.ui.photos.markup_board import Board, Marks, Tool, a_text, moved
from field_app.ui.photos.markup_words import spoken_marks
from field_app.ui.photos.picture_sight import PictureSight
from field_app.ui.shared.announce import announce
from field_app.ui.theme import Theme

TOUCH_PX: Final = 22
"""Half the side of the place to touch of a handle, pixels of the design."""
HANDLE_PX: Final = 8
BLUE: Final = "#1557C0"
"""Frame and handles of the chosen mark."""
LEAST_PX: Final = 6
"""A drag that is shorter is a click."""
ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MarkupCanvas(PictureSight):
    """Shows the photo and the board's marks, and draws on the board.

    Signals:
        words_wished: The chosen words are to be written.
    """

    words_wished = Signal()

    def __init__(self, theme: Theme, board: Board, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.board = board
        self.tool = Tool.SELECT
        self._still: Marks = ()
        self._painters: dict[Mark, MarkPainter] = {}
        self._ground = Ground(QImage(1, 1, QImage.Format.Format_RGB32))
        self._grip: int | None = None
        self._start: QPointF | None = None
        self._pan: QPoint | None = None
        self._origin: Mark | None = None
        board.changed.connect(self._show_marks)

    def show_picture(self, picture: QImage) -> None:
        """Show this photo, all of it, with the board's marks."""
        self._painters = {}
        self._ground = Ground(picture)
        super().show_picture(picture)
        self._show_marks()

    def place_mark(self) -> None:
        """Put a mark of the tool into the middle of what is seen, to be moved by keys."""
        middle = self.part_of(QPointF(self.mapToScene(self.viewport().rect().center())))
        x, y = middle.x(), middle.y()
        match self.tool:
            case Tool.TEXT:
                self._begin_words(x, y)
            case Tool.ARROW | Tool.BOX | Tool.BLUR:
                kind = MarkKind(self.tool.value)
                self.board.add(Mark(kind=kind, x1=x - 0.1, y1=y - 0.1, x2=x + 0.1, y2=y + 0.1))
            case Tool.SELECT:
                self._wish_words()

    def mark_at(self, point: QPointF) -> int | None:
        """Return the uppermost mark at a point of the picture, pixels."""
        reach = self.reach(TOUCH_PX)
        for place in range(len(self.board.marks) - 1, -1, -1):
            area = area_of(self.board.marks[place], self._ground.size)
            if area.adjusted(-reach / 2, -reach / 2, reach / 2, reach / 2).contains(point):
                return place
        return None

    def grips(self) -> tuple[QPointF, ...]:
        """Return the points by which the chosen mark is resized, pixels of the picture."""
        mark = self.board.drawn or self.board.chosen_mark
        if mark is None or self.board.chosen is None or not self.has_picture:
            return ()
        if mark.kind is MarkKind.TEXT:
            return (area_of(mark, self._ground.size).bottomRight(),)
        wide, tall = self.picture.width(), self.picture.height()
        corners = [(mark.x1, mark.y1), (mark.x2, mark.y2)]
        if mark.kind is not MarkKind.ARROW:
            corners += [(mark.x2, mark.y1), (mark.x1, mark.y2)]
        return tuple(QPointF(x * wide, y * tall) for x, y in corners)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, to move, to resize, or to move the picture."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.has_picture:
            return
        point = self.mapToScene(event.position().toPoint())
        self._start = point
        self._grip = self._grip_at(point)
        self._origin = self.board.chosen_mark
        if self._grip is not None:
            return
        if self.tool is Tool.SELECT:
            self.board.choose(self.mark_at(point))
            self._origin = self.board.chosen_mark
            self._pan = event.position().toPoint() if self._origin is None else None
        else:
            self.board.choose(None)
            self._origin = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be drawn."""
        point = self.mapToScene(event.position().toPoint())
        if self._pan is not None:
            self.scroll_by(event.position().toPoint() - self._pan)
            self._pan = event.position().toPoint()
        elif self._start is not None and self._is_drag(point):
            self.board.draw(self._dragged(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put on the board what was drawn; a click chooses."""
        start, self._start = self._start, None
        panned, self._pan = self._pan is not None, None
        if start is None or panned:
            return
        point = self.mapToScene(event.position().toPoint())
        drawn = self.board.drawn
        if drawn is not None and self._origin is not None:
            self.board.put(drawn)
        elif drawn is not None:
            self.board.add(drawn)
        elif self.tool is not Tool.SELECT and self._grip is None:
            self._click(point)
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write the words that were meant."""
        self.board.choose(self.mark_at(self.mapToScene(event.position().toPoint())))
        self._wish_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and resize the chosen mark, Delete takes it away, Enter draws or writes."""
        key = event.key()
        if key in ARROWS and self.board.chosen_mark is not None:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.board.nudge(ARROWS[Qt.Key(key)], is_fine=control, is_resizing=shift)
        elif key in ARROWS:
            self.scroll_by(QPoint(*(-40 * part for part in ARROWS[Qt.Key(key)])))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.board.remove()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.board.chosen is None:
                self.place_mark()
            else:
                self._wish_words()
        else:
            event.ignore()
            return
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Go from mark to mark, and after the last one out of the photo."""
        if self.board.choose_next(1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the picture and the marks that stay as they are; Qt keeps what was painted."""
        super().drawBackground(painter, rect)
        for is_blur in (True, False):
            for mark in self._still:
                if (mark.kind is MarkKind.BLUR) is is_blur:
                    self._painter_of(mark).paint(painter)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint what is chosen or being drawn, with its frame and handles, and the focus ring."""
        mark = self.board.drawn or self.board.chosen_mark
        if mark is not None and self.has_picture:
            self._painter_of(mark).paint(painter)
            if self.board.chosen is not None:
                self._paint_frame(painter, area_of(mark, self._ground.size))
                self._paint_grips(painter)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(self.theme.colour("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))

    def _paint_frame(self, painter: QPainter, area: QRectF) -> None:
        for colour, style in (("#FFFFFF", Qt.PenStyle.SolidLine), (BLUE, Qt.PenStyle.DashLine)):
            pen = QPen(QColor(colour), 2, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    def _paint_grips(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(BLUE), 3)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(QColor("#FFFFFF"))
        radius = self.theme.px(HANDLE_PX) / self.transform().m11()
        for grip in self.grips():
            painter.drawEllipse(grip, radius, radius)

    @Slot()
    def _show_marks(self) -> None:
        if not self.has_picture:
            return
        marks, chosen = self.board.marks, self.board.chosen
        still = marks if chosen is None else marks[:chosen] + marks[chosen + 1 :]
        if still != self._still:
            self._still = still
            self.resetCachedContent()
        known = frozenset(marks)
        self._painters = {m: p for m, p in self._painters.items() if m in known}
        self.viewport().update()
        spoken = spoken_marks(marks, chosen)
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
            announce(self)

    def _painter_of(self, mark: Mark) -> MarkPainter:
        """Return what paints a mark, made once."""
        if mark not in self._painters:
            self._painters[mark] = MarkPainter(mark, self._ground)
        return self._painters[mark]

    def _click(self, point: QPointF) -> None:
        """Begin words where they are wanted; with the other tools choose what is there."""
        there = self.mark_at(point)
        if self.tool is Tool.TEXT and there is None:
            part = self.part_of(point)
            self._begin_words(part.x(), part.y())
        else:
            self.board.choose(there)

    def _begin_words(self, x: float, y: float) -> None:
        if self.board.add(a_text(x, y, "")):
            self.words_wished.emit()

    def _wish_words(self) -> None:
        mark = self.board.chosen_mark
        if mark is not None and mark.kind is MarkKind.TEXT:
            self.words_wished.emit()

    def _dragged(self, point: QPointF) -> Mark | None:
        """Return the mark that a drag to a point makes."""
        start, end = self.part_of(self._start or point), self.part_of(point)
        across, down = end.x() - start.x(), end.y() - start.y()
        if self._origin is not None and self._grip is not None:
            return self._resized(self._origin, self._grip, end)
        if self._origin is not None:
            return moved(self._origin, across, down)
        if self.tool is Tool.TEXT:
            return None
        kind = MarkKind(self.tool.value)
        return Mark(kind=kind, x1=start.x(), y1=start.y(), x2=end.x(), y2=end.y())

    def _resized(self, mark: Mark, grip: int, end: QPointF) -> Mark:
        """Return a mark with one of its corners elsewhere."""
        if mark.kind is MarkKind.TEXT:
            area = area_of(mark, self._ground.size)
            factor = (end.y() * self.picture.height() - area.top()) / max(1.0, area.height())
            return a_text(mark.x1, mark.y1, mark.text, abs(mark.y2 - mark.y1) * max(0.1, factor))
        x, y = end.x(), end.y()
        x1, x2 = (x, mark.x2) if grip in {0, 3} else (mark.x1, x)
        y1, y2 = (y, mark.y2) if grip in {0, 2} else (mark.y1, y)
        return replace(mark, x1=x1, y1=y1, x2=x2, y2=y2)

    def _grip_at(self, point: QPointF) -> int | None:
        reach = self.reach(TOUCH_PX)
        for place, grip in enumerate(self.grips()):
            if (grip - point).manhattanLength() <= reach:
                return place
        return None

    def _is_drag(self, point: QPointF) -> bool:
        far = (point - (self._start or point)).manhattanLength() * self.transform().m11()
        return far >= LEAST_PX or self.board.drawn is not None
