"""The workplace of whoever is signed in: rail, top bar and the stack of screens."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError, StoreDamaged
from field_app.domain.ids import TicketId
from field_app.domain.people import Person
from field_app.sync.status import SyncStatus
from field_app.texts import _, ngettext
from field_app.ui.account.sign_in_again_sheet import SignInAgainSheet
from field_app.ui.account.sign_in_notice import SignInNotice
from field_app.ui.clock_notice import ClockNotice
from field_app.ui.office import Office
from field_app.ui.prepare.map_notice import MapNotice
from field_app.ui.screens import FACTORIES, SETTINGS, rail_items
from field_app.ui.settings.sheet import SettingsSheet
from field_app.ui.shared.banner import Banner, BannerRoom
from field_app.ui.shared.rail import Rail
from field_app.ui.shared.roomy_button import RoomyButton
from field_app.ui.shared.screen import Screen
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.toast import Toast, Words
from field_app.ui.shared.top_bar import TopBar
from field_app.ui.shortcut_sheet import ShortcutSheet
from field_app.ui.shortcuts import bind
from field_app.ui.tray.door import TRAY, TrayDoor

PREPARE = "prepare"
"""Key of the screen."""


class Workplace(QWidget):
    """Leads from screen to screen and shows what no screen shows by itself.

    Signals:
        sign_out_wished: Let somebody else sign in.
        role_changed: The hub knows whoever is here in another role now.
    """

    sign_out_wished = Signal()
    role_changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        person = office.app.person
        self._is_supervisor = person is not None and person.is_supervisor
        above, below = rail_items(is_supervisor=self._is_supervisor)
        self._keys = [item.key for item in (*above, *below)]
        self._screens: dict[str, Screen] = {}
        self._trail: list[str] = []
        self._rescued = ""
        self._tell_again: Callable[[], None] | None = None
        self.rail = Rail(office.theme, above, below, self)
        self.top = TopBar(office.theme, self)
        self.banner = Banner(office.theme, self)
        self.clock_notice = ClockNotice(office, self)
        self.sign_in_notice = SignInNotice(office.theme, self)
        self.tray = TrayDoor(office, self.screen_of, self.go_to, self)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("screen")
        self._lay_out()
        self.toast = Toast(office.theme, self)
        self.rail.chosen.connect(self.go_to)
        self.top.back_wished.connect(self.go_back)
        self.top.pill.clicked.connect(self._go_to_outbox)
        self.top.search.textChanged.connect(self._search)
        self.top.search.left.connect(self.focus_screen)
        self._bind_keys()
        self._listen()
        self._show_status(office.app.status())
        self.go_to(self._keys[0])
        self._say_rescue()

    @property
    def screen_key(self) -> str:
        """The key of the screen in sight."""
        return self._trail[-1]

    def screen_of(self, key: str) -> Screen:
        """Return a screen, made at the first visit."""
        if key not in self._screens:
            screen = FACTORIES[key](self.office)
            screen.visit_wished.connect(self._visit)
            screen.back_wished.connect(self.go_back)
            screen.head_changed.connect(self._show_head)
            screen.news_wished.connect(self._say)
            screen.refusal_wished.connect(self._refuse)
            screen.search_cleared.connect(self.top.search.clear)
            self.stack.addWidget(screen)
            self._screens[key] = screen
        return self._screens[key]

    @Slot(str)
    def go_to(self, key: str, ticket_id: TicketId | None = None) -> None:
        """Show a screen, at a job if one is given; `settings` opens the sheet instead."""
        if key == SETTINGS:
            self._open_settings()
            return
        screen = self.screen_of(key)
        if key in self._keys:
            self._trail = [key]
        elif not self._trail or self._trail[-1] != key:
            self._trail.append(key)
        self.rail.select(self._trail[0])
        self.stack.setCurrentWidget(screen)
        screen.visit(ticket_id)
        self._show_head()

    @Slot()
    def go_back(self) -> None:
        """Return to the screen before this one."""
        if len(self._trail) > 1:
            self._trail.pop()
            key = self._trail[-1]
            self.stack.setCurrentWidget(self._screens[key])
            self._screens[key].visit(None)
            self._show_head()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_head()
            if self._tell_again is not None and not self.banner.isHidden():
                self._tell_again()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        self.prepare = RoomyButton(
            self.office.theme, lambda: _("Prepare my day"), icon="truck", parent=self
        )
        self.prepare.clicked.connect(partial(self.go_to, PREPARE))
        self.top.add_deed(self.prepare)
        self.top.add_deed(self.tray.button)
        self.map_notice = MapNotice(self.office, self)
        notices = (
            self.sign_in_notice,
            self.banner,
            self.clock_notice,
            self.map_notice,
            self.tray.notice,
        )
        for banner in notices:
            column.addWidget(BannerRoom(banner, self))
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)

    def _bind_keys(self) -> None:
        for number, key in enumerate(self._keys, start=1):
            bind(self, f"Ctrl+{number}", partial(self.go_to, key))
        bind(self, "/", self._begin_search)
        bind(self, "?", self._open_shortcuts)
        bind(self, "F5", self._fetch)
        bind(self, "Ctrl+D", partial(self.go_to, PREPARE))
        bind(self, "Ctrl+E", partial(self.go_to, "day_end"))
        if self.tray.is_open:
            bind(self, "Ctrl+T", partial(self.go_to, TRAY))
        bind(self, "Ctrl+Z", self.toast.take_back)

    def _listen(self) -> None:
        self.sign_in_notice.wished.connect(self._sign_in_again)
        bus = self.office.bus
        bus.status_changed.connect(self._show_status)
        bus.failed.connect(self._show_failure)
        bus.changed.connect(self._say_rescue)

    @Slot(str, str)
    def _visit(self, key: str, ticket_id: str) -> None:
        self.go_to(key, TicketId(ticket_id) if ticket_id else None)

    @Slot()
    def _go_to_outbox(self) -> None:
        self.go_to("outbox")

    @Slot()
    def _show_head(self) -> None:
        if self._trail:
            screen = self._screens[self._trail[-1]]
            self.prepare.setVisible(self._trail[-1] == self._keys[0])
            self.top.show_screen(screen, self.office.clock.now())

    @Slot(str)
    def _search(self, words: str) -> None:
        screen = self._screens[self._trail[-1]]
        if screen.can_search:
            screen.search(words)

    @Slot()
    def focus_screen(self) -> None:
        """Give the focus to the screen in sight."""
        self._screens[self._trail[-1]].visit(None)

    def _begin_search(self) -> None:
        if not self.top.search.isVisible():
            self.go_to("all")
        self.top.search.setFocus()
        self.top.search.selectAll()

    def _fetch(self) -> None:
        self.office.app.sync_now()
        self.toast.say(lambda: _("Asking the hub for news"), icon="refresh-cw")

    @Slot(object, object)
    def _say(self, words: Words, undo: object) -> None:
        self.toast.say(words, undo=undo if callable(undo) else None)

    @Slot(object)
    def _refuse(self, words: Words) -> None:
        self.toast.say(words, icon="info")

    @Slot(object)
    def _show_status(self, status: SyncStatus) -> None:
        self.office.clock.offset_ms = status.clock_offset_ms
        self.clock_notice.show_offset(status.clock_offset_ms)
        self.top.pill.show_status(status)
        count = status.attention_count or status.unsent_count
        self.rail.show_badge("outbox", count, is_red=bool(status.attention_count))
        self.sign_in_notice.show_status(status)

    @Slot()
    def _sign_in_again(self) -> None:
        """Ask for the password over whatever is open."""
        person = self.office.app.person
        if person is not None and not self.window().findChildren(Sheet):
            sheet = SignInAgainSheet(self.office, self, person)
            sheet.signed_in.connect(self._go_on)
            sheet.open_it(sheet.password.input)

    @Slot(object)
    def _go_on(self, person: Person) -> None:
        """Go on after another sign-in."""
        if person.is_supervisor is not self._is_supervisor:
            self.role_changed.emit()
            return
        self.toast.say(lambda: _("Signed in · sending goes on"), icon="check")

    @Slot(object)
    def _say_rescue(self, _changes: Changes | None = None) -> None:
        """Say once that a damaged database was rebuilt, and how much work was in it."""
        count = self.office.app.pop_rescue()
        if count is None:
            return
        self._rescued = _("Nothing was waiting to be sent.")
        if count:
            self._rescued = ngettext(
                "{count} thing you did and had not sent was rescued.",
                "{count} things you did and had not sent were rescued.",
                count,
            ).format(count=count)
        self._show_damage(self._rescued)

    @Slot(object)
    def _show_failure(self, failure: FieldAppError) -> None:
        if isinstance(failure, StoreDamaged):
            not_saved = _("What you did last was not saved: do it again when your jobs are back.")
            self._show_damage(f"{self._rescued} {not_saved}".strip())
            return
        understood = ((lambda: _("Understood"), self.banner.hide),)
        self._tell_again = partial(self.banner.show_failure, failure, understood)
        self._tell_again()

    def _show_damage(self, more: str) -> None:
        understood = ((lambda: _("Understood"), self.banner.hide),)
        self._tell_again = lambda: self.banner.show_message(
            "warn", _(StoreDamaged.title), f"{_(StoreDamaged.hint)} {more}", understood
        )
        self._tell_again()

    def _open_settings(self) -> None:
        self.rail.select(self._trail[0])
        if not self.window().findChildren(Sheet):
            sheet = SettingsSheet(self.office, self)
            sheet.sign_out_wished.connect(self.sign_out_wished)
            sheet.open_it()

    def _open_shortcuts(self) -> None:
        if not self.window().findChildren(Sheet):
            sheet = ShortcutSheet(self.office.theme, self, is_supervisor=self._is_supervisor)
            sheet.open_it()
