"""Tools of the map page that point at places: measuring, coordinates, and a pin being moved."""

from dataclasses import dataclass
from typing import Any

import orjson
from PySide6.QtCore import QObject, Qt, Signal, Slot

from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.ui.map.bridge import Bridge
from field_app.ui.map.map_view import MapView

MEASURE, POINT, MOVE = "measure", "point", "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """A place that a person pointed at."""

    tool: str
    """`POINT` or `MOVE`."""
    place: Place


class Pointing(QObject):
    """Begins and ends the tools of one map; a page that comes back goes on with its tool.

    Signals:
        pointed: Pointed. A place was chosen with a tool.
        ended: str. The person ended this tool on the page.
    """

    pointed = Signal(object)
    ended = Signal(str)

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._bridge: Bridge | None = None
        self._wish: dict[str, Any] | None = None
        self._moving: TicketId | None = None
        self._moved: dict[str, Any] | None = None
        view.ready.connect(self._meet_page)

    @property
    def tool(self) -> str:
        """The tool in use; empty for none."""
        return "" if self._wish is None else str(self._wish["tool"])

    @property
    def is_there(self) -> bool:
        """Whether there is a page to point on."""
        return self._view.is_ready and self._view.web is not None

    def toggle(self, tool: str) -> None:
        """Begin measuring or pointing, or end it when it is in use."""
        self._tell(None if self.tool == tool else {"tool": tool})

    def move(self, ticket_id: TicketId, place: Place | None, reported: Place | None) -> None:
        """Let the person move a pin.

        Args:
            ticket_id: Whose pin it is.
            place: Where it stands; None when it stands nowhere.
            reported: The citizen's point; None when they gave none.
        """
        self._moving = ticket_id
        self._tell({"tool": MOVE, "place": _pair(place), "reported": _pair(reported)})

    def end(self) -> None:
        """End whatever tool is in use."""
        if self._wish is not None:
            self._tell(None)

    def show_moved(self, place: Place | None, reported: Place | None, ticket_id: TicketId) -> None:
        """Draw a line from the citizen's point to a job's pin; nothing when one is missing.

        A move of another job's pin ends.
        """
        if self.tool == MOVE and self._moving != ticket_id:
            self.end()
        is_both = place is not None and reported is not None and place != reported
        moved = {"place": _pair(place), "reported": _pair(reported)} if is_both else None
        if moved == self._moved:
            return
        self._moved = moved
        if self.is_there and self._bridge is not None:
            self._bridge.moved_changed.emit(orjson.dumps(moved).decode())

    def _tell(self, wish: dict[str, Any] | None) -> None:
        self._wish = wish
        if not self.is_there or self._bridge is None or self._view.web is None:
            return
        if wish is not None:
            self._view.web.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bridge.tool_changed.emit(orjson.dumps(wish).decode())

    @Slot()
    def _meet_page(self) -> None:
        """Speak with the page, also when it came back after its process had ended."""
        if self._view.web is None:
            return
        if self._bridge is not self._view.web.bridge:
            self._bridge = self._view.web.bridge
            self._bridge.tool_told.connect(self._hear)
        if self._moved is not None:
            self._bridge.moved_changed.emit(orjson.dumps(self._moved).decode())
        if self._wish is not None:
            self._tell(self._wish)

    @Slot(str)
    def _hear(self, words: str) -> None:
        told = orjson.loads(words)
        if told.get("isBegun"):
            self._wish = {"tool": told["tool"]}
        elif told.get("isEnded"):
            self._wish = None
            self.ended.emit(told["tool"])
        else:
            latitude, longitude = told["place"]
            place = Place(latitude=latitude, longitude=longitude)
            if self._wish is not None and told["tool"] == MOVE:
                self._wish["now"] = _pair(place)
            self.pointed.emit(Pointed(tool=told["tool"], place=place))


def _pair(place: Place | None) -> tuple[float, float] | None:
    """Return latitude and longitude for the page."""
    return None if place is None else (place.latitude, place.longitude)
