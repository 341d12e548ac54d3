"""One row of the outbox: what, how much, how far, what happens next, and what can be done."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.queries.act_rows import ActRow
from field_app.queries.local_state import LocalState
from field_app.texts import _
from field_app.ui.shared.buttons import Button, DangerButton, IconButton, LineButton
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.words import LOCAL_KEYS, category_icon
from field_app.ui.sync.rows import Moment, row_words
from field_app.ui.theme import Theme

TALL = 118
DEEDS = 176
"""Width of the column of buttons in pixels of the design."""
MARGINS = 16
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
    """One act on its way to the hub, its photos and words with it.

    Signals:
        retry_wished: A person wants it tried now.
        look_wished: str. A person wants to decide about this operation.
        undo_wished: (str, str, str). A person wants this operation taken back; its type and job.
        pause_wished: str. A person wants the photos of this job to rest.
        go_wished: str. A person wants the photos of this job sent all the same.
    """

    retry_wished = Signal()
    look_wished = Signal(str)
    undo_wished = Signal(str, str, str)
    pause_wished = Signal(str)
    go_wished = Signal(str)

    def __init__(self, theme: Theme, act: ActRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.act = act
        self._number = 0
        self._moment: Moment | None = None
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

    def show_act(self, act: ActRow, number: int, moment: Moment) -> None:
        """Show the act as it stands.

        Args:
            act: The act.
            number: Its place in the line, from 1.
            moment: What all rows have in common.
        """
        self.act, self._number = act, number
        self._tile.icon = category_icon(act.category)
        done = act.sent_bytes / act.size_bytes if act.size_bytes else 0.0
        local = act.local
        self._bar.show_share(
            min(1.0, done),
            moving=IN_FLIGHT if local is LocalState.SENDING else 0.0,
            is_still=local is LocalState.PAUSED,
        )
        self._show_deeds(act, moment)
        self.tick(moment)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow row's words the place of buttons that are not there."""
        super().resizeEvent(event)
        self._fit_deeds()

    def tick(self, moment: Moment) -> None:
        """Show the same for another moment; reads nothing."""
        self._moment = moment
        words = row_words(self.act, self._number, moment)
        self._title.setText(words.title)
        self._facts.setText(words.facts)
        self._sentence.setText(words.sentence)
        self._chip.show_status(LOCAL_KEYS.get(self.act.local, "queued"), words.state)
        self.setAccessibleName(words.spoken)
        self._fit_sentence()

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
        if event.type() is QEvent.Type.LanguageChange and self._moment is not None:
            self.tick(self._moment)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        theme = self.theme
        painter = QPainter(self)
        if self.act.local is LocalState.ATTENTION:
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
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._chip = StatusChip(theme, "queued")
        self._sentence = ThaiLabel(theme, role="caption", colour="text2")
        self._line.addWidget(self._chip)
        self._line.addWidget(self._sentence, 1)
        column.addLayout(self._line)
        column.addStretch(1)
        return column

    def _make_deeds(self) -> QWidget:
        held = QWidget(self)
        held.setFixedWidth(self.theme.px(DEEDS))
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        theme = self.theme
        self.undo = LineButton(theme, lambda: _("Undo"), icon="undo-2", parent=held)
        self.undo.clicked.connect(self._wish_undo)
        self.retry = LineButton(theme, lambda: _("Try now"), icon="rotate-cw", parent=held)
        self.retry.clicked.connect(self.retry_wished)
        self.look = DangerButton(
            theme, lambda: _("Look and choose"), icon="git-compare", parent=held
        )
        self.look.clicked.connect(lambda: self.look_wished.emit(self.act.parked_id))
        self.go = LineButton(theme, lambda: _("Send now"), icon="play", parent=held)
        self.go.clicked.connect(lambda: self.go_wished.emit(self.act.ticket_id))
        self.pause = IconButton(
            theme, "pause", lambda: _("Let the photos of this job rest"), parent=held
        )
        self.pause.clicked.connect(lambda: self.pause_wished.emit(self.act.ticket_id))
        self._buttons: tuple[Button, ...] = (
            self.undo,
            self.retry,
            self.look,
            self.go,
            self.pause,
        )
        for button in self._buttons:
            row.addWidget(button)
        self._deeds = held
        return held

    def _wish_undo(self) -> None:
        act = self.act
        if act.undo_id is not None:
            self.undo_wished.emit(act.undo_id, act.undo_type, act.ticket_id)

    def _show_deeds(self, act: ActRow, moment: Moment) -> None:
        """Show what can be done now: at most two buttons, else the row would have no room."""
        local = act.local
        self.look.setVisible(local is LocalState.ATTENTION)
        self.undo.setVisible(act.undo_id is not None and local is not LocalState.ATTENTION)
        self.retry.setVisible(local is LocalState.RETRY and act.undo_id is None)
        self.go.setVisible(act.rests_by_job and not moment.rests.everything)
        can_rest = local not in {LocalState.ATTENTION, LocalState.PAUSED}
        self.pause.setVisible(
            can_rest and bool(act.open_photos) and not moment.rests.rests(act.ticket_id)
        )
        self._fit_deeds()

    def _fit_deeds(self) -> None:
        has_deed = any(not button.isHidden() for button in self._buttons)
        self._deeds.setVisible(has_deed or self.width() > self.theme.px(ROOMY))
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        """Let the sentence stand below its chip where it does not fit beside it."""
        deeds = 0 if self._deeds.isHidden() else self._deeds.width() + MARGINS
        room = self.width() - self._tile.width() - deeds - 3 * MARGINS
        beside = room - self._chip.sizeHint().width() - self._line.spacing()
        fits = self._sentence.sizeHint().width() <= beside
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(direction)
        more = 0 if fits else self._sentence.heightForWidth(max(1, room)) + self._line.spacing()
        self.setFixedHeight(self.theme.px(TALL) + more)

    def _restyle(self) -> None:
        self._deeds.setFixedWidth(self.theme.px(DEEDS))
        self._fit_sentence()
