"""A fact as a row: glyph, title and sentence; one about a photo leads to it, or to two of them."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ids import PhotoId
from field_app.texts import _
from field_app.ui.photos.facts import Fact, Tone
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class FactRow(QWidget):
    """Glyph, fact and sentence, with a line below.

    Signals:
        photo_wished: PhotoId. A person wants to see the photo that the fact is about.
        repeat_wished: PhotoId. A person wants to see it beside the earlier one that shows the same.
    """

    photo_wished = Signal(str)
    repeat_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._photo_id: PhotoId | None = None
        self._is_repeat = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(10)
        self._glyph = IconLabel(theme, "status-waiting", "text3", 20, self)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = ThaiLabel(theme, role="label", weight=600)
        self.text = ThaiLabel(theme, role="caption", colour="text2")
        words.addWidget(self.title)
        words.addWidget(self.text)
        self.way = ThaiLabel(theme, role="caption", colour="brandText", weight=600)
        words.addWidget(self.way)
        row.addLayout(words, 1)
        column.addLayout(row)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)

    def show_fact(self, fact: Fact) -> None:
        """Show a fact in place of any other."""
        self._photo_id, self._is_repeat = fact.photo_id, fact.is_repeat
        colour = "ok" if fact.tone is Tone.OK else fact.tone.colour
        self._glyph.set_icon(fact.tone.glyph, colour)
        self.title.setText(fact.title)
        self.text.setText(fact.text)
        self.text.setVisible(bool(fact.text))
        self.way.setText(_("See both side by side") if fact.is_repeat else "")
        self.way.setVisible(fact.is_repeat)
        parts = (fact.title, fact.text, self.way.text())
        self.setAccessibleName(". ".join(part for part in parts if part))
        leads = self._photo_id is not None
        policy = Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(self.way.text() or _("Show this photo") if leads else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space lead to the photo."""
        if event.key() in KEYS and self._photo_id is not None:
            self._lead()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the photo."""
        if self._photo_id is not None and self.rect().contains(event.position().toPoint()):
            self._lead()

    def _lead(self) -> None:
        (self.repeat_wished if self._is_repeat else self.photo_wished).emit(self._photo_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of the focus."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -3))
            painter.end()
