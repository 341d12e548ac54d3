"""Pictures of icons: Lucide and status glyphs in any colour and size, drawn once."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from field_app.resources import resource

STATUS_PREFIXES = ("status-", "net-")
"""Names that begin so lie in icons/status, all others in icons/lucide."""


def pixmap(name: str, colour: str, size: int, *, ratio: float = 1.0, pad: int = 0) -> QPixmap:
    """Return an icon as a picture.

    Args:
        name: File name without `.svg`, as `map-pin` or `status-waiting`; `app-icon` keeps its
            own colours.
        colour: `#RRGGBB` in place of the file's `currentColor`.
        size: Width and height in logical pixels.
        ratio: Device pixels per logical pixel.
        pad: Empty logical pixels to the right, as a gap before a button's words.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    return _drawn(name, colour, size, ratio, pad)


def icon(name: str, colour: str, size: int, *, ratio: float = 1.0, pad: int = 0) -> QIcon:
    """Return an icon for a button; the same arguments as `pixmap`."""
    made = QIcon(pixmap(name, colour, size, ratio=ratio, pad=pad))
    made.addPixmap(pixmap(name, colour, size, ratio=ratio, pad=pad), QIcon.Mode.Disabled)
    return made


@cache
def _source(name: str) -> str:
    """Return the SVG text of an icon."""
    if name.startswith("app-icon"):
        return resource("icons", f"{name}.svg").read_text("utf-8")
    folder = "status" if name.startswith(STATUS_PREFIXES) else "lucide"
    return resource("icons", folder, f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, colour: str, size: int, ratio: float, pad: int) -> QPixmap:
    """Draw an icon; QtSvg does not inherit `currentColor`, so the word is replaced."""
    svg = _source(name).replace("currentColor", QColor(colour).name())
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(round((size + pad) * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
