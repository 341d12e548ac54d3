"""Banners: what happened, where it happened, and at most two ways on."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.ui.shared.announce import announce
from field_app.ui.shared.buttons import Button, LineButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

Tone = Literal["warn", "danger", "info", "ok"]
LOOKS: Final = {
    "warn": ("status-attention", "warnTint", "warnBorder", "warnText"),
    "danger": ("status-attention", "dangerTint", "danger", "dangerText"),
    "info": ("info", "infoTint", "info", "infoText"),
    "ok": ("circle-check-big", "okTint", "ok", "okText"),
}
"""Icon, fill, line and text of each tone: amber = you may go on; red = act; blue = news."""


class Banner(QWidget):
    """One bold fact, one sentence, up to two buttons; hidden until something is shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._tone: Tone = "info"
        self._buttons: list[Button] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 10, 10, 10)
        self._row.setSpacing(12)
        self._icon = IconLabel(theme, "info", "infoText", 20, self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._fact = ThaiLabel(theme, role="label", weight=600)
        self._sentence = ThaiLabel(theme, role="caption")
        words.addStretch(1)
        words.addWidget(self._fact)
        words.addWidget(self._sentence)
        words.addStretch(1)
        self._row.addLayout(words, 1)
        self.hide()

    def show_message(
        self,
        tone: Tone,
        fact: str,
        sentence: str = "",
        buttons: tuple[tuple[Callable[[], str], Callable[[], object]], ...] = (),
    ) -> None:
        """Show a message.

        Args:
            tone: warn, danger, info or ok.
            fact: What happened, in the language in use.
            sentence: What is safe and what to do; may be empty.
            buttons: Words (called again when the language changes) and deed of each.
        """
        self._tone = tone
        icon, _fill, _line, text = LOOKS[tone]
        self._icon.set_icon(icon, text)
        for label, words in ((self._fact, fact), (self._sentence, sentence)):
            label.set_colour(text)
            label.setText(words)
            label.setVisible(bool(words))
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for button_words, deed in buttons:
            button = LineButton(self.theme, button_words, parent=self)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)
        self.setAccessibleName(f"{fact} {sentence}".strip())
        self.setVisible(True)
        announce(self)
        self.updateGeometry()
        self.update()

    def show_failure(
        self,
        failure: FieldAppError,
        buttons: tuple[tuple[Callable[[], str], Callable[[], object]], ...] = (),
    ) -> None:
        """Show a known failure with its hint in the language in use."""
        self.show_message("danger", _(failure.title), _(failure.hint), buttons)

    @property
    def words(self) -> str:
        """What the banner says; empty while it is hidden."""
        return "" if self.isHidden() else self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint fill and line."""
        _icon, fill, line, _text = LOOKS[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour(line), 1))
        painter.setBrush(self.theme.colour(fill))
        radius = self.theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class BannerRoom(QWidget):
    """Eight pixels of air around a banner, which are gone while the banner is hidden."""

    def __init__(self, banner: Banner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(banner)
        banner.installEventFilter(self)
        self.setVisible(not banner.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the banner."""
        if event.type() is QEvent.Type.ShowToParent:
            self.show()
        elif event.type() is QEvent.Type.HideToParent:
            self.hide()
        return False
