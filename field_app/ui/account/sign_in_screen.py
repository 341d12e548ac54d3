"""The sign-in screen: which hub, who, and what to do when it does not work."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from field_app.domain.errors import FieldAppError, NotTheHub, Unreachable
from field_app.domain.people import Person
from field_app.texts import _, language
from field_app.texts.catalogue import LANGUAGES
from field_app.ui.account.farewell_words import show_farewell
from field_app.ui.account.field import Field
from field_app.ui.account.known_people import KnownPeople
from field_app.ui.account.welcome_panel import WelcomePanel
from field_app.ui.language import choose_language
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import IconButton, LinkButton, PrimaryButton
from field_app.ui.shared.folders import open_folder
from field_app.ui.shared.labels import IconLabel, ThaiLabel

FORM_WIDE = 560
LOW = 620
"""Below this height, in pixels of the design, the form moves closer together."""


class SignInScreen(QWidget):
    """Asks for hub, name and password.

    Signals:
        signed_in: Person. The work can begin.
    """

    signed_in = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.theme = office.theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.welcome = WelcomePanel(office.theme, self)
        self.welcome.language_chosen.connect(self._choose_language)
        row.addWidget(self.welcome)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("surface", "surface")
        middle = QHBoxLayout(inner)
        self._middle = middle
        self._form = self._make_form(inner)
        middle.addStretch(1)
        middle.addWidget(self._form)
        middle.addStretch(1)
        area.setWidget(inner)
        row.addWidget(area, 1)
        self._fit()
        self._say()
        self._begin()
        self._show_farewell()
        office.theme.changed.connect(self._fit)

    def showEvent(self, event: QShowEvent) -> None:
        """Let a person type at once."""
        super().showEvent(event)
        first = next(
            (field for field in (self.hub, self.name, self.password) if not field.input.text()),
            self.password,
        )
        first.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together in a low window."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
            if self._failure is not None:
                self._show_failure(self._failure)
            else:
                self._show_farewell()
        super().changeEvent(event)

    def _make_form(self, parent: QWidget) -> QWidget:
        self._gaps: list[tuple[QSpacerItem, int]] = []
        form = QWidget(parent)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(self._make_hub_line(form))
        self._head = ThaiLabel(self.theme, role="display", wraps=False)
        column.addWidget(self._head)
        self._add_gap(column, 16)
        self.banner = Banner(self.theme, form)
        self._failure: FieldAppError | None = None
        column.addWidget(self.banner)
        self._add_gap(column, 16)
        self._add_fields(column, form)
        self.go = PrimaryButton(self.theme, lambda: _("Sign in"), height=52, parent=form)
        self.go.clicked.connect(self.try_it)
        column.addWidget(self.go)
        self._add_gap(column, 16)
        self._forgot = ThaiLabel(self.theme, colour="text3")
        column.addWidget(self._forgot)
        column.addStretch(1)
        return form

    def _add_fields(self, column: QVBoxLayout, form: QWidget) -> None:
        """Ask for the hub, who it is, and the password."""
        self.hub = Field(self.office, "server", form)
        self.name = Field(self.office, "user-round", form)
        self.password = Field(self.office, "lock", form)
        self.password.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.people = KnownPeople(self.theme, self.office.app.known_people, form)
        self.people.chosen.connect(self._be)
        self.office.background.run(self.office.app.unsent_counts, done=self.people.show_unsent)
        self.name.input.textChanged.connect(self.people.mark)
        for field in (self.hub, self.name, self.password):
            if field is self.name:
                column.addWidget(self.people)
            column.addWidget(field)
            self._add_gap(column, 20)
            field.input.returnPressed.connect(self.try_it)
        self._add_eye()

    def _add_gap(self, column: QVBoxLayout, pixels: int) -> None:
        """Add air that a low window takes back, so that the button stays in sight."""
        gap = QSpacerItem(0, pixels)
        column.addSpacerItem(gap)
        self._gaps.append((gap, pixels))

    def _make_hub_line(self, form: QWidget) -> QHBoxLayout:
        """Name the hub that was used last, with a way to another one."""
        known = QHBoxLayout()
        known.setSpacing(8)
        self._hub_icon = IconLabel(self.theme, "building-2", "text3", 18, form)
        self._hub_words = ThaiLabel(self.theme, colour="text3", wraps=False)
        self._other_hub = LinkButton(self.theme, lambda: _("Change hub"), parent=form)
        self._other_hub.clicked.connect(self._ask_for_hub)
        for widget in (self._hub_icon, self._hub_words, self._other_hub):
            known.addWidget(widget)
        known.addStretch(1)
        return known

    def _add_eye(self) -> None:
        """Put the button that shows the password into its field."""
        self.eye = IconButton(
            self.theme,
            "eye",
            lambda: _("Show the password"),
            colour="brandText",
            kind="quiet",
            parent=self.password.input,
        )
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_password)
        inside = QHBoxLayout(self.password.input)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch(1)
        inside.addWidget(self.eye)

    @Slot()
    def try_it(self) -> None:
        """Sign in with what is typed, or say what is missing."""
        url = self.hub.input.text().strip()
        name = self.name.input.text().strip()
        password = self.password.input.text()
        missing = next(
            (
                field
                for field, typed in (
                    (self.hub, url),
                    (self.name, name),
                    (self.password, password),
                )
                if not typed
            ),
            None,
        )
        if missing is not None:
            missing.mark_bad(is_bad=True)
            missing.input.setFocus(Qt.FocusReason.OtherFocusReason)
            fact = _("Something is missing: {field}").format(field=missing.label.text())
            self.banner.show_message("danger", fact, _("Type it, then sign in again."))
            return
        self._wait(is_waiting=True)
        self.office.background.run(
            self.office.app.sign_in, url, name, password, done=self._enter, failed=self._stay
        )

    def _enter(self, person: Person) -> None:
        self._wait(is_waiting=False)
        self._failure = None
        self.banner.hide()
        self.password.input.clear()
        self.signed_in.emit(person)

    def _stay(self, failure: FieldAppError) -> None:
        self._wait(is_waiting=False)
        self._show_failure(failure)
        is_hub = isinstance(failure, NotTheHub)
        if is_hub:
            self._ask_for_hub()
        wrong = self.hub if is_hub else self.password
        wrong.mark_bad(is_bad=not isinstance(failure, Unreachable) or is_hub)
        wrong.input.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.input.selectAll()

    def _show_failure(self, failure: FieldAppError) -> None:
        self._failure = failure
        self.banner.show_failure(failure)

    def _show_farewell(self) -> None:
        """Say that a computer was blocked, and where its unsent work is."""
        farewell = self.office.app.farewell
        if farewell is not None:
            show_farewell(self.banner, farewell, open_folder)

    def _wait(self, *, is_waiting: bool) -> None:
        for field in (self.hub, self.name, self.password):
            field.input.setReadOnly(is_waiting)
            field.mark_bad(is_bad=False)
        self.go.setEnabled(not is_waiting)
        self.go.set_words(lambda: _("Signing in…") if is_waiting else _("Sign in"))

    def _begin(self) -> None:
        """Fill in what is known from last time."""
        url = self.office.app.hub_url
        self.hub.input.setText(url)
        self.name.input.setText(self.office.app.last_username)
        is_known = bool(url)
        self.hub.setVisible(not is_known)
        for widget in (self._hub_icon, self._hub_words, self._other_hub):
            widget.setVisible(is_known)
        self.welcome.show_step(is_hub_known=is_known)

    @Slot(str)
    def _be(self, username: str) -> None:
        """Take the name of somebody who was here before; only the password is missing."""
        self.name.input.setText(username)
        self.password.input.clear()
        self.password.input.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask_for_hub(self) -> None:
        self.hub.show()
        self.people.hide()
        self.hub.input.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in (self._hub_icon, self._hub_words, self._other_hub):
            widget.hide()

    @Slot(bool)
    def _show_password(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.password.input.setEchoMode(mode)

    @Slot(str)
    def _choose_language(self, key: str) -> None:
        for known in LANGUAGES:
            if known == key:
                choose_language(known, self.office.settings)

    def _say(self) -> None:
        self._head.setText(_("Sign in"))
        self._hub_words.setText(self.office.app.hub_url)
        self.hub.say(_("Hub address"), _("As your IT gave it: https://…"))
        self.name.say(_("User name"))
        self.password.say(_("Password"))
        self._forgot.setText(_("Forgot the password? Ask your supervisor or the hub."))
        self.welcome.select_language(language())

    def _fit(self) -> None:
        is_low = self.height() < self.theme.px(LOW)
        for gap, pixels in self._gaps:
            gap.changeSize(0, round(pixels * 0.3) if is_low else pixels)
        edge = 8 if is_low else 24
        self._middle.setContentsMargins(32, edge, 32, edge)
        self._form.updateGeometry()
        self._form.setMaximumWidth(self.theme.px(FORM_WIDE))
        self._form.setMinimumWidth(min(self.theme.px(FORM_WIDE), 620))
        self.password.input.setTextMargins(self.theme.px(28), 0, self.theme.px(48), 0)
