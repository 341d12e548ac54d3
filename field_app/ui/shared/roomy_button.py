"""A button that leaves its words to the tooltip where there is no room for them."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from field_app.ui.shared.buttons import LineButton
from field_app.ui.theme import Theme


class RoomyButton(LineButton):
    """A deed with an icon; its words stand beside it where they fit."""

    def __init__(
        self, theme: Theme, words: Callable[[], str], *, icon: str, parent: QWidget | None = None
    ) -> None:
        self._has_room = True
        self._whole = QSize()
        super().__init__(theme, words, icon=icon, parent=parent)

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        super().retranslate()
        self.setToolTip(self._words())
        self._measure()

    def sizeHint(self) -> QSize:
        """Return the size with the words."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """Return the size of the icon alone."""
        return QSize(self.theme.px(44), self._whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out where they do not fit."""
        super().resizeEvent(event)
        self._fit()

    def _gap(self) -> int:
        return super()._gap() if self._has_room else 0

    def _restyle(self) -> None:
        super()._restyle()
        self._measure()

    def _measure(self) -> None:
        """Find out what the words need."""
        self._show(has_room=True)
        self._whole = super().sizeHint()
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        self._show(has_room=self.width() >= self._whole.width())

    def _show(self, *, has_room: bool) -> None:
        self.setText(self._words().replace("&", "&&") if has_room else "")
        if has_room is not self._has_room:
            self._has_room = has_room
            super()._restyle()
