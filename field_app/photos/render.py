"""Copies with marks: arrows, boxes and words drawn in, regions hidden for good.

What goes in is never touched; what comes out is made of pixels alone, so it has none of the facts
that a camera writes beside them.
"""

import io
from collections.abc import Sequence
from typing import Final, assert_never

from PIL import Image, ImageDraw, ImageFilter, ImageOps, ImageStat

from field_app.domain.photo import MARK_TEXT_LIMIT, MARKS_LIMIT, Mark, MarkKind
from field_app.photos import lettering, shapes
from field_app.photos.errors import picture_errors
from field_app.photos.intake import FORMATS

QUALITY: Final = 88
CELLS: Final = 8
"""A hidden region has so many cells along its longer side."""
SHADES: Final = (0, 18, -12, 26, -20, 9, -5)
"""Brighter and darker cells in turn, so that everybody sees that something is hidden here."""
RING: Final = 0.02
"""A hidden region takes its colour from this far round it, part of the longest side."""
GREY: Final[tuple[int, int, int]] = (128, 128, 128)
FINE: Final = 2
"""Shapes are drawn so many times as large and made smaller, for smooth edges."""
STAMP_LINE: Final = 0.034
"""Height of a stamp's line, part of the picture's longest side."""
STAMP_LETTERS: Final = "#FFFFFF"


def render(picture: bytes, marks: Sequence[Mark] = (), stamp: Sequence[str] = ()) -> bytes:
    """Return an upright JPEG of a picture with its marks and, below it, a stamp.

    Takes about 0.05 s for the screen's copy. The same input gives the same bytes.

    Args:
        picture: A picture file; a copy for the screen is enough for paper, too.
        marks: Regions are hidden first, so that nothing that is drawn hides with them.
        stamp: Lines of words; none for no stamp.

    Raises:
        PhotoUnreadable: The picture cannot be decoded to the end.
    """
    canvas = upright(picture)
    for mark in marks:
        if mark.kind is MarkKind.BLUR:
            _hide(canvas, shapes.region(mark, canvas.size))
    for mark in marks[:MARKS_LIMIT]:
        _draw(canvas, mark)
    if stamp:
        canvas = _with_stamp(canvas, stamp)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def upright(picture: bytes) -> Image.Image:
    """Return the pixels of a picture file, upright and in RGB, without anything else.

    Raises:
        PhotoUnreadable: It cannot be decoded to the end.
    """
    with picture_errors(), Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
        turned = ImageOps.exif_transpose(opened).convert("RGB")
        clean = Image.new("RGB", turned.size)
        clean.paste(turned)
        return clean


def _hide(canvas: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Replace a region by coarse soft cells in the colour of what lies round it.

    No pixel of the region has any part in what is painted there. A mosaic of the region itself
    could be matched against every face or number that might have been there.
    """
    wide, tall = box[2] - box[0], box[3] - box[1]
    if wide <= 0 or tall <= 0:
        return
    longer = max(wide, tall)
    cells = (max(1, round(CELLS * wide / longer)), max(1, round(CELLS * tall / longer)))
    coarse = Image.new("RGB", cells)
    colour = _colour_round(canvas, box)
    for place in range(cells[0] * cells[1]):
        shade = SHADES[place % len(SHADES)]
        shaded = (max(0, min(255, part + shade)) for part in colour)
        coarse.putpixel((place % cells[0], place // cells[0]), tuple(shaded))
    flat = coarse.resize((wide, tall), Image.Resampling.NEAREST)
    canvas.paste(flat.filter(ImageFilter.GaussianBlur(longer / CELLS / 5)), box)


def _colour_round(canvas: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, ...]:
    """Return the mean colour of a ring round a region; grey where nothing is left round it."""
    ring = max(4, round(RING * max(canvas.size)))
    wider = (
        max(0, box[0] - ring),
        max(0, box[1] - ring),
        min(canvas.width, box[2] + ring),
        min(canvas.height, box[3] + ring),
    )
    outside = Image.new("1", (wider[2] - wider[0], wider[3] - wider[1]), 1)
    inside = tuple(part - wider[n % 2] for n, part in enumerate(box))
    outside.paste(0, (inside[0], inside[1], inside[2], inside[3]))
    if outside.getbbox() is None:
        return GREY
    mean = ImageStat.Stat(canvas.crop(wider), mask=outside).mean
    return tuple(round(part) for part in mean)


def _draw(canvas: Image.Image, mark: Mark) -> None:
    """Draw what is not hidden: an arrow, a box, words."""
    match mark.kind:
        case MarkKind.ARROW:
            _draw_arrow(canvas, mark)
        case MarkKind.BOX:
            _draw_box(canvas, mark)
        case MarkKind.TEXT:
            _draw_words(canvas, mark)
        case MarkKind.BLUR:
            pass
        case _:
            assert_never(mark.kind)


def _draw_arrow(canvas: Image.Image, mark: Mark) -> None:
    """Draw an arrow with its dark edge."""
    points = shapes.arrow(mark, canvas.size)
    edge = shapes.edge_width(canvas.size)
    left, top, right, bottom = _around(points, edge + 2)
    size = (FINE * (right - left), FINE * (bottom - top))
    moved = [((x - left) * FINE, (y - top) * FINE) for x, y in points]
    fill = Image.new("L", size)
    ImageDraw.Draw(fill).polygon(moved, fill=255)
    dark = Image.new("L", size)
    round_pen = ImageDraw.Draw(dark)
    round_pen.polygon(moved, fill=255)
    pen = max(1, round(2 * edge * FINE))
    round_pen.line([*moved, moved[0], moved[1]], fill=255, width=pen, joint="curve")
    _paint(canvas, (left, top), dark, shapes.EDGE)
    _paint(canvas, (left, top), fill, shapes.FILL)


def _draw_box(canvas: Image.Image, mark: Mark) -> None:
    """Draw the line round a box, dark inside and outside."""
    left, top, right, bottom = shapes.frame(mark, canvas.size)
    half, edge = shapes.line_width(canvas.size) / 2, shapes.edge_width(canvas.size)
    draw = ImageDraw.Draw(canvas)
    for colour, reach in ((shapes.EDGE, half + edge), (shapes.FILL, half)):
        outer = (left - reach, top - reach, right + reach, bottom + reach)
        draw.rectangle([round(v) for v in outer], outline=colour, width=round(2 * reach))


def _draw_words(canvas: Image.Image, mark: Mark) -> None:
    """Draw words on a yellow plate that lies inside the picture as far as it fits."""
    laid, (left, top) = place_words(mark, canvas.size)
    draw = ImageDraw.Draw(canvas)
    edge = round(shapes.edge_width(canvas.size))
    box = (left, top, left + round(laid.width), top + round(laid.height))
    draw.rounded_rectangle(
        box, radius=laid.line_px / 6, fill=shapes.FILL, outline=shapes.EDGE, width=edge
    )
    em_px = lettering.EM * laid.line_px
    for place, line in enumerate(laid.lines):
        at = (left + lettering.PADDING * laid.line_px, top + laid.baseline(place))
        lettering.write(draw, at, line, em_px, shapes.EDGE)


def place_words(mark: Mark, size: shapes.Size) -> tuple[lettering.Laid, tuple[int, int]]:
    """Return a mark's words in lines, and left and top of their plate in pixels."""
    laid = lettering.lay(mark.text[:MARK_TEXT_LIMIT], shapes.line_height(mark, size), size[0])
    (x, y), _second = shapes.ends(mark, size)
    left = max(0, min(round(x), size[0] - round(laid.width)))
    top = max(0, min(round(y), size[1] - round(laid.height)))
    return laid, (left, top)


def _with_stamp(canvas: Image.Image, stamp: Sequence[str]) -> Image.Image:
    """Return a picture with a dark band of words below it: nothing of the picture is covered."""
    line_px = STAMP_LINE * max(canvas.size)
    laid = lettering.lay("\n".join(stamp), line_px, canvas.width)
    taller = Image.new("RGB", (canvas.width, canvas.height + round(laid.height)), shapes.EDGE)
    taller.paste(canvas)
    draw = ImageDraw.Draw(taller)
    for place, line in enumerate(laid.lines):
        at = (lettering.PADDING * 2 * laid.line_px, canvas.height + laid.baseline(place))
        lettering.write(draw, at, line, lettering.EM * laid.line_px, STAMP_LETTERS)
    return taller


def _around(points: Sequence[shapes.Point], more: float) -> tuple[int, int, int, int]:
    """Return whole pixels round points."""
    across, down = [x for x, _y in points], [y for _x, y in points]
    return (
        int(min(across) - more) - 1,
        int(min(down) - more) - 1,
        int(max(across) + more) + 2,
        int(max(down) + more) + 2,
    )


def _paint(canvas: Image.Image, at: tuple[int, int], fine: Image.Image, colour: str) -> None:
    """Paint a colour where a mask of `FINE` times the size says so; parts may lie outside."""
    mask = fine.reduce(FINE)
    canvas.paste(colour, (*at, at[0] + mask.width, at[1] + mask.height), mask)
