"""Prepare my day: one button before leaving, and the day's sheet."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.ids import TicketId
from field_app.domain.readiness import DaySheet, Lack
from field_app.queries.readiness import sheet_of_today
from field_app.texts import _
from field_app.ui.account.sign_in_again_sheet import SignInAgainSheet
from field_app.ui.office import Office
from field_app.ui.prepare.run import DayRun, Stage
from field_app.ui.prepare.view import PrepareView
from field_app.ui.prepare.words import fetching_words, opening_words
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind


class PrepareScreen(Screen):
    """Says whether the laptop is ready for a day without network."""

    has_back = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet: DaySheet | None = None
        self.run = DayRun(office, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        view = self.view = PrepareView(self.theme, self)
        column.addWidget(view)
        view.begin_wished.connect(self.run.begin)
        view.stop_wished.connect(self.run.stop)
        view.fix_wished.connect(self._fix)
        self.run.finished.connect(self._keep)
        self.run.told.connect(self._show)
        bind(self, "Ctrl+Return", self.run.begin)
        bind(self, "Ctrl+Enter", self.run.begin)
        self._show()

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Prepare my day")

    def subtitle(self) -> str:
        """Return what this is."""
        return _("Everything here before you leave, tried without network")

    def visit(self, ticket_id: TicketId | None) -> None:
        """Show today's sheet again."""
        self.setFocus()
        self.office.see(sheet_of_today, then=self._take)

    def shut_down(self) -> None:
        """Stop with the screen, as at a sign-out: the next person needs the network."""
        self.run.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _take(self, sheet: DaySheet | None) -> None:
        self._sheet = sheet
        self._show()

    @Slot(object)
    def _keep(self, sheet: DaySheet) -> None:
        self._sheet = sheet

    @Slot()
    def _show(self) -> None:
        run = self.run
        match run.stage:
            case Stage.FETCHING:
                title, words = _("Fetching the day"), fetching_words(run.plan)
                self.view.show_running(title, words, run.share)
            case Stage.OPENING:
                title, words = _("Offline: opening everything"), opening_words(*run.opened)
                self.view.show_running(title, words, run.share)
            case Stage.RESTING if self._sheet is None:
                self.view.show_rest()
            case Stage.RESTING:
                self.view.show_sheet(self._sheet)

    @Slot(str)
    def _fix(self, lack: str) -> None:
        """Do what the button beside a lack says."""
        match Lack(lack):
            case Lack.SIGN_IN:
                self._sign_in_again()
            case Lack.RESTING:
                self.visit_wished.emit("outbox", "")
            case Lack.PHOTOS:
                self.run.begin_without_damaged()
            case _:
                self.run.begin()

    def _sign_in_again(self) -> None:
        person = self.office.app.person
        if person is not None:
            sheet = SignInAgainSheet(self.office, self, person)
            sheet.signed_in.connect(lambda _person: self.run.begin())
            sheet.open_it(sheet.password.input)
