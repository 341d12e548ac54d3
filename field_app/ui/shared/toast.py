"""Toasts: what was just done, with a way to undo it for a while."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.domain.operation import UNDO_WINDOW_S
from field_app.texts import _
from field_app.ui.shared.announce import announce
from field_app.ui.shared.buttons import ToastButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

Words = Callable[[], str]
"""Returns what a toast says; asked again when the language changes."""
TICK_MS: Final = 1000
BELOW: Final = 24
"""Pixels of the design between toast and lower edge."""


class Toast(QWidget):
    """One message at the lower centre of its parent; hovering stops the clock."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.theme = theme
        self._undo: Callable[[], object] | None = None
        self._seconds = 0
        self._said: Words = str
        row = QHBoxLayout(self)
        self._row = row
        row.setContentsMargins(20, 6, 10, 6)
        row.setSpacing(12)
        self._icon = IconLabel(theme, "circle-check-big", "onInverse", 22, self)
        row.addWidget(self._icon)
        self._words = ThaiLabel(theme, colour="onInverse", wraps=False, weight=500)
        row.addWidget(self._words, 1)
        self._button = ToastButton(theme, self._undo_words, icon="undo-2", parent=self)
        self._button.clicked.connect(self._take_back)
        row.addWidget(self._button)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, words: Words, *, undo: Callable[[], object] | None = None, icon: str = ""
    ) -> None:
        """Show a message for 8 seconds, in place of any other.

        Args:
            words: Returns what was done, in the language in use.
            undo: Takes it back; without it there is no button.
            icon: Icon name; a check when empty.
        """
        self._undo = undo
        self._seconds = round(UNDO_WINDOW_S)
        self._icon.set_icon(icon or "circle-check-big", "onInverse")
        self._said = words
        self._button.setVisible(undo is not None)
        self._retranslate()
        self.show()
        self.raise_()
        self._clock.start()
        announce(self)

    @property
    def words(self) -> str:
        """What the toast says; empty while there is none."""
        return self._words.text() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._retranslate()
        super().changeEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the clock while the pointer is here."""
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let the clock go on."""
        if self.isVisible():
            self._clock.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower centre when the parent changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("inverse"))
        radius = self.theme.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()

    def take_back(self) -> bool:
        """Undo what the toast speaks of; return whether there was something to undo."""
        if self.isHidden() or self._undo is None:
            return False
        self._take_back()
        return True

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self._clock.stop()
        self.hide()
        if undo is not None:
            undo()

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._clock.stop()
            self._undo = None
            self.hide()
        else:
            self._button.retranslate()

    def _undo_words(self) -> str:
        return _("Undo · {seconds} s").format(seconds=self._seconds)

    def _retranslate(self) -> None:
        """Ask for the words again and make room for them."""
        words = self._said()
        self._words.setText(words)
        self.setAccessibleName(words)
        self._button.retranslate()
        self._place()

    def _place(self) -> None:
        parent = self._over
        room = parent.width() - 2 * self.theme.px(BELOW)
        width = min(room, self._row.sizeHint().width())
        tall = self.theme.px(56)
        left = (parent.width() - width) // 2
        self.setGeometry(left, parent.height() - tall - self.theme.px(BELOW), width, tall)
