"""The outbox's widgets: how far everything is, each thing on its way, and today's receipts."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from field_app.domain.clock import Clock
from field_app.queries.act_rows import ActRow, moving
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import OutboxView as Outbox
from field_app.sync.pace import Pace
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, ngettext
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pack_words import kept_packs_words
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.sync.delivered_card import DeliveredCard
from field_app.ui.sync.outbox_head import OutboxHead
from field_app.ui.sync.outbox_row import OutboxRow
from field_app.ui.sync.promise_card import PromiseCard
from field_app.ui.sync.rows import Moment
from field_app.ui.sync.saving_card import SavingCard
from field_app.ui.theme import Theme

TICK_MS = 1000
SHOWN = 60
"""At most so many rows; the rest is told in one line."""
SIDE = 400
SIDE_SHARE = 0.36
NOT_IN_LINE = frozenset({LocalState.ATTENTION, LocalState.PAUSED})
"""What is not sent by itself, and has no number."""


class OutboxView(QWidget):
    """The queue at the left; promise and receipts at the right.

    Signals:
        send_wished: A person wants everything tried now.
        look_wished: str. A person wants to decide about this operation.
        undo_wished: (str, str, str). A person wants this operation taken back; its type and job.
        pause_wished: str. A person wants the photos of this job to rest.
        go_wished: str. A person wants the photos of this job sent all the same.
        end_wished: A person wants to know what is only on this computer.
    """

    send_wished = Signal()
    look_wished = Signal(str)
    undo_wished = Signal(str, str, str)
    pause_wished = Signal(str)
    go_wished = Signal(str)
    end_wished = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._clock = clock
        self._outbox: Outbox | None = None
        self._status = SyncStatus()
        self._sent_bytes = 0
        self._pace = Pace()
        self.rows: dict[str, OutboxRow] = {}
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self._make_queue(), 1)
        self._side = self._make_side()
        columns.addWidget(self._side)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._ticker.start()

    def show_outbox(self, outbox: Outbox, status: SyncStatus) -> None:
        """Show the outbox as it stands."""
        self._outbox, self._status = outbox, status
        self._match_rows(outbox.rows[:SHOWN])
        self._show()

    def show_status(self, status: SyncStatus) -> None:
        """Show the same outbox after the network or an upload moved; nothing is read."""
        self._status = status
        self._pace.note(self._clock.now(), status.uploads)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the side its width, but never more than its share."""
        super().resizeEvent(event)
        self._side.setFixedWidth(min(self.theme.px(SIDE), round(self.width() * SIDE_SHARE)))

    def tick(self) -> None:
        """Count down; reads nothing from the disk."""
        if self.isVisible():
            moment = self._moment()
            for row in self.rows.values():
                if row.act.local is LocalState.RETRY:
                    row.tick(moment)
            self._show_outlook()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _make_queue(self) -> QWidget:
        left = QWidget(self)
        left.setProperty("surface", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = OutboxHead(self.theme, left)
        self.head.send_wished.connect(self.send_wished)
        column.addWidget(self.head)
        place = QWidget(left)
        self._stack = QStackedLayout(place)
        column.addWidget(place, 1)
        self._scroll = QScrollArea(place)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QWidget()
        held.setProperty("surface", "surface")
        self._list = QVBoxLayout(held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._more = ThaiLabel(self.theme, role="label", colour="text3")
        self._more.setContentsMargins(16, 12, 16, 12)
        self._list.addWidget(self._more)
        self._list.addStretch(1)
        self._scroll.setWidget(held)
        self._empty = EmptyState(self.theme, place)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        return left

    def _make_side(self) -> QWidget:
        area = WordsArea(self)
        side = QWidget()
        side.setProperty("surface", "canvas")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(PromiseCard(self.theme, side))
        self.delivered = DeliveredCard(self.theme, side)
        self.delivered.end_wished.connect(self.end_wished)
        column.addWidget(self.delivered, 1)
        self.saving = SavingCard(self.theme, side)
        column.addWidget(self.saving)
        area.setWidget(side)
        return area

    def _match_rows(self, acts: tuple[ActRow, ...]) -> None:
        """Keep rows that are still there, make new ones, drop the others."""
        for key in set(self.rows) - {act.key for act in acts}:
            row = self.rows.pop(key)
            self._list.removeWidget(row)
            row.deleteLater()
        ordered: dict[str, OutboxRow] = {}
        for place, act in enumerate(acts):
            row = self.rows.get(act.key) or self._make_row(act)
            if self._list.indexOf(row) != place:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
            ordered[act.key] = row
        self.rows = ordered

    def _make_row(self, act: ActRow) -> OutboxRow:
        row = OutboxRow(self.theme, act, self)
        row.retry_wished.connect(self.send_wished)
        row.look_wished.connect(self.look_wished)
        row.undo_wished.connect(self.undo_wished)
        row.pause_wished.connect(self.pause_wished)
        row.go_wished.connect(self.go_wished)
        return row

    def _moment(self) -> Moment:
        is_online = self._status.reach in {Reach.ONLINE, Reach.WEAK}
        now = self._clock.now()
        if self._outbox is None:
            return Moment(now=now, is_online=is_online)
        return Moment(now=now, is_online=is_online, rests=self._outbox.rests)

    def _show(self) -> None:
        outbox = self._outbox
        if outbox is None:
            return
        moment = self._moment()
        number = 0
        acts = [moving(act, self._status.uploads) for act in outbox.rows]
        for act in acts[:SHOWN]:
            number += act.local not in NOT_IN_LINE
            self.rows[act.key].show_act(act, number, moment)
        hidden = len(acts) - SHOWN
        more = ngettext("{count} more is waiting", "{count} more are waiting", max(0, hidden))
        self._more.setText(more.format(count=hidden))
        self._more.setVisible(hidden > 0)
        self._stack.setCurrentIndex(1 if acts else 0)
        self._sent_bytes = sum(act.sent_bytes for act in acts if act.parked_id is None)
        self.head.show_outbox(outbox, self._sent_bytes)
        self._show_outlook()
        self._say_empty(outbox.pack_count)
        self.delivered.show_delivered(outbox.delivered_today)
        self.saving.show_photos_rest(
            photos_rest=outbox.rests.photos, copies_first=outbox.rests.copies_first
        )

    def _show_outlook(self) -> None:
        outbox = self._outbox
        if outbox is not None:
            left = max(0, outbox.total_bytes - self._sent_bytes)
            now = self._clock.now()
            self.head.show_outlook(outbox, self._status, left, self._pace, now)

    def _say_empty(self, packs: int) -> None:
        saved = _("Whatever you save appears here until the hub has confirmed it.")
        self._empty.show_state(
            "usb" if packs else "check-check",
            _("Nothing of yours waits to be sent") if packs else _("Nothing waits to be sent"),
            kept_packs_words(packs) if packs else saved,
            deeds=((lambda: _("Day's end"), "moon", self.end_wished.emit),),
        )
