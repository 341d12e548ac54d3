"""Pairs: how many points of two pictures fit together as seen from one spot.

Measured on the labelled set and the demo's photos, 40 pairs from the same spot and some 800 of
different places: the same spot gives 31 points and more (half of them over 400), another place 10
or fewer in 99 of 100 pairs and never more than 17. The same place from another side gives 4 to
14, so a low number says nothing but that it may be another spot.

ORB was chosen: SIFT needs 39 ms a picture where ORB needs 7, and found fewer points of pairs on
paving, 7 where ORB found over 200.
"""

from collections.abc import Iterable
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from field_app.vision.picture import Picture, at_most, luma_of

SIDE_PX: Final = 640
POINTS: Final = 1500
DULLEST: Final = 7
"""Contrast of a corner, grey levels; low, so that asphalt has some."""
THINNEST_PX: Final = 32
"""A point is looked at with so many pixels round it; in a thinner picture there is none."""
BETTER: Final = 0.8
"""A point's best likeness must differ by so much less than its second best."""
NEAR_PX: Final = 4.0
FEWEST: Final = 5
"""Pairs of points with which a view can be computed at all, one more than any four fit."""
SEED: Final = 1
"""Of the search for a view, so that the same two pictures always have the same number."""

LEAST_DEPTH: Final = 0.2
"""A view that shrinks a corner farther than to this part is no view of the same spot."""

Points = tuple[NDArray[np.float32], NDArray[np.uint8], tuple[int, int]]
"""Where a picture's points are, what they look like, and the width and height they lie in."""
View = tuple[float, float, float, float, float, float, float, float, float]
"""A matrix, row by row: parts of one picture's width and height (1 below them) to the other's."""


def matches(before: Picture, after: Picture) -> int:
    """Return how many points of two pictures fit together; about 25 ms.

    Args:
        before: A picture's bytes, or decoded, RGB or luma; made small above 640 px.
        after: The same of the other one.

    Returns:
        0 when either is no picture, or when nothing fits.
    """
    return matches_of(after, (before,))[0]


def matches_of(after: Picture, earlier: Iterable[Picture]) -> tuple[int, ...]:
    """Return for each earlier picture how many points fit a later one; about 20 ms each.

    Args:
        after: As of `matches`; its points are looked for once.
        earlier: As of `matches`; each is asked for when its turn comes.
    """
    points = _points(after)
    return tuple(_found(_points(before), points)[1] for before in earlier)


def view_of(before: Picture, after: Picture, least: int) -> View | None:
    """Return how an earlier picture lies over a later one, so that the scene comes over itself.

    Args:
        before: As of `matches`.
        after: As of `matches`.
        least: So many points must fit.

    Returns:
        None when fewer fit, or when the view could not be one that a camera has.
    """
    first, second = _points(before), _points(after)
    matrix, count = _found(first, second)
    if matrix is None or count < least:
        return None
    grown = np.diag((*map(float, first[2]), 1.0))
    shrunk = np.diag((1 / second[2][0], 1 / second[2][1], 1.0))
    view = shrunk @ matrix @ grown
    corners = np.array(((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)), np.float64) @ view.T
    if not np.isfinite(view).all() or corners[:, 2].min() < LEAST_DEPTH * corners[:, 2].max():
        return None
    a, b, c, d, e, f, g, h, i = (float(part) for part in (view / view[2, 2]).ravel())
    return a, b, c, d, e, f, g, h, i


def _found(first: Points, second: Points) -> tuple[NDArray[Any] | None, int]:
    """Return the view from one picture's points to the other's, and how many fit it."""
    if min(len(first[0]), len(second[0])) < FEWEST:
        return None, 0
    here, there = _alike(first, second)
    if len(here) < FEWEST:
        return None, 0
    cv2.setRNGSeed(SEED)
    found: tuple[Any, Any] = cv2.findHomography(here, there, cv2.USAC_MAGSAC, NEAR_PX)
    return (None, 0) if found[0] is None else (found[0], int(found[1].sum()))


def _points(picture: Picture) -> Points:
    """Return the points of a picture; may be none."""
    luma = luma_of(picture)
    small = None if luma is None else at_most(luma, SIDE_PX)
    if small is None or min(small.shape) < THINNEST_PX:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), (1, 1)
    size = (small.shape[1], small.shape[0])
    finder: Any = cv2.ORB.create(POINTS, fastThreshold=DULLEST)
    found, looks = finder.detectAndCompute(small, None)
    if looks is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), size
    return np.array([point.pt for point in found], np.float32), looks, size


def _alike(first: Points, second: Points) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where the points that look alike are in either picture, each once."""
    best: dict[int, tuple[float, int]] = {}
    for near in cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(first[1], second[1], 2):
        if len(near) > 1 and near[0].distance >= BETTER * near[1].distance:
            continue
        for match in near[:1]:
            known = best.get(match.trainIdx)
            if known is None or match.distance < known[0]:
                best[match.trainIdx] = (match.distance, match.queryIdx)
    mine = [query for _, query in best.values()]
    return first[0][mine], second[0][list(best)]
