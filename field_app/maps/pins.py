"""What the map shows of a ticket: one pin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson


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
    """Compare two sets of pins, both by ticket id."""
    return PinChanges(
        put=tuple(pin for key, pin in new.items() if old.get(key) != pin),
        removed=tuple(key for key in old if key not in new),
    )


def as_json(pins: Iterable[Pin]) -> bytes:
    """Write pins as the JSON list that the page reads."""
    return orjson.dumps(tuple(pins))
