"""Copies of a picture for looking at: decoded once, turned upright last."""

import io
import math
from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms

from field_app.domain.errors import PhotoUnreadable
from field_app.domain.photo import PREVIEW_LIMIT_BYTES
from field_app.photos.inside import read_inside
from field_app.photos.intake import opened

THUMB_PX: Final = 256
SCREEN_PX: Final = 2016
"""Longest side; half of what phones with 12 million pixels make."""
THUMB_GAP: Final = 1.9
"""A thumbnail is made from a picture that was halved already."""
LUMA_PX: Final = 640
"""Whoever looks at a picture's brightness has enough with such a longest side."""
BAND_ROWS: Final = 64
"""So many rows of the smaller picture are made at once."""
SCREEN_QUALITY: Final = 85
PREVIEW_QUALITIES: Final = (70, 50, 30, 15)
"""Tried one after the other until the preview is small enough."""
PREVIEW_SIDES: Final = (THUMB_PX, 160, 96)
SRGB_NAMES: Final = (b"sRGB", "sRGB".encode("utf-16-be"))
"""One stands in the description of a profile that says sRGB (ICC.1, types desc and mluc)."""
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by its EXIF orientation (TIFF 6.0)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What is made of one picture."""

    thumb: bytes
    """A WebP of at most 256 px and 12 kB, upright."""
    screen: bytes
    """A JPEG of at most 2016 px, upright."""
    luma: Image.Image
    """The brightness of its pixels, at least half as large as the screen copy, upright: what looks
    at the picture need not decode it again."""

    @property
    def preview(self) -> str:
        """The thumb in base64, as it travels inside an operation."""
        return b64encode(self.thumb).decode("ascii")


def make_copies(data: bytes) -> Copies:
    """Return the copies of a picture; takes about 0.1 s for 12 million pixels.

    A JPEG is decoded at exactly half size where that is still large enough.

    Raises:
        PhotoUnreadable: The pixels cannot be decoded to the end; PhotoTooLarge for too many.
    """
    with opened(data) as picture:
        half = (picture.width // 2, picture.height // 2)
        if max(half) >= SCREEN_PX:
            picture.draft("RGB", half)
        picture.load()
        orientation = read_inside(picture).orientation
        screen = _smaller(_in_rgb(picture), SCREEN_PX)
        halved = screen.reduce(2) if max(screen.size) >= 2 * LUMA_PX else screen
        thumb = _smaller(halved, THUMB_PX, THUMB_GAP)
        return Copies(
            thumb=_thumb(_upright(thumb, orientation)),
            screen=_jpeg(_upright(screen, orientation)),
            luma=_upright(halved.convert("L"), orientation),
        )


def _in_rgb(picture: Image.Image) -> Image.Image:
    """Return a picture in sRGB; one of very many pixels is made smaller band by band.

    A picture that says little and is huge would otherwise be in memory four times.
    """
    factor = max(picture.size) // (2 * SCREEN_PX)
    if factor <= 1:
        return _plain(_in_srgb(picture))
    width, height = (math.ceil(side / factor) for side in picture.size)
    small = Image.new("RGB", (width, height))
    rows = BAND_ROWS * factor
    for number, top in enumerate(range(0, picture.height, rows)):
        band = picture.crop((0, top, picture.width, min(picture.height, top + rows)))
        small.paste(_plain(_in_srgb(band)).reduce(factor), (0, number * BAND_ROWS))
    return small


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return a picture whose colours are right on any screen; phones write wider colours.

    A profile that cannot be used changes nothing: the colours are only a little off then.
    """
    profile = picture.info.get("icc_profile")
    if not isinstance(profile, bytes) or any(name in profile for name in SRGB_NAMES):
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            or picture
        )
    except (ImageCms.PyCMSError, ValueError, OSError, TypeError):
        return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB; what is transparent becomes white, and of 16 bits 8 are kept."""
    if picture.mode == "RGB":
        return picture
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")


def _smaller(picture: Image.Image, side: int, gap: float = 2.0) -> Image.Image:
    """Return a picture whose longest side is at most `side`.

    Args:
        picture: Of any size.
        side: Pixels.
        gap: Whole pixels are put together first as long as so many times the size is left.
    """
    longest = max(picture.size)
    if longest <= side:
        return picture
    size = (
        max(1, round(picture.width * side / longest)),
        max(1, round(picture.height * side / longest)),
    )
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=gap)


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return a picture turned as its EXIF says."""
    turn = TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _jpeg(picture: Image.Image) -> bytes:
    """Return a picture as JPEG, without a word of what the original says beside its pixels."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=SCREEN_QUALITY, comment=b"")
    return out.getvalue()


def _thumb(picture: Image.Image) -> bytes:
    """Return a picture as a WebP that is small enough to travel inside an operation."""
    for side in PREVIEW_SIDES:
        smaller = _smaller(picture, side)
        for quality in PREVIEW_QUALITIES:
            out = io.BytesIO()
            smaller.save(out, "WEBP", quality=quality, method=2)
            if out.tell() <= PREVIEW_LIMIT_BYTES:
                return out.getvalue()
    raise PhotoUnreadable("no preview of this picture is small enough")
