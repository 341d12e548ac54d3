"""The work screen: knows queries, actions and the bus; its view does not."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.actions import tickets as actions
from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.operation import DeclineReason, HoldReason, NoPhotoReason
from field_app.domain.people import Role
from field_app.domain.ticket import TicketState
from field_app.queries.status import reference
from field_app.queries.tickets import TicketDetail, ticket_detail
from field_app.texts import _
from field_app.texts.dates import lateness
from field_app.ui.office import Office
from field_app.ui.photos.photo_show import PhotoShow
from field_app.ui.resolve.draft_keeper import DraftKeeper
from field_app.ui.resolve.handing_in import HandingIn
from field_app.ui.resolve.photos import WorkPhotos
from field_app.ui.resolve.sheets import DeclineSheet, HoldSheet, NoPhotoSheet
from field_app.ui.resolve.work_view import WorkView
from field_app.ui.shared.screen import Screen
from field_app.ui.shared.toast import Words
from field_app.ui.shared.words import STATE_KEYS, state_words
from field_app.ui.shortcuts import bind
from field_app.ui.sync.undoing import Undoing

CALM_MS = 400  # so often the job is looked at anew while many photos are taken in


class WorkScreen(Screen):
    """One ticket from its report to handing it in."""

    has_back = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ticket_id: TicketId | None = None
        self._detail: TicketDetail | None = None
        self._templates: tuple[str, ...] = ()
        self._shown_draft = ""
        self._sheet: HoldSheet | DeclineSheet | NoPhotoSheet | None = None
        self._is_note_stale = True
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = WorkView(
            self.theme,
            office.background,
            self._visit_outbox,
            office.settings,
            office.make_small_map,
            self,
        )
        column.addWidget(self.view)
        self.undoing = Undoing(office, self)
        self.drafts = DraftKeeper(office, self)
        note = self.view.evidence.note
        self.handing_in = HandingIn(office, note, self.drafts, self.undoing, self)
        self.photos = WorkPhotos(office, self.view.evidence, self.undoing, self)
        self.show_photos = PhotoShow(office, self.undoing, self)
        self._connect()
        bind(self, "Ctrl+Return", self._wish_primary)
        bind(self, "Ctrl+Enter", self._wish_primary)
        bind(self, "Ctrl+O", self.photos.choose_somewhere)
        bind(self, "Ctrl+Shift+O", self.photos.choose_folder_somewhere)
        bind(self, "Ctrl+V", self.photos.paste_somewhere)
        bind(self, "Esc", self.back_wished.emit)

    def title(self) -> str:
        """Return the ticket's title."""
        return self._detail.ticket.title if self._detail is not None else ""

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return state and lateness."""
        if self._detail is None:
            return ()
        ticket = self._detail.ticket
        chips = [(STATE_KEYS[ticket.state], state_words(ticket.state, ticket.foreign_state))]
        now = self.office.clock.now()
        if ticket.due_at is not None and ticket.is_overdue(now):
            chips.append(("overdue", lateness(ticket.due_at, now)))
        return tuple(chips)

    def visit(self, ticket_id: TicketId | None) -> None:
        """Show this ticket; words typed for another one are kept first."""
        self.setFocus()
        if ticket_id is None:
            return
        if ticket_id != self._ticket_id:
            self._keep_words()
            self._ticket_id = ticket_id
            self._is_note_stale = True
            self.photos.turn_to(ticket_id)
        self.office.see(reference, then=self._take_reference)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep words that were typed a moment ago."""
        self._keep_words()
        super().hideEvent(event)

    def _connect(self) -> None:
        self.office.bus.changed.connect(self._follow)
        evidence, finish = self.view.evidence, self.view.finish
        evidence.view_wished.connect(self._view_photo)
        self.view.report.view_wished.connect(self._view_photo)
        evidence.note.draft_changed.connect(self._keep_draft)
        evidence.note.edited.connect(self._check_words)
        finish.act_wished.connect(self._act)
        finish.review_wished.connect(self._visit_review)
        self.drafts.kept.connect(self._say_saved)
        self.handing_in.said.connect(self.news_wished)
        self.handing_in.photo_missing.connect(self._say_missing)
        self.handing_in.changed.connect(self._ask)
        self.handing_in.words_restored.connect(self._take_words_anew)
        self.undoing.said.connect(self.refusal_wished)
        self.undoing.refused.connect(self._show_refused)
        self.photos.said.connect(self.news_wished)
        self.photos.refused.connect(self.refusal_wished)
        self.photos.changed.connect(self._ask)
        self.show_photos.said.connect(self.news_wished)
        self.show_photos.changed.connect(self._ask)
        self.show_photos.retake_wished.connect(self.photos.retake)
        self.show_photos.job_wished.connect(partial(self.visit_wished.emit, "work"))

    @property
    def _role(self) -> Role:
        person = self.office.app.person
        return person.role if person is not None else Role.CREW

    @Slot()
    def _ask(self) -> None:
        if self._ticket_id is not None:
            self.office.see(ticket_detail, self._ticket_id, then=self._take_detail)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        is_mine = self._ticket_id in changes.tickets or bool(changes.photos)
        if not self.isVisible() or not (is_mine or changes.everything):
            return
        if not self.photos.bulk.is_busy:
            self._ask()
        elif not self._calm.isActive():
            self._calm.start()  # of many photos not each is worth a look at the whole job

    def _take_reference(self, known: Any) -> None:
        self._templates = tuple(known.templates)
        self.view.evidence.note.show_templates(self._templates)

    def _take_detail(self, detail: TicketDetail) -> None:
        if detail.ticket.id != self._ticket_id:
            return
        before = self._detail
        self._detail = detail
        note = self.view.evidence.note
        moved = before is not None and before.ticket.state is not detail.ticket.state
        untouched = not note.is_saving and note.words == self._shown_draft
        moved = moved and not note.is_saving
        if self._is_note_stale or moved or (untouched and detail.draft != self._shown_draft):
            self._is_note_stale = False
            self.view.show_note(detail, self._role, self._templates)
            self._shown_draft = note.words
        self.view.show_work(detail, self._role, self.office.clock.now())
        self.head_changed.emit()

    def _keep_words(self) -> None:
        note = self.view.evidence.note
        if note.is_saving:
            note.save_now()

    @Slot(str)
    def _keep_draft(self, words: str) -> None:
        ticket_id = self._ticket_id
        if ticket_id is None or self._is_note_stale:
            return
        self._shown_draft = words
        self.drafts.keep(ticket_id, words)

    @Slot(str)
    def _say_saved(self, ticket_id: str) -> None:
        if ticket_id == self._ticket_id:
            self.view.evidence.note.show_saved(self.office.clock.now())

    @Slot()
    def _check_words(self) -> None:
        self.view.finish.show_words(self.view.evidence.note.words)

    def _wish_primary(self) -> None:
        if self._sheet is not None:
            self._sheet.decide()
        else:
            self.view.finish.wish_primary()

    @Slot(str)
    def _act(self, act: str) -> None:
        ticket_id = self._ticket_id
        if ticket_id is None:
            return
        match act:
            case "start":
                self._do("start", lambda: _("Work started"), actions.start, ticket_id)
            case "finish":
                self.handing_in.hand_in(ticket_id)
            case "call_back":
                self._do("call_back", lambda: _("Called back"), actions.call_back, ticket_id)
            case "hold":
                hold = HoldSheet(self.theme, self)
                hold.decided.connect(self._hold)
                self._open(hold)
            case "decline":
                decline = DeclineSheet(self.theme, self)
                decline.decided.connect(self._decline)
                self._open(decline)
            case _:
                raise ValueError(f"no such deed: {act}")

    def _open(self, sheet: HoldSheet | DeclineSheet | NoPhotoSheet) -> None:
        self._sheet = sheet
        sheet.closed.connect(self._forget_sheet)
        sheet.open_it(next(iter(sheet.cards.values())))

    @Slot()
    def _forget_sheet(self) -> None:
        self._sheet = None

    def _ask_reason(self) -> None:
        """Ask why there is no after photo."""
        sheet = NoPhotoSheet(self.theme, self, self.view.evidence.note.words)
        sheet.decided.connect(self._hand_in_without_photo)
        self._open(sheet)

    @Slot(object, str)
    def _hand_in_without_photo(self, reason: NoPhotoReason, words: str) -> None:
        if self._ticket_id is not None:
            self.handing_in.hand_in_without_photo(self._ticket_id, reason, words)

    @Slot()
    def _say_missing(self) -> None:
        self.view.say_missing(self.photos.choose_after, self._ask_reason)

    @Slot()
    def _take_words_anew(self) -> None:
        self._is_note_stale = True

    @Slot(object, str)
    def _hold(self, reason: HoldReason, words: str) -> None:
        if self._ticket_id is not None:
            args = (self._ticket_id, reason, words)
            self._do("hold", lambda: _("Put on hold"), actions.hold, *args)

    @Slot(object, str, str)
    def _decline(self, reason: DeclineReason, words: str, number: str) -> None:
        if self._ticket_id is None:
            return
        other = TicketId(number) if number else None
        args = (self._ticket_id, reason, words, other)
        self._do("decline", lambda: _("Handed in as not our job"), actions.decline, *args)

    def _do(self, act: str, said: Words, action: Callable[..., Any], *args: Any) -> None:
        """Do something that can be undone for a while."""
        self.office.do(action, *args, then=partial(self._tell_done, act, said))

    def _tell_done(self, act: str, said: Words, done: Done) -> None:
        args = (act, done.operation_id, done.ticket_id, self._see_again)
        undo = partial(self.undoing.take_back, *args)
        self.news_wished.emit(lambda: f"{said()} · {done.ticket_id}", undo)
        self._ask()

    def _see_again(self, _done: object) -> None:
        self._ask()

    @Slot(str)
    def _show_refused(self, ticket_id: str) -> None:
        """Show the job whose undo came too late: what is possible instead stands there."""
        self._ask()
        if not self.isVisible():
            self.visit_wished.emit("work", ticket_id)

    @Slot(str)
    def _view_photo(self, photo_id: str) -> None:
        if self._detail is not None:
            self.show_photos.open(self._detail, PhotoId(photo_id))

    def _visit_outbox(self) -> None:
        self.visit_wished.emit("outbox", "")

    @Slot()
    def _visit_review(self) -> None:
        if self._detail is not None and self._detail.ticket.state is TicketState.IN_REVIEW:
            self.visit_wished.emit("review", self._detail.ticket.id)
