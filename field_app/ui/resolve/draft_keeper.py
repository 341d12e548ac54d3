"""Keeping words as they are typed: one save at a time, so that the newest always lands last."""

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from field_app.actions.tickets import keep_draft
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import TicketId
from field_app.ui.office import Office


class DraftKeeper(QObject):
    """Saves words of tickets, each after the one before; words overtaken meanwhile are left out.

    Signals:
        kept: TicketId. The words of this ticket are on the disk, and no newer ones wait.
    """

    kept = Signal(str)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._running: TicketId | None = None
        self._newest: dict[TicketId, str] = {}
        self._later: deque[Callable[[], object]] = deque()

    def keep(self, ticket_id: TicketId, words: str) -> None:
        """Save these words, after what is being saved now."""
        self._newest[ticket_id] = words
        self._go_on()

    def forget(self, ticket_id: TicketId) -> None:
        """Leave out words that wait to be saved: they are being handed in."""
        self._newest.pop(ticket_id, None)

    def after(self, deed: Callable[[], object]) -> None:
        """Call `deed` as soon as nothing is being saved; at once if nothing is."""
        self._later.append(deed)
        self._go_on()

    def _go_on(self) -> None:
        if self._running is not None:
            return
        if self._newest:
            ticket_id, words = next(iter(self._newest.items()))
            del self._newest[ticket_id]
            self._running = ticket_id
            done, failed = partial(self._end, ticket_id), self._complain
            self._office.do(keep_draft, ticket_id, words, then=done, failed=failed)
        elif self._later:
            self._later.popleft()()
            self._go_on()

    def _end(self, ticket_id: TicketId, _changes: Changes) -> None:
        self._running = None
        if ticket_id not in self._newest:
            self.kept.emit(ticket_id)
        self._go_on()

    def _complain(self, failure: FieldAppError) -> None:
        self._running = None
        self._office.bus.complain(failure)
        self._go_on()
