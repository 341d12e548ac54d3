"""The bars above the editor's photo: what it is, undo and zoom; tools and words."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from field_app.domain.photo import MARK_TEXT_LIMIT
from field_app.texts import _
from field_app.ui.photos.markup_board import Tool
from field_app.ui.photos.markup_words import tool_words
from field_app.ui.shared.buttons import DangerButton, IconButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segments import Segments
from field_app.ui.theme import Theme

LETTERS: Final = {
    "S": Tool.SELECT,
    "A": Tool.ARROW,
    "B": Tool.BOX,
    "T": Tool.TEXT,
    "H": Tool.BLUR,
}
"""The key of each tool: H hides."""
ICONS: Final = {
    Tool.SELECT: "mouse-pointer-2",
    Tool.ARROW: "arrow-up-right",
    Tool.BOX: "square",
    Tool.TEXT: "type",
    Tool.BLUR: "eye-off",
}


class MarkupHead(QWidget):
    """Title, undo, redo, zoom, close."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        head = QHBoxLayout(self)
        head.setContentsMargins(16, 8, 16, 4)
        head.setSpacing(theme.px(8))
        head.addWidget(ThaiLabel(theme, title, role="h2", wraps=False), 1)
        self.undo = IconButton(theme, "undo-2", lambda: _("Undo (Ctrl+Z)"), parent=self)
        self.redo = IconButton(theme, "redo-2", lambda: _("Do again (Ctrl+Y)"), parent=self)
        self.smaller = IconButton(theme, "zoom-out", lambda: _("Smaller (-)"), parent=self)
        self.percent = ThaiLabel(theme, "100 %", role="label", wraps=False)
        self.percent.setMinimumWidth(theme.px(56))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.larger = IconButton(theme, "zoom-in", lambda: _("Larger (+)"), parent=self)
        self.whole = IconButton(theme, "maximize-2", lambda: _("Whole photo (0)"), parent=self)
        self.cross = IconButton(theme, "x", lambda: _("Close"), kind="quiet", parent=self)
        for widget in (
            self.undo, self.redo, self.smaller, self.percent, self.larger, self.whole, self.cross,
        ):  # fmt: skip
            head.addWidget(widget)


class MarkupTools(QWidget):
    """The tools, what takes a mark away, and the words of the chosen mark."""

    def __init__(self, theme: Theme, tools: tuple[Tool, ...], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 8)
        row.setSpacing(theme.px(12))
        choices = [(tool.value, partial(tool_words, tool), ICONS[tool]) for tool in tools]
        self.segments = Segments(theme, choices, self)
        row.addWidget(self.segments)
        self.bin = DangerButton(theme, lambda: _("Delete mark"), icon="trash-2", parent=self)
        row.addWidget(self.bin)
        self.words = QLineEdit(self)
        self.words.setMaxLength(MARK_TEXT_LIMIT)
        row.addWidget(self.words, 20)
        row.addStretch(1)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.words.setPlaceholderText(_("Words on the photo"))
        self.words.setAccessibleName(_("Words on the photo"))
