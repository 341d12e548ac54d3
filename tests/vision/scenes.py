"""Pictures of places that do not exist, drawn from a seed: the labelled set's raw material.

The same seed draws the same place; `work` changes what lies there, `light` how bright it is, and
`step_px` where the photographer stands, as between a photo before and one after the work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

WIDTH: Final = 640
HEIGHT: Final = 480
CORNERS: Final = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a place is photographed."""

    work: int = 0
    """What lies there: another number, another state of the work."""
    light: float = 1.0
    step_px: float = 0.0
    """How far the camera moved sideways; the picture is seen a little from the side then."""


def draw(kind: str, seed: int, view: View | None = None) -> Picture:
    """Return a picture, 640 x 480 RGB, of the place with this kind and seed."""
    view = view or View()
    rng = default_rng([seed, *kind.encode()])
    canvas = KINDS[kind](rng, default_rng([seed, view.work, 7, *kind.encode()]))
    if view.step_px:
        canvas = _from_the_side(canvas, view.step_px)
    noise = default_rng([seed, view.work, 11]).normal(0, 2.5, canvas.shape)
    return np.clip(canvas * view.light + noise, 0, 255).astype(np.uint8)


def _noise(rng: Generator, octaves: tuple[int, ...], fall: float = 0.6) -> Plane:
    """Return a plane of smooth noise, about -1 to 1; each octave is so many cells wide."""
    total = np.zeros((HEIGHT, WIDTH), np.float32)
    weight, whole = 1.0, 0.0
    for cells in octaves:
        rows = max(2, cells * HEIGHT // WIDTH)
        small = rng.uniform(-1, 1, (rows, cells)).astype(np.float32)
        total += weight * cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        whole += weight
        weight *= fall
    return total / whole


def _asphalt(rng: Generator) -> Plane:
    """Return a ground of asphalt: grain, stains, a tint of its own."""
    tint = rng.uniform(85, 145) + rng.uniform(-6, 6, 3)
    plane = 45 * _noise(rng, (4, 9, 21, 50), 0.8) + 60 * _noise(rng, (160, 320, 640), 1.1)
    return (tint + plane[..., None]).astype(np.float32)


def _cracks(canvas: Plane, rng: Generator, count: int) -> None:
    """Draw cracks that wander over the ground."""
    for _ in range(count):
        at = rng.uniform((0, HEIGHT * 0.2), (WIDTH, HEIGHT))
        angle = rng.uniform(0, 2 * np.pi)
        line = [at]
        for _ in range(int(rng.integers(6, 25))):
            angle += rng.normal(0, 0.6)
            line.append(line[-1] + rng.uniform(8, 22) * np.array((np.cos(angle), np.sin(angle))))
        shade = rng.uniform(15, 60)
        thick = int(rng.integers(1, 5))
        for start, end in pairwise(line):
            ends = (start.astype(int).tolist(), end.astype(int).tolist())
            cv2.line(canvas, *ends, (shade, shade, shade), thick, cv2.LINE_AA)


def _blob(canvas: Plane, rng: Generator, at: NDArray[np.float64], size: float) -> None:
    """Draw what lies on the ground: a hole, a patch, a bag, a heap."""
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = size * rng.uniform(0.6, 1.2, 24)
    shape = np.stack((np.cos(around) * reach, np.sin(around) * reach * 0.6), 1) + at
    colour = rng.uniform(20, 210, 3)
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.fillPoly(mask, [shape.astype(np.int32)], 1.0, cv2.LINE_AA)
    filled = colour + 40 * _noise(rng, (30, 90, 200), 0.9)[..., None]
    canvas[:] = canvas * (1 - mask[..., None]) + filled * mask[..., None]


def _things(canvas: Plane, rng: Generator, count: int, top: float) -> None:
    """Put things on the ground below `top`, 0 to 1 of the height."""
    for _ in range(count):
        at = rng.uniform((WIDTH * 0.1, HEIGHT * top), (WIDTH * 0.9, HEIGHT * 0.95))
        _blob(canvas, rng, at, rng.uniform(20, 110))


def _close(rng: Generator, work: Generator) -> Plane:
    """Return asphalt from near by, as pictures of potholes are."""
    canvas = _asphalt(rng)
    _cracks(canvas, rng, int(rng.integers(2, 14)))
    _things(canvas, work, int(work.integers(1, 3)), 0.2)
    return canvas


def _road(rng: Generator, work: Generator) -> Plane:
    """Return a street with houses, sky, lines on the road, and things on it."""
    canvas = _asphalt(rng)
    horizon = int(rng.uniform(0.25, 0.5) * HEIGHT)
    middle = rng.uniform(0.3, 0.7) * WIDTH
    sky = np.linspace(rng.uniform(120, 200), rng.uniform(180, 250), horizon)
    canvas[:horizon] = sky[:, None, None] + rng.uniform(-25, 25, 3)
    _houses(canvas, rng, horizon, middle)
    for offset in rng.uniform(-500, 500, int(rng.integers(2, 5))):
        near = middle + offset
        corners = [(middle, horizon), (near, HEIGHT), (near + rng.uniform(8, 26), HEIGHT)]
        line = np.array(corners, np.int32)
        cv2.fillPoly(canvas, [line], tuple(rng.uniform(150, 240, 3)), cv2.LINE_AA)
    _cracks(canvas, rng, int(rng.integers(0, 5)))
    _things(canvas, work, int(work.integers(1, 4)), horizon / HEIGHT + 0.1)
    return canvas


def _houses(canvas: Plane, rng: Generator, horizon: int, middle: float) -> None:
    """Draw houses with windows and trees to both sides of a street's end."""
    x = 0.0
    while x < WIDTH:
        wide = rng.uniform(30, 110)
        tall = horizon * (0.15 + 0.85 * min(1.0, abs(x - middle) / 280)) * rng.uniform(0.6, 1.0)
        top = int(horizon - tall)
        colour = tuple(rng.uniform(60, 230, 3))
        cv2.rectangle(canvas, (int(x), top), (int(x + wide), horizon), colour, -1)
        pitch = int(rng.integers(9, 22))
        shade = tuple(rng.uniform(20, 120, 3))
        for wx in range(int(x) + 4, int(x + wide) - 6, pitch):
            for wy in range(top + 4, horizon - 8, pitch):
                if rng.uniform() < 0.8:
                    cv2.rectangle(canvas, (wx, wy), (wx + pitch // 2, wy + pitch // 2), shade, -1)
        if rng.uniform() < 0.4:
            at = np.array((x + wide / 2, horizon - tall * 0.3))
            _blob(canvas, rng, at, rng.uniform(12, 35))
        x += wide


def _paving(rng: Generator, work: Generator) -> Plane:
    """Return a footpath of slabs, each with a shade of its own, seen at an angle."""
    pitch = int(rng.integers(24, 64))
    rows, columns = 2 * HEIGHT // pitch, 2 * WIDTH // pitch
    tint = rng.uniform(90, 190, 3)
    shades = tint + rng.normal(0, rng.uniform(5, 20), (rows, columns, 1))
    flat = np.kron(shades, np.ones((pitch, pitch, 1))).astype(np.float32)
    flat[::pitch] *= 0.55
    flat[:, ::pitch] *= 0.55
    lean = rng.uniform(-90, 90, (4, 2)).astype(np.float32)
    turn = cv2.getPerspectiveTransform((CORNERS + 150 + lean).astype(np.float32), CORNERS)
    seen = cv2.warpPerspective(flat, turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
    canvas = np.asarray(seen, np.float32)
    canvas += 30 * _noise(rng, (5, 40, 160, 400), 0.9)[..., None]
    _things(canvas, work, int(work.integers(1, 4)), 0.15)
    return canvas


def _night(rng: Generator, work: Generator) -> Plane:
    """Return a street at night: lamps, lit windows, little else."""
    canvas = _road(rng, work) * rng.uniform(0.18, 0.3)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    for _ in range(int(rng.integers(2, 7))):
        x, y = rng.uniform((0, 0), (WIDTH, HEIGHT * 0.6))
        far = np.hypot(columns - x, rows - y)
        glow = 230 * np.exp(-far / rng.uniform(4, 10)) + 60 * np.exp(-far / rng.uniform(40, 120))
        canvas += glow[..., None] * np.float32(rng.uniform((0.8, 0.6, 0.3), (1.0, 0.9, 0.8)))
    return canvas


def _from_the_side(canvas: Plane, step_px: float) -> Plane:
    """Return the picture as it looks from a step further to one side."""
    shift = np.array([(0.3, 0), (0.4, 0.05), (1.4, -0.05), (1.1, 0)]) * step_px
    turn = cv2.getPerspectiveTransform(CORNERS, (CORNERS + shift).astype(np.float32))
    seen = cv2.warpPerspective(canvas, turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(seen, np.float32)


KINDS: Final[dict[str, Callable[[Generator, Generator], Plane]]] = {
    "close": _close,
    "road": _road,
    "paving": _paving,
    "night": _night,
}
