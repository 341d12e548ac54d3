"""Words drawn into pictures: Thai with its vowels and tones in their places, in the house's font.

Raqm shapes Thai as every program does. Where Pillow comes without it (on Windows it needs a
library that is not always there), vowels and tones are put in their places here.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from unicodedata import category

from PIL import ImageDraw, ImageFont, features

from field_app.photos.shapes import Point
from field_app.resources import resource

FONT: Final = "Sarabun_600SemiBold.ttf"
EM: Final = 0.62
"""Size of the letters, part of the height of a line."""
BASELINE: Final = 0.78
"""Where letters stand in a line, part of its height from above: a vowel and a tone fit above."""
PADDING: Final = 0.2
"""Room beside words on a plate, part of the height of a line."""
ABOVE: Final = frozenset("ัิีึืํ็")
"""Vowels and signs above a letter; a tone stands above them."""
TONES: Final = frozenset("่้๊๋์")
BELOW: Final = frozenset("ฺุู")
LEADING: Final = frozenset("เแโใไ")
"""Written before the letter that they belong to: no line ends with one."""
FOLLOWING: Final = frozenset("ะาำๅๆฯ") | ABOVE | TONES | BELOW
"""No line begins with one of these."""
TALL: Final = frozenset("ปฝฟฬ")
"""Letters with a stroke where vowels and tones stand: these move to the left."""
DEEP: Final = frozenset("ญฐฎฏ")
"""Letters with a foot where vowels below stand: these move down."""
INVISIBLE: Final = "Cf"
"""Unicode's category of signs that take no room, as the break between Thai words."""
SARA_AM: Final = "ำ"
NIKHAHIT, SARA_AA = "ํ", "า"
LIFT: Final = 0.23
"""How far a tone rises above a vowel, em, measured in the font."""
ASIDE: Final = 0.09
"""How far vowels and tones move left of a tall stroke, em."""
SINK: Final = 0.22
"""How far a vowel moves below a foot, em."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Words laid out in lines."""

    lines: tuple[str, ...]
    """Never empty; a line may be."""
    widths: tuple[float, ...]
    """Of each line in pixels."""
    line_px: float
    """Height of a line."""

    @property
    def width(self) -> float:
        """Width of the plate behind the words, pixels."""
        return max(self.widths) + 2 * PADDING * self.line_px

    @property
    def height(self) -> float:
        """Height of the plate behind the words, pixels."""
        return (len(self.lines) + PADDING) * self.line_px

    def baseline(self, place: int) -> float:
        """Return how far below the plate's top the letters of a line stand."""
        return (place + PADDING / 2 + BASELINE) * self.line_px


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Letters that are drawn at once, moved by parts of an em."""

    text: str
    aside: float = 0.0
    """To the right."""
    down: float = 0.0


@cache
def has_shaping() -> bool:
    """Return whether Pillow shapes Thai by itself here."""
    return bool(features.check("raqm"))


@cache
def font(pixels: float, *, is_shaped: bool) -> ImageFont.FreeTypeFont:
    """Return the font with letters of a size in pixels."""
    engine = ImageFont.Layout.RAQM if is_shaped else ImageFont.Layout.BASIC
    path = str(resource("fonts", FONT))
    return ImageFont.truetype(path, max(1.0, pixels), layout_engine=engine)


@lru_cache(maxsize=512)
def lay(text: str, line_px: float, room_px: float) -> Laid:
    """Lay words out in lines that fit.

    Args:
        text: Line feeds are kept; too long lines are broken at spaces, else between syllables.
        line_px: Height of a line.
        room_px: Greatest width of the plate.
    """
    line_px = float(round(line_px))
    room = max(line_px, room_px - 2 * PADDING * line_px)
    lines = [
        line
        for paragraph in text.split("\n")
        for line in _broken(_plain(paragraph).strip(), EM * line_px, room)
    ]
    widths = tuple(width(line, EM * line_px) for line in lines)
    return Laid(lines=tuple(lines), widths=widths, line_px=line_px)


def width(text: str, em_px: float) -> float:
    """Return how wide a line is, pixels."""
    is_shaped = has_shaping()
    shown = text if is_shaped else _apart(text)
    return float(font(em_px, is_shaped=is_shaped).getlength(shown))


def write(
    draw: ImageDraw.ImageDraw,
    at: Point,
    text: str,
    em_px: float,
    colour: str,
    *,
    is_shaped: bool | None = None,
) -> None:
    """Draw one line of words.

    Args:
        draw: The picture.
        at: Left end of the baseline.
        text: Without line feeds.
        em_px: Size of the letters.
        colour: As `#RRGGBB`.
        is_shaped: Whether Pillow shapes; None takes what is there.
    """
    shaped = has_shaping() if is_shaped is None else is_shaped
    letters = font(em_px, is_shaped=shaped)
    if shaped:
        draw.text(at, text, fill=colour, font=letters, anchor="ls")
        return
    x, y = at
    for piece in pieces(text):
        place = (x + piece.aside * em_px, y + piece.down * em_px)
        draw.text(place, piece.text, fill=colour, font=letters, anchor="ls")
        x += letters.getlength(piece.text)


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a line's letters with vowels and tones moved to their places."""
    found: list[Piece] = []
    base, has_vowel = "", False
    for sign in _apart(text):
        aside = -ASIDE if base in TALL and sign in ABOVE | TONES else 0.0
        if sign in TONES:
            found.append(Piece(text=sign, aside=aside, down=-LIFT if has_vowel else 0.0))
        elif sign in ABOVE:
            has_vowel = True
            found.append(Piece(text=sign, aside=aside))
        elif sign in BELOW:
            found.append(Piece(text=sign, down=SINK if base in DEEP else 0.0))
        else:
            base, has_vowel = sign, False
            found.append(Piece(text=sign))
    return tuple(found)


def _apart(text: str) -> str:
    """Return a text with each sara am as its ring, below a tone, and its leg."""
    apart = text
    for tone in TONES:
        apart = apart.replace(tone + SARA_AM, NIKHAHIT + tone + SARA_AA)
    return apart.replace(SARA_AM, NIKHAHIT + SARA_AA)


def _plain(text: str) -> str:
    """Return a paragraph without signs that nobody sees, at some of which Raqm fails."""
    return "".join(
        sign if sign.isprintable() else "" if category(sign) == INVISIBLE else " " for sign in text
    )


def _broken(text: str, em_px: float, room: float) -> list[str]:
    """Return a paragraph in lines no wider than the room."""
    lines: list[str] = []
    rest = text
    while rest and width(rest, em_px) > room:
        fits = _fitting(rest, em_px, room)
        lines.append(rest[:fits].rstrip())
        rest = rest[fits:].lstrip()
    if rest or not lines:
        lines.append(rest)
    return lines


def _fitting(text: str, em_px: float, room: float) -> int:
    """Return how many characters of a text go on a line that is too narrow for it; at least one."""
    fitting: list[int] = []
    for place in range(1, len(text)):
        if not _may_break(text, place):
            continue
        if width(text[:place].rstrip(), em_px) > room:
            return _best_end(text, fitting) if fitting else place
        fitting.append(place)
    return _best_end(text, fitting) if fitting else len(text)


def _best_end(text: str, fitting: list[int]) -> int:
    """Return the last place to end a line, at a space if that leaves it at least half full."""
    spaces = [place for place in fitting if text[place - 1] == " "]
    return spaces[-1] if spaces and spaces[-1] > fitting[-1] // 2 else fitting[-1]


def _may_break(text: str, place: int) -> bool:
    """Return whether a line may end before this character."""
    return text[place] not in FOLLOWING and text[place - 1] not in LEADING
