"""A switch with its words beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.switch import Switch
from field_app.ui.theme import Theme


class WordedSwitch(QWidget):
    """Something that is on or off, and what; a click on the words counts too.

    Signals:
        toggled: bool. It is on or off now.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        words: Callable[[], str],
        parent: QWidget,
        *,
        is_on: bool = False,
        colour: str = "text",
    ) -> None:
        """Make the switch.

        Args:
            theme: Gives colours and sizes.
            words: Returns what is switched, in the language in use.
            parent: As in Qt.
            is_on: Whether it is on at the beginning.
            colour: Colour token of the words, or `#RRGGBB`.
        """
        super().__init__(parent)
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self.switch = Switch(theme, words, self)
        self.switch.setChecked(is_on)
        self.switch.toggled.connect(self.toggled)
        self.label = ThaiLabel(theme, words(), role="body", colour=colour, wraps=False)
        row.addWidget(self.switch)
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_on(self) -> bool:
        """Whether it is on."""
        return self.switch.isChecked()

    def set_words(self, words: Callable[[], str]) -> None:
        """Say something else from now on."""
        self._words = words
        self.label.setText(words())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.label.setText(self._words())
        super().changeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch by a click on the words."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.switch.click()
