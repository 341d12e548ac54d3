"""Keeps the page's pins as the list has them; compares and writes away from the GUI thread."""

from collections.abc import Callable, Mapping
from typing import Final

import orjson
from PySide6.QtCore import QObject

from field_app.maps import pins as pins_room
from field_app.maps.pins import Pin, PinChanges, area_of
from field_app.maps.tiles import Bounds
from field_app.ui.background import Background, Job
from field_app.ui.map.bridge import Bridge

MANY: Final = 2_000
"""From this many touched pins on, the page reads all of them again."""


class PinsWire(QObject):
    """Tells the page what is new or different about pins, and all of them when it asks."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pins: Mapping[str, Pin] = {}
        self._on_page: Mapping[str, Pin] = {}
        self._bridge: Bridge | None = None
        self._is_reading = False
        self._comparing: Job | None = None

    def show(self, pins: Mapping[str, Pin]) -> None:
        """Show exactly these pins, by ticket id; nobody may change them afterwards."""
        self._pins = pins
        self._tell()

    def connect_page(self, bridge: Bridge | None) -> None:
        """Speak with a page that has read all pins already; None for no page."""
        self._bridge = bridge
        self._is_reading = False
        self._tell()

    def titles(self, ids: str) -> str:
        """Return the titles of some tickets; both are JSON lists. Empty where there is none."""
        pins = [self._pins.get(ticket_id) for ticket_id in orjson.loads(ids)]
        return orjson.dumps(["" if pin is None else pin.title for pin in pins]).decode()

    def area(self) -> Bounds | None:
        """Return where nearly all tickets lie; None when there are none."""
        return area_of(list(self._pins.values()))

    def read_all(self, answer: Callable[[bytes], object]) -> None:
        """Give the JSON of all pins to `answer` as soon as it is written."""
        snapshot = self._pins

        def give(written: bytes) -> None:
            self._on_page = snapshot
            self._is_reading = False
            answer(written)
            self._tell()

        self._is_reading = True
        self._background.run(pins_room.as_json, snapshot.values(), done=give, is_question=True)

    def _tell(self) -> None:
        """Compare with what the page has and say what to change; the newest pins win."""
        if self._bridge is None or self._is_reading:
            return
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None
        if self._pins is not self._on_page:
            snapshot = self._pins
            self._comparing = self._background.run(
                _compare,
                self._on_page,
                snapshot,
                done=lambda told: self._say(snapshot, told),
                is_question=True,
            )

    def _say(self, snapshot: Mapping[str, Pin], told: tuple[PinChanges, str]) -> None:
        self._comparing = None
        changes, words = told
        if self._bridge is None or self._is_reading:
            return
        if changes.count > MANY:
            self._is_reading = True  # until the page has asked and got its answer
            self._bridge.all_changed.emit()
            return
        self._on_page = snapshot
        if changes.count:
            self._bridge.changed.emit(words)


def _compare(old: Mapping[str, Pin], new: Mapping[str, Pin]) -> tuple[PinChanges, str]:
    """Return what changed, and its JSON unless the page reads all of it anyway."""
    changes = pins_room.changes(old, new)
    words = "" if changes.count > MANY else pins_room.changes_as_json(changes).decode()
    return changes, words
