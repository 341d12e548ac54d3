"""The mark-up editor: a photo as large as the window, with tools, undo and zoom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.domain.photo import MARKS_LIMIT, MarkKind
from field_app.texts import _, ngettext
from field_app.ui.background import Background
from field_app.ui.photos.leave_marks_sheet import LeaveMarksSheet
from field_app.ui.photos.markup_bars import LETTERS, MarkupHead, MarkupTools
from field_app.ui.photos.markup_board import Board, Marks, Tool, with_words
from field_app.ui.photos.markup_canvas import MarkupCanvas
from field_app.ui.photos.picture_sight import ZOOM
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.cover import Cover
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.photo_view import load_picture
from field_app.ui.shortcuts import letter_of
from field_app.ui.theme import Theme

ALL_OF_IT: Final = QSize(8000, 8000)
"""Larger than any copy for looking at: it is loaded as it is."""


class MarkupEditor(Cover):
    """Draws on one photo; says what was drawn, and never changes the photo's file.

    Signals:
        save_wished: tuple of Mark. These are the photo's marks from now on.
    """

    save_wished = Signal(object)

    tools: tuple[Tool, ...] = tuple(Tool)

    def __init__(
        self, theme: Theme, background: Background, title: str, marks: Marks, over: QWidget
    ) -> None:
        """Make the editor; call `open_it` to show it.

        Args:
            theme: Gives colours and sizes.
            background: Loads the picture.
            title: Which photo it is, in the language in use.
            marks: What is on the photo already.
            over: Any widget of the window to cover.
        """
        super().__init__(theme, over)
        self._background = background
        self.board = Board(marks, self)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = MarkupHead(theme, title, self)
        self.bar = MarkupTools(theme, self.tools, self)
        self.words = self.bar.words
        column.addWidget(self.head)
        column.addWidget(self.bar)
        self.banner = Banner(theme, self)
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 8)
        told.addWidget(self.banner)
        column.addLayout(told)
        self.canvas = MarkupCanvas(theme, self.board, self)
        column.addWidget(self.canvas, 1)
        column.addLayout(self._make_foot())
        self._connect()
        self.choose_tool(self.tools[1])
        self._show()

    def open_it(self, path: Path) -> None:
        """Show the editor on a picture file."""
        self._background.run(
            load_picture, path, ALL_OF_IT, done=self.canvas.show_picture, failed=self.show_failure
        )
        self.cover_it(self.canvas)

    def choose_tool(self, tool: Tool) -> None:
        """Draw with another tool from now on."""
        self.canvas.tool = tool
        self.bar.segments.select(tool.value)
        shape = Qt.CursorShape.ArrowCursor if tool is Tool.SELECT else Qt.CursorShape.CrossCursor
        self.canvas.viewport().setCursor(shape)

    def marks(self) -> Marks:
        """Return what is drawn, without words that say nothing."""
        return tuple(m for m in self.board.marks if m.kind is not MarkKind.TEXT or m.text)

    def save(self) -> None:
        """Tell what was drawn; with nothing changed there is nothing to tell."""
        self._take_words()
        if not self.canvas.has_picture:
            return
        if not self.is_changed:
            self.close_it()
            return
        self.primary.setEnabled(False)
        self.save_wished.emit(self.marks())

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something."""
        return self.board.is_changed

    def leave(self) -> None:
        """Go away; ask first when something would be lost."""
        self._take_words()
        if not self.is_changed:
            self.close_it()
            return
        sheet = LeaveMarksSheet(self.theme, self)
        sheet.save_wished.connect(self.save)
        sheet.drop_wished.connect(self.close_it)
        sheet.open_it(sheet.stay)

    def may_go(self) -> bool:
        """Ask before the window takes unsaved marks along."""
        self._take_words()
        if self.is_changed:
            self.leave()
        return not self.is_changed

    @Slot(object)
    def show_failure(self, failure: FieldAppError) -> None:
        """Say what went wrong; everything drawn is still there."""
        self.primary.setEnabled(True)
        self.banner.show_failure(failure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose tools; the rest as everywhere."""
        event.accept()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        letter = letter_of(event)
        deed = self._deed_with_control(letter, event.key(), shift=shift) if control else None
        if not control:
            tool = LETTERS.get(letter)
            if tool in self.tools and tool is not None:
                deed = partial(self._take_tool, tool)
            else:
                deed = self._plain_deeds().get(event.key())
        if deed is not None:
            deed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language in what changes while drawing."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _make_foot(self) -> QHBoxLayout:
        theme = self.theme
        foot = self.foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(theme.px(12))
        self.hint = ThaiLabel(theme, role="caption", colour="text2")
        foot.addWidget(self.hint, 1)
        self.away = LineButton(theme, lambda: _("Leave"), parent=self)
        foot.addWidget(self.away)
        self.primary = PrimaryButton(
            theme, self._primary_words, icon="check", height=52, parent=self
        )
        foot.addWidget(self.primary)
        return foot

    def _connect(self) -> None:
        board, canvas, head = self.board, self.canvas, self.head
        for button, deed, told in (
            (head.undo, board.stack.undo, board.stack.canUndoChanged),
            (head.redo, board.stack.redo, board.stack.canRedoChanged),
        ):
            button.setEnabled(False)
            button.clicked.connect(deed)
            told.connect(button.setEnabled)
        head.smaller.clicked.connect(partial(canvas.zoom, 1 / ZOOM))
        head.larger.clicked.connect(partial(canvas.zoom, ZOOM))
        head.whole.clicked.connect(canvas.fit)
        head.cross.clicked.connect(self.leave)
        self.away.clicked.connect(self.leave)
        self.primary.clicked.connect(self.save)
        self.bar.bin.clicked.connect(self._remove)
        self.bar.segments.chosen.connect(self._choose_tool)
        self.words.editingFinished.connect(self._take_words)
        self.words.returnPressed.connect(self._end_words)
        canvas.words_wished.connect(self._begin_words)
        canvas.zoomed.connect(self._show_zoom)
        board.changed.connect(self._show)
        board.full.connect(self._say_full)

    def _primary_words(self) -> str:
        return _("Save marks")

    def _hint_words(self) -> str:
        return _(
            "Drag to draw. Tab chooses a mark, arrow keys move it, Shift with arrow keys makes it"
            " larger or smaller. Enter puts a mark into the middle."
        )

    def _deed_with_control(
        self, letter: str, key: int, *, shift: bool
    ) -> Callable[[], object] | None:
        """Return what a key means together with Ctrl."""
        stack = self.board.stack
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or letter == "S":
            return self.save
        if letter == "Z":
            return stack.redo if shift else stack.undo
        return stack.redo if letter == "Y" else None

    def _plain_deeds(self) -> dict[int, Callable[[], object]]:
        """Return what other keys mean."""
        larger, smaller = partial(self.canvas.zoom, ZOOM), partial(self.canvas.zoom, 1 / ZOOM)
        return {
            Qt.Key.Key_Plus: larger,
            Qt.Key.Key_Equal: larger,
            Qt.Key.Key_Minus: smaller,
            Qt.Key.Key_0: self.canvas.fit,
            Qt.Key.Key_Escape: self._step_out,
        }

    def _step_out(self) -> None:
        """Esc goes one step back: from the words to the photo, from the mark, from the editor."""
        if self.words.hasFocus():
            self._end_words()
        elif self.board.chosen is not None:
            self.board.choose(None)
        else:
            self.leave()

    def _take_tool(self, tool: Tool) -> None:
        self.choose_tool(tool)
        self.board.choose(None)
        self.canvas.setFocus()

    def _remove(self) -> None:
        self.board.remove()
        self.canvas.setFocus()

    @Slot(str)
    def _choose_tool(self, key: str) -> None:
        self._take_tool(Tool(key))

    @Slot()
    def _begin_words(self) -> None:
        self.words.setFocus()
        self.words.selectAll()

    @Slot()
    def _take_words(self) -> None:
        """Write the words on the chosen mark; without words it goes."""
        mark = self.board.chosen_mark
        if mark is None or mark.kind is not MarkKind.TEXT:
            return
        words = self.words.text().strip()
        if not words:
            self.board.remove()
        elif words != mark.text:
            self.board.put(with_words(mark, words))

    def _end_words(self) -> None:
        self._take_words()
        self.canvas.setFocus()

    @Slot()
    def _show_zoom(self) -> None:
        self.head.percent.setText(f"{self.canvas.percent} %")

    @Slot()
    def _show(self) -> None:
        board = self.board
        mark = board.chosen_mark
        is_text = mark is not None and mark.kind is MarkKind.TEXT
        self.words.setVisible(is_text)
        if mark is not None and is_text and not self.words.hasFocus():
            self.words.setText(mark.text)
        self.bar.bin.setEnabled(mark is not None)
        self.hint.setText(self._hint_words())

    @Slot()
    def _say_full(self) -> None:
        words = ngettext("A photo may have {count} mark.", "A photo may have {count} marks.", 100)
        sentence = _("Delete one first.")
        self.banner.show_message("warn", words.format(count=MARKS_LIMIT), sentence)
