"""What a picture file says of cameras and programs: read once, cleaned, and never believed."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from field_app.domain.ids import DeviceId, OperationId, PersonId, PhotoId, Revision, TicketId
from field_app.domain.operation import AddPhoto, Operation
from field_app.domain.photo import CAMERA_WORDS_LIMIT, PhotoEvidence, PhotoRole, PhotoSign
from field_app.domain.place import Place
from field_app.hub.service.soundness import check_sound
from field_app.photos.intake import PictureFacts, read_facts
from tests.helpers.pictures import a_picture, an_exif

TAKEN = datetime(2026, 11, 20, 9, 18, tzinfo=timezone(timedelta(hours=7)))
SPOT = Place(latitude=13.7563, longitude=100.5018)
UNKNOWN = IFDRational(0, 0)
"""How phones write a number that they do not know."""
Base, Gps, Ifd = ExifTags.Base, ExifTags.GPS, ExifTags.IFD


def a_phones(**top: Any) -> Image.Exif:
    """Return EXIF as a phone writes it, with further tags by name."""
    exif = an_exif(taken_at=TAKEN, place=SPOT)
    exif[Base.Make], exif[Base.Model] = "samsung", "SM-A556E"
    exif[Base.Software] = "A556EXXS7BYA1"
    exif[Base.DateTime] = TAKEN.strftime("%Y:%m:%d %H:%M:%S")
    for name, value in top.items():
        exif[Base[name]] = value
    return exif


def without_jfif(jpeg: bytes) -> bytes:
    """Return a JPEG as cameras write it, with Exif first; Pillow puts JFIF before it."""
    assert jpeg[2:4] == b"\xff\xe0"
    return jpeg[:2] + jpeg[4 + int.from_bytes(jpeg[4:6], "big") :]


def evidence(exif: Image.Exif | None = None, **picture: Any) -> PhotoEvidence:
    return read_facts(a_picture(exif=exif, **picture)).evidence


def test_a_phones_photo_names_camera_and_zone() -> None:
    found = evidence(a_phones())
    assert found.camera == "samsung SM-A556E"
    assert found.software == "A556EXXS7BYA1"
    assert found.has_zone
    assert found.signs == ()
    assert (found.brightness, found.sharpness) == (None, None)


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS R6", "Canon EOS R6"),
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Apple", "iPhone 15", "Apple iPhone 15"),
        ("", "Tough\0TG-6 ", "Tough TG-6"),
        ("OPPO", "", "OPPO"),
        (" \0 ", "", ""),
    ],
)
def test_maker_and_model_are_one_name(make: str, model: str, camera: str) -> None:
    assert evidence(a_phones(Make=make, Model=model)).camera == camera


def test_without_a_zone_in_the_file_it_is_the_laptops() -> None:
    assert not evidence(an_exif(taken_at=TAKEN, has_zone=False)).has_zone
    exif = an_exif(taken_at=TAKEN)
    exif.get_ifd(Ifd.Exif)[Base.OffsetTimeOriginal] = "+19:00"
    facts = read_facts(a_picture(exif=exif))
    assert facts.taken_at == TAKEN
    assert not facts.evidence.has_zone
    assert not evidence().has_zone


@pytest.mark.parametrize(
    ("value", "accuracy_m"),
    [(6.5, 6.5), (10_000.0, 10_000.0), (UNKNOWN, None), (0.0, None)],
)
def test_the_positions_radius_is_taken_as_far_as_it_is_one(
    value: object, accuracy_m: float | None
) -> None:
    exif = a_phones()
    exif.get_ifd(Ifd.GPSInfo)[Gps.GPSHPositioningError] = value
    inside = read_facts(a_picture(exif=exif))
    assert inside.evidence.accuracy_m == accuracy_m
    assert inside.place is not None


def with_shot(**tags: Any) -> Image.Exif:
    exif = a_phones()
    for name, value in tags.items():
        exif.get_ifd(Ifd.Exif)[Base[name]] = value
    return exif


@pytest.mark.parametrize(
    ("exif", "sign"),
    [
        (lambda: a_phones(DateTime="2026:11:20 09:18:40"), None),
        (lambda: a_phones(DateTime="2026:11:21 20:00:00"), PhotoSign.CHANGED_LATER),
        (lambda: a_phones(DateTime="2026:11:19 20:00:00"), None),
        (lambda: a_phones(DateTime="    :  :     :  :  "), None),
        (lambda: with_shot(ExifImageWidth=64, ExifImageHeight=48), None),
        (lambda: with_shot(ExifImageWidth=48, ExifImageHeight=64), None),
        (lambda: with_shot(ExifImageWidth=4000, ExifImageHeight=3000), PhotoSign.RESIZED),
        (lambda: with_shot(ExifImageWidth=0, ExifImageHeight=0), None),
        (lambda: with_shot(DateTimeOriginal="yesterday"), PhotoSign.ODD_TIME),
        (lambda: with_shot(DateTimeOriginal="1066:10:14 09:00:00"), PhotoSign.ODD_TIME),
        (lambda: with_shot(DateTimeOriginal="9999:12:31 23:59:59"), PhotoSign.ODD_TIME),
        (lambda: with_shot(UserComment=b"ASCII\0\0\0Screenshot"), PhotoSign.SCREENSHOT),
    ],
)
def test_signs_that_a_file_gives(exif: Callable[[], Image.Exif], sign: PhotoSign | None) -> None:
    assert evidence(exif()).signs == (() if sign is None else (sign,))


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_odd"),
    [
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), True),
        ((999.0, 0.0, 0.0), (100.0, 0.0, 0.0), True),
        ((13.0, 45.0, 0.0), (181.0, 0.0, 0.0), True),
        ((UNKNOWN,) * 3, (UNKNOWN,) * 3, False),
    ],
)
def test_a_position_that_cannot_be_is_left_out_and_named(
    latitude: object, longitude: object, is_odd: bool
) -> None:
    exif = a_phones()
    gps = exif.get_ifd(Ifd.GPSInfo)
    gps[Gps.GPSLatitude], gps[Gps.GPSLongitude] = latitude, longitude
    facts = read_facts(a_picture(exif=exif))
    assert facts.place is None
    assert (PhotoSign.ODD_PLACE in facts.evidence.signs) is is_odd


@pytest.mark.parametrize("stamp", ["0000:00:00 00:00:00", "    :  :     :  :  ", ""])
def test_a_clock_that_was_never_set_is_no_odd_time(stamp: str) -> None:
    facts = read_facts(a_picture(exif=with_shot(DateTimeOriginal=stamp, DateTimeDigitized=stamp)))
    assert PhotoSign.ODD_TIME not in facts.evidence.signs


@pytest.mark.parametrize("stamp", ["1970:01:01 00:00:00", "2080:01:01 00:00:00"])
def test_times_that_a_clock_can_show_are_kept_for_people_to_judge(stamp: str) -> None:
    taken_at = read_facts(a_picture(exif=with_shot(DateTimeOriginal=stamp))).taken_at
    assert taken_at is not None
    assert str(taken_at.year) == stamp[:4]


def test_a_messengers_copy_has_no_word_of_a_camera() -> None:
    assert evidence().signs == (PhotoSign.STRIPPED,)
    assert evidence(form="PNG").signs == (PhotoSign.STRIPPED,)
    assert evidence(form="WEBP").signs == (PhotoSign.STRIPPED,)
    assert evidence(form="HEIF").signs == ()
    bare = read_facts(without_jfif(a_picture()))
    assert (bare.evidence.camera, bare.evidence.signs) == ("", ())


def test_a_picture_editor_leaves_its_part_in_the_file() -> None:
    plain = a_picture(exif=a_phones())
    block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00"
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    found = read_facts(plain[:2] + segment + plain[2:]).evidence
    assert found.signs == (PhotoSign.SAVED_AGAIN,)


def test_a_desktops_screenshot_names_its_program() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Software", "gnome-screenshot")
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "PNG", pnginfo=words)
    found = read_facts(out.getvalue()).evidence
    assert found.software == "gnome-screenshot"
    assert PhotoSign.SCREENSHOT in found.signs


@pytest.mark.parametrize(
    ("width", "height", "form", "is_of_a_screen"),
    [
        (1080, 2400, "PNG", True),
        (1080, 2400, "JPEG", True),
        (2340, 1080, "JPEG", True),
        (1366, 768, "PNG", True),
        (1366, 768, "JPEG", False),
        (1080, 1920, "JPEG", False),
        (1080, 1440, "PNG", False),
        (1080, 8000, "JPEG", False),
        (1081, 2400, "PNG", False),
    ],
)
def test_a_picture_with_the_sides_of_a_whole_screen_and_no_camera_is_of_a_screen(
    width: int, height: int, form: str, is_of_a_screen: bool
) -> None:
    found = read_facts(a_picture(width, height, form=form)).evidence
    assert (PhotoSign.SCREENSHOT in found.signs) is is_of_a_screen


def test_a_long_picture_of_a_phones_camera_is_of_no_screen() -> None:
    found = read_facts(a_picture(1080, 2400, exif=a_phones())).evidence
    assert PhotoSign.SCREENSHOT not in found.signs


def a_loop() -> bytes:
    """Return a JPEG whose EXIF folders point at themselves."""
    entries = b"".join(
        tag.to_bytes(2, "little") + b"\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"
        for tag in (0x8769, 0x8825, 0xA005)
    )
    return with_tiff(b"II*\x00\x08\x00\x00\x00\x03\x00" + entries + b"\x08\x00\x00\x00")


def huge_counts() -> bytes:
    """Return a JPEG whose EXIF promises four billion letters of a maker's name."""
    entry = b"\x0f\x01\x02\x00\xff\xff\xff\xff\x1a\x00\x00\x00"
    other = b"\x12\x01\x03\x00\xff\xff\xff\xff\x06\x00\x00\x00"
    return with_tiff(b"II*\x00\x08\x00\x00\x00\x02\x00" + entry + other + bytes(4))


def with_tiff(body: bytes) -> bytes:
    """Return a JPEG with these bytes as its EXIF."""
    block = b"Exif\x00\x00" + body
    plain = a_picture()
    return plain[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + plain[2:]


@pytest.mark.parametrize("data", [a_loop(), huge_counts(), with_tiff(b"MM\0*"), with_tiff(b"")])
def test_broken_exif_never_hurts(data: bytes) -> None:
    facts = read_facts(data)
    assert (facts.width, facts.height, facts.taken_at) == (64, 48, None)


def as_operation(facts: PictureFacts) -> Operation:
    """Return what a laptop would send."""
    place = facts.place
    work = AddPhoto(
        photo_id=PhotoId("photo-1"),
        role=PhotoRole.AFTER,
        sha256="a" * 64,
        size_bytes=facts.size_bytes,
        width=facts.width,
        height=facts.height,
        taken_at=facts.taken_at,
        latitude=None if place is None else place.latitude,
        longitude=None if place is None else place.longitude,
        evidence=facts.evidence,
    )
    return Operation(
        id=OperationId("operation-1"),
        ticket_id=TicketId("T1"),
        work=work,
        based_on=Revision(1),
        actor_id=PersonId("p1"),
        device_id=DeviceId("d1"),
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
        seq=1,
    )


@given(junk=st.binary(max_size=300), at=st.integers(0, 400))
def test_whatever_a_file_says_the_hub_takes_it(junk: bytes, at: int) -> None:
    body = a_phones().tobytes()[6:]
    facts = read_facts(with_tiff(body[:at] + junk + body[at + len(junk) :]))
    check_sound(as_operation(facts))


WORDS = st.text(max_size=1500)
NUMBERS = st.tuples(*[st.floats(-1e6, 1e6)] * 3)


@given(make=WORDS, model=WORDS, software=WORDS, stamp=WORDS, offset=WORDS, spot=NUMBERS)
def test_the_strangest_words_become_one_short_line(
    make: str, model: str, software: str, stamp: str, offset: str, spot: tuple[float, ...]
) -> None:
    exif = an_exif()
    words = {Base.Make: make, Base.Model: model, Base.Software: software, Base.DateTime: stamp}
    for tag, value in words.items():
        exif[tag] = value.encode("utf-8", "replace").decode("latin-1")
    exif.get_ifd(Ifd.Exif)[Base.OffsetTime] = offset.encode("utf-8").decode("latin-1")
    exif.get_ifd(Ifd.GPSInfo)[Gps.GPSHPositioningError] = abs(spot[0])
    facts = read_facts(with_tiff(exif.tobytes()[6:]))
    check_sound(as_operation(facts))
    for text in (facts.evidence.camera, facts.evidence.software):
        assert len(text) <= CAMERA_WORDS_LIMIT
        assert text == " ".join(text.split())
