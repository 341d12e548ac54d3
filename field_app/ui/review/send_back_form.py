"""Why work is sent back: ready reasons, own words, and the photos that are meant."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from field_app.domain.ids import PhotoId
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.photos.facts import WORK_ROLES, cards_of
from field_app.ui.resolve.evidence_panel import KeyCap
from field_app.ui.review.words import SEND_BACK_REASONS, reason_text
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, Tag, WarmButton
from field_app.ui.shared.fitting import BendingRow, FittingScroll
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme

REASON_TALL = 38


class SendBackForm(QWidget):
    """Reasons to tick by mouse or by the keys 1 to 6.

    Signals:
        cancelled: Not now.
        decided: (str, tuple of PhotoId). The reason and the photos that it speaks of.
    """

    cancelled = Signal()
    decided = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._marks: dict[PhotoId, Tag] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 12)
        outer.setSpacing(theme.px(4))
        scroll = FittingScroll(self)
        outer.addWidget(scroll)
        column = scroll.column
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(IconLabel(theme, "undo-2", theme.status("sentback").text, 20, self))
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._make_reasons(column)
        self.own_words = QPlainTextEdit(self)
        self.own_words.setTabChangesFocus(True)
        self.own_words.setFixedHeight(theme.px(62))
        column.addWidget(self.own_words)
        self._make_marks(column)
        self.banner = Banner(theme, self)
        column.addWidget(self.banner)
        self._make_deeds(outer)
        self.retranslate()

    def begin(self) -> None:
        """Start with nothing ticked."""
        for box in self.boxes:
            box.setChecked(False)
        self.own_words.clear()
        self.banner.hide()
        self.boxes[0].setFocus()

    def tick(self, place: int) -> None:
        """Tick or untick a reason by its place from 0."""
        self.boxes[place].toggle()

    def show_photos(self, cards: Sequence[PhotoCard]) -> None:
        """Offer the photos of the work for marking."""
        for tag in self._marks.values():
            self._mark_row.removeWidget(tag)
            tag.deleteLater()
        self._marks = {}
        for role in WORK_ROLES:
            for number, card in enumerate(cards_of(cards, role), start=1):
                tag = Tag(self.theme, _mark_words(card, number), parent=self)
                self._mark_row.insertWidget(len(self._marks), tag)
                self._marks[card.photo.id] = tag
        self._mark_area.setVisible(bool(self._marks))
        self._mark_title.setVisible(bool(self._marks))

    def decide(self) -> None:
        """Hand the reasons on, or say that there is none."""
        ticked = tuple(place for place, box in enumerate(self.boxes) if box.isChecked())
        reason = reason_text(ticked, self.own_words.toPlainText())
        if not reason:
            self.banner.show_message("warn", _("Tick a reason or write one"))
            return
        marked = tuple(photo_id for photo_id, tag in self._marks.items() if tag.isChecked())
        self.decided.emit(reason, marked)

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("Why is it sent back?"))
        for box, reason in zip(self.boxes, SEND_BACK_REASONS, strict=True):
            box.setText(_(reason))
            box.setAccessibleName(_(reason))
        self.own_words.setPlaceholderText(_("Own words to the crew"))
        self.own_words.setAccessibleName(_("Own words to the crew"))
        self._mark_title.setText(_("About these photos"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the warm line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("surface"))
        colour = self.theme.status("sentback").text
        painter.fillRect(0, 0, self.width(), self.theme.px(3), colour)
        painter.end()

    def _make_reasons(self, column: QVBoxLayout) -> None:
        self.boxes: list[QCheckBox] = []
        for number in range(1, len(SEND_BACK_REASONS) + 1):
            row = QHBoxLayout()
            box = QCheckBox(self)
            tall = self.theme.px(REASON_TALL) - 4
            box.setStyleSheet(f"QCheckBox {{ min-height: {tall}px; max-height: {tall}px; }}")
            row.addWidget(box, 1)
            cap = KeyCap(self.theme, str(number), self)
            row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
            self.boxes.append(box)

    def _make_marks(self, column: QVBoxLayout) -> None:
        self._mark_title = ThaiLabel(self.theme, role="caption", colour="text2", wraps=False)
        column.addWidget(self._mark_title)
        self._mark_area = QScrollArea(self)
        self._mark_area.setWidgetResizable(True)
        self._mark_area.setFixedHeight(self.theme.px(58))
        self._mark_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QWidget()
        self._mark_row = QHBoxLayout(held)
        self._mark_row.setContentsMargins(0, 0, 0, 0)
        self._mark_row.setSpacing(self.theme.px(6))
        self._mark_row.addStretch(1)
        self._mark_area.setWidget(held)
        held.setAutoFillBackground(False)
        self._mark_area.viewport().setAutoFillBackground(False)
        column.addWidget(self._mark_area)

    def _make_deeds(self, column: QVBoxLayout) -> None:
        row = BendingRow(self.theme.px(10), self)
        self.cancel = LineButton(self.theme, lambda: _("Not now"), height=52, parent=self)
        self.cancel.clicked.connect(self.cancelled)
        self.send = WarmButton(
            self.theme, lambda: _("Send back to the crew"), icon="undo-2", height=52, parent=self
        )
        self.send.clicked.connect(self.decide)
        row.add(self.cancel, 1)
        row.add(self.send, 2)
        column.addWidget(row)


def _mark_words(card: PhotoCard, number: int) -> Callable[[], str]:
    """Return the words of a photo's tag, 'After 2'."""
    return lambda: f"{photo_words(card.photo.role)} {number}"
