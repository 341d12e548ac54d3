"""The middle of the review screen: before and after side by side, all photos, the crew's note."""

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard, pair_of
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.facts import cards_of
from field_app.ui.photos.photo_strip import PhotoStrip
from field_app.ui.resolve.evidence_panel import KeyCap
from field_app.ui.review.pair import Pair
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.worded_switch import WordedSwitch
from field_app.ui.shared.words import STATE_KEYS, category_icon, state_words
from field_app.ui.sync.outbox_row import Tile
from field_app.ui.theme import Theme


class ComparePanel(QWidget):
    """Head, two photos, strip of all photos, note, keys.

    Signals:
        view_wished: PhotoId. A person wants to see a photo larger.
        marks_switched: bool. Marks are to be seen, or not.
    """

    view_wished = Signal(str)
    marks_switched = Signal(bool)

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._detail: TicketDetail | None = None
        self._now: datetime | None = None
        self._chosen: dict[PhotoRole, PhotoId] = {}
        self.with_marks = True
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        content = QVBoxLayout()
        content.setContentsMargins(16, 12, 16, 12)
        content.setSpacing(10)
        content.addLayout(self._make_head())
        self.pair = Pair(theme, background, self)
        self.before, self.after = self.pair.before, self.pair.after
        for half in (self.before, self.after):
            half.view_wished.connect(self.view_wished)
        content.addWidget(self.pair, 1)
        content.addWidget(self._make_low(background))
        column.addLayout(content, 1)
        self._keys = self._make_keys()
        column.addWidget(self._keys)
        self.retranslate()

    def show_ticket(self, detail: TicketDetail, now: datetime) -> None:
        """Show a handed-in job."""
        if self._detail is None or self._detail.ticket.id != detail.ticket.id:
            self._chosen = {}
        self._detail, self._now = detail, now
        self._show()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        for label, words in zip(self._key_words, _key_words(), strict=True):
            label.setText(words)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where there is no room for their words."""
        super().resizeEvent(event)
        self._keys.setVisible(self.width() > self.theme.px(500))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_head(self) -> QHBoxLayout:
        theme = self.theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        self._tile = Tile(theme, self)
        head.addWidget(self._tile)
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        self._title = ThaiLabel(theme, role="h2", wraps=False)
        self._chip = StatusChip(theme, "review")
        first.addWidget(self._title, 0)
        first.addWidget(self._chip)
        first.addStretch(1)
        words.addLayout(first)
        self._facts = ThaiLabel(theme, role="caption", colour="text2", wraps=False)
        words.addWidget(self._facts)
        head.addLayout(words, 1)
        self.marks = WordedSwitch(theme, lambda: _("Show marks"), self, is_on=True)
        self.marks.toggled.connect(self.marks_switched)
        head.addWidget(self.marks)
        return head

    def _make_low(self, background: Background) -> PhotoStrip:
        self.strip = PhotoStrip(self.theme, background, size=(90, 68), has_names=True, parent=self)
        self.strip.chosen.connect(self._choose)
        return self.strip

    def _make_keys(self) -> QWidget:
        theme = self.theme
        bar = QWidget(self)
        bar.setProperty("bar", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(theme.px(6))
        self._key_words: list[ThaiLabel] = []
        for caps in (("J", "K"), ("A",), ("R",), ("Ctrl", "Z")):
            for cap in caps:
                row.addWidget(KeyCap(theme, cap, bar))
            label = ThaiLabel(theme, role="caption", colour="text2", wraps=False)
            row.addWidget(label)
            row.addSpacing(theme.px(10))
            self._key_words.append(label)
        row.addStretch(1)
        return bar

    def _show(self) -> None:
        detail, now = self._detail, self._now
        if detail is None or now is None:
            return
        ticket = detail.ticket
        self._tile.icon = category_icon(detail.row.category)
        self._tile.update()
        self._title.setText(ticket.title)
        words = state_words(ticket.state, ticket.foreign_state)
        self._chip.show_status(STATE_KEYS[ticket.state], words)
        crew = detail.crews.get(ticket.crew_id, "") if ticket.crew_id is not None else ""
        parts = (ticket.id, crew, detail.row.place_line)
        self._facts.setText(" · ".join(part for part in parts if part))
        before, after = self._pair(detail)
        self.before.show_card(PhotoRole.BEFORE, before, now, with_marks=self.with_marks)
        if before is not None and after is not None and pair_of(detail.photos, after) == before:
            self.before.say_pair()
        self.after.show_card(PhotoRole.AFTER, after, now, with_marks=self.with_marks)
        self.marks.setVisible(
            any(card is not None and card.is_marked_up for card in (before, after))
        )
        self.marks.switch.setChecked(self.with_marks)
        says_more = bool(self.before.note.text() or self.after.note.text())
        self.before.note.setVisible(says_more)
        self.after.note.setVisible(says_more)
        everything = [c for role in PhotoRole for c in cards_of(detail.photos, role)]
        self.pair.fit()
        self.strip.show_cards(everything, None, now)
        self.strip.frame({c.photo.id for c in (before, after) if c is not None})

    def _pair(self, detail: TicketDetail) -> tuple[PhotoCard | None, PhotoCard | None]:
        """Return what stands left and right: what was chosen, else the newest and its pair."""
        cards = {card.photo.id: card for card in detail.photos}
        left = self._chosen.get(PhotoRole.BEFORE)
        right = self._chosen.get(PhotoRole.AFTER)
        before = cards_of(detail.photos, PhotoRole.BEFORE)
        citizen = cards_of(detail.photos, PhotoRole.CITIZEN)
        after = cards_of(detail.photos, PhotoRole.AFTER)
        second = cards.get(right) if right else next(iter(after[-1:]), None)
        pair = pair_of(detail.photos, second) if second is not None else None
        first = cards.get(left) if left else pair or next(iter((before or citizen)[-1:]), None)
        return first, second

    def _choose(self, photo_id: str) -> None:
        """Put a photo of the strip on its side: work after it at the right, else at the left."""
        if self._detail is None:
            return
        for card in self._detail.photos:
            if card.photo.id == photo_id:
                is_late = card.photo.role in {PhotoRole.AFTER, PhotoRole.PROGRESS}
                side = PhotoRole.AFTER if is_late else PhotoRole.BEFORE
                self._chosen[side] = card.photo.id
                if is_late:
                    self._chosen.pop(PhotoRole.BEFORE, None)  # its own pair stands beside it
        self._show()

    def sizeHint(self) -> QSize:
        """Return a wide panel: photos want room."""
        return QSize(self.theme.px(620), self.theme.px(600))


def _key_words() -> tuple[str, ...]:
    """Return what the keys at the lower edge do."""
    return _("next / before"), _("approve"), _("send back"), _("undo")
