"""The outbox screen: knows queries, actions and the bus; its view does not."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.actions import outbox as actions
from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import OperationId, TicketId
from field_app.queries.desk import Desk
from field_app.queries.outbox import ConflictView, OutboxView, conflict, outbox
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import ticket_detail
from field_app.sync.status import SyncStatus
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.shared.screen import Screen
from field_app.ui.shared.toast import Words
from field_app.ui.shortcuts import bind
from field_app.ui.sync import outbox_view
from field_app.ui.sync.conflict_sheet import ConflictSheet
from field_app.ui.sync.undoing import Undoing


def both_sides(desk: Desk, operation_id: OperationId) -> tuple[ConflictView, tuple[PhotoCard, ...]]:
    """Return both sides of a parked operation, and the photos that this laptop has of them.

    Raises:
        NotAllowed: There is no such parked operation.
        StoreFailed: The database cannot be read.
    """
    view = conflict(desk, operation_id)
    try:
        cards = ticket_detail(desk, view.operation.ticket_id).photos
    except NotAllowed:  # the ticket has left this laptop, and its photos with it
        cards = ()
    return view, cards


class OutboxScreen(Screen):
    """What is on its way to the hub.

    Signals:
        rescue_wished: A person wants the queue on a USB stick.
    """

    rescue_wished = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet: ConflictSheet | None = None
        self._status = office.app.status()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = outbox_view.OutboxView(self.theme, office.clock, self)
        column.addWidget(self.view)
        self.view.send_wished.connect(self._send)
        self.view.look_wished.connect(self._look)
        self.view.undo_wished.connect(self._undo)
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
        saving.rescue_wished.connect(self.rescue_wished)
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
        self.office.see(both_sides, OperationId(operation_id), then=self._open)

    def _open(self, sides: tuple[ConflictView, tuple[PhotoCard, ...]]) -> None:
        view, cards = sides
        now = self.office.clock.now()
        sheet = ConflictSheet(self.theme, self.office.background, self, view, cards, now)
        sheet.chosen.connect(partial(self._choose, view.operation.id))
        sheet.closed.connect(self._forget_sheet)
        self._sheet = sheet
        sheet.open_it(next(iter(sheet.choices.values())))

    @Slot()
    def _forget_sheet(self) -> None:
        self._sheet = None

    def _choose(self, operation_id: OperationId, choice: str) -> None:
        if choice == "note":
            said = partial(self._tell_settled, lambda: _("Your words go to the job as a note"))
            self.office.do(actions.keep_as_note, operation_id, then=said)
        else:
            said = partial(self._tell_settled, lambda: _("Understood · kept on this computer"))
            self.office.do(actions.acknowledge, operation_id, then=said)

    def _tell_settled(self, said: Words, _done: Done) -> None:
        self.news_wished.emit(said, None)
        self._ask()
