"""Words on the screen: fixed line heights, Thai that wraps, ends that are elided."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from field_app.ui.theme import Theme, font_of_key

NARROWEST: Final = 60
"""Width below which a wrapping label does not shrink, in pixels of the design."""
UNBOUNDED: Final = 1_000_000
TALLEST: Final = 1.27
"""Height of Sarabun's tallest stack of vowel and tone above the baseline, measured, in em."""
DEEPEST: Final = 0.45
"""Depth of its deepest vowel below the baseline, measured, in em."""
MEASURED: Final = 4096
"""Words whose measures are kept: Qt asks for them many times before it has laid out a screen."""


class ThaiLabel(QLabel):
    """Plain words in a role of the type scale.

    Line heights are ours, because Sarabun's own differ between platforms. Thai is broken between
    words where Qt can find them (libthai), else between letters: never cut off at the edge.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: str = "body",
        colour: str = "text",
        wraps: bool = True,
        weight: int = 0,
    ) -> None:
        """Make the label.

        Args:
            theme: Gives font and colour.
            text: Plain words; line feeds are kept when it wraps.
            role: Role of the type scale: h1, h2, rowTitle, body, label, caption, ...
            colour: Colour token, or `#RRGGBB`.
            wraps: Whether it may take several lines; otherwise a long end is elided.
            weight: 400, 500, 600 or 700 in place of the role's own; 0 keeps it.
        """
        super().__init__(text)
        self.theme = theme
        self._role = role
        self._colour = colour
        self._weight = weight
        self._wraps = wraps
        self._is_elided = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Fixed,
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def set_colour(self, colour: str) -> None:
        """Paint in another colour token or `#RRGGBB`."""
        self._colour = colour
        self.update()

    def setText(self, text: str) -> None:
        """Show other words."""
        if text != self.text():
            super().setText(text)
            self.updateGeometry()
            self.update()

    @property
    def is_cut(self) -> bool:
        """Whether words were elided or fell below the lower edge when last painted."""
        return self._is_elided

    def sizeHint(self) -> QSize:
        """Return the size of the words on as few lines as they have."""
        widths = [_advance(line, *self._font_key()) for line in self._paragraphs()]
        width = int(max(widths, default=0)) + 2
        return QSize(width, self._line() * max(1, len(widths)) + self._overhang())

    def minimumSizeHint(self) -> QSize:
        """Return the least size; the height for a width comes from `heightForWidth`."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.theme.px(NARROWEST)), self._line() + self._overhang())

    def hasHeightForWidth(self) -> bool:
        """Return whether the height depends on the width."""
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width, in pixels."""
        if not self._wraps:
            return self._line() + self._overhang()
        return self._line() * max(1, len(self._lines(width))) + self._overhang()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line by line in boxes of the role's line height."""
        painter = QPainter(self)
        painter.setFont(self._font())
        paint = self._colour
        painter.setPen(self.theme.colour(paint) if not paint.startswith("#") else paint)
        area = self.contentsRect()
        lines = self._lines(area.width()) if self._wraps else [self.text()]
        line_height = self._line()
        above, below = self._overhangs()
        top = area.top() + above
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0, (area.height() - above - below - line_height * len(lines)) // 2)
        self._is_elided = self._wraps and line_height * len(lines) > area.height() + 1
        align = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        slack = 0 if align & Qt.AlignmentFlag.AlignRight else 2
        for line in lines:
            shown = self._metrics().elidedText(
                line, Qt.TextElideMode.ElideRight, area.width() + 1.0
            )
            self._is_elided = self._is_elided or shown != line
            painter.drawText(
                area.left(),
                top,
                area.width() + slack,
                line_height,
                align
                | Qt.AlignmentFlag.AlignVCenter
                | Qt.TextFlag.TextSingleLine
                | Qt.TextFlag.TextDontClip,
                shown,
            )
            top += line_height
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Show the whole text in a tooltip when its end is elided."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.toolTip() or (self.text() if self._is_elided else "")
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _font_key(self) -> tuple[int, int]:
        """Return the font's pixels and weight."""
        return self.theme.font_key(self._role, self._weight)

    def _font(self) -> QFont:
        return font_of_key(*self._font_key())

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())

    def _line(self) -> int:
        return self.theme.line(self._role)

    def _overhang(self) -> int:
        """Return what marks and tails need above the first and below the last line box."""
        return sum(self._overhangs())

    def _overhangs(self) -> tuple[int, int]:
        """Return the pixels above and below: stacked marks are taller than the font says."""
        return _overhangs(*self._font_key(), self._line())

    def _paragraphs(self) -> list[str]:
        return self.text().split("\n") if self._wraps else [self.text()]

    def _lines(self, width: int) -> list[str]:
        """Break the words at this width."""
        return [
            line
            for paragraph in self._paragraphs()
            for line in _wrapped(paragraph, *self._font_key(), width)
        ]


@lru_cache(maxsize=MEASURED)
def _advance(line: str, pixels: int, weight: int) -> float:
    """Return how wide a line is."""
    return QFontMetricsF(font_of_key(pixels, weight)).horizontalAdvance(line)


@lru_cache(maxsize=MEASURED)
def _overhangs(pixels: int, weight: int, line: int) -> tuple[int, int]:
    """Return the pixels above and below a box of this line height."""
    metrics = QFontMetricsF(font_of_key(pixels, weight))
    spare = (line - metrics.height()) / 2
    above = TALLEST * pixels - metrics.ascent() - spare
    below = DEEPEST * pixels - metrics.descent() - spare
    return max(0, round(above)), max(0, round(below))


@lru_cache(maxsize=MEASURED)
def _wrapped(text: str, pixels: int, weight: int, width: int) -> tuple[str, ...]:
    """Return the lines of a text at a width; a layout asks the same many times over."""
    return tuple(wrap(text, font_of_key(pixels, weight), width))


def wrap(text: str, font: QFont, width: int) -> list[str]:
    """Return `text` in lines no wider than `width` pixels: at words, else between letters."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    utf16 = text.encode("utf-16-le")
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width if width > 0 else UNBOUNDED)
        line.setPosition(QPointF(0, 0))
        start, length = line.textStart(), line.textLength()
        lines.append(utf16[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip())
    layout.endLayout()
    return lines or [""]


class IconLabel(QLabel):
    """An icon that says nothing by itself: its words stand beside it."""

    def __init__(
        self, theme: Theme, name: str, colour: str, size: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name, self._colour, self._size = name, colour, size
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_icon(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self._restyle()

    def _restyle(self) -> None:
        self.setPixmap(self.theme.pixmap(self._name, self._colour, self._size))
        self.setFixedSize(self.theme.px(self._size), self.theme.px(self._size))
