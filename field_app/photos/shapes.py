"""The shapes of marks on a picture of any size: one geometry for the screen and for copies."""

import hashlib
import math
from collections.abc import Sequence
from typing import Final

from field_app.domain.photo import Mark

Point = tuple[float, float]
"""x and y in pixels from the top left corner."""
Size = tuple[int, int]
"""Width and height of the upright picture, pixels."""

VERSION: Final = 1
"""Counts up whenever the same marks are drawn in another way: older copies are made anew."""
FILL: Final = "#FFE100"
"""Yellow as road signs have it: seen on any ground, in sun and at night."""
EDGE: Final = "#12201C"
"""Nearly black round the yellow, for bright grounds; also the letters on it."""
LINE: Final = 0.006
"""Width of lines, part of the picture's longest side."""
THINNEST_PX: Final = 2.0
OUTLINE: Final = 0.45
"""Width of the dark edge on each side, part of the line's width."""
HEAD: Final = 4.5
"""Length of an arrow's head in widths of its line; it is as wide as it is long."""
LETTERS: Final = 0.06
"""Height of a line of words that says no height of its own, part of the picture's height."""
SMALLEST_LETTERS: Final = 0.025
LARGEST_LETTERS: Final = 0.25
SAFETY: Final = 0.005
"""A blurred region is larger than its mark by this part of the longest side on each side: the
pixels beside it may hold traces of what is inside, left by the picture's own compression."""


def digest(marks: Sequence[Mark], source: str) -> str:
    """Return what names a copy with these marks: 16 hex digits, others for other marks.

    Args:
        marks: In their order; later ones lie above earlier ones.
        source: Which copy of the picture they are drawn on.
    """
    facts = [(m.kind.value, m.x1, m.y1, m.x2, m.y2, m.text) for m in marks]
    return hashlib.sha256(repr((VERSION, str(source), facts)).encode()).hexdigest()[:16]


def line_width(size: Size) -> float:
    """Return the width of lines in pixels."""
    return max(THINNEST_PX, LINE * max(size))


def edge_width(size: Size) -> float:
    """Return the width of the dark edge on each side of a line in pixels."""
    return max(1.0, OUTLINE * line_width(size))


def ends(mark: Mark, size: Size) -> tuple[Point, Point]:
    """Return a mark's first and second point in pixels, never outside the picture."""
    wide, tall = size
    x1, y1, x2, y2 = (min(1.0, max(0.0, p)) for p in (mark.x1, mark.y1, mark.x2, mark.y2))
    return (x1 * wide, y1 * tall), (x2 * wide, y2 * tall)


def arrow(mark: Mark, size: Size) -> tuple[Point, ...]:
    """Return the outline of an arrow, seven points; its tip is the fourth.

    An arrow that is shorter than its head has a smaller head.
    """
    (x1, y1), (x2, y2) = ends(mark, size)
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return ((x1, y1),) * 7
    along = ((x2 - x1) / length, (y2 - y1) / length)
    across = (-along[1], along[0])
    head = min(HEAD * line_width(size), length)
    half, wide = line_width(size) / 2, head / 2

    def at(forth: float, aside: float) -> Point:
        return (
            x1 + forth * along[0] + aside * across[0],
            y1 + forth * along[1] + aside * across[1],
        )

    neck = length - head
    half = min(half, wide)
    return (
        at(0, half), at(neck, half), at(neck, wide), at(length, 0),
        at(neck, -wide), at(neck, -half), at(0, -half),
    )  # fmt: skip


def frame(mark: Mark, size: Size) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a mark in pixels, whichever way it was drawn."""
    (x1, y1), (x2, y2) = ends(mark, size)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def region(mark: Mark, size: Size) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what a blur hides: whole pixels, rounded outward."""
    left, top, right, bottom = frame(mark, size)
    more = SAFETY * max(size)
    return (
        max(0, math.floor(left - more)),
        max(0, math.floor(top - more)),
        min(size[0], math.ceil(right + more)),
        min(size[1], math.ceil(bottom + more)),
    )


def line_height(mark: Mark, size: Size) -> float:
    """Return the height of one line of a mark's words in pixels."""
    part = abs(mark.y2 - mark.y1)
    if part == 0:
        part = LETTERS
    return size[1] * min(LARGEST_LETTERS, max(SMALLEST_LETTERS, part))
