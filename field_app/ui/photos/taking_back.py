"""Taking a whole batch of photos back, also those of it that left the computer meanwhile."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from field_app.actions import photos, tickets
from field_app.domain.errors import FieldAppError, NotAllowed
from field_app.domain.ids import TicketId
from field_app.texts import ngettext
from field_app.texts.numbers import count as number_words
from field_app.ui.office import Office
from field_app.ui.photos.intake import Kept
from field_app.ui.sync.undoing import Undoing


class TakingBack(QObject):
    """Takes photos back, the last one first, one after the other.

    What is still here is taken out of the outbox. What may be at the hub already, as some of a
    large batch are by its end, is removed from the job.

    Signals:
        ended: object. All are out of the job; a callable that says how many had left.
        changed: Photos are no longer as they were.
    """

    ended = Signal(object)
    changed = Signal()

    def __init__(self, office: Office, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._undoing = undoing

    def begin(self, ticket_id: TicketId, kept: tuple[Kept, ...]) -> None:
        """Take these back; a single one that has left is explained instead."""
        if len(kept) == 1:
            operation_id = kept[0].operation_id
            self._undoing.take_back("add_photo", operation_id, ticket_id, self._tell_changed)
        else:
            self._go_on(ticket_id, kept, 0)

    def _go_on(self, ticket_id: TicketId, kept: tuple[Kept, ...], gone: int) -> None:
        if not kept:
            self.changed.emit()
            if gone:
                self.ended.emit(partial(_removed_words, gone))
            return
        last, rest = kept[-1], kept[:-1]
        remove = partial(self._remove, ticket_id, last, partial(self._go_on, ticket_id, rest))
        self._office.do(
            tickets.undo,
            last.operation_id,
            then=lambda _done: self._go_on(ticket_id, rest, gone),
            failed=partial(remove, gone),
        )

    def _remove(
        self,
        ticket_id: TicketId,
        kept: Kept,
        go_on: Callable[[int], None],
        gone: int,
        failure: FieldAppError,
    ) -> None:
        """Remove a photo that may be at the hub; go on without it when even that is too late."""
        if not isinstance(failure, NotAllowed):
            self.changed.emit()
            self._office.bus.complain(failure)
        elif kept.photo_id is None:
            go_on(gone)
        else:
            self._office.do(
                photos.remove,
                ticket_id,
                kept.photo_id,
                then=lambda _done: go_on(gone + 1),
                failed=self._fail,
            )

    def _fail(self, failure: FieldAppError) -> None:
        self.changed.emit()
        self._office.bus.complain(failure)

    def _tell_changed(self, _done: object) -> None:
        self.changed.emit()


def _removed_words(count: int) -> str:
    """Return how many photos were at the hub already and are removed there too."""
    words = ngettext(
        "All taken back · {count} photo may be at the hub already and is removed there too",
        "All taken back · {count} photos may be at the hub already and are removed there too",
        count,
    )
    return words.format(count=number_words(count))
