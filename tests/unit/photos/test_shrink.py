"""Copies are small, upright and without anything but pixels."""

import base64
import io
import random

import pytest
from PIL import Image, ImageCms, ImageOps

from field_app.domain.photo import PREVIEW_LIMIT_BYTES
from field_app.photos.shrink import SCREEN_PX, THUMB_PX, make_copies
from tests.helpers.pictures import a_picture, an_exif


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def half_red(orientation: int) -> bytes:
    """Return a picture whose upper half is red, stored as a phone held otherwise stores it."""
    picture = Image.new("RGB", (40, 60), "blue")
    picture.paste((255, 0, 0), (0, 0, 40, 30))
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: 4}[orientation]
    out = io.BytesIO()
    stored = picture.transpose(Image.Transpose(back))
    stored.save(out, "JPEG", exif=an_exif(orientation=orientation), quality=95)
    return out.getvalue()


def test_a_large_picture_gets_smaller_copies_of_the_same_shape() -> None:
    copies = make_copies(a_picture(4100, 2000))
    assert opened(copies.screen).size == (SCREEN_PX, round(2000 * SCREEN_PX / 4100))
    assert max(opened(copies.thumb).size) == THUMB_PX
    assert opened(copies.thumb).format == "WEBP"


def test_a_jpeg_of_twice_the_size_is_only_decoded_by_half() -> None:
    assert opened(make_copies(a_picture(4032, 3024)).screen).size == (2016, 1512)


def test_a_huge_picture_is_made_smaller_band_by_band_and_nothing_is_lost() -> None:
    huge = Image.new("RGBA", (12_200, 4_100), (0, 0, 255, 255))
    huge.paste((255, 0, 0, 255), (0, 0, 6_100, 2_050))
    huge.paste((0, 0, 0, 0), (6_100, 2_050, 12_200, 4_100))
    out = io.BytesIO()
    huge.save(out, "PNG", compress_level=1)
    screen = opened(make_copies(out.getvalue()).screen)
    assert screen.size == (SCREEN_PX, round(4_100 * SCREEN_PX / 12_200))
    width, height = screen.size
    shown = [screen.getpixel((x * width // 4, y * height // 4)) for y in (1, 3) for x in (1, 3)]
    wanted = ((255, 0, 0), (0, 0, 255), (0, 0, 255), (255, 255, 255))
    for found, colour in zip(shown, wanted, strict=True):
        assert isinstance(found, tuple)
        assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True))
    edge = screen.getpixel((width // 4, height - 2))
    assert isinstance(edge, tuple)
    assert edge[2] > 240


def test_of_sixteen_bits_the_upper_eight_are_kept() -> None:
    grey = Image.new("I;16", (64, 48), 0x8000)
    out = io.BytesIO()
    grey.save(out, "PNG")
    value = opened(make_copies(out.getvalue()).screen).getpixel((32, 24))
    assert isinstance(value, tuple)
    assert all(abs(part - 0x80) <= 2 for part in value)


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_brightness_that_others_look_at_is_upright_and_of_the_same_pixels(
    orientation: int,
) -> None:
    copies = make_copies(a_picture(2000, 1200, exif=an_exif(orientation=orientation)))
    assert copies.luma.mode == "L"
    sides = (1000, 600)
    assert copies.luma.size == (sides if orientation == 1 else sides[::-1])
    assert make_copies(a_picture(64, 48)).luma.size == (64, 48)


def test_a_small_picture_is_not_blown_up() -> None:
    copies = make_copies(a_picture(64, 48))
    assert opened(copies.screen).size == opened(copies.thumb).size == (64, 48)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_copies_stand_upright_and_carry_no_exif(orientation: int) -> None:
    copies = make_copies(half_red(orientation))
    for data in (copies.screen, copies.thumb):
        picture = opened(data)
        assert picture.size == (40, 60)
        assert not picture.getexif()
        above, below = picture.convert("RGB").getpixel((20, 8)), picture.getpixel((20, 50))
        assert isinstance(above, tuple)
        assert isinstance(below, tuple)
        assert above[0] > 200
        assert below[0] < 60


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_phone_is_turned_as_pillow_turns_it(orientation: int) -> None:
    stored = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    stored.paste((255, 0, 0), (0, 0, 20, 10))
    out = io.BytesIO()
    stored.save(out, "PNG", exif=an_exif(orientation=orientation))
    screen = opened(make_copies(out.getvalue()).screen)
    expected = ImageOps.exif_transpose(opened(out.getvalue()))
    assert screen.size == expected.size
    spots = [(3, 3), (screen.width - 4, 3), (3, screen.height - 4)]
    for spot in spots:
        shown, meant = screen.getpixel(spot), expected.getpixel(spot)
        assert isinstance(shown, tuple)
        assert isinstance(meant, tuple)
        assert all(abs(a - b) < 40 for a, b in zip(shown, meant, strict=True))


def exchanged_profile() -> bytes:
    """Return a profile whose red is sRGB's green and the other way round, with no known name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "abcd".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"~~~~").replace(b"gXYZ", b"rXYZ").replace(b"~~~~", b"gXYZ")


def test_colours_are_those_of_the_pictures_own_profile() -> None:
    out = io.BytesIO()
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    red.save(out, "JPEG", icc_profile=exchanged_profile(), quality=95)
    copies = make_copies(out.getvalue())
    for data in (copies.screen, copies.thumb):
        pixel = opened(data).convert("RGB").getpixel((20, 20))
        assert isinstance(pixel, tuple)
        assert pixel[1] > 240
        assert pixel[0] < 30
        assert "icc_profile" not in opened(data).info


def test_a_profile_that_is_none_changes_nothing() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (255, 0, 0)).save(out, "JPEG", icc_profile=b"no profile at all")
    pixel = opened(make_copies(out.getvalue()).screen).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240


def test_words_that_a_camera_left_beside_the_pixels_stay_out() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "JPEG", comment=b"serial 12345")
    assert b"12345" not in make_copies(out.getvalue()).screen


def test_even_noise_makes_a_preview_that_travels_inside_an_operation() -> None:
    noise = Image.frombytes("RGB", (300, 300), random.Random(1).randbytes(270_000))
    out = io.BytesIO()
    noise.save(out, "PNG")
    copies = make_copies(out.getvalue())
    assert len(copies.thumb) <= PREVIEW_LIMIT_BYTES
    assert base64.b64decode(copies.preview) == copies.thumb


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_pictures_of_any_colour_mode_are_taken(mode: str) -> None:
    out = io.BytesIO()
    picture = (
        Image.new(mode, (20, 20)) if mode == "I;16" else Image.new("RGB", (20, 20)).convert(mode)
    )
    picture.save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(make_copies(out.getvalue()).screen).mode == "RGB"
