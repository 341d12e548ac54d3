"""What every suite of the benchmark is given: how much to measure, and where to say how far it is.

A suite is a module of this package with

    measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]

and its name in `build_scripts.bench.SUITES`. Whatever it compares it measures in turns, once in
every round, because the machine's speed drifts from minute to minute.
"""

from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str], None]
"""Is told how far a suite is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How much to measure."""

    rounds: int
    """How often each thing is measured."""
    tickets: int
    """Tickets at the hub."""
    is_full: bool
    """Whether to measure what takes long, too."""
