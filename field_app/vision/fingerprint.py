"""Fingerprints: what is left of a picture so that it is known again, turned, cut or saved anew.

A fingerprint is a constellation: up to 48 places of the picture that stand out (SIFT), each with
where it is, how large, how turned, and 64 bits that say what it looks like; and the picture
itself as a few blurred cells. The points find the picture and say how it was turned, the cells
say whether the rest fits as well: a photo from the same spot after the work has many of the same
points, but it is another picture.
"""

import struct
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from field_app.vision.picture import Luma, Picture, at_most, luma_of

SIDE_PX: Final = 256
"""Longest side at which pictures are looked at; what previews have."""
NARROWEST_PX: Final = 32
"""Of the shorter side; a strip has no points around which there is anything to see."""
POINTS: Final = 48
FEWEST_POINTS: Final = 8
"""With fewer, a picture is too dark or too empty to be told from others."""
FOUND: Final = 400
"""Points found before the best are chosen; with 200, seven times as many copies are lost."""
CONTRAST: Final = 0.01
"""Low, so that pictures taken at night have points too."""
SMALLEST_PX: Final = 3.0
LARGEST_PX: Final = 16.0
"""Small points are lost when a picture is saved anew; beyond this size more is no better."""
PARTS: Final = 3
"""The best points are taken in turn from 3 x 3 parts, so that a cut leaves enough of them."""
GRID: Final = 24
"""Cells along the longer side."""
BLUR: Final = 0.8
"""Of a cell; blurred cells can be read between their middles, after a turn."""
BITS: Final = 64
SEED: Final = 20_261_125
"""Of the directions in which descriptors are cut; another one makes all stored ones useless."""
FORM: Final = 1
"""Of the bytes: form, width, height, points, rows, columns, then the points, then the cells."""
HEAD: Final = struct.Struct("6B")
POINT_BYTES: Final = 12
OCTAVE_STEPS: Final = 32.0
"""Sizes are kept as their logarithm, so many steps an octave."""
OCTAVES: Final = 8.0
"""The smallest size that can be kept, octaves below the longest side."""

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A picture's fingerprint, and that of its mirror image, which is needed only to search."""

    plain: bytes
    """About 1 kB; see `constellation`."""
    mirrored: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Constellation:
    """A fingerprint as numbers; lengths are parts of the longest side."""

    at: NDArray[np.complex64]
    """Where the points are: across + down * i."""
    size: Plane
    """Logarithm to base 2."""
    angle: Plane
    """Radians."""
    looks: NDArray[np.uint64]
    width: float
    height: float
    cells: Plane
    """Rows, columns: mean brightness, 0 to 255."""


def fingerprint_of(picture: Picture) -> Fingerprint | None:
    """Return the fingerprint of a picture; about 12 ms.

    Args:
        picture: A preview's bytes, or a decoded picture, RGB or luma; a larger one is made small.

    Returns:
        None when it cannot be compared: no picture, or too dark or empty.
    """
    luma = luma_of(picture)
    if luma is None:
        return None
    luma = at_most(luma, SIDE_PX)
    if min(luma.shape) < NARROWEST_PX:
        return None
    points, looks = _points(luma)
    if len(points) < FEWEST_POINTS:
        return None
    longest = max(luma.shape)
    width, height = luma.shape[1] / longest, luma.shape[0] / longest
    points[:, :3] /= longest
    cells = _cells(luma)
    plain = _packed(points, looks @ _directions() > 0, (width, height), cells)
    points[:, 0] = width - points[:, 0]
    points[:, 3] = np.pi - points[:, 3]
    turned = looks[:, _mirror()] @ _directions() > 0
    mirrored = _packed(points, turned, (width, height), cells[:, ::-1])
    return Fingerprint(plain=plain, mirrored=mirrored)


def constellation(stored: bytes) -> Constellation | None:
    """Return a stored fingerprint as numbers; None when it is of another form, or broken."""
    if len(stored) < HEAD.size:
        return None
    form, width, height, count, rows, columns = HEAD.unpack_from(stored)
    if form != FORM or len(stored) != HEAD.size + count * POINT_BYTES + rows * columns:
        return None
    body = np.frombuffer(stored, np.uint8, offset=HEAD.size)
    where = body[: 4 * count].reshape(4, count).astype(np.float32)
    looks = np.frombuffer(stored, "<u8", count, HEAD.size + 4 * count)
    return Constellation(
        at=((where[0] + 1j * where[1]) / 255).astype(np.complex64),
        size=where[2] / np.float32(OCTAVE_STEPS) - np.float32(OCTAVES),
        angle=where[3] * np.float32(2 * np.pi / 256),
        looks=looks,
        width=width / 255,
        height=height / 255,
        cells=body[POINT_BYTES * count :].reshape(rows, columns).astype(np.float32),
    )


def _points(luma: Luma) -> tuple[Plane, Plane]:
    """Return the best points (x, y, size in px; angle in radians) and what they look like."""
    found, raw = _detector().detectAndCompute(luma, None)
    if raw is None or not len(found):
        return np.zeros((0, 4), np.float32), np.zeros((0, 128), np.float32)
    points = np.array([(*p.pt, p.size, np.deg2rad(p.angle)) for p in found], np.float32)
    worth = np.array([p.response for p in found]) * np.minimum(points[:, 2], LARGEST_PX)
    worth[points[:, 2] < SMALLEST_PX] *= 1e-3
    chosen = _in_turn(points, worth, luma.shape)
    looks = np.sqrt(raw[chosen] / (raw[chosen].sum(1, keepdims=True) + 1e-6))
    return points[chosen], looks - looks.mean(1, keepdims=True)


def _in_turn(points: Plane, worth: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Return the numbers of the best points, taken in turn from the parts of the picture."""
    height, width = shape
    row = np.minimum(points[:, 1] * PARTS // height, PARTS - 1)
    part = row * PARTS + np.minimum(points[:, 0] * PARTS // width, PARTS - 1)
    order = np.lexsort((-worth, part))
    first = np.searchsorted(part[order], part[order])
    turn = np.arange(len(order)) - first
    best = np.lexsort((-worth[order], turn))
    return order[best][:POINTS]


def _cells(luma: Luma) -> NDArray[np.uint8]:
    """Return a picture's blurred cells."""
    height, width = luma.shape
    cell = max(height, width) / GRID
    size = (max(1, round(width / cell)), max(1, round(height / cell)))
    soft = cv2.GaussianBlur(luma, (0, 0), BLUR * cell)
    return cv2.resize(soft, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _packed(
    points: Plane, bits: NDArray[Any], size: tuple[float, float], cells: NDArray[np.uint8]
) -> bytes:
    """Return a fingerprint's bytes."""
    head = HEAD.pack(FORM, *(round(side * 255) for side in size), len(points), *cells.shape)
    sizes = (np.log2(points[:, 2]) + OCTAVES) * OCTAVE_STEPS
    turns = np.round(points[:, 3] * (256 / (2 * np.pi))) % 256
    where = np.stack((points[:, 0] * 255, points[:, 1] * 255, sizes, turns))
    whole = np.clip(np.round(where), 0, 255).astype(np.uint8)
    looks = np.packbits(bits, axis=1, bitorder="little")
    return head + whole.tobytes() + looks.tobytes() + np.ascontiguousarray(cells).tobytes()


def _detector() -> Any:
    """Return what finds points; each call has its own, as threads may not share one."""
    return cv2.SIFT.create(nfeatures=FOUND, contrastThreshold=CONTRAST)


@cache
def _directions() -> Plane:
    """Return the fixed directions of the bits: on which side of each does a point lie?"""
    drawn = np.random.default_rng(SEED).standard_normal((128, BITS)).astype(np.float32)
    centred: Plane = drawn - drawn.mean(0)
    return centred


@cache
def _mirror() -> NDArray[Any]:
    """Return where each number of a SIFT descriptor stands in the mirror image's.

    It has 4 rows, 4 columns and 8 directions; seen in the mirror, rows and directions are
    reversed, because columns lie along the point's own direction.
    """
    places = np.arange(128).reshape(4, 4, 8)
    return places[::-1, :, -np.arange(8) % 8].ravel()
