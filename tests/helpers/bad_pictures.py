"""Files that pretend, break off, or would fill the memory; made on the spot."""

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Final

from PIL import Image

from tests.helpers.pictures import a_picture

PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
BOMB_BYTES: Final = 200_000_000
"""What a few hundred kB of a bomb would become."""


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(width: int, height: int, *chunks: bytes, colours: int = 2) -> bytes:
    """Return a black PNG of any size, in few bytes.

    Args:
        width: Pixels.
        height: Pixels.
        chunks: Further chunks before the pixels.
        colours: Type of its colours: 2 for RGB, 6 for RGBA.
    """
    head = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    row = bytes(width * (4 if colours == 6 else 3) + 1)
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(row) for _number in range(height)) + packer.flush()
    parts = (chunk(b"IHDR", head), *chunks, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return PNG_HEAD + b"".join(parts)


def a_head_of_300_megapixels(form: str) -> bytes:
    """Return a picture whose head names 20,000 × 15,000 pixels."""
    width, height = 20_000, 15_000
    whole = a_picture(640, 480, form=form)
    match form:
        case "JPEG":
            at, sides = whole.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width)
        case "PNG":
            head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
            return PNG_HEAD + chunk(b"IHDR", head) + whole[len(PNG_HEAD) + 25 :]
        case "HEIF":
            at, sides = whole.index(b"ispe") + 8, struct.pack(">II", width, height)
        case _:
            whole = moving("WEBP")
            at = whole.index(b"VP8X") + 12
            sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return whole[:at] + sides + whole[at + len(sides) :]


def moving(form: str) -> bytes:
    """Return a picture with three frames, the first one red."""
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    return out.getvalue()


def in_mode(mode: str, form: str) -> bytes:
    """Return a picture whose pixels are stored in another way than RGB."""
    out = io.BytesIO()
    Image.new(mode, (64, 48)).save(out, form)
    return out.getvalue()


def bomb(kind: bytes, head: bytes) -> bytes:
    """Return a PNG with a chunk that unpacks to very much."""
    return a_png(64, 48, chunk(kind, head + zlib.compress(bytes(BOMB_BYTES), 9)))


def strange_but_sound() -> Mapping[str, bytes]:
    """Return pictures that look wrong and are taken."""
    return {
        "png named.jpg": a_picture(form="PNG"),
        "moving.webp": moving("WEBP"),
        "moving.png": moving("PNG"),
        "cmyk.jpg": in_mode("CMYK", "JPEG"),
        "16 bit.png": in_mode("I;16", "PNG"),
        "1 bit.png": in_mode("1", "PNG"),
        "palette.png": in_mode("P", "PNG"),
        "grey and clear.png": in_mode("LA", "PNG"),
        "คลองแสนแสบ ๑.heic": a_picture(form="HEIF"),
    }
