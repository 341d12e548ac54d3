"""The shortest way through many places: a good heuristic of a library, not a proof."""

from collections.abc import Sequence
from typing import Final

from field_app.domain.place import Place
from field_app.domain.route import Route, Stop, matrix_m

BUDGET_S: Final = 0.25
"""How long is searched when a proof would take longer; other threads run meanwhile."""
MOST: Final = 65_535
"""The largest distance that the library takes: it counts with 16 bits."""
FEW: Final = 2
"""With so many places there is nothing to search."""


def shortest(stops: Sequence[Stop], start: Place | None) -> Route:
    """Return stops in an order with a short way; where it ends is free.

    Takes `BUDGET_S` and the time for all distances, so this is not for the GUI thread.

    Args:
        stops: Each is visited once.
        start: Where the way begins; None when it may begin anywhere.
    """
    places = [] if start is None else [start]
    matrix = matrix_m([*places, *(stop.place for stop in stops)])
    way = open_way(matrix, has_start=start is not None)
    return tuple(stops[at - len(places)] for at in way[len(places) :])


def open_way(matrix: list[list[int]], *, has_start: bool, budget_s: float = BUDGET_S) -> list[int]:
    """Return a short way through all places that need not come back.

    The library looks for tours that end where they begin. So one more place is added that is near
    to the start and equally far from all others, and the tour is cut there.

    Args:
        matrix: Distances between all places in whole metres, symmetric.
        has_start: Whether the way begins at the first place; otherwise anywhere.
        budget_s: Seconds for the search.
    """
    count = len(matrix)
    if count <= FEW:
        return list(range(count))
    # Loaded here: most starts of the program never ask for a tour.
    from fast_tsp import find_tour  # noqa: PLC0415

    longest = max(map(max, matrix))
    unit_m = longest * 2 // MOST + 1  # metres up to 32 km across, a few metres in a province
    far = longest * 2 // unit_m if has_start else 0
    ends = [0, *[far] * (count - 1)]
    small = [[metres // unit_m for metres in row] for row in matrix]
    closed = [[*row, end] for row, end in zip(small, ends, strict=True)] + [[*ends, 0]]
    tour: list[int] = find_tour(closed, budget_s)
    cut = tour.index(count)
    way = tour[cut + 1 :] + tour[:cut]
    return way[::-1] if has_start and way[0] != 0 else way
