"""Thai in pictures: vowels and tones stand where they belong, also without Raqm."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from field_app.photos import lettering
from field_app.photos.shapes import EDGE

STACKED = ("กี่ปู่", "ที่นี่", "น้ำท่วม", "ป่า", "ปี่", "ฟ้า", "ก่ำ", "ผู้ใหญ่", "ศักดิ์", "เป็นที่ตั้ง")


def drawn(text: str, *, is_shaped: bool) -> Image.Image:
    """Return words as white on black."""
    picture = Image.new("L", (900, 160))
    colour = "#FFFFFF"
    lettering.write(ImageDraw.Draw(picture), (20, 100), text, 64, colour, is_shaped=is_shaped)
    return picture


def unshaped(text: str) -> Image.Image:
    """Return words as Pillow draws them without any shaping."""
    picture = Image.new("L", (900, 160))
    plain = lettering.font(64, is_shaped=False)
    ImageDraw.Draw(picture).text((20, 100), text, fill=255, font=plain, anchor="ls")
    return picture


def ink(picture: Image.Image) -> int:
    """Return how much white there is."""
    return sum(level * count for level, count in enumerate(picture.histogram()))


def apart(one: Image.Image, other: Image.Image) -> int:
    """Return how much ink stands at another height."""
    return sum(abs(a - b) for a, b in zip(rows(one), rows(other), strict=True))


def rows(picture: Image.Image) -> list[int]:
    """Return the ink of each row of pixels."""
    return [ink(picture.crop((0, y, picture.width, y + 1))) for y in range(picture.height)]


def test_this_computer_shapes_thai() -> None:
    assert lettering.has_shaping()


@pytest.mark.parametrize("word", STACKED[:7])
def test_shaped_words_differ_from_unshaped_ones(word: str) -> None:
    difference = ImageChops.difference(drawn(word, is_shaped=True), unshaped(word))
    assert ink(difference) > 0.02 * ink(unshaped(word))


@pytest.mark.parametrize("word", STACKED)
def test_a_tone_above_a_vowel_does_not_run_into_it(word: str) -> None:
    for is_shaped in (True, False):
        assert ink(drawn(word, is_shaped=is_shaped)) >= ink(unshaped(word))


@pytest.mark.parametrize("word", STACKED)
def test_without_raqm_the_marks_stand_nearly_where_raqm_puts_them(word: str) -> None:
    shaped = drawn(word, is_shaped=True)
    ours, naive = drawn(word, is_shaped=False), unshaped(word)
    assert apart(shaped, ours) <= 0.15 * ink(shaped)
    assert apart(shaped, ours) < apart(shaped, naive) or apart(shaped, naive) <= 0.02 * ink(shaped)
    boxes = [picture.getbbox() for picture in (shaped, ours)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert all(abs(one - other) <= 8 for one, other in zip(boxes[0], boxes[1], strict=True))


@pytest.mark.parametrize("word", STACKED)
def test_the_tallest_stack_stays_in_its_line(word: str) -> None:
    laid = lettering.lay(word, 100, 900)
    em_px = lettering.EM * laid.line_px
    above = lettering.font(em_px, is_shaped=True).getbbox(word, anchor="ls")
    assert laid.baseline(0) + above[1] >= 0
    assert laid.baseline(0) + above[3] <= laid.height


def test_lines_break_between_syllables_and_lose_nothing() -> None:
    words = "เมื่อวานนี้น้ำท่วมถึงเข่าที่หน้าโรงเรียน"
    laid = lettering.lay(words, 40, 160)
    assert "".join(laid.lines) == words
    for line in laid.lines:
        assert line[0] not in lettering.FOLLOWING
        assert line[-1] not in lettering.LEADING
    assert max(laid.widths) <= 160


def test_lines_break_at_spaces_where_there_are_some() -> None:
    lines = lettering.lay("one two three four", 40, 120).lines
    assert len(lines) > 1
    assert " ".join(lines) == "one two three four"


def test_line_feeds_are_kept_and_no_words_are_one_empty_line() -> None:
    assert lettering.lay("a\nb", 40, 500).lines == ("a", "b")
    assert lettering.lay("", 40, 500).lines == ("",)


def test_signs_that_nobody_sees_do_no_harm() -> None:
    odd = "ก\u200bข\x1cค\u2029\x00\x85ง\r"
    assert lettering.lay(odd, 40, 500).lines == ("กข ค   ง",)


def test_the_font_comes_with_the_program() -> None:
    assert isinstance(lettering.font(20, is_shaped=True), ImageFont.FreeTypeFont)
    assert EDGE.startswith("#")
