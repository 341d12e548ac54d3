"""The outbox's head: how much of everything has arrived, how long the rest takes, and pausing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.queries.outbox import OutboxView
from field_app.sync.pace import Pace
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, mark
from field_app.texts.dates import time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pack_words import packs_words
from field_app.ui.sync.words import photos_count, time_left_words
from field_app.ui.theme import Theme

SHUT: Final[Mapping[Reach, str]] = {
    Reach.OFFLINE: mark("No network · sent by itself when it is back"),
    Reach.SIGNED_OUT: mark("Sign in again to send"),
}
"""What is said while the hub cannot be had."""


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


class OutboxHead(QWidget):
    """Amount, outlook and bar; beside them pause and send.

    Signals:
        send_wished: A person wants everything tried now.
        pause_wished: A person wants nothing sent for now.
        go_wished: A person wants to go on after that.
    """

    send_wished = Signal()
    pause_wished = Signal()
    go_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._resting = ""
        self.setProperty("bar", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        amounts = QVBoxLayout()
        amounts.setSpacing(6)
        words = QHBoxLayout()
        words.setSpacing(16)
        self._amount = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self._outlook = ThaiLabel(theme, role="label", colour="text2", wraps=False)
        self._outlook.setAlignment(Qt.AlignmentFlag.AlignRight)
        words.addWidget(self._amount)
        words.addWidget(self._outlook, 1)
        amounts.addLayout(words)
        self._total = TotalBar(theme, self)
        amounts.addWidget(self._total)
        self._below = ThaiLabel(theme, role="caption", colour="text2")
        amounts.addWidget(self._below)
        row.addLayout(amounts, 1)
        self.pause = LineButton(theme, lambda: _("Pause all"), icon="pause", parent=self)
        self.pause.clicked.connect(self.pause_wished)
        self.send = PrimaryButton(
            theme, lambda: _("Try sending now"), icon="refresh-cw", parent=self
        )
        self.send.clicked.connect(self.send_wished)
        self.go = PrimaryButton(theme, lambda: _("Go on sending"), icon="play", parent=self)
        self.go.clicked.connect(self.go_wished)
        for button in (self.pause, self.send, self.go):
            row.addWidget(button)

    def show_outbox(self, outbox: OutboxView, sent_bytes: int) -> None:
        """Show how much has arrived.

        Args:
            outbox: What is not done with.
            sent_bytes: What the hub has of it, with what is under way.
        """
        is_still = outbox.rests.everything
        self.pause.setVisible(not is_still)
        self.send.setVisible(not is_still)
        self.go.setVisible(is_still)
        share = sent_bytes / outbox.total_bytes if outbox.total_bytes else 0.0
        self._total.show_share(min(1.0, share) if outbox.rows else float(not outbox.pack_count))
        self._amount.setText(_amount_words(outbox, sent_bytes))
        self._resting = _resting_words(outbox)
        self._fit()

    def show_outlook(
        self, outbox: OutboxView, status: SyncStatus, left_bytes: int, pace: Pace, now: datetime
    ) -> None:
        """Show what happens next, with the time it takes when that is known.

        Args:
            outbox: What is not done with.
            status: Whether the hub can be had.
            left_bytes: What is still to be sent.
            pace: How fast it went lately.
            now: The present.
        """
        words = _outlook_words(outbox, status, left_bytes, pace, now)
        self._outlook.setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the outlook below the bar where it does not fit beside the amount."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        buttons = [b for b in (self.pause, self.send, self.go) if not b.isHidden()]
        room = self.width() - 48 - sum(button.sizeHint().width() + 16 for button in buttons)
        needed = self._amount.sizeHint().width() + self._outlook.sizeHint().width()
        fits = needed <= room
        self._outlook.setVisible(fits)
        below = [] if fits else [self._outlook.text()]
        below += [self._resting] if self._resting else []
        self._below.setText(" · ".join(below))
        self._below.setVisible(bool(below))

    @property
    def amount(self) -> str:
        """How much has arrived, in words."""
        return self._amount.text()

    @property
    def outlook(self) -> str:
        """What happens next, in words."""
        return self._outlook.text()


def _amount_words(outbox: OutboxView, sent_bytes: int) -> str:
    """Return 'Sent 4.1 MB of 18.7 MB', without what rests."""
    if not outbox.rows:
        is_all = not outbox.pack_count
        return _("Everything has been sent") if is_all else packs_words(outbox.pack_count)
    if outbox.rests.everything and not outbox.total_bytes:
        return _("Nothing is sent now")
    going = max(outbox.total_bytes, sent_bytes)
    return _("Sent {sent} of {all}").format(sent=file_size(sent_bytes), all=file_size(going))


def _resting_words(outbox: OutboxView) -> str:
    """Return '3 photos paused · 12.4 MB'; empty when none are."""
    if not outbox.resting_count:
        return ""
    return _("{photos} paused · {size}").format(
        photos=photos_count(outbox.resting_count), size=file_size(outbox.resting_bytes)
    )


def _outlook_words(
    outbox: OutboxView, status: SyncStatus, left_bytes: int, pace: Pace, now: datetime
) -> str:
    """Return what happens next."""
    if outbox.rests.everything:
        return _("Paused by you · what you do is kept here")
    if status.reach in SHUT:
        return _(SHUT[status.reach])
    speed, seconds = pace.bytes_per_s(now), pace.seconds_left(now, left_bytes)
    if left_bytes and speed and seconds is not None:
        return time_left_words(seconds, speed)
    if status.is_running:
        return _("Talking to the hub…")
    if status.last_success_at is None:
        return ""
    clock = time_of_day(status.last_success_at)
    return _("Last contact with the hub {time}").format(time=clock)
