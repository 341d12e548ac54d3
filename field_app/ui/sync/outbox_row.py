"""One row of the outbox: what, how much, how far, what happens next, and what can be done."""

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.queries.local_state import LocalState
from field_app.queries.outbox import OutboxItem
from field_app.texts import _
from field_app.ui.shared.buttons import DangerButton, LineButton
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.words import LOCAL_KEYS, category_icon
from field_app.ui.sync.rows import row_words
from field_app.ui.theme import Theme

TALL = 118
DEEDS = 176
"""Width of the column of buttons in pixels of the design."""
ROOMY = 560
"""Width of a row above which the column of buttons stays where it is without any."""
IN_FLIGHT = 0.06
"""Share shown as on its way while something is sent."""


class Tile(QWidget):
    """A category's icon on a neutral square."""

    ground, ink = "surface3", "text2"
    """Colour tokens."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon = "map-pin"
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(self.theme.px(44), self.theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.ground))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(10), theme.px(10))
        gap = (self.width() - theme.px(24)) // 2
        painter.drawPixmap(gap, gap, theme.pixmap(self.icon, self.ink, 24))
        painter.end()


class AmberTile(Tile):
    """The head of a card that asks for a decision."""

    ground, ink = "warnTint", "warnText"

    def __init__(self, theme: Theme, icon: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.icon = icon


class OutboxRow(QWidget):
    """One operation on its way to the hub.

    Signals:
        retry_wished: A person wants it tried now.
        look_wished: str. A person wants to decide about this operation.
        undo_wished: str. A person wants this operation taken back.
    """

    retry_wished = Signal()
    look_wished = Signal(str)
    undo_wished = Signal(str)

    def __init__(self, theme: Theme, item: OutboxItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.item = item
        self._number = 0
        self._is_online = True
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 10)
        row.setSpacing(14)
        self._tile = Tile(theme, self)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._make_words(), 1)
        row.addSpacing(8)
        row.addWidget(self._make_deeds())
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_item(self, item: OutboxItem, number: int, now: datetime, *, is_online: bool) -> None:
        """Show the operation as it stands.

        Args:
            item: The operation.
            number: Its place in the line, from 1.
            now: For the countdown.
            is_online: Whether the hub can be reached.
        """
        self.item, self._number, self._is_online = item, number, is_online
        self._tile.icon = category_icon(item.category)
        done = item.sent_bytes / item.size_bytes if item.size_bytes else 0.0
        is_sending = item.local is LocalState.SENDING
        self._bar.show_share(min(1.0, done), moving=IN_FLIGHT if is_sending else 0.0)
        needs_person = item.local is LocalState.ATTENTION
        self.look.setVisible(needs_person)
        self.retry.setVisible(item.local is LocalState.RETRY)
        self.undo.setVisible(item.can_undo and not needs_person)
        self._fit_deeds()
        self.tick(now)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow row's words the place of buttons that are not there."""
        super().resizeEvent(event)
        self._fit_deeds()

    def tick(self, now: datetime) -> None:
        """Show the same for another moment; reads nothing."""
        self._now = now
        words = row_words(self.item, self._number, now, is_online=self._is_online)
        self._title.setText(words.title)
        self._facts.setText(words.facts)
        self._sentence.setText(words.sentence)
        self._chip.show_status(LOCAL_KEYS.get(self.item.local, "queued"), words.state)
        self.setAccessibleName(words.spoken)

    @property
    def state(self) -> str:
        """The words on the chip."""
        return self._chip.accessibleName()

    @property
    def sentence(self) -> str:
        """What is said about what happens next."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._now is not None:
            self.tick(self._now)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        theme = self.theme
        painter = QPainter(self)
        if self.item.local is LocalState.ATTENTION:
            ground = theme.colour("dangerTint")
            ground.setAlpha(110)
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(self.rect(), ground)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("border"))
        painter.end()

    def _make_words(self) -> QVBoxLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setSpacing(0)
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        self._facts = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        self._bar = SegmentedBar(theme, self)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addSpacing(5)
        column.addWidget(self._bar)
        column.addSpacing(6)
        state = QHBoxLayout()
        state.setSpacing(8)
        self._chip = StatusChip(theme, "queued")
        self._sentence = ThaiLabel(theme, role="caption", colour="text2", wraps=False)
        state.addWidget(self._chip)
        state.addWidget(self._sentence, 1)
        column.addLayout(state)
        column.addStretch(1)
        return column

    def _make_deeds(self) -> QWidget:
        held = QWidget(self)
        held.setFixedWidth(self.theme.px(DEEDS))
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        self.undo = LineButton(self.theme, lambda: _("Undo"), icon="undo-2", parent=held)
        self.undo.clicked.connect(lambda: self.undo_wished.emit(self.item.operation_id))
        self.retry = LineButton(self.theme, lambda: _("Try now"), icon="rotate-cw", parent=held)
        self.retry.clicked.connect(self.retry_wished)
        self.look = DangerButton(
            self.theme, lambda: _("Look and choose"), icon="git-compare", parent=held
        )
        self.look.clicked.connect(lambda: self.look_wished.emit(self.item.operation_id))
        for button in (self.undo, self.retry, self.look):
            row.addWidget(button)
        self._deeds = held
        return held

    def _fit_deeds(self) -> None:
        has_deed = any(not button.isHidden() for button in (self.undo, self.retry, self.look))
        self._deeds.setVisible(has_deed or self.width() > self.theme.px(ROOMY))

    def _restyle(self) -> None:
        self.setFixedHeight(self.theme.px(TALL))
        self._deeds.setFixedWidth(self.theme.px(DEEDS))
