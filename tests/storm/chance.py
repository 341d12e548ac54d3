"""Chance: everything that happens in a history follows from one seed."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws what happens; the same seed draws the same history."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def happens(self, probability: float) -> bool:
        """Return whether something of this probability happens now."""
        return self._random.random() < probability

    def part(self) -> float:
        """Return a number from 0 to 1."""
        return self._random.random()

    def between(self, least: int, most: int) -> int:
        """Return a whole number; both ends may come."""
        return self._random.randint(least, most)

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of some things, all as likely."""
        return things[self._random.randrange(len(things))]

    def weighed(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, each as likely as its weight says."""
        return self._random.choices(tuple(weights), tuple(weights.values()))[0]

    def bits(self, count: int) -> int:
        """Return a number of so many bits."""
        return self._random.getrandbits(count)

    def some(self, count: int) -> bytes:
        """Return so many bytes without sense."""
        return self._random.randbytes(count)
