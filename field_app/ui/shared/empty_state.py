"""Empty places: what happened, is my work safe, one next step."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.ui.shared.buttons import Button, LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

Deed = tuple[Callable[[], str], str, Callable[[], object]]
"""Words in the language in use, icon name, what a click does."""


class _Tile(QWidget):
    """An icon on a tinted square."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon, self.tint, self.colour = "inbox", "surface3", "text2"

    def restyle(self) -> None:
        """Take the size that fits the text size."""
        self.setFixedSize(self.theme.px(96), self.theme.px(96))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(self.tint))
        radius = self.theme.px(14)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        size = self.theme.px(48)
        left = (self.width() - size) // 2
        painter.drawPixmap(left, left, self.theme.pixmap(self.icon, self.colour, 48))
        painter.end()


class EmptyState(QWidget):
    """A tile, a title, a sentence and up to two buttons in the middle of an empty place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._buttons: list[Button] = []
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(8)
        column.addStretch(1)
        self._tile = _Tile(theme, self)
        column.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self._title = ThaiLabel(theme, role="h1")
        self._sentence = ThaiLabel(theme, colour="text2")
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        self._deeds = QVBoxLayout()
        self._deeds.setSpacing(8)
        column.addLayout(self._deeds)
        column.addStretch(1)
        theme.changed.connect(self._tile.restyle)
        self._tile.restyle()

    def show_state(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        *,
        tone: str = "ok",
        deeds: tuple[Deed, ...] = (),
    ) -> None:
        """Show what happened.

        Args:
            icon: Icon name.
            title: What happened, in the language in use.
            sentence: Is my work safe, and what next.
            tone: ok, warn, danger or brand.
            deeds: Buttons; the first is the primary one.
        """
        tints = {"brand": ("brandTint", "brandText")}
        self._tile.icon = icon
        self._tile.tint, self._tile.colour = tints.get(tone, (f"{tone}Tint", f"{tone}Text"))
        self._tile.restyle()
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title} {sentence}".strip())
        for old in self._buttons:
            self._deeds.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for place, (words, glyph, deed) in enumerate(deeds):
            kind = LineButton if place else PrimaryButton
            button = kind(self.theme, words, icon=glyph, parent=self)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            button.setMinimumWidth(self.theme.px(240))
            self._deeds.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons.append(button)

    def retitle(self, title: str, sentence: str) -> None:
        """Say other words of the same state, as while something goes on; buttons stay."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title} {sentence}".strip())

    @property
    def words(self) -> str:
        """Title and sentence as shown."""
        return self.accessibleName()
