"""Likeness: whether two fingerprints are of the same picture."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from field_app.vision.fingerprint import Constellation

FAR_BITS: Final = 16
"""Of 64: more apart, two points do not look alike; unlike ones have 32 on average."""
FEWEST: Final = 3
"""Points that a turn can be read from at all."""
NEAR: Final = 0.025
"""How far from its place a point may be, of the longest side."""
ZOOM: Final = (0.7, 1.42)
"""A picture cut by 15 % on both ends of a side is shown 1.18 times larger."""
TURN: Final = 0.4
"""How much the points' own angles may differ from the whole turn, radians."""
OCTAVE: Final = 0.6
TRIES: Final = 5
ROUNDS: Final = 3
FEWEST_CELLS: Final = 24
GAIN: Final = (0.6, 1.6)
"""How much brighter or darker a copy may be."""
LEAST_CONTRAST: Final = 6.0
"""Of the cells, grey levels; what is flatter fits everything."""
FITTING: Final = 0.8
"""Part of the cells by which brightness and turn are found; the rest may show something else."""
MEANT: Final = (0.9, 0.97)
"""Parts of the cells that must fit: stamps, marks and black corners are the rest of the first."""
SCHARR: Final = 32.0
"""What OpenCV's slopes are larger by."""
DAMPING: Final = 1e-3

Pairs = tuple[NDArray[Any], NDArray[Any]]
_Seen = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]
"""Which cells lie in the other picture; and for all, where: x and y in its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two pictures are."""

    points: int
    """That lie in both at the same place, after one turn, shift and zoom of the whole."""
    misfit: float
    """How far nine of ten cells differ at most, beside the picture's own contrast; 0 is equal."""
    change: float
    """The same of 97 in a hundred cells: what was worked on since shows here."""

    @property
    def is_same(self) -> bool:
        """Whether it is the same picture, perhaps with a stamp or a mark on it."""
        return self.points >= SURE_POINTS and self.misfit <= SURE_MISFIT

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing in it is different.

        Of photos of one job only this counts: the one after the work is meant to be taken from
        where the one before was, and most of it may be the same.
        """
        return self.is_same and self.change <= SURE_MISFIT


SURE_POINTS: Final = 4
SURE_MISFIT: Final = 0.38
"""Of the labelled set, 99 % of all copies are below, other places above 0.69; see ARCHITECTURE."""
NOTHING: Final = Likeness(points=0, misfit=np.inf, change=np.inf)


def likeness(one: Constellation, other: Constellation) -> Likeness:
    """Return how alike two pictures are; neither is mirrored."""
    pairs = _pairs(one, other)
    if len(pairs[0]) < FEWEST:
        return NOTHING
    turn, shift, count = _best_turn(one, other, pairs)
    if not ZOOM[0] < abs(turn) < ZOOM[1]:
        return NOTHING
    misfit, change = _Overlap(one, other).misfit(turn, shift)
    return Likeness(points=count, misfit=misfit, change=change)


def _pairs(one: Constellation, other: Constellation) -> Pairs:
    """Return the points that look most alike, each the other's best."""
    apart = np.bitwise_count(one.looks[:, None] ^ other.looks[None])
    mine = np.arange(len(one.looks))
    theirs = apart.argmin(1)
    good = (apart[mine, theirs] <= FAR_BITS) & (apart.argmin(0)[theirs] == mine)
    return mine[good], theirs[good]


def _best_turn(
    one: Constellation, other: Constellation, pairs: Pairs
) -> tuple[complex, complex, int]:
    """Return turn and zoom, shift, and how many pairs of points they fit; 0 of each for none."""
    here, there = one.at[pairs[0]], other.at[pairs[1]]
    zoom = other.size[pairs[1]] - one.size[pairs[0]]
    angle = other.angle[pairs[1]] - one.angle[pairs[0]]
    single = np.exp2(zoom) * np.exp(1j * angle)
    off = abs(there[:, None] + single[:, None] * (here[None] - here[:, None]) - there[None])
    fits = (off < 3 * NEAR) & _agree(zoom[:, None] - zoom[None], angle[:, None] - angle[None])
    best: tuple[complex, complex, int] = (0j, 0j, 0)
    for row in np.argsort(-fits.sum(1), kind="stable")[:TRIES]:
        inside = fits[row]
        turn, shift = 0j, 0j
        for _ in range(ROUNDS):
            if inside.sum() < FEWEST:
                break
            turn, shift = _fitted(here[inside], there[inside])
            near = abs(turn * here + shift - there) < NEAR
            whole = np.log2(abs(turn) + 1e-9)
            inside = near & _agree(zoom - whole, angle - np.angle(turn))
        if inside.sum() >= max(FEWEST, best[2] + 1):
            best = (turn, shift, int(inside.sum()))
    return best


def _agree(zoom: NDArray[Any], angle: NDArray[Any]) -> NDArray[Any]:
    """Return where differences of size and angle are small."""
    agree: NDArray[Any] = (abs(zoom) < OCTAVE) & (np.cos(angle) > np.cos(TURN))
    return agree


def _fitted(here: NDArray[Any], there: NDArray[Any]) -> tuple[complex, complex]:
    """Return the turn and shift that lead from points to points with the least squares."""
    middle, goal = here.mean(), there.mean()
    spread = (abs(here - middle) ** 2).sum()
    if spread <= 0:
        return 0j, 0j
    turn = ((there - goal) * np.conj(here - middle)).sum() / spread
    return complex(turn), complex(goal - turn * middle)


class _Overlap:
    """The cells of two pictures that show the same, under a turn that is made exact step by step.

    The points give the turn to about a pixel; cells with strong edges would differ by that alone.
    """

    def __init__(self, one: Constellation, other: Constellation) -> None:
        rows, columns = one.cells.shape
        across = (np.arange(columns) + 0.5) / columns * one.width
        down = (np.arange(rows) + 0.5) / rows * one.height
        self._at = across[None] + 1j * down[:, None]
        self._mine = one.cells
        self._theirs = other.cells
        self._scale = (other.cells.shape[1] / other.width, other.cells.shape[0] / other.height)
        self._slopes = tuple(
            cv2.Scharr(other.cells, cv2.CV_32F, *way) / SCHARR for way in ((1, 0), (0, 1))
        )

    def misfit(self, turn: complex, shift: complex) -> tuple[float, float]:
        """Return how far most and nearly all cells differ; infinite when too few overlap."""
        for _ in range(ROUNDS):
            seen = self._seen(turn, shift)
            if seen is None:
                return NOTHING.misfit, NOTHING.change
            where, x, y = seen
            off, kept = _difference(self._mine[where], self._read(self._theirs, where, x, y))
            turn, shift = self._nearer(turn, shift, seen, off, kept)
        seen = self._seen(turn, shift)
        if seen is None:
            return NOTHING.misfit, NOTHING.change
        mine = self._mine[seen[0]]
        off, _ = _difference(mine, self._read(self._theirs, *seen))
        most, nearly_all = np.quantile(abs(off), MEANT) / max(mine.std(), LEAST_CONTRAST)
        return float(most), float(nearly_all)

    def _seen(self, turn: complex, shift: complex) -> _Seen | None:
        """Return which cells lie in the other picture, and where there; None for too few."""
        at = turn * self._at + shift
        high, wide = self._theirs.shape
        x = (at.real * self._scale[0] - 0.5).astype(np.float32)
        y = (at.imag * self._scale[1] - 0.5).astype(np.float32)
        inside = (x >= 0) & (y >= 0) & (x <= wide - 1) & (y <= high - 1)
        return (inside, x, y) if inside.sum() >= FEWEST_CELLS else None

    @staticmethod
    def _read(plane: Any, where: NDArray[Any], x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
        """Return the other picture's values at these places."""
        read: Any = cv2.remap(plane, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        values: NDArray[Any] = np.asarray(read)[where]
        return values

    def _nearer(
        self, turn: complex, shift: complex, seen: _Seen, off: NDArray[Any], kept: NDArray[Any]
    ) -> tuple[complex, complex]:
        """Return turn and shift after one step of least squares towards smaller differences."""
        at = self._at[seen[0]]
        right = self._read(self._slopes[0], *seen) * self._scale[0]
        below = self._read(self._slopes[1], *seen) * self._scale[1]
        turned = right * at.real + below * at.imag
        bent = below * at.real - right * at.imag
        moves = np.stack((turned, bent, right, below), 1)[kept]
        whole = moves.T @ moves + np.eye(4) * (DAMPING * len(moves))
        step = np.linalg.solve(whole, -moves.T @ off[kept])
        return turn + complex(step[0], step[1]), shift + complex(step[2], step[3])


def _difference(mine: NDArray[Any], theirs: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return how far cells differ once one picture is as bright as the other, and which fit."""
    kept = np.ones(len(mine), bool)
    off = np.zeros(len(mine))
    for _ in range(ROUNDS):
        a, b = mine[kept], theirs[kept]
        spread = ((a - a.mean()) ** 2).mean() + 1.0
        gain = np.clip(((a - a.mean()) * (b - b.mean())).mean() / spread, *GAIN)
        off = theirs - b.mean() - gain * (mine - a.mean())
        kept = abs(off) <= np.quantile(abs(off), FITTING)
    return off, kept
