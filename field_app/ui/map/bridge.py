"""The wire between the map page and the program."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot


class Bridge(QObject):
    """What page and program say to each other; the page calls the slots.

    Signals:
        changed: JSON `{put: columns, removed: [id]}` of pins, to the page.
        all_changed: The page is to read all tickets again.
        selected: Ticket id, or empty for none, to the page.
        look_changed: JSON of words and colours, to the page.
        position_changed: JSON of one's own place, or `null`, to the page.
        route_changed: JSON of the route of the day, or `null`, to the page.
        me_wished: The page is to put one's own place into the middle.
        grounds_changed: JSON of the maps to draw, the best first, to the page.
        maps_wished: The person wants to see and change the maps of this computer.
        ticket_chosen: A pin was clicked.
        place_chosen: The ground was clicked: latitude, longitude.
        deed_wished: One of the deeds of `field-map-keys.js`, as `zoom_in` or `next`, to the page.
        sight_wished: JSON of a `Sight`: show this again, to the page.
        sight_told: JSON of a `Sight`: what the map shows now.
        tool_changed: JSON `{tool, …}` to begin a tool that points at places, or `null` to end it.
        moved_changed: JSON of the chosen job's `{place, reported}`, or `null` for an unmoved pin.
        tool_told: JSON `{tool, …}`: it was begun or ended on the page, or a place was pointed at.
        page_ready: The page is drawn and listens.
    """

    changed = Signal(str)
    all_changed = Signal()
    selected = Signal(str)
    look_changed = Signal(str)
    position_changed = Signal(str)
    route_changed = Signal(str)
    me_wished = Signal()
    grounds_changed = Signal(str)
    maps_wished = Signal()
    ticket_chosen = Signal(str)
    place_chosen = Signal(float, float)
    deed_wished = Signal(str)
    sight_wished = Signal(str)
    sight_told = Signal(str)
    tool_changed = Signal(str)
    moved_changed = Signal(str)
    tool_told = Signal(str)
    page_ready = Signal()

    def __init__(self, titles: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles

    @Slot(str, result=str)
    def titles_of(self, ids: str) -> str:
        """Return the titles of some tickets; both are JSON lists."""
        return self._titles(ids)

    @Slot(str)
    def choose(self, ticket_id: str) -> None:
        """Pass on that a pin was clicked."""
        self.ticket_chosen.emit(ticket_id)

    @Slot(float, float)
    def choose_place(self, latitude: float, longitude: float) -> None:
        """Pass on that the ground was clicked."""
        self.place_chosen.emit(latitude, longitude)

    @Slot(str)
    def tell_sight(self, sight: str) -> None:
        """Pass on what the map shows now."""
        self.sight_told.emit(sight)

    @Slot(str)
    def tell_tool(self, told: str) -> None:
        """Pass on what a tool of the page says."""
        self.tool_told.emit(told)

    @Slot()
    def open_maps(self) -> None:
        """Pass on that the person wants to see the maps of this computer."""
        self.maps_wished.emit()

    @Slot()
    def be_ready(self) -> None:
        """Pass on that the page is drawn."""
        self.page_ready.emit()
