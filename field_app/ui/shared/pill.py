"""The sync pill: network, unsent work and what needs a person, always in sight."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, ngettext
from field_app.texts.numbers import file_size
from field_app.ui.shared.pack_words import packs_words
from field_app.ui.theme import Theme


class Mood(StrEnum):
    """What the pill says first; the worst wins."""

    ONLINE = "online"
    WEAK = "weak"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"
    PAUSED = "paused"
    ATTENTION = "attention"


LOOKS: Final = {
    Mood.ONLINE: ("cloud-check", "okTint", "ok", "okText"),
    Mood.WEAK: ("net-weak", "warnTint", "warnBorder", "warnText"),
    Mood.OFFLINE: ("cloud-off", "inverse", "inverse", "onInverse"),
    Mood.SIGNED_OUT: ("key-round", "warnTint", "warnBorder", "warnText"),
    Mood.PAUSED: ("pause", "surface2", "borderStrong", "text2"),
    Mood.ATTENTION: ("triangle-alert", "dangerTint", "danger", "dangerText"),
}
"""Icon, fill, line and text colour of each mood."""


def mood(status: SyncStatus) -> Mood:
    """Return what the pill says first."""
    if status.attention_count:
        return Mood.ATTENTION
    if status.is_resting and status.reach is not Reach.SIGNED_OUT:
        return Mood.PAUSED
    return {
        Reach.ONLINE: Mood.ONLINE,
        Reach.WEAK: Mood.WEAK,
        Reach.OFFLINE: Mood.OFFLINE,
        Reach.SIGNED_OUT: Mood.SIGNED_OUT,
    }[status.reach]


def pill_words(status: SyncStatus) -> tuple[str, str]:
    """Return the state and the amount in the language in use."""
    count = status.attention_count
    state = {
        Mood.ONLINE: _("Online"),
        Mood.WEAK: _("Weak signal"),
        Mood.OFFLINE: _("Offline"),
        Mood.SIGNED_OUT: _("Sign in to send"),
        Mood.PAUSED: _("Paused by you"),
        Mood.ATTENTION: ngettext("{count} needs you", "{count} need you", count).format(
            count=count
        ),
    }[mood(status)]
    amounts = [_own_words(status)] if status.waiting_count else []
    if status.pack_count:
        amounts.append(packs_words(status.pack_count))
    return state, " · ".join(amounts) or _("All sent")


def _own_words(status: SyncStatus) -> str:
    """Return how much of one's own work is still to be sent, and how far it is."""
    if status.resting_count and not status.is_resting:
        return _resting_words(status)
    left = max(0, status.total_bytes - status.sent_bytes)
    left += status.resting_bytes if status.is_resting else 0
    amount = f" · {file_size(left)}" if left else ""
    if status.is_running and status.reach is not Reach.OFFLINE and status.sent_bytes:
        percent = round(100 * status.sent_bytes / max(1, status.total_bytes))
        return _("Sending {percent}%").format(percent=percent)
    waiting = ngettext("{count} to send", "{count} to send", status.waiting_count)
    return waiting.format(count=status.waiting_count) + amount


def _resting_words(status: SyncStatus) -> str:
    """Return '2 to send · 3 photos paused': what goes, and what a person lets rest."""
    count = status.resting_count
    resting = ngettext("{count} photo paused", "{count} photos paused", count).format(count=count)
    going = status.waiting_count - count
    if going <= 0:
        return f"{resting} · {file_size(status.resting_bytes)}"
    waiting = ngettext("{count} to send", "{count} to send", going).format(count=going)
    return f"{waiting} · {resting}"


class SyncPill(QAbstractButton):
    """Shows a SyncStatus; a click leads to the outbox."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._status: SyncStatus | None = None
        self._state, self._amount = _("Offline"), ""
        self._mood = Mood.OFFLINE
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name_it()
        theme.changed.connect(self.updateGeometry)

    def show_status(self, status: SyncStatus) -> None:
        """Show how sync stands."""
        self._status = status
        self._mood = mood(status)
        self._state, self._amount = pill_words(status)
        self._name_it()
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            if self._status is not None:
                self.show_status(self._status)
            else:
                self._state = _("Offline")
                self._name_it()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size that holds icon, state and amount."""
        least = self.minimumSizeHint()
        if not self._amount:
            return least
        amount = QFontMetrics(self.theme.font_of(15, 600)).horizontalAdvance(self._amount)
        return QSize(least.width() + self.theme.px(21) + amount, least.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size of icon and state; the amount may be elided."""
        metrics = QFontMetrics(self.theme.font_of(15, 600))
        width = self.theme.px(16 + 22 + 10 + 17) + metrics.horizontalAdvance(self._state)
        return QSize(width, self.theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        glyph, fill, line, text = LOOKS[self._mood]
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        pen = QPen(theme.colour("focus" if focused else line), 3 if focused else 1)
        painter.setPen(pen)
        painter.setBrush(theme.colour(fill))
        inset = 1.5 if focused else 0.5
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        left, tall = theme.px(16), self.height()
        icon = theme.px(22)
        painter.drawPixmap(left, (tall - icon) // 2, theme.pixmap(glyph, text, 22))
        left += icon + theme.px(10)
        font = theme.font_of(15, 600)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour(text))
        painter.drawText(left, 0, self.width(), tall, align, self._state)
        left += metrics.horizontalAdvance(self._state) + theme.px(10)
        self._paint_amount(painter, left)
        painter.end()

    def _paint_amount(self, painter: QPainter, left: int) -> None:
        """Paint a line and the amount, elided where there is no room, or nothing."""
        theme, tall = self.theme, self.height()
        room = self.width() - left - theme.px(11 + 17) + 1
        metrics = QFontMetrics(painter.font())
        amount = metrics.elidedText(self._amount, Qt.TextElideMode.ElideRight, room)
        if not any(sign.isalnum() for sign in amount):
            return
        faint = painter.pen().color()
        faint.setAlphaF(0.45)
        painter.fillRect(left, theme.px(12), 1, tall - theme.px(24), faint)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left + theme.px(11), 0, self.width(), tall, align, amount)

    def _name_it(self) -> None:
        words = " · ".join(part for part in (self._state, self._amount) if part)
        self.setAccessibleName(words)
        self.setToolTip(_("{status}. Opens the outbox.").format(status=words))
