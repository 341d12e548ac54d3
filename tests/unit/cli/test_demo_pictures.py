"""The demo's photos fit their reports and carry what a camera would write."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from field_app.cli.demo.pictures import (
    CREW_CAMERA,
    MOTIF_OF_CATEGORY,
    MOTIFS,
    citizen_photo,
    crew_pair,
    photo_file,
    photo_of,
    with_exif,
)
from field_app.cli.demo.plan import town_plan
from field_app.domain.errors import PhotoUnreadable
from field_app.domain.place import Place
from field_app.photos.exif import ExifFacts, write_exif

TAKEN_AT = datetime(2026, 11, 19, 2, 21, 7, 250_000, tzinfo=UTC)
SCAN_START = b"\xff\xda"


def a_jpeg(**saved: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "JPEG", **saved)
    return out.getvalue()


def read_exif(jpeg: bytes) -> Image.Exif:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.getexif()


def degrees_of(parts: tuple[float, float, float]) -> float:
    return float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600


def test_time_place_camera_and_orientation_read_back() -> None:
    exif = read_exif(with_exif(a_jpeg(), TAKEN_AT, 13.75913, 100.51316, CREW_CAMERA, 6))
    details, gps = exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo)
    assert exif[Base.Orientation] == 6
    assert (exif[Base.Make], exif[Base.Model]) == ("Demo", "Crew camera")
    assert details[Base.DateTimeOriginal] == "2026:11:19 09:21:07"
    assert details[Base.OffsetTimeOriginal] == "+07:00"
    assert details[Base.SubsecTimeOriginal] == "250"
    assert (gps[GPS.GPSLatitudeRef], gps[GPS.GPSLongitudeRef]) == ("N", "E")
    assert degrees_of(gps[GPS.GPSLatitude]) == pytest.approx(13.75913, abs=1e-7)
    assert degrees_of(gps[GPS.GPSLongitude]) == pytest.approx(100.51316, abs=1e-7)
    assert gps[GPS.GPSDateStamp] == "2026:11:19"
    assert tuple(map(int, gps[GPS.GPSTimeStamp])) == (2, 21, 7)


def test_the_picture_data_keeps_every_byte() -> None:
    plain = photo_file("pothole_before.jpg").read_bytes()
    marked = with_exif(plain, TAKEN_AT, 13.75913, 100.51316, CREW_CAMERA)
    assert marked.endswith(plain[2:])
    with Image.open(io.BytesIO(plain)) as one, Image.open(io.BytesIO(marked)) as other:
        assert one.tobytes() == other.tobytes()


def test_writing_again_replaces_the_facts_and_keeps_the_picture() -> None:
    once = with_exif(a_jpeg(), TAKEN_AT, 13.75913, 100.51316, CREW_CAMERA)
    later = TAKEN_AT + timedelta(days=1)
    twice = with_exif(once, later, None, None, CREW_CAMERA)
    assert twice.count(b"Exif\x00\x00") == 1
    assert twice[twice.index(SCAN_START) :] == once[once.index(SCAN_START) :]
    assert twice == with_exif(a_jpeg(), later, None, None, CREW_CAMERA)


def test_other_segments_stay() -> None:
    with_profile = a_jpeg(icc_profile=b"made-up colour profile")
    marked = with_exif(with_profile, TAKEN_AT, None, None, CREW_CAMERA)
    with Image.open(io.BytesIO(marked)) as picture:
        assert picture.info["icc_profile"] == b"made-up colour profile"


def test_a_camera_without_clock_and_position_writes_neither() -> None:
    exif = read_exif(with_exif(a_jpeg(), None, None, None, CREW_CAMERA))
    assert Base.DateTime not in exif
    assert not exif.get_ifd(IFD.GPSInfo)
    assert Base.DateTimeOriginal not in exif.get_ifd(IFD.Exif)


def test_the_south_the_west_and_a_minute_that_rounds_up_are_written_right() -> None:
    newfoundland = timezone(-timedelta(hours=2, minutes=30))
    facts = ExifFacts(
        taken_at=TAKEN_AT.astimezone(newfoundland),
        place=Place(latitude=-12.9999999999, longitude=-0.5, accuracy_m=6.5),
    )
    exif = read_exif(write_exif(a_jpeg(), facts))
    gps = exif.get_ifd(IFD.GPSInfo)
    assert (gps[GPS.GPSLatitudeRef], gps[GPS.GPSLongitudeRef]) == ("S", "W")
    assert gps[GPS.GPSLatitude] == (13, 0, 0)
    assert gps[GPS.GPSLongitude] == (0, 30, 0)
    assert float(gps[GPS.GPSHPositioningError]) == 6.5
    assert exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] == "-02:30"


@pytest.mark.parametrize("broken", [b"", b"not a picture", a_jpeg()[:9]])
def test_what_is_no_jpeg_is_refused(broken: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        write_exif(broken, ExifFacts())


def test_every_motif_has_its_files_and_every_text_a_known_motif() -> None:
    files = {path.name for path in photo_file("README.md").parent.glob("*.jpg")}
    named = {name for m in MOTIFS.values() for name in (m.citizen, m.before, m.after, *m.more)}
    assert named == files
    assert {t.shows for t in town_plan().texts.values() if t.shows} == set(MOTIFS)
    assert set(MOTIF_OF_CATEGORY) <= set(town_plan().deadlines_days)


def test_a_text_shows_what_its_category_shows_or_nothing() -> None:
    for text in town_plan().texts.values():
        assert text.shows in {"", MOTIF_OF_CATEGORY.get(text.category, "")}


def test_a_pothole_has_a_citizens_photo_and_a_pair_and_noise_has_none() -> None:
    assert citizen_photo("ถนน") == photo_of("pothole")
    pair = crew_pair("ถนน")
    assert pair is not None
    assert [path.name for path in pair] == ["pothole_before.jpg", "pothole_after.jpg"]
    assert citizen_photo("เสียง") is None
    assert crew_pair("เสียง") is None
