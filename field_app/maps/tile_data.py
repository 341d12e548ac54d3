"""What a tile's bytes are, whatever the package says of them."""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

VECTOR_TYPE: Final = "application/vnd.mapbox-vector-tile"
MOST_BYTES: Final = 32_000_000
"""An unpacked tile is not larger, else it is no tile but an attack."""
_GZIP: Final = b"\x1f\x8b"
_WIRE_LENGTHS: Final = {1: 8, 5: 4}
LAYER: Final = 3
"""Field of a tile."""
NAME: Final = 1
"""Field of a layer."""


def is_gzipped(data: bytes) -> bool:
    """Return whether bytes are gzip."""
    return data.startswith(_GZIP)


def unpacked(data: bytes) -> bytes:
    """Return bytes without gzip or zlib around them; others as they are.

    Raises:
        ValueError: They are damaged, or far too large.
    """
    if not (is_gzipped(data) or data[:2] in {b"\x78\x9c", b"\x78\x01", b"\x78\xda"}):
        return data
    opener = zlib.decompressobj(wbits=47)  # gzip or zlib, by their heads
    try:
        plain = opener.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise ValueError(f"a packed tile is damaged: {error}") from error
    if not opener.eof:
        raise ValueError("a packed tile is cut off or far too large")
    return plain


def media_type_of(data: bytes) -> str | None:
    """Return the media type that unpacked bytes show by themselves; None if they show none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "image/avif"
    try:
        return VECTOR_TYPE if layer_names(data) else None
    except ValueError:
        return None


def is_whole(data: bytes, media_type: str) -> bool:
    """Return whether an unpacked tile has its end, as far as that shows without decoding it."""
    match media_type:
        case "image/png":
            return data.rstrip(b"\0").endswith(b"IEND\xaeB`\x82")
        case "image/jpeg":
            return data.rstrip(b"\0").endswith(b"\xff\xd9")
        case "image/webp":
            return len(data) >= int.from_bytes(data[4:8], "little") + 8
        case _ if media_type == VECTOR_TYPE:
            return _is_whole_vector(data)
        case _:
            return True


def layer_names(data: bytes) -> tuple[str, ...]:
    """Return the names of a vector tile's layers, in the tile's order.

    Source: Mapbox Vector Tile 2.1, https://github.com/mapbox/vector-tile-spec.

    Raises:
        ValueError: The bytes are no vector tile.
    """
    names = []
    for number, layer in fields(data):
        if number != LAYER or isinstance(layer, int):
            raise ValueError("not a vector tile")
        names += [
            str(value, "utf-8")
            for inner, value in fields(layer)
            if inner == NAME and isinstance(value, bytes)
        ]
    return tuple(names)


def said_date(said: dict[str, str]) -> date | None:
    """Return the date of the data among a package's own statements, if one is there."""
    for name in ("planetiler:osm:osmosisreplicationtime", "timestamp", "date", "mtime"):
        text = said.get(name, "").strip()
        try:
            if text.isdigit() and len(text) in {10, 13}:
                seconds = int(text) / (1000 if len(text) == 13 else 1)  # noqa: PLR2004 - milliseconds have 13 digits
                return datetime.fromtimestamp(seconds, UTC).date()
            return date.fromisoformat(text[:10])
        except ValueError:
            continue
    return None


def said_layers(said: dict[str, object]) -> tuple[str, ...]:
    """Return the names of the layers that a package's JSON states; empty if it states none."""
    stated = said.get("vector_layers")
    if isinstance(stated, str):
        try:
            stated = json.loads(stated)
        except ValueError:
            return ()
    if not isinstance(stated, list):
        return ()
    return tuple(str(layer["id"]) for layer in stated if isinstance(layer, dict) and "id" in layer)


def _is_whole_vector(data: bytes) -> bool:
    try:
        layer_names(data)
    except ValueError:
        return False
    return True


def fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Yield number and value of a protobuf message's fields: whole numbers, all else as bytes.

    Raises:
        ValueError: The bytes are no such message, or cut off.
    """
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if key & 7 == 2:  # noqa: PLR2004 - protobuf's wire type of bytes
            length, at = _varint(data, at)
        elif key & 7 in _WIRE_LENGTHS:
            length = _WIRE_LENGTHS[key & 7]
        else:
            raise ValueError("not a protobuf message")
        if at + length > len(data):
            raise ValueError("a protobuf message is cut off")
        yield key >> 3, data[at : at + length]
        at += length


def varints(data: bytes) -> list[int]:
    """Return the whole numbers that lie one behind the other.

    Raises:
        ValueError: The last one is cut off.
    """
    numbers, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        numbers.append(value)
    return numbers


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:  # noqa: PLR2004 - bits of the longest number
        value |= (data[at] & 127) << shift
        if data[at] < 128:  # noqa: PLR2004 - no further byte
            return value, at + 1
        at, shift = at + 1, shift + 7
    raise ValueError("a number is cut off")
