"""Decides where the names of streets and places stand on the demo basemap."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, Qt

Point = tuple[float, float]
Box = tuple[float, float, float, float]

REPEAT_PX: Final = 280.0
"""The same street is named again only this far away."""
SQUARE_PX: Final = 128.0
MAX_BEND_PX: Final = 8.0
"""A name is straight, so the street below it may leave the straight line only this far."""
PLACE_PX: Final = {"city": 18, "town": 16, "suburb": 16, "village": 14, "neighbourhood": 14}
PLACE_FROM_ZOOM: Final = {"city": 11, "town": 11, "suburb": 11, "village": 13, "neighbourhood": 13}
STREET_FROM_ZOOM: Final = {
    "motorway": 14,
    "trunk": 13,
    "primary": 13,
    "secondary": 14,
    "tertiary": 14,
    "street": 15,
}
STREET_RANK: Final = list(STREET_FROM_ZOOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A name that wants to be on the map."""

    text: str
    rank: float
    """Small numbers are placed first."""
    size_px: int
    weight: QFont.Weight
    line: tuple[Point, ...]
    """One point, or the street's line, in world pixels of the zoom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name in its place."""

    wish: Wish
    centre: Point
    """World pixels of the zoom, x right, y down."""
    angle: float
    """Degrees clockwise, between -90 and 90, so that nothing stands on its head."""
    box: Box
    """Left, top, right, bottom around the turned text, in world pixels."""


def font(size_px: int, weight: QFont.Weight) -> QFont:
    """Give the map's lettering; Sarabun has to be known to Qt already."""
    chosen = QFont("Sarabun", weight=weight)
    chosen.setPixelSize(size_px)
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


def short_street_name(name: str) -> str:
    """Write a street name the way Thai maps do: ถ. for ถนน, ซ. for ซอย."""
    for long, short in (("ถนน", "ถ."), ("ซอย", "ซ.")):
        if name.startswith(long) and len(name) > len(long):
            return short + name[len(long) :].strip()
    return name


def place(wishes: Iterable[Wish]) -> list[Label]:
    """Place the names greedily, important ones first, so that none touches another."""
    sheet = _Sheet()
    for wish in sorted(wishes, key=lambda w: (w.rank, w.text, w.line[0])):
        width = QFontMetricsF(font(wish.size_px, wish.weight)).horizontalAdvance(wish.text) + 8
        for label in _candidates(wish, width):
            if sheet.has_room_for(label):
                sheet.put(label)
    return sheet.labels


class _Sheet:
    """The names placed so far, found again by the squares they touch."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self._squares: dict[tuple[int, int], list[Label]] = defaultdict(list)
        self._same_name: dict[str, list[Point]] = defaultdict(list)

    def has_room_for(self, new: Label) -> bool:
        """Tell whether nothing stands there and the same name is not near."""
        if any(math.dist(new.centre, old) < REPEAT_PX for old in self._same_name[new.wish.text]):
            return False
        return not any(
            _overlap(new.box, old.box)
            for square in _squares(new.box)
            for old in self._squares.get(square, ())
        )

    def put(self, label: Label) -> None:
        """Add a name that has room."""
        self.labels.append(label)
        self._same_name[label.wish.text].append(label.centre)
        for square in _squares(label.box):
            self._squares[square].append(label)


def draw(painter: QPainter, labels: Iterable[Label], colour: QColor, halo: QColor) -> None:
    """Draw the names, each with a soft edge, in the painter's world pixels."""
    for label in labels:
        chosen = font(label.wish.size_px, label.wish.weight)
        metrics = QFontMetricsF(chosen)
        path = QPainterPath()
        start = QPointF(-metrics.horizontalAdvance(label.wish.text) / 2, label.wish.size_px * 0.36)
        path.addText(start, chosen, label.wish.text)
        painter.save()
        painter.translate(*label.centre)
        painter.rotate(label.angle)
        pen = QPen(halo, 3.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.fillPath(path, colour)
        painter.restore()


def _candidates(wish: Wish, width: float) -> Iterable[Label]:
    if len(wish.line) == 1:
        yield _label(wish, wish.line[0], 0.0, width)
        return
    for start, end in _straight_stretches(wish.line, width):
        angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        if angle > 90 or angle <= -90:
            angle += 180 if angle <= -90 else -180
        centre = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        yield _label(wish, centre, angle, width)


def _label(wish: Wish, centre: Point, angle: float, width: float) -> Label:
    turn = math.radians(angle)
    half_w, half_h = width / 2, wish.size_px * 0.8
    dx = abs(half_w * math.cos(turn)) + abs(half_h * math.sin(turn))
    dy = abs(half_w * math.sin(turn)) + abs(half_h * math.cos(turn))
    x, y = centre
    return Label(wish=wish, centre=centre, angle=angle, box=(x - dx, y - dy, x + dx, y + dy))


def _straight_stretches(line: Sequence[Point], width: float) -> Iterable[tuple[Point, Point]]:
    """Give the nearly straight pieces of `line` that are `width` long, middle of the line first."""
    along = [0.0]
    for a, b in pairwise(line):
        along.append(along[-1] + math.dist(a, b))
    total = along[-1]
    if total < width:
        return
    steps = max(1, int((total - width) / 24))
    starts = [(total - width) * i / steps for i in range(steps + 1)]
    starts.sort(key=lambda s: abs(s + width / 2 - total / 2))
    for start in starts:
        a, b = _at(line, along, start), _at(line, along, start + width)
        between = [p for p, s in zip(line, along, strict=True) if start < s < start + width]
        if (
            all(_off_line(p, a, b) <= MAX_BEND_PX for p in between)
            and math.dist(a, b) > width * 0.96
        ):
            yield a, b


def _at(line: Sequence[Point], along: Sequence[float], distance: float) -> Point:
    for i in range(1, len(line)):
        if along[i] >= distance:
            span = along[i] - along[i - 1]
            share = 0.0 if span == 0 else (distance - along[i - 1]) / span
            (ax, ay), (bx, by) = line[i - 1], line[i]
            return (ax + (bx - ax) * share, ay + (by - ay) * share)
    return line[-1]


def _off_line(p: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b)
    if length == 0:
        return math.dist(p, a)
    return abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length


def _squares(box: Box) -> Iterable[tuple[int, int]]:
    left, top, right, bottom = (int(edge // SQUARE_PX) for edge in box)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
