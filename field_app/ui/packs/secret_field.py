"""A field for a passphrase, with an eye that shows what is typed."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from field_app.texts import _
from field_app.ui.account.field import Field
from field_app.ui.office import Office
from field_app.ui.shared.buttons import IconButton


class SecretField(Field):
    """A passphrase."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "key-round", parent)
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = IconButton(
            self.theme,
            "eye",
            lambda: _("Show the passphrase"),
            colour="brandText",
            kind="quiet",
            parent=self.input,
        )
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self.show_it)
        inside = QHBoxLayout(self.input)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch(1)
        inside.addWidget(self.eye)
        self.input.setTextMargins(self.theme.px(28), 0, self.theme.px(48), 0)

    @Slot(bool)
    def show_it(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show or hide what is typed."""
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.input.setEchoMode(mode)
