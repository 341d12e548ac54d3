"""How fast photos go up: measured from what moved lately, and unknown when nothing did."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.ids import PhotoId

WINDOW: Final = timedelta(seconds=30)
"""The speed is the mean over so long, so that one quick moment changes little."""
LEAST: Final = timedelta(seconds=4)
"""Shorter observations say nothing."""
SILENCE: Final = timedelta(seconds=10)
"""After so long without a byte nobody knows how it goes on."""


@dataclass(slots=True)
class Pace:
    """Watches the bytes of photos that are under way."""

    _seen: dict[PhotoId, int] = field(default_factory=dict)
    _moved: int = 0
    _marks: deque[tuple[datetime, int]] = field(default_factory=deque)
    """When how many bytes had moved in all; only moments at which some did, and the first."""

    def note(self, at: datetime, under_way: Mapping[PhotoId, int]) -> None:
        """Take in how far the photos under way are.

        Args:
            at: The present.
            under_way: Bytes handed to the network, by photo; empty between rounds.
        """
        if self._marks and at < self._marks[-1][0]:
            self.forget()
        grown = sum(
            max(0, sent - self._seen[photo_id])
            for photo_id, sent in under_way.items()
            if photo_id in self._seen
        )
        self._seen = dict(under_way)
        if not under_way:
            return
        self._moved += grown
        if grown or not self._marks:
            self._marks.append((at, self._moved))
        while len(self._marks) > 1 and self._marks[1][0] <= at - WINDOW:
            self._marks.popleft()

    def forget(self) -> None:
        """Begin anew, as after a pause or when the clock was set."""
        self._seen = {}
        self._moved = 0
        self._marks.clear()

    def bytes_per_s(self, at: datetime) -> float | None:
        """Return the speed; None when too little was seen, or nothing for a while."""
        if not self._marks:
            return None
        first, last = self._marks[0], self._marks[-1]
        if last[0] - first[0] < LEAST or not timedelta() <= at - last[0] <= SILENCE:
            return None
        return (last[1] - first[1]) / (at - first[0]).total_seconds()

    def seconds_left(self, at: datetime, left_bytes: int) -> float | None:
        """Return how long so many bytes take at this speed; None when nobody knows."""
        speed = self.bytes_per_s(at)
        return left_bytes / speed if speed else None
