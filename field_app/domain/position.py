"""Where a person is: said, measured or read from a photo, and what of it is believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from field_app.domain.place import Place, distance_m

STALE_AFTER: Final = timedelta(minutes=10)
"""A position that is older is told with its age: people drive on."""
ROUGH_M: Final = 2_000.0
"""A measured position is of no use for finding the next job when it may be off by more."""
NOWHERE_DEGREES: Final = 0.01
"""So near to 0, 0 lies no town: receivers say so while they know nothing."""
FASTEST_M_S: Final = 70.0
"""Metres a second that no car of a crew drives: 250 km/h."""
DOUBT_M: Final = 100.0
"""Metres that any two positions may differ, whatever they say of themselves."""
PERSISTENT: Final = 3
"""So many positions in a row that agree with each other are believed against the one before."""


class PositionSource(StrEnum):
    """Who says where the person is; the stored and spoken words."""

    SAID = "said"
    """The person: a click on the map, or the place of a job."""
    SYSTEM = "system"
    """The location service of the operating system."""
    RECEIVER = "receiver"
    """A GPS receiver that speaks NMEA."""
    PHOTO = "photo"
    """The place in the file of the person's last photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place of the person's, at one time."""

    place: Place
    """With its accuracy, where the source names one."""
    source: PositionSource
    at: datetime | None = None
    """When the person was there; None when an earlier version kept it without the time."""
    heading_deg: float | None = None
    """Where they move to, degrees clockwise from north, 0 to 360; None when it is not known."""

    def age(self, now: datetime) -> timedelta | None:
        """Return how old it is, never less than nothing; None when that is not known."""
        return None if self.at is None else max(timedelta(), now - self.at)

    def is_stale(self, now: datetime) -> bool:
        """Return whether people may be elsewhere by now."""
        age = self.age(now)
        return age is None or age > STALE_AFTER


def is_somewhere(place: Place) -> bool:
    """Return whether a measured place can be one at all and is exact enough to be of use."""
    is_nowhere = max(abs(place.latitude), abs(place.longitude)) < NOWHERE_DEGREES
    return not is_nowhere and (place.accuracy_m is None or place.accuracy_m <= ROUGH_M)


def is_reachable(new: Position, before: Position) -> bool:
    """Return whether somebody can have come from one position to the other in the time between."""
    if new.at is None or before.at is None:
        return True
    seconds = max(0.0, (new.at - before.at).total_seconds())
    doubt = DOUBT_M + (new.place.accuracy_m or 0.0) + (before.place.accuracy_m or 0.0)
    return distance_m(new.place, before.place) <= doubt + FASTEST_M_S * seconds


class Belief:
    """Takes measured positions as they come and says which of them are believed.

    A single jump is not; but after some that agree with each other it was the one before that was
    wrong.
    """

    def __init__(self) -> None:
        """Believe the first one that can be at all."""
        self._last: Position | None = None
        self._doubted: list[Position] = []

    def take(self, new: Position) -> Position | None:
        """Return the position when it is believed, None when not."""
        if not is_somewhere(new.place):
            return None
        if self._last is None or is_reachable(new, self._last):
            return self._believe(new)
        if self._doubted and not is_reachable(new, self._doubted[-1]):
            self._doubted.clear()
        self._doubted.append(new)
        return self._believe(new) if len(self._doubted) >= PERSISTENT else None

    def _believe(self, new: Position) -> Position:
        self._last = new
        self._doubted.clear()
        return new


class Keeping:
    """Says which of many positions are worth writing down: lists are sorted anew by each."""

    STEP_M: Final = 50.0
    EVERY: Final = timedelta(minutes=5)
    AT_MOST_EVERY: Final = timedelta(seconds=20)

    def __init__(self) -> None:
        """Keep the first one."""
        self._kept: Position | None = None

    def wants(self, new: Position) -> bool:
        """Return whether to write this one down, and take that for done."""
        kept = self._kept
        if kept is None or kept.at is None or new.at is None:
            is_due = True
        else:
            since = new.at - kept.at
            is_far = distance_m(kept.place, new.place) >= self.STEP_M
            is_due = since >= self.EVERY or (is_far and since >= self.AT_MOST_EVERY)
        if is_due:
            self._kept = new
        return is_due
