"""The main window: sign-in or workplace, and what the window remembers of itself."""

from functools import partial
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from field_app.sync.status import SyncStatus
from field_app.texts import _
from field_app.ui.account.sign_in_screen import SignInScreen
from field_app.ui.leave_sheet import LeaveSheet
from field_app.ui.office import Office
from field_app.ui.shared.cover import Cover
from field_app.ui.shortcuts import bind
from field_app.ui.unfinished_work import UnfinishedWork
from field_app.ui.workplace import Workplace

LIST_FIRST_MS: Final = 250
"""Sync and its libraries wait until the list of last time stands on the screen."""
GEOMETRY_KEY: Final = "window/geometry"
SMALLEST: Final = (1280, 640)
FIRST_SIZE: Final = (1366, 768)


class MainWindow(QWidget):
    """Shows who must sign in, or who works."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.setWindowIcon(office.theme.icon("app-icon", "text", 64))
        self.setProperty("surface", "canvas")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        self._pages = QStackedWidget(self)
        column.addWidget(self._pages, 1)
        self.workplace: Workplace | None = None
        self.sign_in: SignInScreen | None = None
        self._was_told = False
        self._unfinished = UnfinishedWork(office.theme, self)
        self._say()
        geometry = office.settings.value(GEOMETRY_KEY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        bind(self, "F11", self._toggle_full_screen)
        qt = QGuiApplication.instance()
        if isinstance(qt, QGuiApplication):
            qt.commitDataRequest.connect(self._hear_session_end)
        office.bus.status_changed.connect(self._follow_status)
        self._enter()

    def add_bar(self, bar: QWidget) -> None:
        """Put a slim bar below everything, as the demo does with its network switch."""
        self._column.addWidget(bar)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keys work on the screen, not on the rail."""
        super().showEvent(event)
        if self.workplace is not None:
            self.workplace.focus_screen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place and want no more answers; first say what would be lost."""
        covers = [cover for cover in self.findChildren(Cover) if cover.isVisible()]
        if not all(cover.may_go() for cover in covers):
            event.ignore()
            return
        if not self._unfinished.may_go(self.close):
            event.ignore()
            return
        status = self.office.app.status()
        if status.unsent_count and not self._was_told and self.isVisible():
            self._was_told = True
            sheet = LeaveSheet(self.office.theme, self, status.waiting_count, status.pack_count)
            sheet.leave_wished.connect(self.leave)
            sheet.look_wished.connect(partial(self._look_first, sheet))
            sheet.open_it(sheet.leave)
            event.ignore()
            return
        self.office.settings.setValue(GEOMETRY_KEY, self.saveGeometry())
        self.office.settings.sync()
        self._drop(self.workplace)
        self.workplace = None
        self.office.background.close()
        super().closeEvent(event)

    def _look_first(self, sheet: LeaveSheet) -> None:
        sheet.close_it()
        if self.workplace is not None:
            self.workplace.go_to("day_end")

    @Slot()
    def leave(self) -> None:
        """Close without a word about unsent work."""
        self._was_told = True
        self.close()

    @Slot()
    def _enter(self) -> None:
        """Show the workplace of whoever is signed in, else the sign-in."""
        if self.office.app.person is None:
            self._ask_who()
            return
        self._drop(self.sign_in)
        self.sign_in = None
        self._drop(self.workplace)
        self.workplace = Workplace(self.office, self)
        self.workplace.sign_out_wished.connect(self._sign_out)
        self.workplace.role_changed.connect(self._enter)
        self._pages.addWidget(self.workplace)
        self._pages.setCurrentWidget(self.workplace)
        QTimer.singleShot(LIST_FIRST_MS, self._start_sync)

    @Slot(object)
    def _follow_status(self, _status: SyncStatus) -> None:
        """Show the sign-in when the hub blocked this computer and all of it was wiped."""
        if self.workplace is not None and self.office.app.person is None:
            self._ask_who()

    @Slot()
    def _start_sync(self) -> None:
        if self.workplace is not None:
            self.office.app.start_sync()

    def _ask_who(self) -> None:
        self._drop(self.workplace)
        self.workplace = None
        self.sign_in = SignInScreen(self.office, self)
        self.sign_in.signed_in.connect(self._enter)
        self._pages.addWidget(self.sign_in)
        self._pages.setCurrentWidget(self.sign_in)

    @Slot()
    def _sign_out(self) -> None:
        if not self._unfinished.may_go(self._sign_out):
            return
        self.office.background.run(
            self.office.app.sign_out, done=self._signed_out, failed=self.office.bus.complain
        )

    def _signed_out(self, _nothing: object) -> None:
        self._ask_who()

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            for child in page.findChildren(QWidget):
                shut_down = getattr(child, "shut_down", None)
                if callable(shut_down):
                    shut_down()
            self._pages.removeWidget(page)
            page.hide()
            page.deleteLater()

    @Slot()
    def _hear_session_end(self) -> None:
        """The computer is shutting down: nobody is kept waiting by a question."""
        self._was_told = True
        self._unfinished.asks = False

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _say(self) -> None:
        self.setWindowTitle(_("Field App"))
