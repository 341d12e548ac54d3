"""The board: the marks on one photo while a person draws, with undo and redo."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from field_app.domain.photo import MARK_TEXT_LIMIT, MARKS_LIMIT, Mark, MarkKind
from field_app.photos.shapes import LETTERS

DIGITS: Final = 5
"""Places after the point that are kept of a part of the picture: a tenth of a pixel."""
STEP: Final = 0.01
"""How far an arrow key moves, part of the picture."""
FINE_STEP: Final = 0.002
Marks = tuple[Mark, ...]


class Tool(StrEnum):
    """What a drag on the photo does."""

    SELECT = "select"
    """Chooses and moves what is there; on empty ground it moves the picture."""
    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"
    BLUR = "blur"


class _Change(QUndoCommand):
    """Puts other marks on the board; steps of one and the same move become one."""

    def __init__(
        self, before: Marks, after: Marks, chosen: int | None, show: Callable[..., None], key: str
    ) -> None:
        super().__init__()
        self.before, self.after = before, after
        self.chosen = chosen
        self.key = key
        self._show = show

    def redo(self) -> None:
        """Do it, for the first time or again."""
        self._show(self.after, self.chosen)

    def undo(self) -> None:
        """Take it back."""
        chosen = self.chosen if self.chosen is not None and self.chosen < len(self.before) else None
        self._show(self.before, chosen)

    def id(self) -> int:
        """Return what commands that may become one have in common; -1 for none."""
        return 1 if self.key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later step of the same move in."""
        if not isinstance(other, _Change) or other.key != self.key:
            return False
        self.after = other.after
        return True


class Board(QObject):
    """Marks in their order, one of them chosen; every change can be undone.

    Signals:
        changed: The marks, the choice or what is being drawn are no longer as they were.
        full: There are as many marks as a photo may have.
    """

    changed = Signal()
    full = Signal()

    def __init__(self, marks: Marks = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved: Marks = marks
        self.marks: Marks = marks
        self.chosen: int | None = None
        self.drawn: Mark | None = None
        """What is being drawn or dragged, not on the board yet."""
        self.stack = QUndoStack(self)

    @property
    def is_changed(self) -> bool:
        """Whether the marks are others than at the beginning."""
        return self.marks != self._saved

    @property
    def chosen_mark(self) -> Mark | None:
        """The chosen mark; None when none is."""
        return None if self.chosen is None else self.marks[self.chosen]

    def start_with(self, marks: Marks) -> None:
        """Begin with these marks; they cannot be undone and count as no change."""
        self.stack.clear()
        self._saved = marks
        self._show(marks, None)

    def add(self, mark: Mark) -> bool:
        """Put a mark above the others and choose it; False when there is no place for it."""
        if len(self.marks) >= MARKS_LIMIT:
            self.drawn = None
            self.full.emit()
            self.changed.emit()
            return False
        self._do((*self.marks, tidy(mark)), len(self.marks))
        return True

    def put(self, mark: Mark, *, key: str = "") -> None:
        """Put a mark in place of the chosen one.

        Args:
            mark: What it is now.
            key: Steps with the same key, one after the other, are undone at once.
        """
        if self.chosen is None:
            return
        marks = list(self.marks)
        marks[self.chosen] = tidy(mark)
        if tuple(marks) != self.marks:
            self._do(tuple(marks), self.chosen, f"{key}{self.chosen}" if key else "")
        else:
            self.draw(None)

    def nudge(self, way: tuple[int, int], *, is_fine: bool, is_resizing: bool) -> None:
        """Move the chosen mark, or its second point, by a step; steps in a row are undone at once.

        Args:
            way: Steps across and down.
            is_fine: Whether the step is small.
            is_resizing: Whether the mark becomes larger or smaller.
        """
        mark = self.chosen_mark
        if mark is None:
            return
        step = FINE_STEP if is_fine else STEP
        change = stretched if is_resizing else moved
        key = "resize" if is_resizing else "move"
        self.put(change(mark, way[0] * step, way[1] * step), key=key)

    def remove(self) -> None:
        """Take the chosen mark away."""
        if self.chosen is not None:
            place = self.chosen
            self._do(self.marks[:place] + self.marks[place + 1 :], None)

    def choose(self, place: int | None) -> None:
        """Choose a mark, or none."""
        self.chosen = place
        self.changed.emit()

    def choose_next(self, step: int) -> bool:
        """Choose the next mark, or the one before; False after the last one: none is chosen."""
        at = (-1 if step > 0 else len(self.marks)) if self.chosen is None else self.chosen
        place = at + step
        is_there = 0 <= place < len(self.marks)
        self.choose(place if is_there else None)
        return is_there

    def draw(self, mark: Mark | None) -> None:
        """Show what is being drawn or dragged in place of the chosen mark; None for nothing."""
        self.drawn = mark
        self.changed.emit()

    def _do(self, marks: Marks, chosen: int | None, key: str = "") -> None:
        self.stack.push(_Change(self.marks, marks, chosen, self._show, key))

    def _show(self, marks: Marks, chosen: int | None) -> None:
        self.marks, self.chosen, self.drawn = marks, chosen, None
        self.changed.emit()


def tidy(mark: Mark) -> Mark:
    """Return a mark inside the picture, with few digits and no more words than allowed."""
    parts = (round(min(1.0, max(0.0, p)), DIGITS) for p in (mark.x1, mark.y1, mark.x2, mark.y2))
    x1, y1, x2, y2 = parts
    text = mark.text.strip()[:MARK_TEXT_LIMIT]
    return replace(mark, x1=x1, y1=y1, x2=x2, y2=y2, text=text)


def moved(mark: Mark, across: float, down: float) -> Mark:
    """Return a mark moved by parts of the picture; it stops at the picture's edge."""
    if mark.kind is MarkKind.TEXT:
        x, y = min(1.0, max(0.0, mark.x1 + across)), min(1.0, max(0.0, mark.y1 + down))
        return a_text(x, y, mark.text, abs(mark.y2 - mark.y1))
    left, right = min(mark.x1, mark.x2), max(mark.x1, mark.x2)
    top, bottom = min(mark.y1, mark.y2), max(mark.y1, mark.y2)
    across = min(1.0 - right, max(-left, across))
    down = min(1.0 - bottom, max(-top, down))
    return replace(
        mark, x1=mark.x1 + across, y1=mark.y1 + down, x2=mark.x2 + across, y2=mark.y2 + down
    )


def stretched(mark: Mark, across: float, down: float) -> Mark:
    """Return a mark whose second point moved; words become larger or smaller."""
    if mark.kind is MarkKind.TEXT:
        return a_text(mark.x1, mark.y1, mark.text, abs(mark.y2 - mark.y1) + down)
    return replace(mark, x2=mark.x2 + across, y2=mark.y2 + down)


def a_text(x: float, y: float, text: str, tall: float = LETTERS) -> Mark:
    """Return words that begin at a point; `tall` is the height of a line."""
    tall = min(0.25, max(0.025, tall))
    second = y + tall if y + tall <= 1 else y - tall
    return Mark(kind=MarkKind.TEXT, x1=x, y1=y, x2=x, y2=second, text=text)


def with_words(mark: Mark, words: str) -> Mark:
    """Return a mark that says something else."""
    return replace(mark, text=words)
