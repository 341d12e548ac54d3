"""What was measured, beside what was wanted, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

FORMATS: Final = {
    "s": ",.3f",
    "ms": ",.1f",
    "µs": ",.0f",
    "×": ",.2f",
    "× payload": ",.4f",
    "MB": ",.0f",
    "kB": ",.1f",
    "B": ",.0f",
    "": ",.0f",
}
"""How numbers of each unit are written; the unit of things that are counted is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One line of the table."""

    key: str
    """Its name in the JSON."""
    name: str
    unit: str
    values: tuple[float, ...]
    """One for each round, in their order; empty where it cannot be measured."""
    goal: float | None = None
    """The largest median that is good enough; None for figures without a goal."""

    @property
    def median(self) -> float | None:
        """The middle value; None when nothing was measured."""
        return median(self.values) if self.values else None

    @property
    def verdict(self) -> str:
        """`met` or `MISSED`; `-` without goal, `not measured` without values."""
        middle = self.median
        if middle is None:
            return "not measured"
        if self.goal is None:
            return "-"
        return "met" if middle <= self.goal else "MISSED"

    def as_json(self) -> dict[str, Any]:
        """Return the line for the JSON file."""
        return {
            "key": self.key,
            "name": self.name,
            "unit": self.unit,
            "values": list(self.values),
            "median": self.median,
            "min": min(self.values, default=None),
            "max": max(self.values, default=None),
            "goal": self.goal,
            "verdict": self.verdict,
        }


def ratios(values: Sequence[float], baselines: Sequence[float]) -> tuple[float, ...]:
    """Return each value divided by the baseline of the same round."""
    return tuple(v / b for v, b in zip(values, baselines, strict=True))


def table(measures: Sequence[Measure]) -> str:
    """Return the measures as lines of text."""
    rows = [("", "median", "min", "max", "goal", "verdict"), *map(_row, measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < column < len(widths) - 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(measure: Measure) -> tuple[str, ...]:
    """Return the cells of one line."""
    middle = measure.median
    if middle is None:
        return (measure.name, "", "", "", "", measure.verdict)
    style, unit = FORMATS[measure.unit], measure.unit
    goal = "" if measure.goal is None else f"≤ {measure.goal:g} {unit}".rstrip()
    numbers = (middle, min(measure.values), max(measure.values))
    return (measure.name, *(f"{n:{style}} {unit}".rstrip() for n in numbers), goal, measure.verdict)
