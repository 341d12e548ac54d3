"""The day's end drawn: how many things exist only here, which, why, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.queries.day_end import DayEnd, Draft, OnlyHere, PackHere
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import Delivered
from field_app.texts import _
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.empty_state import Deed, EmptyState
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.words import LOCAL_KEYS, category_icon, local_words
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.sync.day_end_words import (
    advice,
    chip_words,
    end_sentence,
    end_title,
    job_facts,
    pack_advice,
    pack_facts,
)
from field_app.ui.sync.delivered_card import DeliveredRow
from field_app.ui.sync.outbox_row import Tile
from field_app.ui.theme import Theme

SAYS_SHARE = 0.42
SHOWN = 60


class DayEndView(QWidget):
    """At the left whether the computer can be put away, at the right what is meant.

    Signals:
        send_wished: A person wants everything tried now.
        go_wished: A person wants to send what they let rest.
        look_wished: A person wants to see the outbox.
        rescue_wished: A person wants the queue on a USB stick.
        receipts_wished: A person wants to see the receipts.
        receipt_wished: str. A person wants to read the receipt of this act.
    """

    send_wished = Signal()
    go_wished = Signal()
    look_wished = Signal()
    rescue_wished = Signal()
    receipts_wished = Signal()
    receipt_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.says = EmptyState(theme, self)
        row.addWidget(self.says)
        right = QWidget(self)
        right.setProperty("pane", "right")
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 16, 8, 0)
        column.setSpacing(8)
        self._area = WordsArea(right)
        column.addWidget(self._area, 1)
        row.addWidget(right, 1)
        self.rows: list[QWidget] = []

    def show_end(self, end: DayEnd, delivered: Sequence[Delivered], *, is_online: bool) -> None:
        """Show how the day ends, in the language in use.

        Args:
            end: What exists only here.
            delivered: What arrived today, newest first.
            is_online: Whether the hub can be reached.
        """
        self.says.show_state(
            "shield-check" if not end.count else "hard-drive",
            end_title(end),
            end_sentence(end, is_online=is_online),
            tone="ok" if not end.count else "warn",
            deeds=self._deeds(end),
        )
        body = QWidget()
        body.setProperty("surface", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 16)
        column.setSpacing(0)
        self.rows = [self._job(job, is_online=is_online) for job in end.jobs[:SHOWN]]
        self.rows += [self._pack(pack, is_online=is_online) for pack in end.packs[:SHOWN]]
        self._add(column, _("Only on this computer"), self.rows)
        drafts = [self._draft(draft) for draft in end.drafts[:SHOWN]]
        self._add(column, _("Not handed in yet"), drafts)
        if not end.count:
            title = _("At the hub today · {count}").format(count=len(delivered))
            self._add(column, title, self._delivered(delivered))
        column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        self._area.setWidget(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left its share."""
        super().resizeEvent(event)
        self.says.setFixedWidth(round(self.width() * SAYS_SHARE))

    def _deeds(self, end: DayEnd) -> tuple[Deed, ...]:
        receipts: Deed = (lambda: _("See the receipts"), "history", self.receipts_wished.emit)
        if end.attention_count:
            look: Deed = (lambda: _("Look and choose"), "git-compare", self.look_wished.emit)
            return (look, receipts)
        if not end.count:
            return (receipts,)
        usb: Deed = (lambda: _("Save to USB"), "usb", self.rescue_wished.emit)
        if end.rests:
            go: Deed = (lambda: _("Send everything now"), "play", self.go_wished.emit)
            return (go, usb)
        send: Deed = (lambda: _("Try sending now"), "refresh-cw", self.send_wished.emit)
        return (send, usb)

    def _job(self, job: OnlyHere, *, is_online: bool) -> QWidget:
        words = (
            job.ticket_title or job.ticket_id,
            job_facts(job),
            advice(job, is_online=is_online),
        )
        return self._row(category_icon(job.category), words, job.local, chip_words(job))

    def _pack(self, pack: PackHere, *, is_online: bool) -> QWidget:
        title = pack.name or _("Rescue pack")
        words = (title, pack_facts(pack), pack_advice(pack, is_online=is_online))
        return self._row("usb", words, pack.local, local_words(pack.local))

    def _row(self, icon: str, said: tuple[str, str, str], local: LocalState, chip: str) -> QWidget:
        """Return a row with a title, facts and advice, and a chip that says where it stands."""
        theme = self.theme
        row = QFrame(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(14)
        tile = Tile(theme, row)
        tile.icon = icon
        line.addWidget(tile)
        words = QVBoxLayout()
        words.setSpacing(0)
        title, facts, advised = said
        words.addWidget(ThaiLabel(theme, title, role="label", weight=600, wraps=False))
        words.addWidget(ThaiLabel(theme, facts, role="caption", colour="text3"))
        words.addWidget(ThaiLabel(theme, advised, role="caption", colour="text2"))
        line.addLayout(words, 1)
        line.addWidget(StatusChip(theme, LOCAL_KEYS[local], chip))
        column.addLayout(line)
        column.addWidget(self._rule(row))
        row.setAccessibleName(", ".join((title, chip, facts, advised)))
        return row

    def _draft(self, draft: Draft) -> QWidget:
        theme = self.theme
        row = QFrame(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(14)
        line.addWidget(IconLabel(theme, "pencil-line", "text2", 24, row))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = draft.ticket_title or draft.ticket_id
        words.addWidget(ThaiLabel(theme, title, role="label", weight=600, wraps=False))
        words.addWidget(
            ThaiLabel(theme, f"“{draft.words}”", role="caption", colour="text2", wraps=False)
        )
        line.addLayout(words, 1)
        line.addWidget(StatusChip(theme, "draft", _("Draft")))
        return row

    def _add(self, column: QVBoxLayout, title: str, rows: Sequence[QWidget]) -> None:
        """Add a section with its heading, unless there is nothing in it."""
        if not rows:
            return
        column.addWidget(ThaiLabel(self.theme, title, role="h2"))
        column.addSpacing(8)
        for row in rows:
            column.addWidget(row)
        column.addSpacing(16)

    def _delivered(self, delivered: Sequence[Delivered]) -> list[QWidget]:
        rows: list[QWidget] = []
        for item in delivered[:SHOWN]:
            row = DeliveredRow(self.theme, item, self)
            row.clicked.connect(lambda _on=False, key=item.key: self.receipt_wished.emit(key))
            rows.append(row)
        nothing = _("Nothing was handed in today.")
        return rows or [ThaiLabel(self.theme, nothing, role="caption", colour="text3")]

    def _rule(self, parent: QWidget) -> QFrame:
        rule = QFrame(parent)
        rule.setProperty("rule", "true")
        return rule
