"""The bus: says in the GUI thread what happened in any thread."""

from PySide6.QtCore import QObject, Signal

from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.position import Position
from field_app.handoff.news import News
from field_app.sync.status import SyncStatus


class Bus(QObject):
    """Says in the GUI thread what happened in any thread.

    Made in the GUI thread. `tell`, `tell_status`, `tell_phone` and `complain` may be called from
    every thread; slots run in the GUI thread. Connect only methods of QObjects.

    Signals:
        changed: Changes. Tickets or photos are no longer as they were.
        status_changed: SyncStatus. What the sync thread does now.
        failed: FieldAppError. A known failure that no screen showed by itself.
        phone_told: (int, News). What a phone does at the page of this number.
        metered_changed: bool. Whether the system calls the network metered.
        position_changed: Position. The person is elsewhere, or it is known better.
    """

    changed = Signal(object)
    status_changed = Signal(object)
    failed = Signal(object)
    phone_told = Signal(int, object)
    metered_changed = Signal(bool)
    position_changed = Signal(object)
    is_metered = False
    """Whether the system calls the network metered, as it was told last."""
    position: Position | None = None
    """Where the person is, as far as it was told; None before that."""

    def tell(self, changes: Changes) -> None:
        """Say what is no longer as it was."""
        self.changed.emit(changes)

    def tell_status(self, status: SyncStatus) -> None:
        """Say how sync stands."""
        self.status_changed.emit(status)

    def tell_phone(self, page: int, news: News) -> None:
        """Say what a phone does."""
        self.phone_told.emit(page, news)

    def complain(self, failure: FieldAppError) -> None:
        """Say what failed; the window shows it with its hint."""
        self.failed.emit(failure)

    def tell_metered(self, *, is_metered: bool) -> None:
        """Say what the system calls the network; in the GUI thread only."""
        if is_metered != self.is_metered:
            self.is_metered = is_metered
            self.metered_changed.emit(is_metered)

    def tell_position(self, position: Position) -> None:
        """Say where the person is; in the GUI thread only."""
        self.position = position
        self.position_changed.emit(position)
