"""What lies on a vector tile, in one vocabulary for the three common schemas.

Source: Mapbox Vector Tile 2.1, https://github.com/mapbox/vector-tile-spec/tree/master/2.1.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from field_app.maps.tile_data import LAYER, fields, varints
from field_app.resources import resource

LINE, AREA = 2, 3
"""Types of geometry."""
MOVE_TO, LINE_TO, CLOSE = 1, 2, 7
"""Commands of a geometry."""
DRAWN: Final = frozenset({"water", "waterway", "land", "park", "building", "road"})
"""Of what layers hold; names are left out."""
EXTENT: Final = 4096
"""Units of a tile's side where the layer names none."""
_NAME, _FEATURE, _KEY, _VALUE, _EXTENT = 1, 2, 3, 4, 5
_TAGS, _TYPE, _GEOMETRY = 2, 3, 4
_SAID: Final = ("kind_detail", "class", "kind", "pmap:kind", "type", "subclass")
"""Properties that say what something is, the finest first."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area."""

    kind: str
    """`water`, `waterway`, `park`, `building`, or a kind of road, as `primary`."""
    parts: tuple[Points, ...]
    """Lines, or rings; in parts of the tile's side, mostly 0 to 1, from the north-west."""


@cache
def schemas() -> dict[str, Any]:
    """Return what layers and classes mean, and how wide roads are; see `resources/map`."""
    read: dict[str, Any] = json.loads(resource("map", "schemas.json").read_text("utf-8"))
    return read


def shapes(data: bytes) -> Iterator[Shape]:
    """Yield what can be drawn of an unpacked vector tile, names left out.

    Raises:
        ValueError: The tile is damaged.
    """
    for number, layer in fields(data):
        if number == LAYER and isinstance(layer, bytes):
            yield from _of_layer(layer)


def _of_layer(data: bytes) -> Iterator[Shape]:
    texts: dict[int, list[bytes]] = defaultdict(list)
    extent = EXTENT
    for number, value in fields(data):
        if isinstance(value, bytes):
            texts[number].append(value)
        elif number == _EXTENT:
            extent = max(1, value)
    name = str((texts[_NAME] or [b""])[0], "utf-8")
    part = schemas()["layers"].get(name, "")
    if part not in DRAWN:
        return
    keys = [str(key, "utf-8") for key in texts[_KEY]]
    values = [_text(value) for value in texts[_VALUE]]
    for feature in texts[_FEATURE]:
        shape = _shape(part, feature, (keys, values), extent)
        if shape is not None:
            yield shape


def _shape(
    part: str, data: bytes, words: tuple[Sequence[str], Sequence[str]], extent: int
) -> Shape | None:
    found = dict(fields(data))
    pairs = _numbers(found.get(_TAGS))
    try:
        said = {
            words[0][key]: words[1][value]
            for key, value in zip(pairs[::2], pairs[1::2], strict=True)
        }
    except IndexError as error:
        raise ValueError("a feature of a vector tile is damaged") from error
    kind = _kind(part, found.get(_TYPE), said)
    return None if kind is None else Shape(kind, _parts(_numbers(found.get(_GEOMETRY)), extent))


def _numbers(value: bytes | int | None) -> list[int]:
    return varints(value) if isinstance(value, bytes) else []


def _kind(part: str, geometry: object, said: Mapping[str, str]) -> str | None:
    words = [said[name] for name in _SAID if name in said]
    if part in {"water", "waterway"}:
        return {LINE: "waterway", AREA: "water"}.get(geometry if isinstance(geometry, int) else 0)
    if part == "road":
        roads = schemas()["roads"]
        known = next((roads[word] for word in words if word in roads), "service")
        return known if geometry == LINE and "ferry" not in words else None
    if geometry != AREA:
        return None
    if part == "land":
        return "park" if any(word in schemas()["parks"] for word in words) else None
    return part


def _text(value: bytes) -> str:
    """Return a property's value, if it is a text; other values say nothing about a kind."""
    for number, inner in fields(value):
        if number == 1 and isinstance(inner, bytes):
            return str(inner, "utf-8", "replace")
    return ""


def _parts(numbers: Sequence[int], extent: int) -> tuple[Points, ...]:
    """Return the lines or rings that a geometry's commands draw."""
    parts: list[list[tuple[float, float]]] = []
    at = x = y = 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == CLOSE:
            if parts:
                parts[-1].append(parts[-1][0])
            continue
        if command not in {MOVE_TO, LINE_TO} or at + 2 * count > len(numbers):
            raise ValueError("a geometry of a vector tile is damaged")
        for step in range(count):
            x += _signed(numbers[at + 2 * step])
            y += _signed(numbers[at + 2 * step + 1])
            if command == MOVE_TO or not parts:
                parts.append([])
            parts[-1].append((x / extent, y / extent))
        at += 2 * count
    return tuple(tuple(part) for part in parts)


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
