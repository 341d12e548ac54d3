"""The sheet of one's own position: where from, how exact, how old, and what measures it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from field_app.actions.position import keep_measured
from field_app.domain.position import Position
from field_app.queries.position import last_position, photo_position
from field_app.texts import _
from field_app.ui.account.field import Field
from field_app.ui.office import Office
from field_app.ui.position.sources import SPEEDS, PositionWay, Wanted
from field_app.ui.position.whereabouts import Whereabouts
from field_app.ui.position.words import MEANINGS, WAYS, position_words, reception_words
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segments import Segments
from field_app.ui.shared.sheet import Sheet

OFFERED: Final = 3
"""Ports that are offered by a button; any other can be typed."""
PORTS: Final = "COM4 · ttyUSB0"
EXAMPLE: Final = "192.168.43.1:11123"
"""How an address looks; the number is one that phones' GPS apps like to use."""


class PositionSheet(Sheet):
    """Says where the person is and lets them choose what measures it; takes effect at once.

    Signals:
        placed: Another position was kept.
    """

    placed = Signal()

    def __init__(self, office: Office, whereabouts: Whereabouts, over: QWidget) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(office.theme, over, _("My position"), width=680)
        self._office, self.whereabouts = office, whereabouts
        self._position: Position | None = office.bus.position
        self._photo: Position | None = None
        theme = office.theme
        self.now_line = ThaiLabel(theme, weight=600)
        self._hint = ThaiLabel(theme, role="caption", colour="text2")
        self.photo_button = LineButton(theme, self._photo_words, icon="image", parent=self)
        self.photo_button.clicked.connect(self._be_at_photo)
        self.photo_button.hide()
        self._label = ThaiLabel(theme, role="label", weight=600)
        self.ways = Segments(theme, [(w.value, partial(_, WAYS[w]), "") for w in WAYS], self)
        self.ways.chosen.connect(self._choose_way)
        self.meaning = ThaiLabel(theme, role="caption", colour="text2")
        self.reception = ThaiLabel(theme, role="label")
        self._lay_out()
        done = PrimaryButton(theme, lambda: _("Done"), icon="check", parent=self)
        done.clicked.connect(self.close_it)
        self.done = self.add_button(done)
        whereabouts.reception_changed.connect(self._say)
        office.bus.position_changed.connect(self._follow)
        self._show_wanted()
        office.see(last_position, then=self._show_last)
        office.see(photo_position, then=self._show_photo)

    def _lay_out(self) -> None:
        """Put everything below each other; how the source stands is always in sight."""
        area = FittingScroll(self)
        area.column.setSpacing(12)
        for widget in (
            self.now_line,
            self._hint,
            self.photo_button,
            self._label,
            self.ways,
            self.meaning,
            self._make_port(),
            self._make_address(),
        ):
            area.column.addWidget(widget)
        self.body.addWidget(area)
        self.body.addWidget(self.reception)

    def close_it(self) -> None:
        """Take an address that was typed and not confirmed."""
        self._take_address()
        super().close_it()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.title.setText(_("My position"))
            self._say()
        super().changeEvent(event)

    def _make_port(self) -> QWidget:
        """Make the port's name, its speed, and a button for each port that is there."""
        self.port_box = QWidget(self)
        column = QVBoxLayout(self.port_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.port = QLineEdit(self.port_box)
        self.port.setPlaceholderText(PORTS)
        self.port.editingFinished.connect(self._take_port)
        self.speeds = Segments(
            self.theme, [(str(speed), partial(str, str(speed)), "") for speed in SPEEDS], self
        )
        self.speeds.chosen.connect(self._take_port)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.port, 1)
        line.addWidget(self.speeds, 2)
        column.addLayout(line)
        self._found = QHBoxLayout()
        self._found.setSpacing(8)
        column.addLayout(self._found)
        return self.port_box

    def _offer_ports(self, names: Sequence[str]) -> None:
        """Offer the first ports that are there."""
        while (old := self._found.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for name in names[:OFFERED]:
            button = LineButton(self.theme, partial(str, name), icon="usb", parent=self.port_box)
            button.clicked.connect(partial(self._choose_port, name))
            self._found.addWidget(button)
        self._found.addStretch(1)

    def _choose_port(self, name: str, _is_on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.port.setText(name)
        self._take_port()

    def _make_address(self) -> QWidget:
        self.address = Field(self._office, "wifi", self)
        self.address.input.editingFinished.connect(self._take_address)
        return self.address

    def _show_wanted(self) -> None:
        """Show what is chosen, and the fields that it needs."""
        wanted = self.whereabouts.wanted
        self.ways.select(wanted.way.value)
        self.speeds.select(str(wanted.speed))
        self.address.input.setText(wanted.address)
        if wanted.way is PositionWay.SERIAL:
            self._offer_ports(_port_names())
            self.port.setText(wanted.port)
        self.port_box.setVisible(wanted.way is PositionWay.SERIAL)
        self.address.setVisible(wanted.way is PositionWay.NETWORK)
        self._say()

    @Slot(str)
    def _choose_way(self, way: str) -> None:
        wanted = replace(self.whereabouts.wanted, way=PositionWay(way))
        names = _port_names() if wanted.way is PositionWay.SERIAL else ()
        if names and not wanted.port:
            wanted = replace(wanted, port=names[0])
        self._listen_to(wanted)
        self._show_wanted()

    @Slot()
    def _take_port(self) -> None:
        port, speed = self.port.text().strip(), int(self.speeds.selected)
        self._listen_to(replace(self.whereabouts.wanted, port=port, speed=speed))

    @Slot()
    def _take_address(self) -> None:
        address = self.address.input.text().strip()
        wanted = replace(self.whereabouts.wanted, address=address)
        self.address.mark_bad(is_bad=bool(address) and wanted.host_and_port is None)
        self._listen_to(wanted)

    def _listen_to(self, wanted: Wanted) -> None:
        if wanted != self.whereabouts.wanted:
            self.whereabouts.choose(wanted)
        self._say()

    @Slot()
    def _say(self) -> None:
        """Say everything in the language in use."""
        wanted, now = self.whereabouts.wanted, self._office.clock.now()
        known = self._position
        self.now_line.setText(
            _("Where you are is not known yet.") if known is None else position_words(known, now)
        )
        self._hint.setText(
            _("You can always click your place on the map: by Nearest, or with the route open.")
        )
        self._label.setText(_("What tells your position"))
        self.meaning.setText(_(MEANINGS[wanted.way]))
        self.port.setAccessibleName(_("Port of the receiver"))
        self.address.say(_("Address and port"), EXAMPLE)
        words = reception_words(self.whereabouts)
        if wanted.way is PositionWay.NETWORK and not wanted.is_complete:
            words = _("Write the address like this: {example}").format(example=EXAMPLE)
        self.reception.setText(words)
        self.reception.setVisible(bool(words))
        self.reception.set_colour("text" if self.whereabouts.trouble is None else "dangerText")
        self.photo_button.retranslate()

    def _show_last(self, position: Position | None) -> None:
        """Show the kept position unless a newer one was told meanwhile."""
        self._position = self._position or position
        self._say()

    @Slot(object)
    def _follow(self, position: Position) -> None:
        self._position = position
        self._say()

    def _show_photo(self, position: Position | None) -> None:
        self._photo = position
        self.photo_button.setVisible(position is not None)
        self.photo_button.retranslate()

    def _photo_words(self) -> str:
        if self._photo is None:
            return ""
        words = position_words(self._photo, self._office.clock.now())
        return _("I am where that was: {photo}").format(photo=words)

    @Slot()
    def _be_at_photo(self) -> None:
        if self._photo is not None:
            self._office.do(keep_measured, self._photo, then=self._placed)

    def _placed(self, _changes: object) -> None:
        if self._photo is not None:
            self._office.bus.tell_position(self._photo)
        self.placed.emit()


def _port_names() -> tuple[str, ...]:
    """Return the serial ports of this computer; none where they cannot be listed."""
    try:
        # Loaded here: a system library that is missing must cost this list only.
        from field_app.ui.position.qt_sources import port_names  # noqa: PLC0415
    except ImportError:
        return ()
    return port_names()
