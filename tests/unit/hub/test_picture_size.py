"""The size of a picture is read from its first bytes."""

import struct

import pytest

from field_app.hub.service.picture_size import NoPicture, size_and_type_of

FRAME = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 300, 400) + b"\x01\x01\x11\x00"


def exif(orientation: int, order: str) -> bytes:
    """Return an Exif segment that names an orientation after another tag."""
    tiff = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    tiff += struct.pack(f"{order}H", 2)
    tiff += struct.pack(f"{order}HHIHH", 0x0100, 3, 1, 9, 0)
    tiff += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def test_a_jpeg_says_its_size() -> None:
    assert size_and_type_of(b"\xff\xd8" + FRAME) == (400, 300, "image/jpeg")


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 300)), (6, (300, 400))])
def test_a_turned_jpeg_says_its_size_after_turning(
    order: str, orientation: int, size: tuple[int, int]
) -> None:
    data = b"\xff\xd8" + exif(orientation, order) + FRAME
    assert size_and_type_of(data)[:2] == size


def test_a_png_says_its_size() -> None:
    data = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480)
    assert size_and_type_of(data) == (640, 480, "image/png")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\x00\x04ab",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8ab",
    ],
)
def test_anything_else_is_no_picture(data: bytes) -> None:
    with pytest.raises(NoPicture):
        size_and_type_of(data)
