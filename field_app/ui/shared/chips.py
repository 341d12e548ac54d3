"""Status chips: glyph, word and colour; as a widget and for painted rows."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from field_app.ui.theme import Theme

SMALL = 26
"""Height of a chip in a row, pixels of the design."""
LARGE = 32
"""Height of a chip in a header."""


def chip_width(theme: Theme, words: str, *, height: int = SMALL) -> int:
    """Return the width of a chip in pixels."""
    text, glyph, padding = _measures(height)
    metrics = QFontMetrics(theme.font_of(text, 600))
    return metrics.horizontalAdvance(words) + theme.px(glyph + padding * 2 + 8) + 1


def fitting_words(theme: Theme, words: str, room: int, *, height: int = SMALL) -> str:
    """Return the words of a chip that is at most `room` pixels wide; empty if none would fit."""
    spare = room - chip_width(theme, "", height=height)
    metrics = QFontMetrics(theme.font_of(_measures(height)[0], 600))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, spare))
    return shown if len(shown) > 2 or shown == words else ""  # noqa: PLR2004 - more than "ก…"


def paint_chip(  # noqa: PLR0913 - what, where and how
    painter: QPainter, theme: Theme, x: int, y: int, key: str, words: str, *, height: int = SMALL
) -> int:
    """Paint a chip at (x, y) and return its width in pixels.

    Args:
        painter: Antialiased.
        theme: Gives colours and sizes.
        x: Left edge in pixels.
        y: Upper edge in pixels.
        key: Status of the design: waiting, progress, overdue, queued, ...
        words: In the language in use.
        height: `SMALL` or `LARGE`.
    """
    look = theme.status(key)
    text, glyph, padding = _measures(height)
    width, tall = chip_width(theme, words, height=height), theme.px(height)
    painter.save()
    inset = 0.0
    if look.line:
        style = Qt.PenStyle.DashLine if look.is_dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(look.line), 1, style))
        inset = 0.5
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.fill))
    radius = theme.radius("chip")
    painter.drawRoundedRect(
        QRectF(x + inset, y + inset, width - 2 * inset, tall - 2 * inset), radius, radius
    )
    left = x + theme.px(padding)
    size = theme.px(glyph)
    painter.drawPixmap(left, y + (tall - size) // 2, theme.pixmap(look.glyph, look.text, glyph))
    left += size + theme.px(5)
    painter.setFont(theme.font_of(text, 600))
    painter.setPen(QColor(look.text))
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(left, y, x + width - left, tall), align, words)
    painter.restore()
    return width


def _measures(height: int) -> tuple[int, int, int]:
    """Return text size, glyph size and padding of a chip, pixels of the design."""
    return (15, 18, 8) if height == LARGE else (13, 16, 6)


class StatusChip(QWidget):
    """One status as glyph and word; cannot be clicked."""

    def __init__(
        self, theme: Theme, key: str = "waiting", words: str = "", *, height: int = SMALL
    ) -> None:
        super().__init__()
        self.theme = theme
        self._key, self._words, self._height = key, words, height
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        theme.changed.connect(self._restyle)

    def show_status(self, key: str, words: str) -> None:
        """Show a status of the design with words in the language in use."""
        self._key, self._words = key, words
        self.setAccessibleName(words)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the size that holds glyph and word."""
        width = chip_width(self.theme, self._words, height=self._height)
        return QSize(width, self.theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """A chip never shrinks."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, self.theme, 0, 0, self._key, self._words, height=self._height)
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
