"""Where the person is and where they go today, as the map page is told it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import orjson
from PySide6.QtCore import QObject

from field_app.ui.map.bridge import Bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """One's own place on the map."""

    latitude: float
    """Degrees WGS 84."""
    longitude: float
    """Degrees WGS 84."""
    accuracy_m: float = 0.0
    """Radius of the disc."""
    heading_deg: float | None = None
    """Clockwise from north; None for no arrow."""
    is_stale: bool = False
    age: str = ""
    """How long ago that was, in words; empty while it is fresh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStop:
    """A numbered stop on the map."""

    ticket_id: str
    latitude: float
    """Degrees WGS 84."""
    longitude: float
    """Degrees WGS 84."""
    number: int
    is_new: bool = False
    """Whether it is only proposed there: drawn with a dashed line."""


class Journey(QObject):
    """Keeps position and route and tells the page, also one that comes later."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._position: OwnPlace | None = None
        self._route: str | None = None
        self._bridge: Bridge | None = None

    def connect_page(self, bridge: Bridge | None) -> None:
        """Speak with a page that is drawn; None for no page."""
        self._bridge = bridge
        if bridge is not None:
            if self._position is not None:
                bridge.position_changed.emit(orjson.dumps(self._position).decode())
            if self._route is not None:
                bridge.route_changed.emit(self._route)

    def show_position(self, place: OwnPlace) -> None:
        """Show where the person is."""
        if place == self._position:
            return
        self._position = place
        if self._bridge is not None:
            self._bridge.position_changed.emit(orjson.dumps(place).decode())

    def show_route(self, stops: Iterable[MapStop] | None, start: OwnPlace | None = None) -> None:
        """Draw a line from the start through numbered stops; None takes it away."""
        route = None
        if stops is not None:
            told = {
                "stops": [asdict(stop) for stop in stops],
                "start": None if start is None else asdict(start),
            }
            route = orjson.dumps(told).decode()
        if route == self._route:
            return
        self._route = route
        if self._bridge is not None:
            self._bridge.route_changed.emit(route or "null")

    def go_to_me(self) -> None:
        """Put one's own place into the middle, where it is known."""
        if self._bridge is not None:
            self._bridge.me_wished.emit()
