"""The map as a widget: pins in, chosen tickets out."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QWidget

from field_app.maps.pins import Pin
from field_app.maps.shelf import Shelf
from field_app.maps.sight import Sight, read_sight
from field_app.maps.symbols import symbols
from field_app.maps.tiles import Bounds
from field_app.maps.vector import schemas
from field_app.texts import Language, _
from field_app.ui.background import Background
from field_app.ui.map.given import Given, Later
from field_app.ui.map.grounds import Grounds, note
from field_app.ui.map.journey import Journey, OwnPlace
from field_app.ui.map.look import look
from field_app.ui.map.pins_wire import PinsWire
from field_app.ui.map.seat import Seat
from field_app.ui.theme import ThemeName, tokens

if TYPE_CHECKING:
    from field_app.ui.map.web_map import WebMap

logger = logging.getLogger(__name__)


STEPS: Final = frozenset({"next", "previous"})
"""Deeds after which keys are meant for the map."""


class MapView(QWidget):
    """Shows tickets on the base map; without a map file, on plain ground.

    The web view is made after the widget was first shown, so that the window is there at once.

    Signals:
        ticket_chosen: str. A pin was clicked; the ticket's id.
        place_chosen: float, float. The ground was clicked; degrees north and east.
        sight_changed: Sight. The map was moved, or shows jobs in another way.
        maps_wished: The person wants to see the maps of this computer.
        ready: The map is drawn for the first time, or again after its process had ended.
    """

    ticket_chosen = Signal(str)
    place_chosen = Signal(float, float)
    sight_changed = Signal(object)
    maps_wished = Signal()
    ready = Signal()

    def __init__(
        self,
        tiles: Path | None,
        cache_folder: Path,
        background: Background,
        parent: QWidget | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Make the widget.

        Args:
            tiles: The installation's own map package; None when it has none.
            cache_folder: Where the page is kept between starts.
            background: Makes the page away from the GUI thread.
            parent: Owner.
            shelf: The map packages of this computer; None for the installation's own only.
        """
        super().__init__(parent)
        self._grounds = Grounds(tiles, shelf)
        self._theme: ThemeName = "light"
        self._percent = 100
        self._pins = PinsWire(background, self)
        self._selected: str | None = None
        self.journey = Journey(self)
        self._on_page = ("", "")
        self._was_in_sight = ""
        self.sight: Sight | None = None
        self._has_heat = False
        self._is_begun = False
        self.is_ready = False
        self._seat = Seat(self, background, cache_folder, self._make_web)
        self._seat.lost.connect(self._lose)
        self.setAccessibleName(_("Map of the jobs"))

    def show_pins(self, pins: Iterable[Pin]) -> None:
        """Show exactly these pins; only what is new or different is sent to the page."""
        self._pins.show({pin.ticket_id: pin for pin in pins})

    def select(self, ticket_id: str | None) -> None:
        """Raise a ticket's pin and bring it into view; None for no ticket.

        Choosing the same ticket again leaves the map where the person has moved it.
        """
        if ticket_id == self._selected:
            return
        self._selected = ticket_id
        if self.is_ready and self.web is not None:
            self.web.bridge.selected.emit(ticket_id or "")

    def set_language(self, _language: Language) -> None:
        """Say everything anew in the language in use (see `field_app.texts.set_language`)."""
        self._seat.instead.retranslate()
        self.setAccessibleName(_("Map of the jobs"))
        self._show_grounds()  # the dates of their data are words, too

    def set_theme(self, theme: ThemeName, percent: int = 100) -> None:
        """Wear the colours of a theme at once, with text of this size."""
        self._theme, self._percent = theme, percent
        self._dress()

    def show_position(self, latitude: float, longitude: float, accuracy_m: float) -> None:
        """Show where the crew is, degrees WGS 84, with the radius of doubt in metres."""
        self.journey.show_position(
            OwnPlace(latitude=latitude, longitude=longitude, accuracy_m=accuracy_m)
        )

    def reopen_maps(self) -> None:
        """Draw with the map packages that are there now, the best for the tickets first."""
        self._grounds.open(self.area())
        self._show_grounds()

    def leave_map(self, sha256: str) -> None:
        """Draw without a package and close its file, so that it can be removed."""
        self._grounds.leave(sha256)
        self._show_grounds()

    def area(self) -> Bounds | None:
        """Return where nearly all tickets lie; None when there are none."""
        return self._pins.area()

    def offer_heat(self) -> None:
        """Let the page show where jobs are many; to be called before it is begun."""
        self._has_heat = True

    def act(self, deed: str) -> None:
        """Do what a key wishes, as `zoom_in`; see `field-map-keys.js`."""
        if self.is_ready and self.web is not None:
            if deed in STEPS:
                self.web.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.web.bridge.deed_wished.emit(deed)

    def shut_down(self) -> None:
        """Take the page down; the widget stays, empty. To be called before the window closes."""
        self._seat.shut_down()
        self._grounds.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the page once the widget is on the screen."""
        super().showEvent(event)
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self._seat.begin)

    @property
    def web(self) -> "WebMap | None":
        """The web view, while there is one."""
        return self._seat.web

    def _make_web(self, html: str) -> "WebMap":
        """Make the web view of the page; raises ImportError where the system has none."""
        # Loaded here: a system library that is missing must cost the map only.
        from field_app.ui.map.web_map import WebMap  # noqa: PLC0415

        data: dict[str, Given] = {
            "tickets.json": Later(self._pins.read_all),
            "symbols.json": _symbols_json,
            "map.json": self._map_json,
        }
        web = WebMap(html, data, self._grounds, self._pins.titles, self)
        web.bridge.page_ready.connect(self._be_ready)
        web.bridge.ticket_chosen.connect(self._choose)
        web.bridge.place_chosen.connect(self.place_chosen)
        web.bridge.maps_wished.connect(self.maps_wished)
        web.bridge.sight_told.connect(self._see)
        web.page.setBackgroundColor(QColor(tokens()["themes"][self._theme]["mapBlock"]))
        return web

    @Slot()
    def _be_ready(self) -> None:
        if self.web is None:
            return
        self.is_ready = True
        self._seat.be_ready()
        self._pins.connect_page(self.web.bridge)
        selected, look = self._on_page
        if look != self._look_json():
            self._dress()
        if (self._selected or "") != selected:
            self.web.bridge.selected.emit(self._selected or "")
        self.journey.connect_page(self.web.bridge)
        if self._was_in_sight:  # last, for what was told before may have moved the map
            self.web.bridge.sight_wished.emit(self._was_in_sight)
        self.ready.emit()

    @Slot(str)
    def _choose(self, ticket_id: str) -> None:
        self._selected = ticket_id
        self.ticket_chosen.emit(ticket_id)

    @Slot(str)
    def _see(self, words: str) -> None:
        self.sight = read_sight(words)
        self.sight_changed.emit(self.sight)

    @Slot()
    def _lose(self) -> None:
        """Tell the page nothing more until it is ready again."""
        self.is_ready = False
        self._pins.connect_page(None)
        self.journey.connect_page(None)

    def _dress(self) -> None:
        if self.is_ready and self.web is not None:
            self.web.bridge.look_changed.emit(self._look_json())

    def _show_grounds(self) -> None:
        if self.is_ready and self.web is not None:
            self.web.bridge.grounds_changed.emit(orjson.dumps(self._grounds.for_page()).decode())
            self._dress()

    def _look_json(self) -> str:
        return orjson.dumps(look(self._theme, self._percent, note(self._grounds))).decode()

    def _map_json(self) -> bytes:
        """Return what the page begins with; after its process had ended, as it was before."""
        self._grounds.open(self.area())
        selected = (self._selected or "") if self.sight is not None else ""
        self._on_page = (selected, self._look_json())
        self._was_in_sight = "" if self.sight is None else orjson.dumps(self.sight).decode()
        begins = {
            "grounds": self._grounds.for_page(),
            "schemas": schemas(),
            "sight": self.sight,
            "selected": selected or None,
            "has_heat": self._has_heat,
        }
        return orjson.dumps({**begins, "look": orjson.Fragment(self._on_page[1])})


def _symbols_json() -> bytes:
    return orjson.dumps({folder: symbols(folder) for folder in ("lucide", "status")})
