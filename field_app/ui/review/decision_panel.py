"""The right of the review screen: what the evidence says, and the supervisor's decision."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from field_app.domain.photo import PhotoRole
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.photos.fact_row import FactRow
from field_app.ui.photos.facts import Fact, Tone, cards_of
from field_app.ui.resolve.words import decline_reason, no_photo_reason
from field_app.ui.review.evidence import review_facts
from field_app.ui.review.send_back_form import SendBackForm
from field_app.ui.review.words import awaited_words
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

EVIDENCE_LEAST = 110
"""Height that stays for the evidence in pixels of the design."""


class DecisionPanel(QWidget):
    """Evidence above, buttons below; sending back asks for reasons in the same place.

    Signals:
        approve_wished: The work is accepted.
        send_back_wished: (str, tuple of PhotoId). The reason and the photos that it speaks of.
        view_wished: PhotoId. A person wants to see the photo that a fact is about.
        repeat_wished: PhotoId. A person wants to see it beside the earlier one that shows the same.
    """

    approve_wished = Signal()
    send_back_wished = Signal(str, object)
    view_wished = Signal(str)
    repeat_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._detail: TicketDetail | None = None
        self._now: datetime | None = None
        self.rows: list[FactRow] = []
        self.setProperty("pane", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._title)
        head.addStretch(1)
        self._sum = ThaiLabel(theme, role="caption", weight=600, wraps=False)
        head.addWidget(self._sum)
        column.addLayout(head)
        self._make_facts(column)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_deeds())
        self.form = SendBackForm(theme, self)
        self.form.cancelled.connect(self.close_form)
        self.form.decided.connect(self._send_back)
        self._stack.addWidget(self.form)
        column.addWidget(self._stack)
        self.close_form()
        self.retranslate()

    def show_ticket(self, detail: TicketDetail, now: datetime) -> None:
        """Show a handed-in job."""
        if self._detail is not None and self._detail.ticket.id != detail.ticket.id:
            self.close_form()
        self._detail, self._now = detail, now
        self._show()

    @property
    def is_form_open(self) -> bool:
        """Whether reasons for sending back are being chosen."""
        return self._stack.currentWidget() is self.form

    @property
    def is_decided(self) -> bool:
        """Whether the job in sight is approved already and only waits for photos."""
        return self._detail is not None and self._detail.ticket.is_closed

    def open_form(self) -> None:
        """Ask why it is sent back."""
        if self._detail is not None and not self.is_decided:
            self.form.show_photos(self._detail.photos)
            self._switch(self.form)
            self.form.begin()

    def close_form(self) -> None:
        """Go back to the two buttons."""
        self._switch(self._deeds)

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("Evidence"))
        self._note_title.setText(_("What the citizen will read"))
        self.note.setAccessibleName(_("What the citizen will read"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_facts(self, column: QVBoxLayout) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QWidget()
        held.setProperty("surface", "surface")
        self._list = QVBoxLayout(held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        banner_row = QVBoxLayout()
        banner_row.setContentsMargins(16, 0, 16, 8)
        banner_row.setSpacing(8)
        self.no_photo = Banner(self.theme, held)
        banner_row.addWidget(self.no_photo)
        self.awaited = Banner(self.theme, held)
        banner_row.addWidget(self.awaited)
        self.declined = Banner(self.theme, held)
        banner_row.addWidget(self.declined)
        self._list.addLayout(banner_row)
        self._list.addStretch(1)
        self._list.addLayout(self._make_note(held))
        self._scroll.setWidget(held)
        column.addWidget(self._scroll, 1)

    def _make_note(self, parent: QWidget) -> QVBoxLayout:
        """Make the words that the citizen will read."""
        theme = self.theme
        column = QVBoxLayout()
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(theme.px(6))
        self._note_title = ThaiLabel(theme, role="rowTitle", wraps=False)
        column.addWidget(self._note_title)
        self.note = QPlainTextEdit(parent)
        self.note.setReadOnly(True)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(88))
        column.addWidget(self.note)
        return column

    def _make_deeds(self) -> QWidget:
        theme = self.theme
        self._deeds = QWidget(self)
        self._deeds.setProperty("bar", "bottom")
        self._deeds.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._deeds)
        column.setContentsMargins(16, 12, 16, 12)
        row = self._buttons = BendingRow(theme.px(10), self._deeds)
        row.bent.connect(self._fit_again)
        column.addWidget(row)
        self.send_back = LineButton(
            theme, lambda: _("Send back"), icon="undo-2", height=52, parent=self
        )
        self.send_back.clicked.connect(self.open_form)
        self.approve = PrimaryButton(
            theme, self._approve_words, icon="badge-check", height=52, parent=self
        )
        self.approve.clicked.connect(self.approve_wished)
        row.add(self.send_back, 2)
        row.add(self.approve, 3)
        return self._deeds

    def _approve_words(self) -> str:
        is_whole = self._detail is None or self._detail.ticket.is_complete
        return _("Approve") if is_whole else _("Approve anyway")

    def _switch(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave some room for the evidence."""
        super().resizeEvent(event)
        self._fit()

    def _fit_again(self) -> None:
        """Take the new height of the buttons, once they lie the other way."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        page = self.form if self.is_form_open else self._deeds
        wanted = page.sizeHint().height()
        room = max(self.theme.px(120), self.height() - self.theme.px(EVIDENCE_LEAST))
        self._stack.setFixedHeight(min(wanted, room))

    def _send_back(self, reason: str, photo_ids: Sequence[str]) -> None:
        self.close_form()
        self.send_back_wished.emit(reason, tuple(photo_ids))

    def _show(self) -> None:
        detail, now = self._detail, self._now
        if detail is None or now is None:
            return
        reason = detail.ticket.decline_reason
        self._show_no_photo(detail)
        self._show_awaited(detail)
        self.note.setPlainText(detail.ticket.resolution_note)
        self.note.setPlaceholderText(_("The crew wrote nothing"))
        if reason:
            fact = _("The crew says it is not their job")
            self.declined.show_message("info", fact, decline_reason(reason))
        else:
            self.declined.hide()
        has_work = any(cards_of(detail.photos, role) for role in PhotoRole if role != "citizen")
        facts = review_facts(detail, now) if has_work or not reason else ()
        odd = sum(1 for fact in facts if fact.tone is Tone.WARN)
        self._sum.setText(_("To look at: {count}").format(count=odd) if odd else "")
        self._sum.set_colour("warnText")
        self._show_facts(facts)

    def _show_no_photo(self, detail: TicketDetail) -> None:
        """Say before everything else why there is no after photo."""
        reason = detail.ticket.no_photo_reason
        if reason and not cards_of(detail.photos, PhotoRole.AFTER):
            self.no_photo.show_message("warn", _("No after photo"), no_photo_reason(reason))
        else:
            self.no_photo.hide()

    def _show_awaited(self, detail: TicketDetail) -> None:
        """Say which photos are still to come; what is approved already can only be looked at."""
        title, text = awaited_words(detail)
        if title:
            self.awaited.show_message("warn", title, text)
        else:
            self.awaited.hide()
        if self.is_decided:
            self.close_form()
        self._stack.setVisible(not self.is_decided)
        self.approve.retranslate()
        self._buttons.bend()

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        """Say these facts in the rows that are there; rows are made only when there are too few."""
        while len(self.rows) < len(facts):
            row = FactRow(self.theme, self)
            row.photo_wished.connect(self.view_wished)
            row.repeat_wished.connect(self.repeat_wished)
            self._list.insertWidget(1 + len(self.rows), row)
            self.rows.append(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(facts))
            if place < len(facts):
                row.show_fact(facts[place])
