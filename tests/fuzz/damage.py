"""Damages pictures as disks, cards, networks and jokers do; everything follows from a seed."""

import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Final

from PIL import Image, ImageCms, PngImagePlugin

from field_app.domain.place import Place
from tests.helpers.bad_pictures import PNG_HEAD, chunk, moving
from tests.helpers.pictures import an_exif

SIDE: Final = (160, 120)
TAKEN: Final = datetime(2026, 11, 20, 9, 18, tzinfo=UTC)
SPOT: Final = Place(latitude=13.75, longitude=100.5)
HUGE: Final = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
"""Lengths and counts that programs stumble over."""
MOST: Final = 4
"""So many kinds of damage meet in one picture."""


@cache
def sound() -> tuple[bytes, ...]:
    """Return a sound picture of each form that is taken, with all that may stand inside."""
    picture = Image.effect_noise(SIDE, 60).convert("RGB")
    picture.paste((200, 40, 40), (20, 20, 90, 90))
    exif = an_exif(orientation=6, taken_at=TAKEN, place=SPOT)
    exif[0x010F], exif[0x0131] = "Maker", "Program 1.0"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    words = PngImagePlugin.PngInfo()
    words.add_text("Software", "a program " * 9, zip=True)
    kept = {"exif": exif, "icc_profile": profile}
    return (
        _saved(picture, "JPEG", **kept),
        _saved(picture, "JPEG", progressive=True, **kept),
        _saved(picture.convert("CMYK"), "JPEG"),
        _saved(picture, "PNG", pnginfo=words, **kept),
        _saved(picture.convert("P"), "PNG", transparency=3),
        _saved(picture.convert("L").convert("I;16"), "PNG"),
        _saved(picture, "WEBP", **kept),
        _saved(picture, "WEBP", lossless=True),
        moving("WEBP"),
        moving("PNG"),
        _saved(picture, "HEIF", exif=exif.tobytes()),
    )


def _saved(picture: Image.Image, form: str, **how: object) -> bytes:
    """Return a picture's file."""
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def damaged(seed: int) -> bytes:
    """Return a damaged picture; the same for the same seed."""
    chance = Random(seed)
    data = bytearray(chance.choice(sound()))
    for _time in range(chance.randint(1, MOST)):
        if len(data) > 1:
            chance.choice(KINDS)(data, chance)
    whole = bytes(data)
    return with_checksums(whole) if whole.startswith(PNG_HEAD) and chance.random() < 0.7 else whole


def _flip(data: bytearray, chance: Random) -> None:
    """Turn a few bits round."""
    for _time in range(chance.choice((1, 1, 2, 8, 40))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: Random) -> None:
    """Lose the end."""
    del data[chance.randrange(1, len(data)) :]


def _lose(data: bytearray, chance: Random) -> None:
    """Lose a piece in the middle."""
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 2, 16, 512))]


def _fill(data: bytearray, chance: Random) -> None:
    """Get a piece of zeros or noise, as from a bad sector."""
    at, size = chance.randrange(len(data)), chance.choice((4, 64, 512))
    size = min(size, len(data) - at)
    data[at : at + size] = bytes(size) if chance.random() < 0.5 else chance.randbytes(size)


def _repeat(data: bytearray, chance: Random) -> None:
    """Have a piece twice."""
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.choice((2, 64, 1024))]


def _splice(data: bytearray, chance: Random) -> None:
    """Go on as another picture."""
    other = chance.choice(sound())
    data[chance.randrange(len(data)) :] = other[chance.randrange(len(other)) :]


def _lie(data: bytearray, chance: Random) -> None:
    """Say another length or count; mostly near the beginning, where they stand."""
    width = chance.choice((1, 2, 4))
    room = len(data) if chance.random() < 0.3 else min(len(data), 700)
    at = chance.randrange(max(1, room - width))
    value = chance.choice((*HUGE, chance.getrandbits(8 * width))) % (1 << 8 * width)
    data[at : at + width] = value.to_bytes(width, chance.choice(("big", "little")))


def _lie_in_segment(data: bytearray, chance: Random) -> None:
    """Say another length of a JPEG's segment or a PNG's chunk, or other sides."""
    marks = (b"\xff\xe1", b"\xff\xe2", b"\xff\xc0", b"\xff\xc2", b"IHDR", b"iCCP", b"eXIf", b"zTXt",
             b"ispe", b"iloc", b"VP8X", b"ICCP", b"EXIF", b"II*\0", b"MM\0*")  # fmt: skip
    there = [at for mark in marks if (at := data.find(mark)) >= 0]
    if there:
        at = max(0, chance.choice(there) + chance.randrange(-4, 24))
        data[at : at + 2] = chance.choice((b"\0\0", b"\xff\xff", b"\x7f\xff", chance.randbytes(2)))


KINDS: Final[tuple[Callable[[bytearray, Random], None], ...]] = (
    _flip,
    _cut,
    _lose,
    _fill,
    _repeat,
    _splice,
    _lie,
    _lie,
    _lie_in_segment,
    _lie_in_segment,
)


def with_checksums(png: bytes) -> bytes:
    """Return a PNG whose checksums are right, so that what is in its chunks is looked at."""
    out, at = [PNG_HEAD], len(PNG_HEAD)
    while at + 8 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 8 : at + 8 + size]
        if len(body) < size:
            return b"".join(out) + png[at:]
        out.append(chunk(png[at + 4 : at + 8], body))
        at += size + 12
    return b"".join(out)
