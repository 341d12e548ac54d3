"""Copies with marks: what is drawn is seen, what is hidden is gone."""

import io
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from field_app.domain.errors import PhotoUnreadable
from field_app.domain.photo import MARK_TEXT_LIMIT, MARKS_LIMIT, Mark, MarkKind
from field_app.photos import lettering, shapes
from field_app.photos.render import place_words, render, upright
from tests.helpers.pictures import a_picture, an_exif

SIZE = (800, 600)
YELLOW, DARK = (255, 225, 0), (18, 32, 28)


def a_mark(kind: MarkKind, *points: float, text: str = "") -> Mark:
    """Return a mark with x1, y1, x2, y2."""
    x1, y1, x2, y2 = points
    return Mark(kind=kind, x1=x1, y1=y1, x2=x2, y2=y2, text=text)


def opened(data: bytes) -> Image.Image:
    """Return a rendered copy's pixels."""
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def is_near(pixel: object, colour: tuple[int, int, int], within: int = 40) -> bool:
    """Return whether a pixel has a colour, but for the compression."""
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= within for one, other in zip(pixel, colour, strict=True))


def colours_along(picture: Image.Image, start: shapes.Point, end: shapes.Point) -> list[object]:
    """Return the pixels on a line."""
    steps = 400
    return [
        picture.getpixel(
            (
                round(start[0] + (end[0] - start[0]) * step / steps),
                round(start[1] + (end[1] - start[1]) * step / steps),
            )
        )
        for step in range(steps + 1)
    ]


def a_plate(words: str, seed: int = 1) -> bytes:
    """Return a noisy street with a number plate in its middle, as a file without loss."""
    noise = random.Random(seed).randbytes(SIZE[0] * SIZE[1] * 3)
    picture = Image.frombytes("RGB", SIZE, noise).point(lambda value: 90 + value // 6)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 250, 500, 350), fill=(150, 150, 150))
    lettering.write(draw, (310, 315), words, 40, "#404040")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("ground", ["white", "black", "yellow", "#12201C", "red", "#808080"])
@pytest.mark.parametrize("kind", [MarkKind.ARROW, MarkKind.BOX, MarkKind.TEXT])
def test_a_mark_is_seen_on_any_ground(ground: str, kind: MarkKind) -> None:
    mark = a_mark(kind, 0.2, 0.4, 0.8, 0.5, text="หลุมลึก")
    copy = opened(render(a_picture(2000, 1500, colour=ground), (mark,)))
    across = 1000
    if kind is MarkKind.TEXT:
        across = place_words(mark, copy.size)[1][0] + 25
    down = [copy.getpixel((across, y)) for y in range(copy.height)]
    assert any(is_near(pixel, YELLOW) for pixel in down)
    assert any(is_near(pixel, DARK) for pixel in down)


def test_an_arrow_points_to_its_second_end() -> None:
    copy = opened(render(a_picture(*SIZE), (a_mark(MarkKind.ARROW, 0.1, 0.5, 0.9, 0.5),)))
    yellow = {
        x: sum(is_near(copy.getpixel((x, y)), YELLOW) for y in range(600)) for x in (200, 700)
    }
    assert yellow[700] > 1.5 * yellow[200] > 0
    assert not any(is_near(copy.getpixel((730, y)), YELLOW) for y in range(600))


@pytest.mark.parametrize(
    "points", [(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 1.0), (1.0, 1.0, 0.9, 1.0)]
)
@pytest.mark.parametrize("kind", list(MarkKind))
def test_marks_at_the_edge_and_without_a_length_are_drawn(
    kind: MarkKind, points: tuple[float, float, float, float]
) -> None:
    copy = opened(render(a_picture(*SIZE), (a_mark(kind, *points, text="ขอบ"),)))
    assert copy.size == SIZE


def test_as_many_marks_as_there_may_be() -> None:
    long_words = ("ที่นี่ กตัญญู " * 20)[:MARK_TEXT_LIMIT]
    many = tuple(
        a_mark(list(MarkKind)[n % 4], n / 100, n / 100, 1 - n / 100, 0.5, text=long_words)
        for n in range(MARKS_LIMIT)
    )
    assert opened(render(a_picture(*SIZE), many)).size == SIZE


anything = st.floats(allow_nan=True, allow_infinity=True)
any_mark = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    x1=anything,
    y1=anything,
    x2=anything,
    y2=anything,
    text=st.text(max_size=MARK_TEXT_LIMIT + 1),
)


@given(marks=st.lists(any_mark, max_size=4), width=st.integers(1, 90), height=st.integers(1, 90))
@settings(deadline=None)
def test_whatever_a_hub_sends_as_marks_gives_a_picture(
    marks: list[Mark], width: int, height: int
) -> None:
    assert opened(render(a_picture(width, height), marks)).size == (width, height)


def test_the_same_marks_give_the_same_bytes() -> None:
    marks = tuple(a_mark(kind, 0.1, 0.2, 0.6, 0.7, text="ก") for kind in MarkKind)
    source = a_plate("กข 1234")
    assert render(source, marks, ("งาน 1",)) == render(source, marks, ("งาน 1",))


def test_a_turned_picture_is_marked_upright() -> None:
    source = a_picture(64, 48, exif=an_exif(orientation=6))
    assert opened(render(source)).size == (48, 64)


def test_a_broken_picture_is_no_copy() -> None:
    with pytest.raises(PhotoUnreadable):
        render(a_picture(*SIZE)[:300])


@pytest.mark.parametrize("words", ["ฮฬ 9999", "กก 1111", "ชท 5830"])
def test_nothing_of_a_plate_can_be_told_from_its_blur(words: str) -> None:
    blur = a_mark(MarkKind.BLUR, 0.375, 0.415, 0.625, 0.585)
    one, other = render(a_plate("กข 1234"), (blur,)), render(a_plate(words), (blur,))
    assert one == other
    assert render(a_plate("กข 1234")) != render(a_plate(words))


@pytest.mark.parametrize("seed", [2, 3])
def test_no_pixel_of_a_region_has_a_part_in_what_hides_it(seed: int) -> None:
    blur = a_mark(MarkKind.BLUR, 0.2, 0.1, 0.7, 0.9)
    left, top, right, bottom = shapes.region(blur, SIZE)
    street = upright(a_plate("กข 1234"))
    other = street.copy()
    size = (right - left, bottom - top)
    noise = random.Random(seed).randbytes(size[0] * size[1] * 3)
    other.paste(Image.frombytes("RGB", size, noise), (left, top))
    assert hidden(street, blur) == hidden(other, blur)
    assert hidden(street) != hidden(other)


def hidden(picture: Image.Image, *marks: Mark) -> bytes:
    """Return the copy of a picture with these marks."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return render(out.getvalue(), marks)


def test_a_blur_leaves_no_edges_inside() -> None:
    blur = a_mark(MarkKind.BLUR, 0.375, 0.415, 0.625, 0.585)
    soft = opened(render(a_plate("กข 1234"), (blur,))).crop((300, 250, 500, 350)).convert("L")
    sharp = opened(render(a_plate("กข 1234"))).crop((300, 250, 500, 350)).convert("L")
    assert steepest(soft) < 20
    assert steepest(sharp) > 60


def steepest(picture: Image.Image) -> int:
    """Return the greatest step between neighbours in the middle row."""
    middle = picture.height // 2
    row = picture.crop((0, middle, picture.width, middle + 1)).tobytes()
    return max(abs(one - other) for one, other in pairwise(row))


@pytest.mark.parametrize(
    "points",
    [(0.0, 0.0, 0.2, 0.3), (0.9, 0.7, 1.0, 1.0), (1.0, 1.0, 0.9, 0.9), (0.0, 0.0, 1.0, 1.0),
     (0.3, 0.0, 0.3, 1.0)],
)  # fmt: skip
def test_a_region_at_the_edge_is_hidden_to_its_last_pixel(
    points: tuple[float, float, float, float],
) -> None:
    mark = a_mark(MarkKind.BLUR, *points)
    box = shapes.region(mark, SIZE)
    plain = Image.new("RGB", SIZE, (100, 100, 100))
    secret = plain.copy()
    ImageDraw.Draw(secret).line((box[0], box[1], box[2] - 1, box[3] - 1), fill=(255, 0, 0))
    assert hidden(plain, mark) == hidden(secret, mark)
    left, top, right, bottom = shapes.frame(mark, SIZE)
    assert box[0] <= left
    assert box[1] <= top
    assert box[2] >= right
    assert box[3] >= bottom


def test_what_is_drawn_over_a_blur_stays_sharp() -> None:
    marks = (a_mark(MarkKind.ARROW, 0.1, 0.5, 0.9, 0.5), a_mark(MarkKind.BLUR, 0.0, 0.0, 1.0, 1.0))
    copy = opened(render(a_picture(*SIZE), marks))
    assert any(is_near(pixel, YELLOW) for pixel in colours_along(copy, (400, 60), (400, 540)))


def test_a_stamp_covers_nothing_of_the_picture() -> None:
    source = a_plate("กข 1234")
    stamped = opened(render(source, (), ("งาน 2026-000001", "ถ่าย 19 พ.ย. 2569")))
    assert stamped.width == SIZE[0]
    assert stamped.height > SIZE[1]
    plain = opened(render(source)).crop((0, 0, 800, 576))
    assert stamped.crop((0, 0, 800, 576)).tobytes() == plain.tobytes()
    band = stamped.crop((0, SIZE[1] + 8, 800, stamped.height))
    assert any(is_near(pixel, (255, 255, 255)) for pixel in band.get_flattened_data())


def test_words_that_are_too_long_are_broken_and_stay_inside() -> None:
    long_words = ("น้ำท่วมขังหน้าโรงเรียนทุกครั้งที่ฝนตก" * 6)[:MARK_TEXT_LIMIT]
    laid, (left, top) = place_words(
        a_mark(MarkKind.TEXT, 0.9, 0.9, 0.9, 0.95, text=long_words), SIZE
    )
    assert len(laid.lines) > 1
    assert "".join(laid.lines) == long_words
    assert left >= 0
    assert left + laid.width <= SIZE[0] + 1
    assert top + laid.height <= SIZE[1] + 1
