"""Sides of whole screens: a picture that has them, and no word of a camera, is of a program.

Widths and heights are those that phones and computers of the last ten years report in pixels.
Cameras take 4:3, 3:2 and 16:9, so of phones only longer screens count, and 16:9 and the like only
for PNG, which no camera writes.
"""

from typing import Final

PHONE_WIDTHS: Final = frozenset(
    {720, 750, 828, 1080, 1125, 1170, 1179, 1206, 1242, 1284, 1290, 1320, 1440}
)
LONGEST: Final = 2.4
"""Height beside width of the longest phones' screens."""
LONG: Final = 1.9
"""Longer than any camera's picture but a panorama."""
COMPUTERS: Final = frozenset(
    {
        *((1024, 768), (1280, 720), (1280, 800), (1366, 768), (1440, 900), (1536, 864)),
        *((1600, 900), (1680, 1050), (1920, 1080), (1920, 1200), (2256, 1504), (2560, 1440)),
        *((2560, 1600), (2880, 1800), (3840, 2160)),
    }
)
"""Width and height."""


def is_whole_screen(width: int, height: int, *, is_png: bool) -> bool:
    """Return whether a picture has exactly the sides of a phone's or a computer's screen.

    Args:
        width: Pixels.
        height: Pixels.
        is_png: Whether the file has the form in which computers keep pictures of a screen.
    """
    short, long = sorted((width, height))
    is_phones = short in PHONE_WIDTHS and LONG <= long / short <= LONGEST
    return is_phones or (is_png and (long, short) in COMPUTERS)
