"""The outbox's widgets: how far everything is, each thing on its way, and today's receipts."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from field_app.domain.clock import Clock
from field_app.domain.ids import OperationId
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import OutboxView as Outbox
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, ngettext
from field_app.texts.dates import time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.shared.buttons import PrimaryButton
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.sync.delivered_card import DeliveredCard, PromiseCard
from field_app.ui.sync.outbox_row import OutboxRow
from field_app.ui.sync.rows import moving
from field_app.ui.theme import Theme

TICK_MS = 1000
SHOWN = 60
"""At most so many rows; the rest is told in one line."""
SIDE = 400
SIDE_SHARE = 0.36
ROOMY = 900
"""Width of the screen in pixels of the design that has room for the outlook beside the amount."""


class TotalBar(QWidget):
    """How much of everything has arrived, as a plain bar."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(8))

    def show_share(self, share: float) -> None:
        """Show this share, 0 to 1."""
        self._share = share
        self.setAccessibleName(
            _("{percent}% received by the hub").format(percent=round(100 * share))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area, radius = QRectF(self.rect()), self.height() / 2
        painter.setBrush(self.theme.colour("surface3"))
        painter.drawRoundedRect(area, radius, radius)
        if self._share > 0:
            area.setWidth(max(area.height(), area.width() * self._share))
            painter.setBrush(QColor(self.theme.status("sending").text))
            painter.drawRoundedRect(area, radius, radius)
        painter.end()


class OutboxView(QWidget):
    """The queue at the left; promise and receipts at the right.

    Signals:
        send_wished: A person wants everything tried now.
        look_wished: str. A person wants to decide about this operation.
        undo_wished: str. A person wants this operation taken back.
    """

    send_wished = Signal()
    look_wished = Signal(str)
    undo_wished = Signal(str)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._clock = clock
        self._outbox: Outbox | None = None
        self._status = SyncStatus()
        self.rows: dict[OperationId, OutboxRow] = {}
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
        self._match_rows(outbox)
        self._show()

    def show_status(self, status: SyncStatus) -> None:
        """Show the same outbox after the network or an upload moved; nothing is read."""
        self._status = status
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the side its width, but never more than its share."""
        super().resizeEvent(event)
        self._side.setFixedWidth(min(self.theme.px(SIDE), round(self.width() * SIDE_SHARE)))
        self._outlook.setVisible(self.width() > self.theme.px(ROOMY))

    def tick(self) -> None:
        """Count down; reads nothing from the disk."""
        if self.isVisible():
            now = self._clock.now()
            for row in self.rows.values():
                if row.item.local is LocalState.RETRY:
                    row.tick(now)

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
        column.addWidget(self._make_bar())
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

    def _make_bar(self) -> QWidget:
        theme = self.theme
        bar = QWidget(self)
        bar.setProperty("bar", "top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        amounts = QVBoxLayout()
        amounts.setSpacing(6)
        words = QHBoxLayout()
        self._amount = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self._outlook = ThaiLabel(theme, role="label", colour="text2", wraps=False)
        words.addWidget(self._amount)
        words.addStretch(1)
        words.addWidget(self._outlook)
        amounts.addLayout(words)
        self._total = TotalBar(theme, bar)
        amounts.addWidget(self._total)
        row.addLayout(amounts, 1)
        self.send = PrimaryButton(
            theme, lambda: _("Try sending now"), icon="refresh-cw", parent=bar
        )
        self.send.clicked.connect(self.send_wished)
        row.addWidget(self.send)
        return bar

    def _make_side(self) -> QWidget:
        side = QWidget(self)
        side.setProperty("surface", "canvas")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(PromiseCard(self.theme, side))
        self.delivered = DeliveredCard(self.theme, side)
        column.addWidget(self.delivered, 1)
        self._filler = QWidget(side)
        column.addWidget(self._filler, 0)
        return side

    def _match_rows(self, outbox: Outbox) -> None:
        """Keep rows that are still there, make new ones, drop the others."""
        wanted = [item.operation_id for item in outbox.items[:SHOWN]]
        for operation_id in set(self.rows) - set(wanted):
            row = self.rows.pop(operation_id)
            self._list.removeWidget(row)
            row.deleteLater()
        ordered: dict[OperationId, OutboxRow] = {}
        for place, item in enumerate(outbox.items[:SHOWN]):
            row = self.rows.get(item.operation_id) or self._make_row(outbox, place)
            if self._list.indexOf(row) != place:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
            ordered[item.operation_id] = row
        self.rows = ordered

    def _make_row(self, outbox: Outbox, place: int) -> OutboxRow:
        row = OutboxRow(self.theme, outbox.items[place], self)
        row.retry_wished.connect(self.send_wished)
        row.look_wished.connect(self.look_wished)
        row.undo_wished.connect(self.undo_wished)
        return row

    def _show(self) -> None:
        outbox = self._outbox
        if outbox is None:
            return
        now = self._clock.now()
        is_online = self._status.reach in {Reach.ONLINE, Reach.WEAK}
        number = 0
        items = [moving(item, self._status.uploads) for item in outbox.items]
        for item in items[:SHOWN]:
            number += item.local is not LocalState.ATTENTION
            self.rows[item.operation_id].show_item(item, number, now, is_online=is_online)
        hidden = len(outbox.items) - SHOWN
        more = ngettext("{count} more is waiting", "{count} more are waiting", max(0, hidden))
        self._more.setText(more.format(count=hidden))
        self._more.setVisible(hidden > 0)
        self._stack.setCurrentIndex(1 if outbox.items else 0)
        self._say_totals(outbox, sum(item.sent_bytes for item in items))
        self._say_empty()
        self.delivered.show_delivered(outbox.delivered_today)

    def _say_totals(self, outbox: Outbox, sent_bytes: int) -> None:
        share = sent_bytes / outbox.total_bytes if outbox.total_bytes else 0.0
        self._total.show_share(min(1.0, share) if outbox.items else 1.0)
        if outbox.items:
            sent, whole = file_size(sent_bytes), file_size(outbox.total_bytes)
            self._amount.setText(_("Sent {sent} of {all}").format(sent=sent, all=whole))
        else:
            self._amount.setText(_("Everything has been sent"))
        self._outlook.setText(self._outlook_words())

    def _outlook_words(self) -> str:
        status = self._status
        if status.reach is Reach.OFFLINE:
            return _("No network · sent by itself when it is back")
        if status.reach is Reach.SIGNED_OUT:
            return _("Sign in again to send")
        if status.is_running:
            return _("Talking to the hub…")
        if status.last_success_at is not None:
            clock = time_of_day(status.last_success_at)
            return _("Last contact with the hub {time}").format(time=clock)
        return ""

    def _say_empty(self) -> None:
        self._empty.show_state(
            "check-check",
            _("Nothing waits to be sent"),
            _("Whatever you save appears here until the hub has confirmed it."),
        )
