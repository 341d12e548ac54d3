"""The sheet for a phone: a code to scan, what to do, and the photos as they come."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import FieldAppError
from field_app.handoff.addresses import Address
from field_app.handoff.hatch import Hatch
from field_app.handoff.news import Ending
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.phone_link import PhoneLink
from field_app.ui.photos.phone_view import PhoneView
from field_app.ui.photos.phone_words import ENDINGS, TITLES
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

LOOK_MS: Final = 2_000
"""How often the sheet looks whether the network is still the same."""
Find = Callable[[], tuple[Address, ...]]


class PhoneSheet(Sheet):
    """Lets one phone hand photos over for one job and role while it is open."""

    def __init__(
        self, theme: Theme, background: Background, link: PhoneLink, find: Find, over: QWidget
    ) -> None:
        """Make the sheet; `begin` opens it and the page.

        Args:
            theme: Gives colours and sizes.
            background: Loads small pictures, and looks at the network.
            link: The line to the phone; is left when the sheet closes.
            find: Returns this computer's addresses that a phone can reach; in the back room.
            over: Any widget of the window to cover.
        """
        super().__init__(theme, over, _(TITLES[link.errand.role]), width=800)
        self._link = link
        self._background = background
        self._find = find
        self._found: tuple[Address, ...] = ()
        self._is_looking = False
        self._address: Address | None = None
        self._has_tls = True
        self.view = PhoneView(theme, background, self)
        self.body.addWidget(self.view)
        self.open_way = LineButton(theme, lambda: _("Without encryption…"), parent=self)
        self.other = LineButton(theme, lambda: _("Another phone"), icon="refresh-cw", parent=self)
        self.done = PrimaryButton(theme, lambda: _("Done"), icon="check", parent=self)
        for button, deed in (
            (self.open_way, self._ask_without_tls),
            (self.other, self._open_again),
            (self.done, self.close_it),
        ):
            button.clicked.connect(deed)
            self.add_button(button)
        self.view.address_chosen.connect(self._choose)
        self._connect()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_at_network)

    def begin(self) -> None:
        """Show the sheet and open the page at the likeliest address."""
        self.open_it(self.done)
        self._look.start()
        self._look_at_network()

    def close_it(self) -> None:
        """Close the page with the sheet."""
        self._look.stop()
        self._link.leave()
        super().close_it()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.title.setText(_(TITLES[self._link.errand.role]))
            self.view.retranslate()
        super().changeEvent(event)

    def _connect(self) -> None:
        link = self._link
        link.opened.connect(self._show_hatch)
        link.refused.connect(self._show_refused)
        link.phone_came.connect(self.view.show_phone)
        link.changed.connect(self._show_arrivals)
        link.failed.connect(self._show_failure)
        link.closed.connect(self._show_closed)

    @Slot()
    def _look_at_network(self) -> None:
        """Ask which networks there are; some systems take their time."""
        if not self._is_looking:
            self._is_looking = True
            self._background.run(self._find, done=self._follow_network, is_question=True)

    def _follow_network(self, found: tuple[Address, ...]) -> None:
        """Open when there is a network, begin anew when it is another one."""
        self._is_looking = False
        if not self.isVisible():
            return
        self._found = found
        self.view.show_addresses(found, self._address)
        self.other.setVisible(bool(found))
        self.open_way.setVisible(bool(found) and self._has_tls)
        if self._address is not None and self._address.host in {a.host for a in found}:
            return
        if found:
            self._open_at(found[0])
        elif self._address is not None:
            self._address = None
            self._link.shut()

    @Slot(str)
    def _choose(self, host: str) -> None:
        address = next((a for a in self._found if a.host == host), None)
        if address is not None:
            self._open_at(address)

    @Slot()
    def _open_again(self) -> None:
        if self._address is not None:
            self._open_at(self._address)

    def _open_at(self, address: Address) -> None:
        self._address = address
        self.view.show_opening()
        self.view.show_addresses(self._found, address)
        self._link.open(address, has_tls=self._has_tls)

    @Slot()
    def _ask_without_tls(self) -> None:
        """Say what it means before doing it."""
        self.view.say(
            "warn",
            _("Only when the phone refuses the page"),
            _(
                "Without encryption others in the same Wi-Fi can see the photos on their way. Use "
                "it on this computer's or the phone's own hotspot."
            ),
            (
                (lambda: _("Open without encryption"), self._open_without_tls),
                (lambda: _("Not now"), self.view.say_no_more),
            ),
        )

    @Slot()
    def _open_without_tls(self) -> None:
        self._has_tls = False
        self.view.say_no_more()
        self.open_way.hide()
        self._open_again()

    @Slot(object)
    def _show_hatch(self, hatch: Hatch) -> None:
        address = hatch.opening.address
        self.view.show_open(hatch.url, hatch.fingerprint, address)

    @Slot()
    def _show_arrivals(self) -> None:
        self.view.show_arrivals(tuple(self._link.arrivals.values()))

    @Slot(object)
    def _show_failure(self, failure: FieldAppError) -> None:
        self.view.say_failure(failure, ((lambda: _("Understood"), self.view.say_no_more),))

    @Slot(object)
    def _show_refused(self, failure: FieldAppError) -> None:
        self.view.show_closed("")
        self.view.say_failure(failure, ((lambda: _("Try again"), self._try_again),))

    @Slot()
    def _try_again(self) -> None:
        self.view.say_no_more()
        self._address = None
        self._look_at_network()

    @Slot(object)
    def _show_closed(self, ending: Ending) -> None:
        """Go away with the phone, or offer to open again."""
        if ending is Ending.PHONE_DONE and not self.view.has_trouble:
            self.close_it()
            return
        words = partial(_, ENDINGS[ending])
        self.view.show_closed(words())
        self.view.say("info", words(), "", ((lambda: _("Open again"), self._try_again),))
