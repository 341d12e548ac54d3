"""Signing in again over the open work: only the password is asked for."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from field_app.domain.errors import FieldAppError, Unreachable
from field_app.domain.people import Person
from field_app.texts import _
from field_app.ui.account.field import Field
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet


class SignInAgainSheet(Sheet):
    """Asks for the password of whoever is here.

    Signals:
        signed_in: Person. The hub let them in.
    """

    signed_in = Signal(object)

    def __init__(self, office: Office, over: QWidget, person: Person) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(office.theme, over, _("Sign in again"))
        self._office = office
        theme = office.theme
        who = ThaiLabel(theme, f"{person.name} · {office.app.hub_url}", colour="text2")
        self.body.addWidget(who)
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        self.password = Field(office, "lock", self)
        self.password.say(_("Password"))
        self.password.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.input.returnPressed.connect(self.try_it)
        self.body.addWidget(self.password)
        keep = _("What is open stays open. If your password was changed, type the new one.")
        self.body.addWidget(ThaiLabel(theme, keep, role="caption", colour="text3"))
        later = LineButton(theme, lambda: _("Not now"), parent=self)
        later.clicked.connect(self.close_it)
        self.add_button(later)
        self.go = PrimaryButton(theme, lambda: _("Sign in"), parent=self)
        self.go.clicked.connect(self.try_it)
        self.add_button(self.go)

    @Slot()
    def try_it(self) -> None:
        """Ask the hub with what is typed."""
        typed = self.password.input.text()
        if not typed:
            self.password.mark_bad(is_bad=True)
            self.password.input.setFocus()
            return
        self._wait(is_waiting=True)
        self._office.background.run(
            self._office.app.sign_in_again, typed, done=self._enter, failed=self._stay
        )

    def _enter(self, person: Person) -> None:
        self.close_it()
        self.signed_in.emit(person)

    def _stay(self, failure: FieldAppError) -> None:
        self._wait(is_waiting=False)
        self.banner.show_failure(failure)
        self.password.mark_bad(is_bad=not isinstance(failure, Unreachable))
        self.password.input.setFocus()
        self.password.input.selectAll()

    def _wait(self, *, is_waiting: bool) -> None:
        self.password.input.setReadOnly(is_waiting)
        self.password.mark_bad(is_bad=False)
        self.go.setEnabled(not is_waiting)
        self.go.set_words(lambda: _("Signing in…") if is_waiting else _("Sign in"))
