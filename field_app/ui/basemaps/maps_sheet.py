"""The sheet with the maps of this computer and those that the hub offers."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import FieldAppError
from field_app.maps.remark_words import sentence
from field_app.maps.shelf import ShelvedMap
from field_app.queries.basemaps import AreaMap, AreaMaps, MapStanding
from field_app.texts import _
from field_app.texts.numbers import file_size
from field_app.ui.basemaps.map_row import MapRow, name_of
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.sheet import Sheet

EDGES: Final = 330
"""Pixels of the design that the sheet needs beside its list."""


class MapsSheet(Sheet):
    """Lists maps; copies one at a time.

    Signals:
        fetch_wished: str. Let the hub's map with this SHA-256 come.
        stop_wished: str. Fetch it no further.
        remove_wished: str. Remove this map from the computer.
        file_wished: A person wants to choose a map file.
        cancel_wished: Break off the copying that is under way.
    """

    fetch_wished = Signal(str)
    stop_wished = Signal(str)
    remove_wished = Signal(str)
    file_wished = Signal()
    cancel_wished = Signal()

    def __init__(self, office: Office, over: QWidget) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(office.theme, over, _("Maps of this computer"), width=640)
        theme = office.theme
        self.is_copying = False
        explained = _(
            "A map file (.mbtiles or .pmtiles) is copied from a stick and then needs no stick and "
            "no network. It is there for everybody who uses this computer."
        )
        self.body.addWidget(ThaiLabel(theme, explained, colour="text2"))
        self.area = FittingScroll(self)
        self.area.column.setContentsMargins(0, 0, theme.px(16), 0)  # for the scroll bar
        self.area.setMaximumHeight(max(theme.px(120), over.window().height() - theme.px(EDGES)))
        self.body.addWidget(self.area)
        self._room = ThaiLabel(theme, role="caption", colour="text3")
        self.body.addWidget(self._room)
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        self.bar = SegmentedBar(theme, self)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.rows: list[MapRow] = []
        self._nothing: QWidget | None = None
        self.done = self.add_button(LineButton(theme, lambda: _("Close"), parent=self))
        self.done.clicked.connect(self.close_it)
        self.open_file = self.add_button(
            PrimaryButton(theme, lambda: _("Open a map file…"), icon="usb", parent=self)
        )
        self.open_file.clicked.connect(self.file_wished)

    def show_maps(self, found: AreaMaps) -> None:
        """Show these maps."""
        focused = next((row.map.sha256 for row in self.rows if row.button.hasFocus()), "")
        for old in (*self.rows, *(() if self._nothing is None else (self._nothing,))):
            self.area.column.removeWidget(old)
            old.deleteLater()
        self.rows, self._nothing = [], None
        for area_map in found.maps:
            row = MapRow(self.theme, area_map, self)
            row.pressed.connect(self._act)
            self.area.column.addWidget(row)
            self.rows.append(row)
            if area_map.sha256 == focused:
                row.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.rows:
            words = _("No map came from the hub or a stick yet.")
            self._nothing = ThaiLabel(self.theme, words, role="label")
            self.area.column.addWidget(self._nothing)
        free = file_size(found.free_bytes)
        self._room.setText(_("Room for maps on this computer: {size}").format(size=free))
        self.area.updateGeometry()

    def show_copying(self) -> None:
        """Show that a file is being copied and can be broken off."""
        self.is_copying = True
        self.open_file.hide()
        self.done.set_words(lambda: _("Cancel"))
        self.banner.show_message(
            "info",
            _("The map is being copied and checked."),
            _("Leave the stick in the computer until it is here."),
        )
        self.bar.show()
        self.show_share(0)

    def show_share(self, percent: int) -> None:
        """Show how far the copy is."""
        self.bar.show_share(percent / 100)
        words = _("{percent}% done").format(percent=percent)
        self.bar.setAccessibleName(words)
        self.bar.setToolTip(words)

    def show_added(self, added: ShelvedMap) -> None:
        """Say that a map is here, and what is worth saying about it."""
        self._end_copying()
        remarks = " ".join(sentence(remark) for remark in added.facts.remarks)
        fact = _("{name} is on this computer.").format(name=added.facts.name or _("The map"))
        self.banner.show_message("warn" if remarks else "ok", fact, remarks)

    def show_copy_failure(self, failure: FieldAppError) -> None:
        """Say why a file was not copied."""
        self._end_copying()
        self.show_failure(failure)

    def show_failure(self, failure: FieldAppError) -> None:
        """Say why something did not work; a copy that is under way goes on."""
        self.banner.show_failure(failure)

    def close_it(self) -> None:
        """Go away; a copy that is under way is broken off first."""
        if self.is_copying:
            self.cancel_wished.emit()
        else:
            super().close_it()

    def _end_copying(self) -> None:
        self.is_copying = False
        self.bar.hide()
        self.open_file.show()
        self.done.set_words(lambda: _("Close"))

    def _act(self, area_map: AreaMap) -> None:
        match area_map.standing:
            case MapStanding.OFFERED:
                self.fetch_wished.emit(area_map.sha256)
            case MapStanding.COMING:
                self.stop_wished.emit(area_map.sha256)
            case MapStanding.HERE:
                self._ask_to_remove(area_map)

    def _ask_to_remove(self, area_map: AreaMap) -> None:
        again = (
            _("The hub has it; it can be fetched again.")
            if area_map.basemap is not None
            else _("It came from a file, and only that file brings it back.")
        )
        self.banner.show_message(
            "warn",
            _("Remove {name}?").format(name=name_of(area_map)),
            _("Everybody who uses this computer loses it. {again}").format(again=again),
            (
                (lambda: _("Keep it"), self.banner.hide),
                (lambda: _("Remove"), lambda: self._remove(area_map)),
            ),
        )

    def _remove(self, area_map: AreaMap) -> None:
        self.banner.hide()
        self.remove_wished.emit(area_map.sha256)
