"""Nothing in a picture file is trusted."""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from field_app.domain.errors import FileUnreadable, PhotoTooLarge, PhotoUnreadable
from field_app.domain.photo_errors import TooManyPixels
from field_app.domain.place import Place
from field_app.photos import intake
from field_app.photos.intake import read_facts, read_file
from field_app.photos.shrink import make_copies
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from tests.helpers.pictures import a_picture, an_exif

BANGKOK = timezone(timedelta(hours=7))
TAKEN = datetime(2026, 11, 20, 9, 18, 0, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("HEIF", ".heic")],
)
def test_phones_formats_are_read(form: str, suffix: str) -> None:
    data = a_picture(form=form)
    facts = read_facts(data)
    assert (facts.width, facts.height, facts.size_bytes) == (64, 48, len(data))
    assert facts.suffix == suffix
    assert (facts.taken_at, facts.place) == (None, None)


def test_time_zone_and_place_come_from_exif() -> None:
    place = Place(latitude=13.7563, longitude=100.5018)
    facts = read_facts(a_picture(exif=an_exif(taken_at=TAKEN, place=place)))
    assert facts.taken_at == TAKEN
    assert facts.place is not None
    assert facts.place.latitude == pytest.approx(13.7563, abs=1e-6)
    assert facts.place.longitude == pytest.approx(100.5018, abs=1e-6)


def test_south_and_west_are_negative() -> None:
    place = Place(latitude=-33.5, longitude=-70.25)
    facts = read_facts(a_picture(exif=an_exif(place=place)))
    assert facts.place == place


def test_without_a_zone_the_laptops_zone_is_taken() -> None:
    facts = read_facts(a_picture(exif=an_exif(taken_at=TAKEN, has_zone=False)))
    assert facts.taken_at == TAKEN.replace(tzinfo=BANGKOK)


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_a_turned_picture_has_its_sides_exchanged(orientation: int) -> None:
    facts = read_facts(a_picture(64, 48, exif=an_exif(orientation=orientation)))
    assert (facts.width, facts.height) == (48, 64)


def test_zeros_are_no_place_and_no_time() -> None:
    exif = an_exif(place=Place(latitude=0, longitude=0))
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 00:00:00"
    facts = read_facts(a_picture(exif=exif))
    assert (facts.taken_at, facts.place) == (None, None)


def test_broken_exif_does_not_spoil_a_good_picture() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (999.0, 0.0, 0.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLongitude] = (10.0, 0.0, 0.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "yesterday"
    facts = read_facts(a_picture(exif=exif))
    assert (facts.width, facts.taken_at, facts.place) == (64, None, None)


@pytest.mark.parametrize("data", [b"", b"no picture", b"GIF89a" + bytes(50), b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        read_facts(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
@given(share=st.floats(0, 0.95))
def test_a_truncated_picture_is_always_refused(form: str, share: float) -> None:
    data = WHOLE[form]
    cut = data[: int(len(data) * share)]

    def take_in() -> None:
        read_facts(cut)
        make_copies(cut)

    with pytest.raises(PhotoUnreadable):
        take_in()


WHOLE = {form: a_picture(form=form) for form in ("JPEG", "PNG", "WEBP", "HEIF")}


@given(data=st.binary(max_size=200), at=st.integers(0, 600))
@example(data=(0x2EE01F40).to_bytes(4), at=WHOLE["JPEG"].index(b"\xff\xc0") + 5)
def test_damaged_bytes_never_raise_anything_else(data: bytes, at: int) -> None:
    whole = WHOLE["JPEG"]
    damaged = whole[:at] + data + whole[at + len(data) :]
    with suppress(PhotoUnreadable):
        read_facts(damaged)
        make_copies(damaged)


def saying(width: int, height: int) -> bytes:
    """Return a JPEG that says of itself that it is so large, as damage or a joker may."""
    whole = WHOLE["JPEG"]
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + height.to_bytes(2) + width.to_bytes(2) + whole[at + 4 :]


def test_a_photo_of_the_largest_phones_is_no_bomb() -> None:
    facts = read_facts(saying(16_320, 12_240))
    assert (facts.width, facts.height) == (16_320, 12_240)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "HEIF"])
def test_what_must_be_decoded_whole_may_have_half_as_many_pixels(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "WHOLE_LIMIT", 640 * 480 - 1)
    with pytest.raises(TooManyPixels):
        read_facts(a_picture(640, 480, form=form))
    assert read_facts(a_picture(640, 480)).width == 640


def test_a_progressive_jpeg_must_be_decoded_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "WHOLE_LIMIT", 640 * 480 - 1)
    out = io.BytesIO()
    Image.new("RGB", (640, 480)).save(out, "JPEG", progressive=True)
    with pytest.raises(TooManyPixels):
        make_copies(out.getvalue())


@pytest.mark.parametrize("read", [read_facts, make_copies])
def test_a_picture_of_more_pixels_than_fit_into_memory_is_refused_undecoded(
    read: Callable[[bytes], object],
) -> None:
    with pytest.raises(PhotoTooLarge):
        read(saying(50_000, 50_000))


def test_a_file_over_the_limit_is_refused_with_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(PHOTO_LIMIT_BYTES + 1)
    with pytest.raises(PhotoTooLarge):
        read_file(path)
    with pytest.raises(PhotoTooLarge):
        read_facts(bytes(PHOTO_LIMIT_BYTES + 1))
    with pytest.raises(FileUnreadable):
        read_file(tmp_path / "nowhere.jpg")
