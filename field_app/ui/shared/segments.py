"""Segments: one choice out of a few, all in sight in one frame."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from field_app.ui.shared.buttons import Button
from field_app.ui.theme import Theme


class _Segment(Button):
    """One of several choices in one frame."""

    def _icon_colour(self) -> str:
        return "brandText" if self.isChecked() else "text2"

    def nextCheckState(self) -> None:
        """Colour the icon with the words."""
        super().nextCheckState()
        self._restyle()

    def recolour(self) -> None:
        """Draw the icon in the colour of the state."""
        self._restyle()


class Segments(QWidget):
    """One choice out of two to four, all in sight.

    Signals:
        chosen: str. The key of the choice that a person made.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, Callable[[], str], str]],
        parent: QWidget | None = None,
    ) -> None:
        """Make the row.

        Args:
            theme: Gives icons and sizes.
            choices: Key, words in the language in use, icon name (may be empty) of each.
            parent: As in Qt.
        """
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        last = len(choices) - 1
        for place, (key, words, icon) in enumerate(choices):
            button = _Segment(theme, words, icon=icon, parent=self)
            button.setCheckable(True)
            where = "first" if place == 0 else "last" if place == last else "middle"
            button.setProperty("segment", where)
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button, 1)

    def select(self, key: str) -> None:
        """Show this choice as made, without telling."""
        self._buttons[key].setChecked(True)
        for button in self._buttons.values():
            button.recolour()

    @property
    def selected(self) -> str:
        """The key of the choice; empty before there is one."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def _choose(self, key: str) -> None:
        self.select(key)
        self.chosen.emit(key)
