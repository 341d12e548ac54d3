"""What is done with a job's place, below its facts: coordinates, the pin, and one visit."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.lifecycle import may_do
from field_app.domain.people import Role
from field_app.queries.tickets import TicketDetail
from field_app.queries.visits import CompanionRow, Companions
from field_app.texts import _, ngettext
from field_app.ui.places.words import companion_words, moved_words, visit_words
from field_app.ui.shared.buttons import LinkButton
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme
from field_app.ui.tickets.fact import Fact

MOST = 5
"""Jobs of a visit that are told one by one."""


class PlacePanel(QWidget):
    """Shows one job's place.

    Signals:
        shown: TicketDetail. Another job, or the same one as it is now.
        copy_wished: Give coordinates away.
        move_wished: Move the pin.
        ticket_wished: str. Go to this job of the visit.
    """

    shown = Signal(object)
    copy_wished = Signal()
    move_wished = Signal()
    ticket_wished = Signal(str)

    def __init__(self, theme: Theme, role: Role | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._role = role
        self.detail: TicketDetail | None = None
        self._companions: tuple[CompanionRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self._moved = Fact(theme, "map-pinned", self)
        column.addWidget(self._moved)
        links = QWidget(self)
        flow = FlowLayout(links)
        self.copy = LinkButton(theme, lambda: _("Coordinates"), icon="copy", parent=links)
        self.copy.clicked.connect(self.copy_wished)
        self.move_pin = LinkButton(theme, lambda: _("Move the pin"), icon="map-pin", parent=links)
        self.move_pin.clicked.connect(self.move_wished)
        for link in (self.copy, self.move_pin):
            flow.addWidget(link)
        column.addWidget(links)
        self._visit = QWidget(self)
        self._rows = QVBoxLayout(self._visit)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(2))
        column.addWidget(self._visit)
        self.go_buttons: list[LinkButton] = []
        self._visit.hide()

    @property
    def may_move(self) -> bool:
        """Whether this person may move the pin of the job that is shown."""
        if self.detail is None or self._role is None:
            return False
        return may_do("move_place", self.detail.ticket.state, self._role)

    def show_place(self, detail: TicketDetail) -> None:
        """Show a job as it is now; what its visit could do is asked for anew."""
        if self.detail is None or self.detail.ticket.id != detail.ticket.id:
            self._show_visit(())
        self.detail = detail
        self._say()
        self.shown.emit(detail)

    def show_companions(self, companions: Companions) -> None:
        """Show what could be done on a visit, if the job is still the one that is shown."""
        if self.detail is not None and companions.ticket_id == self.detail.ticket.id:
            self._show_visit(companions.rows)

    def lead_to_visit(self) -> None:
        """Put the focus on the first job of the visit."""
        if self.go_buttons:
            self.go_buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self.detail is not None:
            self._say()
            self._show_visit(self._companions, is_anew=True)
        super().changeEvent(event)

    def _say(self) -> None:
        if self.detail is None:
            return
        ticket = self.detail.ticket
        moved = ticket.moved_pin
        self._moved.show_fact(moved_words(ticket), "" if moved is None else moved.reason)
        self.copy.setVisible(ticket.place is not None)
        self.move_pin.setVisible(self.may_move)

    def _show_visit(self, rows: tuple[CompanionRow, ...], *, is_anew: bool = False) -> None:
        if rows == self._companions and not is_anew:
            return
        self._companions = rows
        self.go_buttons = []
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        if rows:
            self._rows.addWidget(ThaiLabel(self.theme, visit_words(rows), role="label", weight=600))
            said = _("One visit may do for all. Each is handed in by itself.")
            self._rows.addWidget(ThaiLabel(self.theme, said, role="caption", colour="text2"))
        for row in rows[:MOST]:
            self._rows.addWidget(self._row_of(row))
        if len(rows) > MOST:
            more = ngettext("and {count} more", "and {count} more", len(rows) - MOST)
            words = more.format(count=len(rows) - MOST)
            self._rows.addWidget(ThaiLabel(self.theme, words, role="caption", colour="text2"))
        self._visit.setVisible(bool(rows))

    def _row_of(self, row: CompanionRow) -> QWidget:
        """Return a line of the visit: title, why it belongs here, and a way to it."""
        line = QWidget(self._visit)
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self.theme.px(8))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ThaiLabel(self.theme, row.row.title, wraps=False))
        why = ThaiLabel(self.theme, companion_words(row), role="caption", colour="text3")
        said.addWidget(why)
        across.addLayout(said, 1)
        button = LinkButton(self.theme, lambda: _("Go to"), icon="arrow-right", parent=line)
        button.setAccessibleName(f"{_('Go to')} {row.row.title}, {companion_words(row)}")
        button.clicked.connect(partial(self.ticket_wished.emit, row.row.id))
        across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.go_buttons.append(button)
        return line
