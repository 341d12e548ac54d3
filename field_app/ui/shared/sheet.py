"""Sheets: a real choice over the dimmed window, as a child widget and never a native dialog."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import Button, IconButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

WIDEST: Final = 800
"""Pixels of the design."""


class Sheet(QWidget):
    """A panel over a scrim that fills the window.

    Put the body into `body`, buttons into `add_button`; the last one added is the primary one.
    Esc, the cross and a click on the scrim mean "not now". It deletes itself when closed.

    Signals:
        closed: It went away, whatever was chosen.
    """

    closed = Signal()

    widest = WIDEST
    """Pixels of the design."""

    def __init__(self, theme: Theme, over: QWidget, title: str, *, width: int = 560) -> None:
        """Make the sheet; call `open_it` to show it.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            title: What happened or what is chosen, in the language in use.
            width: Pixels of the design, at most `widest`.
        """
        super().__init__(over.window())
        self.theme = theme
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        column = self._make_panel(over.window().width(), width)
        head = self._head = QHBoxLayout()
        self.title = ThaiLabel(theme, title, role="h1")
        head.addWidget(self.title, 1)
        self.cross = IconButton(theme, "x", lambda: _("Close"), kind="quiet", parent=self._panel)
        self.cross.clicked.connect(self.close_it)
        head.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(12)
        self._deeds.addStretch(1)
        column.addLayout(self._deeds)
        over.window().installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def _make_panel(self, room: int, width: int) -> QVBoxLayout:
        """Lay the panel into the middle; return the column for its content."""
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        self._panel = QFrame(self)
        self._panel.setProperty("card", "sheet")
        self._panel.setFixedWidth(min(self.theme.px(min(width, self.widest)), room - 48))
        outer.addStretch(1)
        outer.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addStretch(1)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        return column

    def add_button(self, button: Button) -> Button:
        """Add a button below the body and return it."""
        self._deeds.addWidget(button)
        return button

    def open_it(self, focus: QWidget | None = None) -> None:
        """Show the sheet and put the focus into it."""
        self._before = self.window().focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        (focus or self).setFocus(Qt.FocusReason.TabFocusReason)

    def close_it(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        self.closed.emit()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.deleteLater()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keep Tab inside the sheet."""
        moved = super().focusNextPrevChild(next)
        focused = self.window().focusWidget()
        if not self.isAncestorOf(focused):
            self.cross.setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    def event(self, event: QEvent) -> bool:
        """Keep every key: the shortcuts of the screen below are not meant now."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc means not now; other keys go no further than the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the scrim means not now."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window also after it changed its size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("scrim"))
        painter.end()
