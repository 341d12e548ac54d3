"""The review screen: knows queries, actions and the bus; its view does not."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.actions import review as actions
from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.queries.review import ReviewRow, review_list
from field_app.queries.tickets import TicketDetail, ticket_detail
from field_app.texts import _, ngettext
from field_app.ui.office import Office
from field_app.ui.photos.photo_show import PhotoShow
from field_app.ui.review.review_view import ReviewView
from field_app.ui.review.words import SEND_BACK_REASONS, approved_words
from field_app.ui.shared.screen import Screen
from field_app.ui.shared.toast import Words
from field_app.ui.shortcuts import bind
from field_app.ui.sync.undoing import Undoing


class ReviewScreen(Screen):
    """A supervisor decides on what crews handed in."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wanted: TicketId | None = None
        self._detail: TicketDetail | None = None
        self._count = self._awaited = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = ReviewView(self.theme, office.background, office.settings, self)
        column.addWidget(self.view)
        self.view.queue.ticket_chosen.connect(self._look)
        self.view.compare.view_wished.connect(self._view_photo)
        self.view.decision.view_wished.connect(self._view_photo)
        self.view.decision.repeat_wished.connect(self._compare_photo)
        self.view.decision.approve_wished.connect(self.approve)
        self.view.decision.send_back_wished.connect(self._send_back)
        self.undoing = Undoing(office, self)
        self.undoing.said.connect(self.refusal_wished)
        self.undoing.refused.connect(self._ask)
        self.show_photos = PhotoShow(office, self.undoing, self)
        self.show_photos.said.connect(self.news_wished)
        self.show_photos.changed.connect(self._ask)
        self.show_photos.job_wished.connect(partial(self.visit_wished.emit, "work"))
        self.view.compare.marks_switched.connect(self.show_photos.switch_marks)
        office.bus.changed.connect(self._follow)
        self._bind_keys()

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Review")

    def subtitle(self) -> str:
        """Return how many jobs wait for a decision, and how many approved ones for photos."""
        parts = []
        if self._count:
            words = ngettext("{count} waits for review", "{count} wait for review", self._count)
            parts.append(words.format(count=self._count))
        if self._awaited:
            words = _("{count} approved, photos missing")
            parts.append(words.format(count=self._awaited))
        return " · ".join(parts)

    def visit(self, ticket_id: TicketId | None) -> None:
        """Show the queue, at this job if it is named."""
        self.setFocus()
        self._wanted = ticket_id
        self._ask()

    def approve(self) -> None:
        """Accept the job in sight, also while photos of it are still to come."""
        ticket_id = self.view.queue.chosen
        decision = self.view.decision
        if ticket_id is not None and not decision.is_form_open and not self._is_decided(ticket_id):
            said = partial(self._tell, "approve", partial(approved_words, self._detail))
            self.office.do(actions.approve, ticket_id, then=said)

    def _bind_keys(self) -> None:
        decision = self.view.decision
        bind(self, "A", self.approve)
        bind(self, "R", decision.open_form)
        bind(self, "J", partial(self.view.queue.go_on, 1))
        bind(self, "K", partial(self.view.queue.go_on, -1))
        bind(self, "Ctrl+Return", self._primary)
        bind(self, "Ctrl+Enter", self._primary)
        bind(self, "Esc", decision.close_form)
        for place in range(len(SEND_BACK_REASONS)):
            bind(self, str(place + 1), partial(self._tick, place))

    def _is_decided(self, ticket_id: TicketId) -> bool:
        """Return whether this row of the queue only waits for photos."""
        return any(r.is_decided for r in self.view.queue.queue.rows if r.ticket_id == ticket_id)

    def _primary(self) -> None:
        if self.view.decision.is_form_open:
            self.view.decision.form.decide()
        else:
            self.approve()

    def _tick(self, place: int) -> None:
        if self.view.decision.is_form_open:
            self.view.decision.form.tick(place)

    @Slot()
    def _ask(self) -> None:
        self.office.see(review_list, then=self._take)

    def _take(self, rows: tuple[ReviewRow, ...]) -> None:
        self._awaited = sum(row.is_decided for row in rows)
        self._count = len(rows) - self._awaited
        self.view.show_queue(rows, self.office.clock.now())
        if self._wanted is not None:
            self.view.queue.choose_place(self.view.queue.queue.place_of(self._wanted))
            self._wanted = None
        chosen = self.view.queue.chosen
        if chosen is not None:
            self._look(chosen)
        self.head_changed.emit()

    @Slot(str)
    def _look(self, ticket_id: str) -> None:
        self.office.see(ticket_detail, TicketId(ticket_id), then=self._take_detail)

    def _take_detail(self, detail: TicketDetail) -> None:
        if detail.ticket.id == self.view.queue.chosen:
            self._detail = detail
            self.view.compare.with_marks = self.show_photos.choices.shows_marks
            self.view.show_ticket(detail, self.office.clock.now())
            self.show_photos.draw_missing(detail)

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    @Slot(str, object)
    def _send_back(self, reason: str, photo_ids: tuple[PhotoId, ...]) -> None:
        ticket_id = self.view.queue.chosen
        if ticket_id is not None:
            said = partial(self._tell, "send_back", lambda: _("Sent back to the crew"))
            self.office.do(actions.send_back, ticket_id, reason, photo_ids, then=said)

    def _tell(self, act: str, said: Words, done: Done) -> None:
        undo = partial(self._undo, act, done.operation_id, done.ticket_id)
        self.news_wished.emit(lambda: f"{said()} · {done.ticket_id}", undo)
        self._ask()

    def _undo(self, act: str, operation_id: OperationId, ticket_id: TicketId) -> None:
        self._wanted = ticket_id
        self.undoing.take_back(act, operation_id, ticket_id, self._see_again)

    def _see_again(self, _done: Done) -> None:
        self._ask()

    @Slot(str)
    def _view_photo(self, photo_id: str) -> None:
        if self._detail is not None:
            self.show_photos.open(self._detail, PhotoId(photo_id))

    @Slot(str)
    def _compare_photo(self, photo_id: str) -> None:
        if self._detail is not None:
            self.show_photos.repeats.open(self._detail.ticket.id, photo_id)
