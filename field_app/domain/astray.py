"""Reported places that cannot be right: none at all, or far out of the country and of all others.

A point of a report comes from a citizen's phone and is now and then zero, in the sea, or in another
country. Such a job is not shown on the map, where nobody would find it, but told beside it.
"""

from collections.abc import Iterable
from typing import Final

OUTLINE: Final = (
    (97.1, 18.4), (97.4, 20.0), (98.6, 20.2), (99.7, 20.7), (100.7, 20.8), (101.6, 19.9),
    (101.6, 18.4), (102.2, 18.4), (103.2, 18.7), (104.0, 18.7), (105.1, 17.5), (105.0, 16.6),
    (105.9, 15.4), (105.8, 14.1), (104.6, 13.9), (103.0, 13.9), (102.9, 13.4), (103.1, 12.6),
    (103.2, 11.4), (102.2, 11.3), (101.0, 12.2), (100.65, 12.35), (100.65, 13.1), (100.75, 13.35),
    (100.5, 13.4), (100.2, 13.25), (100.25, 12.4), (100.2, 11.9), (99.8, 11.0), (100.2, 10.3),
    (100.4, 9.5), (100.5, 8.6), (100.8, 7.6), (101.4, 7.2), (101.9, 6.8), (102.4, 6.2),
    (101.9, 5.5), (101.0, 5.4), (100.5, 6.2), (99.9, 6.2), (99.0, 6.2), (98.8, 7.2), (98.1, 7.4),
    (97.4, 8.4), (97.6, 9.7), (98.3, 10.1), (98.6, 10.8), (98.9, 11.8), (98.9, 12.9), (98.7, 13.8),
    (97.9, 14.9), (98.0, 16.0), (98.2, 16.8), (97.2, 17.9),
)  # fmt: skip
"""Thailand with its islands, drawn by hand, 10 to 80 km wider: longitude and latitude."""
NEAR_DEGREES: Final = 0.25
"""Side of a square, about 27 km; a place in one of the squares around a job's is near it."""
FINE: Final = 20
"""Parts of a degree, 5 km, to which a place is rounded before it is compared with the outline."""
ZERO: Final = 0.01
"""Degrees around no place at all, which forms and phones send as 0, 0."""

Located = tuple[str, float | None, float | None]
"""A job's id with its place's latitude and longitude, degrees WGS 84."""
Square = tuple[int, int]


def without_place(located: Iterable[Located]) -> set[str]:
    """Return the ids of jobs that have no place that could be shown among the others.

    Those are jobs without a place, at 0, 0, and those that are out of the country and far from
    every job that is not. Where no job is in the country at all, the town is elsewhere and all may
    be right.
    """
    home: set[Square] = set()
    abroad: list[tuple[str, Square]] = []
    lost: set[str] = set()
    known: dict[Square, bool] = {}
    for ticket_id, latitude, longitude in located:
        if latitude is None or longitude is None or _is_zero(latitude, longitude):
            lost.add(ticket_id)
            continue
        fine = (int(latitude * FINE), int(longitude * FINE))
        is_home = known.get(fine)
        if is_home is None:
            is_home = known[fine] = is_in_outline(latitude, longitude)
        square = (int(latitude // NEAR_DEGREES), int(longitude // NEAR_DEGREES))
        if is_home:
            home.add(square)
        else:
            abroad.append((ticket_id, square))
    if home:
        lost.update(ticket_id for ticket_id, square in abroad if not home & _around(square))
    return lost


def is_in_outline(latitude: float, longitude: float) -> bool:
    """Return whether a place is in Thailand or just beside it (even-odd rule)."""
    is_inside = False
    for (x1, y1), (x2, y2) in zip(OUTLINE, (*OUTLINE[1:], OUTLINE[0]), strict=True):
        if (y1 > latitude) != (y2 > latitude):
            is_inside ^= longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return is_inside


def _is_zero(latitude: float, longitude: float) -> bool:
    return abs(latitude) < ZERO and abs(longitude) < ZERO


def _around(square: Square) -> set[Square]:
    row, column = square
    return {(row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)}
