"""The right panel of the work screen: what happened, what is missing, and what to do next."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from field_app.domain.lifecycle import may_do
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import EntryKind, TicketState
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.texts.dates import duration
from field_app.ui.photos.facts import cards_of
from field_app.ui.resolve.needs import NeedRow, needs
from field_app.ui.resolve.timeline import timeline_lines
from field_app.ui.resolve.timeline_view import TimelineView
from field_app.ui.shared.buttons import Button, LineButton, PrimaryButton
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


class FinishPanel(QWidget):
    """Timeline, what is needed, and the buttons that fit the ticket's state.

    Signals:
        act_wished: str. A person wants to do this type of operation.
        review_wished: A supervisor wants to decide.
    """

    act_wished = Signal(str)
    review_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._detail: TicketDetail | None = None
        self._now: datetime | None = None
        self._role = Role.CREW
        self._words = ""
        self._length = 0
        self._wants_newest = False
        self.primary_act = ""
        self.setProperty("pane", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(17, 12, 16, 12)
        self._column.setSpacing(0)
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        self._column.addWidget(self._title)
        self._column.addSpacing(theme.px(8))
        self._make_timeline()
        self._make_needs()
        self._make_deeds()
        self.retranslate()

    def show_ticket(self, detail: TicketDetail, role: Role, words: str, now: datetime) -> None:
        """Show what happened and what can be done.

        Args:
            detail: The ticket.
            role: What the person is.
            words: The words to the citizen as typed so far.
            now: For dates.
        """
        is_other = self._detail is None or self._detail.ticket.id != detail.ticket.id
        longer = is_other or len(detail.ticket.timeline) != self._length
        self._detail, self._role, self._words, self._now = detail, role, words, now
        self._length = len(detail.ticket.timeline)
        self._show()
        if longer:
            self._scroll_down()

    def show_words(self, words: str) -> None:
        """Look again with other words to the citizen."""
        self._words = words
        self._show_needs()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("What happened"))
        self._question.setText(_("Ready to finish?"))
        if self._detail is not None:
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_timeline(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow_newest)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QWidget()
        held.setProperty("surface", "surface")
        self._inner = QVBoxLayout(held)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(0)
        self._timeline = TimelineView(self.theme, held)
        self._inner.addWidget(self._timeline)
        self._inner.addStretch(1)
        self._scroll.setWidget(held)
        self._column.addWidget(self._scroll, 1)

    def _make_needs(self) -> None:
        theme = self.theme
        self._ready = QWidget(self)
        column = QVBoxLayout(self._ready)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, theme.px(6))
        head.setSpacing(theme.px(4))
        self._question = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._question)
        head.addStretch(1)
        self._timer_icon = IconLabel(theme, "timer", "text3", 16, self)
        head.addWidget(self._timer_icon)
        self._time_used = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        head.addWidget(self._time_used)
        column.addLayout(head)
        self._needs = [NeedRow(theme, self._ready) for _number in range(3)]
        for row in self._needs:
            column.addWidget(row)
        self._inner.addWidget(self._ready)

    def _make_deeds(self) -> None:
        theme = self.theme
        self._column.addSpacing(theme.px(8))
        self.primary = PrimaryButton(theme, self._primary_words, height=56, parent=self)
        self.primary.clicked.connect(self.wish_primary)
        self._column.addWidget(self.primary)
        self._promise = QWidget(self)
        row = QHBoxLayout(self._promise)
        row.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        row.setSpacing(theme.px(6))
        row.addStretch(1)
        row.addWidget(IconLabel(theme, "shield-check", "text3", 16, self))
        self._promise_words = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        row.addWidget(self._promise_words)
        row.addStretch(1)
        self._column.addWidget(self._promise)
        self._deeds = BendingRow(theme.px(8), self)
        self.others: dict[str, Button] = {}
        for act, icon, words in (
            ("finish", "circle-check-big", lambda: _("Finish job")),
            ("hold", "pause", lambda: _("Put on hold")),
            ("call_back", "undo-2", lambda: _("Call back")),
            ("decline", "forward", lambda: _("Not our job")),
        ):
            button = LineButton(theme, words, icon=icon, parent=self)
            button.clicked.connect(lambda _on=False, act=act: self.act_wished.emit(act))
            self.others[act] = button
            self._deeds.add(button)
        self._column.addWidget(self._deeds)

    def wish_primary(self) -> None:
        """Do what the main button does."""
        if self.primary_act == "review":
            self.review_wished.emit()
        elif self.primary_act:
            self.act_wished.emit(self.primary_act)

    def _primary_words(self) -> str:
        state = self._detail.ticket.state if self._detail is not None else TicketState.WAITING
        if self.primary_act == "start":
            is_again = state in {TicketState.ON_HOLD, TicketState.SENT_BACK}
            return _("Continue work") if is_again else _("Start work")
        return _("Open in review") if self.primary_act == "review" else _("Finish job")

    def _show(self) -> None:
        detail, now = self._detail, self._now
        if detail is None or now is None:
            return
        self._timeline.show_lines(timeline_lines(detail, now))
        self._show_time_used(detail, now)
        self._show_needs()
        self._show_deeds(detail.ticket.state)

    def _show_time_used(self, detail: TicketDetail, now: datetime) -> None:
        starts = [e.at for e in detail.ticket.timeline if e.kind is EntryKind.START]
        is_going = detail.ticket.state is TicketState.IN_PROGRESS and bool(starts)
        self._timer_icon.setVisible(is_going)
        self._time_used.setVisible(is_going)
        if is_going:
            used = duration(now - starts[-1])
            self._time_used.setText(_("Working for {time}").format(time=used))

    def _show_needs(self) -> None:
        if self._detail is None:
            return
        for row, need in zip(self._needs, needs(self._detail, self._words), strict=True):
            row.show_need(need)

    def _show_deeds(self, state: TicketState) -> None:
        allowed = {
            act
            for act in ("start", "finish", "hold", "call_back", "decline")
            if may_do(act, state, self._role)
        }
        self.primary_act = next((act for act in ("start", "finish") if act in allowed), "")
        if state is TicketState.IN_REVIEW and self._role is not Role.CREW:
            self.primary_act = "review"
        icons = {"start": "play", "finish": "circle-check-big", "review": "eye", "": ""}
        self.primary.setVisible(bool(self.primary_act))
        self.primary.set_words(self._primary_words, icon=icons[self.primary_act])
        for act, button in self.others.items():
            button.setVisible(act in allowed and act != self.primary_act)
        self._deeds.bend()
        self._ready.setVisible("finish" in allowed)
        self._promise_words.setText(self._promise_for(state, allowed))
        self._promise.setVisible(bool(self._promise_words.text()))

    def _promise_for(self, state: TicketState, allowed: set[str]) -> str:
        if self.primary_act == "finish" and not self._has_after():
            return _("Press it and the app says what is missing")
        if allowed & {"start", "finish"}:
            return _("Saved here at once, sent by itself")
        if state is TicketState.IN_REVIEW:
            return _("Handed in · waits for the supervisor")
        if state in {TicketState.FINISHED, TicketState.IRRELEVANT, TicketState.FORWARDED}:
            return _("This job is closed")
        return _("Only the crew that has this job can work on it")

    def _has_after(self) -> bool:
        return self._detail is not None and bool(cards_of(self._detail.photos, PhotoRole.AFTER))

    def _scroll_down(self) -> None:
        self._wants_newest = True
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _follow_newest(self, _lowest: int, highest: int) -> None:
        """Show the newest line once the timeline has its new height."""
        if self._wants_newest:
            self._wants_newest = False
            self._scroll.verticalScrollBar().setValue(highest)
