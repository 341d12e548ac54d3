"""Covers: something that fills the whole window for a while and keeps every key."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from field_app.ui.theme import Theme


class Cover(QWidget):
    """Fills the window of a widget; deletes itself when closed and gives the focus back.

    Signals:
        closed: It went away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        """Make the cover; call `cover_it` to show it.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
        """
        super().__init__(over.window())
        self.theme = theme
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        over.window().installEventFilter(self)
        self.hide()

    def cover_it(self, focus: QWidget | None = None) -> None:
        """Cover the window and take the focus."""
        self._before = self.window().focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        (focus or self).setFocus()

    def close_it(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def may_go(self) -> bool:
        """Return whether the window may close now; one that would lose something asks instead."""
        return True

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keep Tab inside."""
        moved = super().focusNextPrevChild(next)
        if not self.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    def event(self, event: QEvent) -> bool:
        """Keep every key: the shortcuts of the screen below are not meant now."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window also after it changed its size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False
