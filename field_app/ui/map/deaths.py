"""How often the map's process ended, so that a map that always dies is not begun for ever."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

MOST: Final = 3
WITHIN_S: Final = 60.0


class Deaths:
    """Counts ends of the process within the last minute."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._times: deque[float] = deque(maxlen=MOST)

    def is_one_too_many(self) -> bool:
        """Count one end; return whether there were so many that beginning again is no use."""
        self._times.append(self._now_s())
        return len(self._times) == MOST and self._times[-1] - self._times[0] <= WITHIN_S

    def forget(self) -> None:
        """Begin to count anew: a person asked for the map."""
        self._times.clear()
