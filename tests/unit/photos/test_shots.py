"""New photos are read quickly and shown upright; what is broken is told and harms nothing."""

import io
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from field_app.domain.errors import FileUnreadable, PhotoUnreadable
from field_app.domain.place import Place
from field_app.photos.plugged import PictureFile
from field_app.photos.shots import THUMB_PX, read_shot, sha256_of
from tests.helpers.pictures import a_picture, an_exif

NOON = datetime(2026, 11, 19, 5, tzinfo=UTC)
SPOT = Place(latitude=13.7612, longitude=100.4985)


def a_file(path: Path, data: bytes) -> PictureFile:
    path.write_bytes(data)
    return PictureFile(path=path, key=path.name, size_bytes=len(data), changed_at=NOON)


def opened(thumb: bytes) -> Image.Image:
    return Image.open(io.BytesIO(thumb))


def with_small_picture(small: bytes, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """Return a green JPEG with a small picture inside, as cameras write it."""
    exif = an_exif(taken_at=NOON)
    body = bytearray(exif.tobytes())
    start = int.from_bytes(body[10:14], "big") if body[6:8] == b"MM" else None
    assert start is not None, "Pillow writes big-endian Exif"
    count = int.from_bytes(body[6 + start : 8 + start], "big")
    link = 6 + start + 2 + 12 * count
    second = len(body) - 6
    body[link : link + 4] = second.to_bytes(4, "big")
    data_at = second + 2 + 2 * 12 + 4
    body += (2).to_bytes(2, "big")
    for tag, value in ((Base.JpegIFOffset, data_at), (Base.JpegIFByteCount, len(small))):
        body += int(tag).to_bytes(2, "big") + (4).to_bytes(2, "big") + (1).to_bytes(4, "big")
        body += value.to_bytes(4, "big")
    body += bytes(4) + small
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "JPEG", exif=bytes(body))
    return out.getvalue()


def test_time_and_place_are_read_and_a_small_picture_is_made(tmp_path: Path) -> None:
    exif = an_exif(taken_at=NOON, place=SPOT)
    shot = read_shot(a_file(tmp_path / "a.jpg", a_picture(1600, 1200, exif=exif)))

    assert shot.taken_at == NOON
    assert shot.place is not None
    assert round(shot.place.latitude, 4) == SPOT.latitude
    assert max(opened(shot.thumb).size) <= THUMB_PX
    assert shot.at == NOON


def test_the_picture_inside_is_taken_without_decoding_the_large_one(tmp_path: Path) -> None:
    data = with_small_picture(a_picture(160, 120, colour="red"))
    cut = data[: len(data) // 2]  # the large picture's end is missing, and nobody asks for it
    shot = read_shot(a_file(tmp_path / "a.jpg", cut))

    red, green, _blue = opened(shot.thumb).convert("RGB").getpixel((80, 60))  # type: ignore[misc]  # three bands
    assert red > 200
    assert green < 60


@pytest.mark.parametrize(
    "small",
    [
        pytest.param(a_picture(160, 90, colour="red"), id="with other sides, so with black bars"),
        pytest.param(a_picture(40, 30, colour="red"), id="too small"),
        pytest.param(b"rubbish", id="no picture"),
        pytest.param(a_picture(160, 120, colour="red")[:100], id="cut off"),
    ],
)
def test_a_picture_inside_that_is_no_good_is_left(tmp_path: Path, small: bytes) -> None:
    shot = read_shot(a_file(tmp_path / "a.jpg", with_small_picture(small)))

    red, green, _blue = opened(shot.thumb).convert("RGB").getpixel((80, 60))  # type: ignore[misc]  # three bands
    assert green > red


def test_a_turned_photo_is_shown_upright(tmp_path: Path) -> None:
    shot = read_shot(a_file(tmp_path / "a.jpg", a_picture(400, 200, exif=an_exif(orientation=6))))

    wide, tall = opened(shot.thumb).size
    assert tall == 2 * wide


@pytest.mark.parametrize("form", ["PNG", "WEBP", "HEIF"])
def test_other_forms_are_read_too(tmp_path: Path, form: str) -> None:
    shot = read_shot(a_file(tmp_path / "a.bin", a_picture(640, 480, form=form)))

    assert shot.taken_at is None
    assert shot.place is None
    assert shot.at == NOON
    assert opened(shot.thumb).format == "JPEG"


def test_a_huge_picture_that_cannot_be_decoded_small_is_listed_without_one(
    tmp_path: Path,
) -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 7_000)).save(out, "PNG")
    shot = read_shot(a_file(tmp_path / "a.png", out.getvalue()))

    assert shot.thumb == b""


SOUND = with_small_picture(a_picture(160, 120, colour="red"), (320, 240))


@given(
    changes=st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=12),
    end=st.integers(0, len(SOUND)),
)
def test_whatever_is_wrong_with_a_file_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    file = a_file(tmp_path_factory.getbasetemp() / "fuzzed.jpg", bytes(data[:end]))

    with suppress(PhotoUnreadable):
        shot = read_shot(file)
        assert opened(shot.thumb).format == "JPEG"
        assert max(opened(shot.thumb).size) <= THUMB_PX


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 not a picture", a_picture()[:30]])
def test_what_is_no_picture_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        read_shot(a_file(tmp_path / "a.jpg", data))


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    file = a_file(tmp_path / "a.jpg", a_picture())
    file.path.unlink()

    with pytest.raises(PhotoUnreadable):
        read_shot(file)
    with pytest.raises(FileUnreadable):
        sha256_of(file.path)
