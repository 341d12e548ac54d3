"""The outbox screen: knows queries, actions and the bus; its view does not."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.actions import conflicts
from field_app.actions import outbox as actions
from field_app.actions.conflicts import Decided
from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError, NotAllowed
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.moved_on import WayOn
from field_app.queries.conflicts import ConflictView, conflict, decided
from field_app.queries.outbox import OutboxView, outbox
from field_app.queries.receipts import ReceiptView, receipt
from field_app.sync.status import SyncStatus
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.packs.packing import Packing
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind
from field_app.ui.sync import outbox_view
from field_app.ui.sync.conflict_sheet import ConflictSheet
from field_app.ui.sync.conflict_words import decided_words
from field_app.ui.sync.decided import DecidedBar, DecidedSheet
from field_app.ui.sync.receipt_sheet import ReceiptSheet
from field_app.ui.sync.undoing import Undoing


class OutboxScreen(Screen):
    """What is on its way to the hub."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet: ConflictSheet | None = None
        self._status = office.app.status()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = outbox_view.OutboxView(self.theme, office.clock, self)
        column.addWidget(self.view, 1)
        self.decided = DecidedBar(self.theme, self)
        self.decided.look_wished.connect(self._look_back)
        column.addWidget(self.decided)
        self.view.send_wished.connect(self._send)
        self.view.look_wished.connect(self._look)
        self.view.undo_wished.connect(self._undo)
        self.packing = Packing(office, self)
        self.packing.taken_in.connect(self._ask)
        self._connect_pauses()
        self.undoing = Undoing(office, self)
        self.undoing.said.connect(self.refusal_wished)
        self.undoing.refused.connect(self._ask)
        office.bus.changed.connect(self._follow)
        office.bus.status_changed.connect(self._follow_status)
        bind(self, "Ctrl+Return", self._primary)
        bind(self, "Ctrl+Enter", self._primary)

    def _connect_pauses(self) -> None:
        head, saving = self.view.head, self.view.saving
        head.pause_wished.connect(partial(self._pause, actions.pause_all))
        head.go_wished.connect(partial(self._go_on, actions.resume_all))
        self.view.pause_wished.connect(self._pause_job)
        self.view.go_wished.connect(self._send_job)
        saving.photos_later_wished.connect(self._send_photos_later)
        saving.rescue_wished.connect(self.packing.begin)
        self.view.end_wished.connect(partial(self.visit_wished.emit, "day_end", ""))
        self.view.delivered.all_wished.connect(partial(self.visit_wished.emit, "receipts", ""))
        self.view.delivered.receipt_wished.connect(self._read_receipt)
        self.office.bus.metered_changed.connect(self._show_metered)
        self._show_metered(self.office.bus.is_metered)

    @Slot(bool)
    def _show_metered(self, is_metered: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.view.saving.show_metered(is_metered=is_metered)

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Outbox")

    def subtitle(self) -> str:
        """Return what the outbox is."""
        return _("Everything you do leaves this computer here, and only here")

    def visit(self, ticket_id: TicketId | None) -> None:
        """Look again."""
        self.setFocus()
        self._ask()

    @Slot()
    def _ask(self) -> None:
        self.office.see(outbox, then=self._take)
        self.office.see(decided, then=self.decided.show_decisions)

    def _take(self, found: OutboxView) -> None:
        self.view.show_outbox(found, self.office.app.status())

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    @Slot(object)
    def _follow_status(self, status: SyncStatus) -> None:
        before, self._status = self._status, status
        if not self.isVisible():
            return
        self.view.show_status(status)
        only_moved = replace(before, uploads=status.uploads, sent_bytes=status.sent_bytes)
        if status != only_moved:
            self._ask()

    def _primary(self) -> None:
        if self._sheet is not None:
            self._sheet.decide()
        else:
            self._send()

    @Slot()
    def _send(self) -> None:
        self.office.do(actions.retry_now, then=self._send_now)

    def _send_now(self, _changes: Changes) -> None:
        self.office.app.sync_now()
        self._ask()

    def _pause(self, action: Callable[..., Changes], *args: object) -> None:
        self.office.do(action, *args, then=self._paused)

    def _go_on(self, action: Callable[..., Changes], *args: object) -> None:
        self.office.do(action, *args, then=self._send_now)

    def _paused(self, _changes: Changes) -> None:
        self._ask()

    @Slot(str)
    def _pause_job(self, ticket_id: str) -> None:
        self._pause(actions.pause_job, TicketId(ticket_id))

    @Slot(str)
    def _send_job(self, ticket_id: str) -> None:
        self._go_on(actions.send_job, TicketId(ticket_id))

    @Slot(bool)
    def _send_photos_later(self, is_later: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_later:
            self._pause(actions.pause_photos)
        else:
            self._go_on(actions.resume_photos)

    @Slot(str, str, str)
    def _undo(self, operation_id: str, act: str, ticket_id: str) -> None:
        args = (OperationId(operation_id), TicketId(ticket_id), self._tell_undone)
        self.undoing.take_back(act, *args)

    def _tell_undone(self, _done: Done) -> None:
        self.news_wished.emit(lambda: _("Taken back · it was not sent"), None)
        self._ask()

    @Slot(str)
    def _look(self, operation_id: str) -> None:
        self.office.see(conflict, OperationId(operation_id), then=self._open)

    def _open(self, view: ConflictView) -> None:
        now = self.office.clock.now()
        sheet = ConflictSheet(self.theme, self.office.background, self, view, now)
        sheet.chosen.connect(partial(self._decide, view))
        sheet.closed.connect(self._forget_sheet)
        self._sheet = sheet
        sheet.open_it(next(iter(sheet.choices.values())))

    @Slot()
    def _forget_sheet(self) -> None:
        self._sheet = None

    @Slot(str)
    def _read_receipt(self, key: str) -> None:
        self.office.see(receipt, key, then=self._show_receipt)

    def _show_receipt(self, view: ReceiptView) -> None:
        sheet = ReceiptSheet(self.theme, self.office.background, self, view)
        sheet.open_it(sheet.copy)

    def _decide(self, view: ConflictView, way: WayOn) -> None:
        args = (view.ticket_id, view.operation_ids, way)
        told = partial(self._tell_decided, way)
        self.office.do(conflicts.decide, *args, then=told, failed=self._look_again)

    def _tell_decided(self, way: WayOn, done: Decided) -> None:
        said = partial(decided_words, way, is_followed=bool(done.followed_by))
        self.news_wished.emit(said, partial(self._take_back, done, self._tell_parked))
        self._ask()

    def _take_back(self, done: Decided, then: Callable[[Decided], object]) -> None:
        args = (done.ticket_id, done.operation_ids)
        self.office.do(conflicts.take_back, *args, then=then, failed=self._tell_late)

    def _tell_parked(self, _done: Decided) -> None:
        self.news_wished.emit(lambda: _("Taken back · it needs your decision again"), None)
        self._ask()

    def _tell_late(self, failure: FieldAppError) -> None:
        if isinstance(failure, NotAllowed):
            self.refusal_wished.emit(lambda: _("Sent already: it cannot be undone."))
            self._ask()
        else:
            self.office.bus.complain(failure)

    def _look_again(self, failure: FieldAppError) -> None:
        """Say that the job moved on once more while the card was open."""
        if isinstance(failure, NotAllowed):
            self.refusal_wished.emit(lambda: _("The job changed meanwhile. Look at it again."))
            self._ask()
        else:
            self.office.bus.complain(failure)

    @Slot()
    def _look_back(self) -> None:
        sheet = DecidedSheet(self.theme, self, self.decided.decisions, self.office.clock.now())
        sheet.again_wished.connect(self._decide_anew)
        sheet.open_it(sheet.first)

    @Slot(str, object)
    def _decide_anew(self, ticket_id: str, operation_ids: tuple[OperationId, ...]) -> None:
        args = (TicketId(ticket_id), operation_ids)
        then = partial(self._open_anew, operation_ids[0])
        self.office.do(conflicts.take_back, *args, then=then, failed=self._tell_late)

    def _open_anew(self, operation_id: OperationId, _done: Decided) -> None:
        self._ask()
        self._look(operation_id)
