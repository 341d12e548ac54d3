"""Faces and number plates are proposed to a person, and little else is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from field_app.domain.photo import Mark, MarkKind
from field_app.resources import resource
from field_app.vision.regions import MOST, regions_of
from tests.vision.labelled import places


def a_plate(width: int) -> Image.Image:
    """Return a made-up number plate."""
    plate = Image.new("RGB", (520, 160), "white")
    pen = ImageDraw.Draw(plate)
    pen.rectangle((4, 4, 515, 155), outline="black", width=6)
    font = ImageFont.truetype(sorted(resource("fonts").rglob("*.ttf"))[0], 110)
    pen.text((30, 10), "1กข 4821", font=font, fill="black")
    return plate.resize((width, width * 160 // 520), Image.Resampling.LANCZOS)


SKIN, SHADE, DARK = (205, 160, 130), (150, 110, 90), (50, 35, 30)


def a_face(width: int) -> Image.Image:
    """Return the drawn face of nobody, from the front."""
    face = Image.new("RGB", (300, 360), (90, 120, 90))
    pen = ImageDraw.Draw(face)
    pen.ellipse((40, 20, 260, 340), fill=DARK)  # hair
    pen.ellipse((55, 50, 245, 340), fill=SKIN)
    for x in (105, 195):
        pen.ellipse((x - 34, 150, x + 34, 190), fill=SHADE)
        pen.ellipse((x - 22, 158, x + 22, 182), fill="white")
        pen.ellipse((x - 11, 158, x + 11, 182), fill="black")
        pen.line((x - 32, 140, x + 32, 136), fill=DARK, width=10)
    pen.polygon((140, 170, 160, 170, 172, 235, 128, 235), fill=(222, 180, 150))  # nose
    pen.ellipse((122, 222, 178, 246), fill=SHADE)
    pen.ellipse((105, 265, 195, 295), fill=(150, 70, 70))  # mouth
    pen.line((105, 280, 195, 280), fill=DARK, width=6)
    soft = face.filter(ImageFilter.GaussianBlur(5))
    return soft.resize((width, width * 360 // 300), Image.Resampling.LANCZOS)


def covers(mark: Mark, x: float, y: float) -> bool:
    return mark.x1 <= x <= mark.x2 and mark.y1 <= y <= mark.y2


@pytest.mark.parametrize("width", [80, 160, 240])
def test_a_number_plate_is_proposed(width: int) -> None:
    street = places()["road 1/before"].copy()
    street.paste(a_plate(width), (200, 300))

    found = regions_of(np.asarray(street))

    middle = ((200 + width / 2) / 640, (300 + width * 80 / 520) / 480)
    assert any(covers(mark, *middle) for mark in found)
    assert {mark.kind for mark in found} == {MarkKind.BLUR}


@pytest.mark.parametrize("width", [60, 100, 160, 220])
def test_a_face_is_proposed(width: int) -> None:
    street = places()["road 1/before"].copy()
    street.paste(a_face(width), (200, 80))

    found = regions_of(np.asarray(street))

    eyes = ((200 + width / 2) / 640, (80 + width * 170 / 300) / 480)
    assert any(covers(mark, *eyes) for mark in found)
    assert {mark.kind for mark in found} == {MarkKind.BLUR}


def test_pictures_without_people_mostly_get_no_proposal() -> None:
    chosen = list(places().values())[::3]
    found = [regions_of(np.asarray(picture)) for picture in chosen]

    assert sum(bool(each) for each in found) / len(found) <= 0.1
    assert all(len(each) <= MOST for each in found)
    assert all(0 <= m.x1 < m.x2 <= 1 and 0 <= m.y1 < m.y2 <= 1 for each in found for m in each)


def test_what_is_no_picture_has_no_regions() -> None:
    assert regions_of(b"%PDF-1.4") == ()
