"""What was decided about parked work: a bar that says so, and the list from which it comes back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.moved_on import KEPT_DAYS, Decision, own_words
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time, short_date
from field_app.ui.shared.buttons import LineButton, QuietButton
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.sync.conflict_words import acts_of, decided_words
from field_app.ui.theme import Theme


class DecidedBar(QWidget):
    """One line that leads to what was decided; hidden when there is nothing.

    Signals:
        look_wished: A person wants to see the list.
    """

    look_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.decisions: tuple[Decision, ...] = ()
        self.setProperty("bar", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(theme, "archive", "text2", 20, self))
        self.words = ThaiLabel(theme, role="label", colour="text2", wraps=False)
        row.addWidget(self.words, 1)
        self.look = QuietButton(theme, lambda: _("See all"), icon="chevron-right", parent=self)
        self.look.clicked.connect(self.look_wished)
        row.addWidget(self.look)
        self.hide()

    def show_decisions(self, decisions: tuple[Decision, ...]) -> None:
        """Say how many there are."""
        self.decisions = decisions
        self.setVisible(bool(decisions))
        words = ngettext(
            "{count} decision in the last {days} days",
            "{count} decisions in the last {days} days",
            len(decisions),
        )
        self.words.setText(words.format(count=len(decisions), days=KEPT_DAYS))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.show_decisions(self.decisions)
        super().changeEvent(event)


class DecidedSheet(Sheet):
    """What was decided in the last days, newest first.

    Signals:
        again_wished: (str, tuple of OperationId). Decide anew about these of this ticket.
    """

    again_wished = Signal(str, object)

    def __init__(
        self, theme: Theme, over: QWidget, decisions: Sequence[Decision], now: datetime
    ) -> None:
        """Make the sheet; call `open_it` to show it.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            decisions: Newest first; at least one.
            now: For dates.
        """
        super().__init__(theme, over, _("What you decided"), width=680)
        self.buttons: dict[int, LineButton] = {}
        scroll = FittingScroll(self)
        scroll.column.setSpacing(0)
        self.body.addWidget(scroll)
        for place, decision in enumerate(decisions):
            scroll.column.addWidget(self._make_row(place, decision, now))
        close = self.add_button(LineButton(theme, lambda: _("Close"), parent=self))
        close.clicked.connect(self.close_it)
        self.first = next(iter(self.buttons.values()), close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = self.window().focusWidget()
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and isinstance(focused, LineButton):
            event.accept()
            focused.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Close when the language changes: what it says would be in the old one."""
        if event.type() is QEvent.Type.LanguageChange and self.isVisible():
            self.close_it()
        super().changeEvent(event)

    def _make_row(self, place: int, decision: Decision, now: datetime) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 10, 8, 10)
        line.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(2)
        number = decision.ticket_id
        title = f"{decision.ticket_title} · {number}" if decision.ticket_title else number
        works = [item.operation.work for item in decision.works]
        said = decided_words(decision.way, is_followed=bool(decision.followed_by))
        until = short_date(decision.decided_at + timedelta(days=KEPT_DAYS), now)
        texts = [
            (title, "rowTitle", "text"),
            (f"{acts_of(tuple(w.type for w in works))} · {said}", "label", "text"),
            *((words, "label", "text2") for words in dict.fromkeys(map(own_words, works)) if words),
            (
                _("{time} · can be read until {date}").format(
                    time=date_and_time(decision.decided_at, now), date=until
                ),
                "caption",
                "text3",
            ),
        ]
        for words, role, colour in texts:
            column.addWidget(ThaiLabel(self.theme, words, role=role, colour=colour))
        line.addLayout(column, 1)
        if decision.can_take_back:
            line.addWidget(self._make_button(place, decision), 0, Qt.AlignmentFlag.AlignTop)
        outer = QWidget(self)
        whole = QVBoxLayout(outer)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(row)
        rule = QFrame(outer)
        rule.setProperty("rule", "true")
        whole.addWidget(rule)
        return outer

    def _make_button(self, place: int, decision: Decision) -> LineButton:
        button = LineButton(self.theme, lambda: _("Decide again"), icon="undo-2", parent=self)
        ids = tuple(item.operation.id for item in decision.works)
        button.clicked.connect(lambda: self._decide_again(decision, ids))
        self.buttons[place] = button
        return button

    def _decide_again(self, decision: Decision, ids: tuple[str, ...]) -> None:
        self.close_it()
        self.again_wished.emit(decision.ticket_id, ids)
