"""When to try, or look, again: pure arithmetic, the chance passed in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

STEPS_S: Final = (5.0, 30.0, 120.0, 600.0)
"""Pauses after the first, second, third and every further failure."""
JITTER: Final = 0.2
"""Part of a pause by which it is longer or shorter, so that laptops do not come all at once."""
BEAT_S: Final = 0.25
"""How often it is looked whether something smaller is to go, while photos are under way."""
LEAST_BEAT_S: Final = 0.02
"""So that what cannot leave now turns no round into a busy loop."""


def pause_s(attempts: int, chance: float, asked_s: float | None = None) -> float:
    """Return how many seconds to wait before the next try.

    Args:
        attempts: Failures so far, this one included; at least 1.
        chance: From 0 to 1.
        asked_s: What the hub asked for; it is never undercut.
    """
    step = STEPS_S[min(max(attempts, 1), len(STEPS_S)) - 1]
    own = step * (1 - JITTER + 2 * JITTER * chance)
    return own if asked_s is None else max(own, asked_s)


def next_try(now: datetime, attempts: int, chance: float, asked_s: float | None) -> datetime:
    """Return the moment of the next try; the arguments are those of `pause_s`."""
    return now + timedelta(seconds=pause_s(attempts, chance, asked_s))


def is_past(now: datetime, at: datetime, longest_s: float) -> bool:
    """Return whether a pause until `at` is over.

    A pause that is longer than any was made before the clock was set back: it is over too.
    """
    return not now < at <= now + timedelta(seconds=longest_s)


def beat_s(now: datetime, moments: Iterable[datetime]) -> float:
    """Return how long to listen: until the first moment at which something may leave.

    Args:
        now: The present.
        moments: When operations may leave.
    """
    left_s = ((at - now).total_seconds() for at in moments)
    return max(LEAST_BEAT_S, min((BEAT_S, *left_s)))
