"""A QR code, drawn in whole pixels so that any phone reads it."""

from typing import Final

import segno
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

QUIET: Final = 4
"""Modules of white round the code, as ISO/IEC 18004 asks for."""


class QrCode(QWidget):
    """Black on white in every theme; empty while there is nothing to say."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            side: Logical pixels, at every text size: nobody reads it but a camera.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._words = ""
        self._rows: tuple[bytes, ...] = ()
        self.setFixedSize(side, side)

    def show_words(self, words: str) -> None:
        """Show these words; none empties it. Takes some milliseconds when they are others."""
        if words == self._words:
            return
        self._words = words
        self._rows = ()
        if words:
            code = segno.make(words, error="m", micro=False)
            self._rows = tuple(bytes(row) for row in code.matrix)
        self.update()

    @property
    def code_px(self) -> int:
        """Logical pixels of the code's side, without the white round it."""
        return self.module_px * len(self._rows)

    @property
    def module_px(self) -> int:
        """Logical pixels of one module; 0 while it is empty."""
        return self.width() // (len(self._rows) + 2 * QUIET) if self._rows else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint module by module, without smoothing."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        module = self.module_px
        left = (self.width() - module * len(self._rows)) // 2
        top = (self.height() - module * len(self._rows)) // 2
        for line, row in enumerate(self._rows):
            for place, is_dark in enumerate(row):
                if is_dark:
                    where = QRect(left + place * module, top + line * module, module, module)
                    painter.fillRect(where, Qt.GlobalColor.black)
        painter.end()
