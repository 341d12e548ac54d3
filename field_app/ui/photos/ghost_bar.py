"""What a person sets the ghost with: on or off, stronger or weaker."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from field_app.texts import _
from field_app.ui.photos.ghost import STEP, STRENGTHS, USUAL, clamped
from field_app.ui.shared.buttons import IconButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.worded_switch import WordedSwitch
from field_app.ui.theme import Theme


class StrengthRow(QWidget):
    """A slider between a minus and a plus, and how much it is.

    Signals:
        changed: int. So many per cent are wished.
    """

    changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget, *, colour: str = "text") -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.less = IconButton(theme, "minus", lambda: _("Fainter (key -)"), parent=self)
        self.more = IconButton(theme, "plus", lambda: _("Stronger (key +)"), parent=self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(STRENGTHS.start, STRENGTHS.stop - 1)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(STEP)
        self.slider.setMinimumWidth(theme.px(80))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._amount = ThaiLabel(theme, role="label", colour=colour, wraps=False)
        for part in (self.less, self.slider, self.more, self._amount):
            row.addWidget(part, 1 if part is self.slider else 0)
        self.less.clicked.connect(self.make_less)
        self.more.clicked.connect(self.make_more)
        self.slider.valueChanged.connect(self._tell)
        self.set_percent(USUAL)

    @property
    def percent(self) -> int:
        """How strong the ghost is wished."""
        return self.slider.value()

    def set_percent(self, percent: int) -> None:
        """Stand at so many per cent."""
        self.slider.setValue(clamped(percent))
        self._show()

    @Slot()
    def make_less(self) -> None:
        """Wish it fainter."""
        self.set_percent(self.percent - STEP)

    @Slot()
    def make_more(self) -> None:
        """Wish it stronger."""
        self.set_percent(self.percent + STEP)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    @Slot(int)
    def _tell(self, percent: int) -> None:
        self._show()
        self.changed.emit(percent)

    def _show(self) -> None:
        self._amount.setText(f"{self.percent} %")
        self.slider.setAccessibleName(_("How strong the earlier photo is"))


class GhostBar(QWidget):
    """A switch for the ghost and its strength, side by side.

    Signals:
        toggled: bool. The ghost is on or off now.
        changed: int. So many per cent are wished.
    """

    toggled = Signal(bool)
    changed = Signal(int)

    def __init__(
        self, theme: Theme, words: Callable[[], str], parent: QWidget, *, colour: str = "text"
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.shown = WordedSwitch(theme, words, self, colour=colour)
        self.shown.setToolTip(_("Key G"))
        self.strength = StrengthRow(theme, self, colour=colour)
        self.strength.setMaximumWidth(theme.px(360))
        row.addWidget(self.shown)
        row.addWidget(self.strength, 1)
        row.addStretch(1)
        self.shown.toggled.connect(self._switch)
        self.strength.changed.connect(self.changed)
        self.strength.setVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def switch(self) -> None:
        """Turn the ghost on, or off, where there is one."""
        if not self.isHidden():
            self.shown.switch.toggle()

    def _switch(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.strength.setVisible(is_on)
        self.toggled.emit(is_on)
