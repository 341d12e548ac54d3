"""What a crew can choose for a dear or missing network: photos later, or the queue by USB stick."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.switch import Switch
from field_app.ui.theme import Theme


class SavingCard(QFrame):
    """The switch for full photos and the way by USB stick.

    Signals:
        photos_later_wished: bool. Whether a person wants full photos to wait for the depot.
        rescue_wished: A person wants the queue on a USB stick.
    """

    photos_later_wished = Signal(bool)
    rescue_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._is_metered = False
        self._copies_first = False
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        self._later = ThaiLabel(theme, role="label", weight=600, wraps=True)
        self._hint = ThaiLabel(theme, role="caption", colour="text3", wraps=True)
        first.addLayout(self._words(self._later, self._hint), 1)
        self.switch = Switch(theme, lambda: _("Full photos at the depot"), self)
        self.switch.clicked.connect(lambda: self.photos_later_wished.emit(self.switch.isChecked()))
        first.addWidget(self.switch)
        column.addLayout(first)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        second = QHBoxLayout()
        second.setSpacing(12)
        self._no_net = ThaiLabel(theme, role="label", weight=600, wraps=True)
        self._usb_hint = ThaiLabel(theme, role="caption", colour="text3", wraps=True)
        second.addLayout(self._words(self._no_net, self._usb_hint), 1)
        self.usb = LineButton(theme, lambda: _("Save to USB"), icon="usb", parent=self)
        self.usb.clicked.connect(self.rescue_wished)
        second.addWidget(self.usb)
        column.addLayout(second)
        self.retranslate()

    def show_photos_rest(self, *, photos_rest: bool, copies_first: bool = False) -> None:
        """Show whether full photos wait for the depot, and whether the agency wants it so."""
        self.switch.setChecked(photos_rest)
        self._copies_first = copies_first
        self.retranslate()

    def show_metered(self, *, is_metered: bool) -> None:
        """Say whether the system calls this network metered."""
        self._is_metered = is_metered
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._later.setText(_("Full photos at the depot"))
        if self._copies_first and self.switch.isChecked():
            self._hint.setText(_("Smaller pictures go now. At the depot, turn this off"))
        elif self._copies_first:
            self._hint.setText(_("Originals go now, and rest again when all have gone"))
        elif self._is_metered:
            self._hint.setText(_("This network is metered, says the system"))
        else:
            self._hint.setText(_("Words, status and previews go now"))
        is_warning = self._is_metered and not self._copies_first
        self._hint.set_colour("warnText" if is_warning else "text3")
        self._no_net.setText(_("No network all day?"))
        self._usb_hint.setText(_("Carry the queue to the hub by USB"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _words(self, *labels: ThaiLabel) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        for label in labels:
            column.addWidget(label)
        column.addStretch(1)
        return column
