"""The green panel of the sign-in screen: what the app is, the steps, the language."""

from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import Language, _
from field_app.texts.catalogue import LANGUAGES
from field_app.ui.language import LANGUAGE_WORDS
from field_app.ui.shared.buttons import RailSideButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

WIDE = 430


class _Step(QWidget):
    """A numbered step: done, now, or later."""

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._number = number
        self._state = "later"
        self.words = ""
        theme.changed.connect(self._fit)
        self._fit()

    def show_step(self, state: str, words: str) -> None:
        """Show a step as `done`, `now` or `later`, in the language in use."""
        self._state, self.words = state, words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle and the words."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(40)
        disc = QRectF(1, 1, size - 2, size - 2)
        fill = {"done": "#36BDA3", "now": "#FFFFFF", "later": ""}[self._state]
        painter.setPen(QPen(theme.colour("railText"), 2) if not fill else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if fill:
            painter.setBrush(theme.colour("railSelText") if self._state == "now" else "#36BDA3")
        painter.drawEllipse(disc)
        if self._state == "done":
            icon = theme.px(20)
            at = (size - icon) // 2
            painter.drawPixmap(at, at, theme.pixmap("check", "rail", 20))
        else:
            painter.setFont(theme.font_of(16, 600))
            painter.setPen(theme.colour("rail" if fill else "railText"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(theme.font_of(17, 600 if self._state == "now" else 400))
        painter.setPen(theme.colour("railSelText" if self._state == "now" else "railText"))
        area = QRectF(size + theme.px(16), 0, self.width() - size - theme.px(16), size)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.words)
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self.theme.px(40))


class WelcomePanel(QWidget):
    """Name, promise, steps and languages on the dark green of the rail.

    Signals:
        language_chosen: str. A language's key.
    """

    language_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._is_hub_known = False
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 40, 36)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(IconLabel(theme, "app-icon", "text", 64, self))
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name = ThaiLabel(theme, role="display", colour="railSelText", wraps=False)
        self._other_name = ThaiLabel(theme, colour="railText", wraps=False)
        names.addWidget(self._name)
        names.addWidget(self._other_name)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addSpacing(32)
        self._promise = ThaiLabel(theme, role="h2", colour="#DCE9E4", weight=400)
        column.addWidget(self._promise)
        column.addSpacing(40)
        self._steps = [_Step(theme, number, self) for number in (1, 2)]
        for step in self._steps:
            column.addWidget(step)
            column.addSpacing(24)
        column.addStretch(1)
        column.addLayout(self._make_languages())
        self._fit()
        self._say()
        theme.changed.connect(self._fit)

    def show_step(self, *, is_hub_known: bool) -> None:
        """Show how far the way in is."""
        self._is_hub_known = is_hub_known
        self._say()

    def select_language(self, language: Language) -> None:
        """Mark the language in use."""
        self.buttons[language].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the green."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("rail"))
        painter.end()

    def _make_languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        group = QButtonGroup(self)
        self.buttons: dict[str, RailSideButton] = {}
        for key in LANGUAGES:
            button = RailSideButton(self.theme, partial(str, LANGUAGE_WORDS[key]), parent=self)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self.language_chosen.emit(key))
            group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _say(self) -> None:
        self._name.setText("ภาคสนาม")
        self._other_name.setText("Field App")
        self._promise.setText(
            _("Get jobs, take photos, finish work anywhere.\nWith a network or without.")
        )
        first = "done" if self._is_hub_known else "now"
        second = "now" if self._is_hub_known else "later"
        self._steps[0].show_step(first, _("Connect to the hub"))
        self._steps[1].show_step(second, _("Sign in"))

    def _fit(self) -> None:
        larger = 1 + (self.theme.percent - 100) / 200
        self.setFixedWidth(round(WIDE * larger))
