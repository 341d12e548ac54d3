"""A fact as a row: glyph, title and sentence; one about a photo leads to it."""

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
    """

    photo_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._photo_id: PhotoId | None = None
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
        row.addLayout(words, 1)
        column.addLayout(row)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)

    def show_fact(self, fact: Fact) -> None:
        """Show a fact in place of any other."""
        self._photo_id = fact.photo_id
        colour = "ok" if fact.tone is Tone.OK else fact.tone.colour
        self._glyph.set_icon(fact.tone.glyph, colour)
        self.title.setText(fact.title)
        self.text.setText(fact.text)
        self.text.setVisible(bool(fact.text))
        self.setAccessibleName(f"{fact.title}. {fact.text}")
        leads = self._photo_id is not None
        policy = Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(_("Show this photo") if leads else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space lead to the photo."""
        if event.key() in KEYS and self._photo_id is not None:
            self.photo_wished.emit(self._photo_id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the photo."""
        if self._photo_id is not None and self.rect().contains(event.position().toPoint()):
            self.photo_wished.emit(self._photo_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of the focus."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -3))
            painter.end()
