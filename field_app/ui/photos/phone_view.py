"""What the sheet for a phone shows: the code at the left, steps and photos at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.handoff.addresses import Address
from field_app.texts import _, ngettext
from field_app.ui.background import Background
from field_app.ui.photos.phone_arrivals import ArrivalList
from field_app.ui.photos.phone_link import Arrival
from field_app.ui.photos.phone_words import JOINS, Step, shown_fingerprint, way_words
from field_app.ui.photos.qr_code import QrCode
from field_app.ui.shared.banner import Banner, Tone
from field_app.ui.shared.buttons import LinkButton, Tag
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

CODE_SIDE: Final = 328
"""Logical pixels at every text size; with the white round it, modules of 8."""
Buttons = tuple[tuple[Callable[[], str], Callable[[], object]], ...]
"""Words (called again when the language changes) and deed of each."""
TROUBLE: Final = frozenset({Step.NOT_A_PICTURE, Step.NO_ROOM, Step.FAILED, Step.BROKE})


class PhoneView(QWidget):
    """Draws; knows neither network nor job.

    Signals:
        address_chosen: str. A person wants the page at this address.
    """

    address_chosen = Signal(str)

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._url = self._fingerprint = self._state = ""
        self._address: Address | None = None
        self._addresses: tuple[Address, ...] = ()
        self._arrivals: tuple[Arrival, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(24))
        row.addWidget(self._make_left())
        self.banner = Banner(theme, self)
        self._area = FittingScroll(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.addWidget(self._area, 1)
        self._make_right(background)
        self.retranslate()

    def show_addresses(self, found: Sequence[Address], chosen: Address | None) -> None:
        """Show between which addresses a person may choose, or that there is none."""
        addresses = tuple(found)
        self._address = chosen
        if addresses != self._addresses:
            self._addresses = addresses
            self._remake_tags()
        for tag in self._tags:
            tag.setChecked(chosen is not None and tag.property("host") == chosen.host)
        self.retranslate()

    def show_opening(self) -> None:
        """Show that the page is about to open."""
        self._url = self._fingerprint = ""
        self._state = "opening"
        self.retranslate()

    def show_open(self, url: str, fingerprint: str, address: Address) -> None:
        """Show the code of an open page."""
        self._url, self._fingerprint, self._address = url, fingerprint, address
        self._state = "open"
        self.retranslate()

    @Slot()
    def show_phone(self) -> None:
        """Show that a phone opened the page."""
        self._state = "phone"
        self.retranslate()

    def show_closed(self, words: str) -> None:
        """Show that the page is closed."""
        self._url = self._fingerprint = ""
        self._state = "closed"
        self.code.setAccessibleName(words)
        self.retranslate()

    def say(self, tone: Tone, fact: str, sentence: str, buttons: Buttons) -> None:
        """Say something in place of the code, until `say_no_more`; see `Banner.show_message`."""
        self.banner.show_message(tone, fact, sentence, buttons)
        self._show_left()

    def say_failure(self, failure: FieldAppError, buttons: Buttons) -> None:
        """Say what failed, in place of the code; see `Banner.show_failure`."""
        self.banner.show_failure(failure, buttons)
        self._show_left()

    @Slot()
    def say_no_more(self) -> None:
        """Show the code again."""
        self.banner.hide()
        self._show_left()

    def show_arrivals(self, arrivals: tuple[Arrival, ...]) -> None:
        """Show the photos of the phone, oldest first."""
        self._arrivals = arrivals
        self.retranslate()

    @property
    def has_trouble(self) -> bool:
        """Whether a photo did not get into the job."""
        return any(arrival.step in TROUBLE for arrival in self._arrivals)

    @property
    def _is_asking(self) -> bool:
        """Whether a person still has to read how a phone comes here."""
        return not self._addresses or self._state in {"", "opening", "open"}

    def retranslate(self) -> None:
        """Show everything in the language in use."""
        self.code.show_words(self._url)
        self._show_left()
        self.code.setAccessibleName(_("QR code for the phone"))
        self.url.setText(self._url)
        self._show_steps()
        self._show_state()
        self._choices.setVisible(self._is_asking and bool(self._tags))
        self.compare.setVisible(self._is_asking and bool(self._fingerprint))
        self.fingerprint.setText(shown_fingerprint(self._fingerprint))
        if not self._is_asking or not self._fingerprint:
            self.fingerprint.hide()
        saved = sum(arrival.step is Step.SAVED for arrival in self._arrivals)
        words = ngettext("{saved} of {count} photo saved", "{saved} of {count} photos saved",
                         len(self._arrivals))  # fmt: skip
        self.counted.setText(words.format(saved=saved, count=len(self._arrivals)))
        self.counted.setVisible(bool(self._arrivals))
        self.list.show_arrivals(self._arrivals)

    def _make_left(self) -> QWidget:
        theme = self.theme
        self._left = QWidget(self)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(8))
        self.code = QrCode(CODE_SIDE, self)
        left.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self.url = ThaiLabel(theme, role="micro", colour="text2")
        self.url.setFixedWidth(CODE_SIDE)
        left.addWidget(self.url)
        left.addStretch(1)
        return self._left

    def _make_right(self, background: Background) -> None:
        theme, column = self.theme, self._area.column
        column.setSpacing(theme.px(8))
        column.addWidget(self.banner)
        self.steps = [ThaiLabel(theme) for _step in range(3)]
        column.addWidget(self.steps[0])
        self._choices = QWidget(self)
        self._flow = FlowLayout(self._choices)
        self._tags: list[Tag] = []
        column.addWidget(self._choices)
        column.addWidget(self.steps[1])
        column.addWidget(self.steps[2])
        self.compare = LinkButton(
            theme, lambda: _("Compare the fingerprint"), icon="shield-check", parent=self
        )
        self.compare.clicked.connect(self._toggle_fingerprint)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self.fingerprint = ThaiLabel(theme, role="caption", colour="text2")
        self.fingerprint.hide()
        column.addWidget(self.fingerprint)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self._glyph = IconLabel(theme, "smartphone", "text2", 20, self)
        self.state = ThaiLabel(theme, weight=600)
        line.addWidget(self._glyph)
        line.addWidget(self.state, 1)
        column.addLayout(line)
        self.counted = ThaiLabel(theme, role="label", weight=600)
        column.addWidget(self.counted)
        self.list = ArrivalList(theme, background, self)
        column.addWidget(self.list)
        column.addStretch(1)

    def _show_left(self) -> None:
        """Show the code where there is one, and nothing to read that needs its room."""
        self._left.setVisible(bool(self._addresses) and self.banner.isHidden())

    def _show_steps(self) -> None:
        join = scan = warning = ""
        if not self._addresses:
            join = _("There is no network between this computer and a phone.")
            scan = _(
                "Turn on this computer's hotspot: Settings › Network & internet › Mobile hotspot. "
                "Then join it with the phone."
            )
            warning = _(
                "Or turn on the phone's hotspot and join it with this computer. No internet is "
                "needed. The code appears here by itself."
            )
        else:
            if self._address is not None:
                join = "1. " + _(JOINS[self._address.way])
            scan = "2. " + _("Point the phone's camera at the code and open the page.")
            warning = "3. " + (
                _(
                    "The phone warns that it does not know this page, because this computer made "
                    "the certificate itself. Press Advanced (iPhone: Show Details), then go on."
                )
                if self._fingerprint or self._state == "opening"
                else _("The page is open without encryption: choose the photos.")
            )
        for label, words in zip(self.steps, (join, scan, warning), strict=True):
            label.setText(words)
            label.setVisible(bool(words) and self._is_asking)

    def _show_state(self) -> None:
        states = {
            "": (_("Waiting for a network"), "wifi-off", "text2"),
            "opening": (_("Opening the page…"), "smartphone", "text2"),
            "open": (_("Waiting for the phone"), "smartphone", "text2"),
            "phone": (_("A phone is connected"), "status-finished", "okText"),
            "closed": (_("The page is closed"), "lock", "text2"),
        }
        words, icon, colour = states[self._state if self._addresses else ""]
        self.state.setText(words)
        self.state.set_colour(colour)
        self._glyph.set_icon(icon, colour)

    def _remake_tags(self) -> None:
        for tag in self._tags:
            self._flow.removeWidget(tag)
            tag.deleteLater()
        self._tags = []
        for address in self._addresses:
            tag = Tag(self.theme, partial(way_words, address), parent=self._choices)
            tag.setProperty("host", address.host)
            tag.setToolTip(address.name)
            tag.clicked.connect(self._take_tag)
            self._flow.addWidget(tag)
            self._tags.append(tag)

    @Slot()
    def _take_tag(self) -> None:
        self.address_chosen.emit(str(self.sender().property("host")))

    @Slot()
    def _toggle_fingerprint(self) -> None:
        self.fingerprint.setVisible(self.fingerprint.isHidden())
