"""A public copy says nothing beside its pixels."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from field_app.domain.copy_errors import CopyNotWritten
from field_app.domain.place import Place
from field_app.photos.bare import check_bare, write_copy
from field_app.photos.render import render
from tests.helpers.pictures import a_picture, an_exif

SECRETS = (
    b"SERIAL-0815",
    b"Somchai",
    b"MAKERNOTE-7",
    b"xmpmeta",
    b"Exif",
    b"ICC_PROFILE",
    b"Adobe",
)


def a_telling_photo() -> bytes:
    """Return a photo that says far too much about who took it, with what and where."""
    exif = an_exif(
        orientation=6,
        taken_at=datetime(2026, 11, 19, 3, 0, tzinfo=UTC),
        place=Place(latitude=13.75, longitude=100.5),
    )
    exif[ExifTags.Base.Artist] = "Somchai"
    inside = exif.get_ifd(ExifTags.IFD.Exif)
    inside[ExifTags.Base.BodySerialNumber] = "SERIAL-0815"
    inside[ExifTags.Base.MakerNote] = b"MAKERNOTE-7"
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(a_picture(640, 480)))
    xmp = b"<x:xmpmeta>Somchai</x:xmpmeta>"
    picture.save(out, "JPEG", exif=exif, comment=b"Somchai", xmp=xmp, icc_profile=b"profile")
    return out.getvalue() + b"SERIAL-0815 behind the end"


def test_the_photo_itself_tells_all_that() -> None:
    assert all(secret in a_telling_photo() for secret in SECRETS[:6])
    with pytest.raises(ValueError, match="copy"):
        check_bare(a_telling_photo())


def test_nothing_of_it_is_left_in_a_copy() -> None:
    copy = render(a_telling_photo())
    check_bare(copy)
    with Image.open(io.BytesIO(copy)) as read:
        assert dict(read.getexif()) == {}
        assert read.getexif().get_ifd(ExifTags.IFD.GPSInfo) == {}
        assert read.getexif().get_ifd(ExifTags.IFD.Exif) == {}
        assert set(read.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert read.size == (480, 640)
    assert not [secret for secret in SECRETS if secret in copy]


@pytest.mark.parametrize("told", ["exif", "comment", "xmp", "icc_profile"])
def test_each_kind_of_telling_is_noticed(told: str) -> None:
    out = io.BytesIO()
    facts = {"exif": an_exif(orientation=1), "comment": b"x", "xmp": b"<x/>", "icc_profile": b"x"}
    Image.new("RGB", (16, 16)).save(out, "JPEG", **{told: facts[told]})
    with pytest.raises(ValueError, match="segment"):
        check_bare(out.getvalue())


def test_something_behind_the_end_is_noticed() -> None:
    plain = render(a_picture())
    with pytest.raises(ValueError, match="end"):
        check_bare(plain + b"more")
    with pytest.raises(ValueError, match="behind"):
        check_bare(plain + b"more\xff\xd9")


def test_a_copy_is_written_whole_and_replaces_one_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "copy.jpg"
    path.write_bytes(b"older and longer than the new one")
    write_copy(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["copy.jpg"]


def test_a_place_that_takes_no_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(CopyNotWritten):
        write_copy(tmp_path / "nowhere" / "copy.jpg", b"new")
    (tmp_path / "copy.jpg").mkdir()
    with pytest.raises(CopyNotWritten):
        write_copy(tmp_path / "copy.jpg", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["copy.jpg"]
