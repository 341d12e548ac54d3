"""The map as a widget: pins in, chosen tickets out."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from field_app.domain.errors import FieldAppError, MapUnreadable
from field_app.maps.page import page
from field_app.maps.pins import Pin
from field_app.maps.shelf import Shelf
from field_app.maps.sight import Sight, read_sight
from field_app.maps.symbols import symbols
from field_app.maps.tiles import Bounds
from field_app.texts import Language, _
from field_app.ui.background import Background
from field_app.ui.map.deaths import Deaths
from field_app.ui.map.given import Given, Later
from field_app.ui.map.grounds import Grounds, note
from field_app.ui.map.instead import InsteadOfMap
from field_app.ui.map.journey import Journey, OwnPlace
from field_app.ui.map.look import look
from field_app.ui.map.pins_wire import PinsWire
from field_app.ui.theme import ThemeName, tokens

if TYPE_CHECKING:
    from field_app.ui.map.web_map import WebMap

logger = logging.getLogger(__name__)

HAS_WIRE: Final = "window.qt && qt.webChannelTransport ? 'yes' : 'no'"
"""Asked of a page that was loaded; a new process may not know the program yet."""


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
        self._cache_folder = cache_folder
        self._background = background
        self._grounds = Grounds(tiles, shelf)
        self._theme: ThemeName = "light"
        self._pins = PinsWire(background, self)
        self._selected: str | None = None
        self.journey = Journey(self)
        self._on_page = ("", "")
        self._was_in_sight = ""
        self.sight: Sight | None = None
        self._deaths = Deaths()
        self._is_begun = False
        self.is_ready = False
        self.web: WebMap | None = None
        self._build()

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
        self.instead.retranslate()
        self.setAccessibleName(_("Map of the jobs"))
        self._dress()

    def set_theme(self, theme: ThemeName) -> None:
        """Wear the colours of a theme at once."""
        self._theme = theme
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

    def shut_down(self) -> None:
        """Take the page down; the widget stays, empty. To be called before the window closes."""
        self.is_ready = False
        self._pins.connect_page(None)
        self.journey.connect_page(None)
        if self.web is not None:
            self._stack.removeWidget(self.web.view)
            self.web.close()
            self.web.deleteLater()
            self.web = None
        self._grounds.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the page once the widget is on the screen."""
        super().showEvent(event)
        if not self._is_begun:
            self._is_begun = True
            QTimer.singleShot(0, self._begin)

    @Slot()
    def _begin(self) -> None:
        """Begin with the page, also when a person asks for it once more."""
        self._deaths.forget()
        self.instead.say_coming()
        self._background.run(page, self._cache_folder, done=self._start, failed=self._give_up)

    def _start(self, html: str) -> None:
        """Put the page into a web view."""
        try:
            # Loaded here: a system library that is missing must cost the map only.
            from field_app.ui.map.web_map import WebMap  # noqa: PLC0415
        except ImportError as error:
            self._give_up(MapUnreadable(f"web pages cannot be shown: {error}"))
            return
        data: dict[str, Given] = {
            "tickets.json": Later(self._pins.read_all),
            "symbols.json": _symbols_json,
            "map.json": self._map_json,
        }
        self.web = WebMap(html, data, self._grounds, self._pins.titles, self)
        self.web.bridge.page_ready.connect(self._be_ready)
        self.web.bridge.ticket_chosen.connect(self._choose)
        self.web.bridge.place_chosen.connect(self.place_chosen)
        self.web.bridge.maps_wished.connect(self.maps_wished)
        self.web.bridge.sight_told.connect(self._see)
        self.web.page.loadFinished.connect(self._check_loaded)
        self.web.page.renderProcessTerminated.connect(self._come_back)
        self._stack.addWidget(self.web.view)
        # A hidden page has no size and draws nothing, so it is shown while it loads.
        self._stack.setCurrentWidget(self.web.view)
        self.web.page.setBackgroundColor(QColor(tokens()["themes"][self._theme]["mapBlock"]))
        self.web.load()

    @Slot()
    def _be_ready(self) -> None:
        if self.web is None:
            return
        self.is_ready = True
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

    @Slot(bool)
    def _check_loaded(self, is_loaded: bool) -> None:  # noqa: FBT001 - a slot of Qt's signal
        if self.web is None or not self.web.is_alive:
            return
        if is_loaded:
            self.web.page.runJavaScript(HAS_WIRE, self._check_wire)
        else:
            self._give_up(MapUnreadable("the map page did not load"))

    @Slot(object)
    def _check_wire(self, answer: object) -> None:
        """Load once more a page that a new process began without its wire to the program."""
        if answer != "yes" and self.web is not None and self.web.is_alive:
            self._come_back()

    @Slot()
    def _come_back(self) -> None:
        """Load the page again, as it was, after its process had ended."""
        if self.web is None or self._deaths.is_one_too_many():
            self._give_up(MapUnreadable("the map's process ended again and again"))
            return
        logger.warning("The map's process ended; the map is shown again")
        self.is_ready = False
        self._pins.connect_page(None)
        QTimer.singleShot(0, self.web, self.web.load)

    def _give_up(self, error: FieldAppError) -> None:
        """Say that there is no map; the rest of the program goes on."""
        logger.error("The map is not shown: %s", error.detail)
        self.is_ready = False
        self._pins.connect_page(None)
        self.journey.connect_page(None)
        if self.web is not None:
            self._stack.removeWidget(self.web.view)
            self.web.close()
            self.web.deleteLater()
            self.web = None
        self.instead.say_given_up()
        self._stack.setCurrentWidget(self.instead)

    def _dress(self) -> None:
        if self.is_ready and self.web is not None:
            self.web.bridge.look_changed.emit(self._look_json())

    def _show_grounds(self) -> None:
        if self.is_ready and self.web is not None:
            self.web.bridge.grounds_changed.emit(orjson.dumps(self._grounds.for_page()).decode())
            self._dress()

    def _look_json(self) -> str:
        return orjson.dumps(look(self._theme, note(self._grounds))).decode()

    def _map_json(self) -> bytes:
        """Return what the page begins with; after its process had ended, as it was before."""
        self._grounds.open(self.area())
        selected = (self._selected or "") if self.sight is not None else ""
        self._on_page = (selected, self._look_json())
        self._was_in_sight = "" if self.sight is None else orjson.dumps(self.sight).decode()
        begins = {
            "grounds": self._grounds.for_page(),
            "sight": self.sight,
            "selected": selected or None,
        }
        return orjson.dumps({**begins, "look": orjson.Fragment(self._on_page[1])})

    def _build(self) -> None:
        self.instead = InsteadOfMap(self)
        self.instead.wished.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.instead)
        self.setAccessibleName(_("Map of the jobs"))


def _symbols_json() -> bytes:
    return orjson.dumps({folder: symbols(folder) for folder in ("lucide", "status")})
