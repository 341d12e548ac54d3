"""The rail: where to go, at the left edge of the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from field_app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class RailItem:
    """One place to go."""

    key: str
    icon: str
    words: Callable[[], str]
    """Returns the label in the language in use."""
    keys: str = ""
    """Shortcut as shown in the tooltip."""


class RailButton(QAbstractButton):
    """Icon over words, with a counter when something waits there."""

    def __init__(self, theme: Theme, item: RailItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.item = item
        self._badge = 0
        self._is_red = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()
        theme.changed.connect(self.updateGeometry)

    def show_badge(self, count: int, *, is_red: bool = False) -> None:
        """Show a counter; 0 hides it."""
        self._badge, self._is_red = count, is_red
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        words = self.item.words()
        self.setText(words)
        self.setAccessibleName(f"{words}, {self._badge}" if self._badge else words)
        self.setToolTip(f"{words} ({self.item.keys})" if self.item.keys else words)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of one place on the rail."""
        return QSize(self.theme.px(64), self.theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, words, counter and focus ring."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            fill = theme.colour("railSel")
            fill.setAlphaF(1.0 if self.isChecked() else 0.5)
            painter.setBrush(fill)
            painter.drawRoundedRect(area, theme.radius("control"), theme.radius("control"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("railSelText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 7, 7)
        token = "railSelText" if self.isChecked() else "railText"
        size = theme.px(24)
        painter.drawPixmap(
            (self.width() - size) // 2, theme.px(10), theme.pixmap(self.item.icon, token, 24)
        )
        painter.setFont(theme.font_of(13, 600 if self.isChecked() else 400))
        painter.setPen(theme.colour(token))
        painter.drawText(
            -theme.px(6),
            theme.px(36),
            self.width() + theme.px(12),
            theme.px(20),
            Qt.AlignmentFlag.AlignCenter,
            self.text(),
        )
        if self._badge:
            self._paint_badge(painter)
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        theme = self.theme
        font = theme.font_of(12, 600)
        words = str(self._badge)
        width = max(theme.px(20), QFontMetrics(font).horizontalAdvance(words) + theme.px(10))
        tall = theme.px(20)
        area = QRectF(self.width() - width - theme.px(2), theme.px(6), width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger" if self._is_red else "warn"))
        painter.drawRoundedRect(area, tall / 2, tall / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("onDanger" if self._is_red else "onWarn"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QWidget):
    """The places to go, the most used above, the rest at the lower end.

    Signals:
        chosen: str. Key of the place that a person chose.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        above: Sequence[RailItem],
        below: Sequence[RailItem],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 64, 6, 10)
        column.setSpacing(4)
        for item in (*above, None, *below):
            if item is None:
                column.addStretch(1)
                continue
            button = RailButton(theme, item, self)
            button.clicked.connect(lambda _checked=False, key=item.key: self.chosen.emit(key))
            self.buttons[item.key] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._restyle()
        theme.changed.connect(self._restyle)

    def select(self, key: str) -> None:
        """Show where we are; a key that is not on the rail leaves the mark alone."""
        if key in self.buttons:
            for other, button in self.buttons.items():
                button.setChecked(other == key)

    def show_badge(self, key: str, count: int, *, is_red: bool = False) -> None:
        """Show a counter at a place, if it is on the rail; 0 hides it."""
        if key in self.buttons:
            self.buttons[key].show_badge(count, is_red=is_red)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark rail and the app's mark."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("rail"))
        size = self.theme.px(40)
        painter.drawPixmap(
            (self.width() - size) // 2, 12, self.theme.pixmap("app-icon", "text", 40)
        )
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(self.theme.px(76))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(6, 12 + self.theme.px(52), 6, 10)
