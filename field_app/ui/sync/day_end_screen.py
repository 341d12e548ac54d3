"""The day's end: what exists on this computer only, asked of the database at every news."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.actions import outbox as actions
from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.queries.day_end import DayEnd, day_end
from field_app.queries.desk import Desk
from field_app.queries.outbox import Delivered, outbox
from field_app.queries.receipts import ReceiptView, receipt
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.packs.packing import Packing
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind
from field_app.ui.sync.day_end_view import DayEndView
from field_app.ui.sync.receipt_sheet import ReceiptSheet

Found = tuple[DayEnd, tuple[Delivered, ...]]


def end_and_receipts(desk: Desk) -> Found:
    """Return what exists here only, and what the hub received today.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return day_end(desk), outbox(desk).delivered_today


class DayEndScreen(Screen):
    """Says whether the computer can be put away."""

    has_back = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._found: Found | None = None
        self._status = office.app.status()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        view = self.view = DayEndView(self.theme, self)
        column.addWidget(view)
        view.send_wished.connect(self._send)
        view.go_wished.connect(self._go_on)
        view.look_wished.connect(self._to_outbox)
        view.receipts_wished.connect(self._to_receipts)
        view.receipt_wished.connect(self._read)
        self.packing = Packing(office, self)
        view.rescue_wished.connect(self.packing.begin)
        self.packing.taken_in.connect(self._ask)
        office.bus.changed.connect(self._follow)
        office.bus.status_changed.connect(self._follow_status)
        bind(self, "Ctrl+Return", self._send)
        bind(self, "Ctrl+Enter", self._send)

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Day's end")

    def subtitle(self) -> str:
        """Return what this is."""
        return _("What is at the hub, and what is only here")

    def visit(self, ticket_id: TicketId | None) -> None:
        """Look again."""
        self.setFocus()
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    @Slot()
    def _ask(self) -> None:
        self.office.see(end_and_receipts, then=self._take)

    def _take(self, found: Found) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is not None:
            end, delivered = self._found
            is_online = self._status.reach in {Reach.ONLINE, Reach.WEAK}
            self.view.show_end(end, delivered, is_online=is_online)

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()

    @Slot(object)
    def _follow_status(self, status: SyncStatus) -> None:
        before, self._status = self._status, status
        if self.isVisible() and _told(status) != _told(before):
            self._ask()

    @Slot()
    def _send(self) -> None:
        self.office.do(actions.retry_now, then=self._sync)

    @Slot()
    def _go_on(self) -> None:
        self.office.do(actions.send_all, then=self._sync)

    def _sync(self, _changes: Changes) -> None:
        self.office.app.sync_now()
        self._ask()

    @Slot()
    def _to_outbox(self) -> None:
        self.visit_wished.emit("outbox", "")

    @Slot()
    def _to_receipts(self) -> None:
        self.visit_wished.emit("receipts", "")

    @Slot(str)
    def _read(self, key: str) -> None:
        self.office.see(receipt, key, then=self._open)

    def _open(self, view: ReceiptView) -> None:
        sheet = ReceiptSheet(self.theme, self.office.background, self, view)
        sheet.open_it(sheet.copy)


def _told(status: SyncStatus) -> tuple[object, ...]:
    """Return what of a status is told here."""
    return status.reach, status.waiting_count, status.pack_count, status.attention_count
