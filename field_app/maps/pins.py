"""What the map shows of a ticket: one pin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from field_app.maps.tiles import Bounds

PARTS_OF_A_DEGREE: Final = 1_000_000
"""Places go to the page as whole numbers of these, a tenth of a metre each."""

PINS_LOOKED_AT: Final = 1_000
"""So many are enough to know where all lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A ticket on the map."""

    ticket_id: str
    latitude: float
    """Degrees WGS 84."""
    longitude: float
    """Degrees WGS 84."""
    icon: str
    """Name of the category's icon in `resources/icons/lucide`, as `droplets`."""
    status: str
    """Key of the design's status map, as `waiting`."""
    is_overdue: bool
    """Whether the time limit has passed."""
    title: str
    """The ticket's title, for the tooltip and screen readers; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChanges:
    """What has to be done to make one set of pins another one."""

    put: tuple[Pin, ...]
    """New pins and pins that are no longer as they were."""
    removed: tuple[str, ...]
    """Ticket ids whose pins are gone."""

    @property
    def count(self) -> int:
        """How many pins are touched."""
        return len(self.put) + len(self.removed)


def changes(old: Mapping[str, Pin], new: Mapping[str, Pin]) -> PinChanges:
    """Compare two sets of pins, both by ticket id; 50,000 take some hundredths of a second."""
    get = old.get
    return PinChanges(
        put=tuple(
            pin
            for key, pin in new.items()
            if (known := get(key)) is not pin and known != pin  # most are the very same object
        ),
        removed=tuple(key for key in old if key not in new),
    )


def columns(pins: Iterable[Pin]) -> dict[str, Any]:
    """Return pins as the page reads them, ready for JSON.

    Returns:
        `ids`; `places`, latitude and longitude of each in `PARTS_OF_A_DEGREE`; `kinds`, every icon,
        status and lateness that occur together; `rows`, the place of each pin's kind in them.
    """
    kinds: dict[tuple[str, str, bool], int] = {}
    ids, places, rows = [], [], []
    for pin in pins:
        ids.append(pin.ticket_id)
        places.append(round(pin.latitude * PARTS_OF_A_DEGREE))
        places.append(round(pin.longitude * PARTS_OF_A_DEGREE))
        rows.append(kinds.setdefault((pin.icon, pin.status, pin.is_overdue), len(kinds)))
    return {"ids": ids, "places": places, "kinds": list(kinds), "rows": rows}


def as_json(pins: Iterable[Pin]) -> bytes:
    """Write pins as the page reads all of them."""
    return orjson.dumps(columns(pins))


def changes_as_json(told: PinChanges) -> bytes:
    """Write changes as the page takes them in."""
    return orjson.dumps({"put": columns(told.put), "removed": told.removed})


def area_of(pins: Sequence[Pin]) -> Bounds | None:
    """Return the area that holds nearly all pins, degrees; None for no pins.

    A ticket far out, as one in the sea that a telephone placed at 0° 0°, moves nothing: of some
    pins, spread over all of them, a twentieth at each edge is left out.
    """
    some = pins[:: len(pins) // PINS_LOOKED_AT + 1]
    if not some:
        return None
    left_out = len(some) // 20
    norths = sorted(pin.latitude for pin in some)[left_out : len(some) - left_out]
    easts = sorted(pin.longitude for pin in some)[left_out : len(some) - left_out]
    return easts[0], norths[0], easts[-1], norths[-1]
