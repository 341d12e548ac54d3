"""The way to the tray: a calm notice, and a button while a phone or card is plugged in."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.people import Role
from field_app.photos.plugged import Plugged
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import IconButton
from field_app.ui.tray.watch import PlugWatch

START_MS = 1_500
"""Today's list and the first round come before the first look."""
TRAY = "tray"
"""Key of the screen."""


class TrayNotice(Banner):
    """One line that says how many new photos there are, until somebody looked or put it away."""

    def __init__(self, office: Office, go: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(office.theme, parent)
        self._go = go
        self._names: tuple[str, ...] = ()
        self._count = 0

    def show_count(self, names: tuple[str, ...], count: int) -> None:
        """Say how many there are; nothing for none."""
        self._names, self._count = names, count
        if count:
            self._say()
        else:
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        from field_app.ui.tray.words import news_words  # noqa: PLC0415 - loads Pillow

        look = (lambda: _("Look at them"), self._look)
        later = (lambda: _("Not now"), self.hide)
        self.show_message("info", news_words(self._names, self._count), "", (look, later))

    def _look(self) -> None:
        self.hide()
        self._go(TRAY)


class TrayDoor(QObject):
    """Looks for phones and cards while a crew works, and makes the tray when there is one."""

    def __init__(
        self,
        office: Office,
        screen_of: Callable[[str], QWidget],
        go: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        """Begin to look in a while; supervisors have no tray, as they add no photos.

        Args:
            office: What to work with.
            screen_of: Returns a screen by its key.
            go: Goes to a screen.
            parent: The workplace.
        """
        super().__init__(parent)
        self._screen_of = screen_of
        self._is_known = False
        self.notice = TrayNotice(office, go, parent)
        self.button = IconButton(
            office.theme, "images", lambda: _("New photos (Ctrl+T)"), parent=parent
        )
        self.button.clicked.connect(lambda: go(TRAY))
        self.button.hide()
        person = office.app.person
        self.is_open = person is not None and person.role is Role.CREW
        self.watch: PlugWatch | None = None
        if self.is_open and office.find_plugged is not None:
            self.watch = PlugWatch(office.find_plugged, office.background, self)
            self.watch.changed.connect(self._take)
            QTimer.singleShot(START_MS, self.watch, self.watch.start)

    @Slot(object)
    def _take(self, plugged: tuple[Plugged, ...]) -> None:
        from field_app.ui.tray.screen import TrayScreen  # noqa: PLC0415 - most days need it late

        screen = self._screen_of(TRAY)
        if not isinstance(screen, TrayScreen):
            raise TypeError("the tray's screen is another one")
        if not self._is_known:
            self._is_known = True
            screen.counted.connect(self._show_count)
            screen.looked_at.connect(self.notice.hide)
            if self.watch is not None:
                screen.lost.connect(self.watch.forget)
        self.notice.hide()
        self.button.setVisible(any(one.folders or one.is_locked for one in plugged))
        screen.take(plugged)

    @Slot(object, int)
    def _show_count(self, names: tuple[str, ...], count: int) -> None:
        if not self._screen_of(TRAY).isVisible():
            self.notice.show_count(names, count)
