"""Handing work in: with its after photos, or with a reason why there is none; and the undo."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from field_app.actions import tickets as actions
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError, PhotoMissing
from field_app.domain.ids import TicketId
from field_app.domain.operation import NoPhotoReason
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.resolve.draft_keeper import DraftKeeper
from field_app.ui.resolve.note_panel import NotePanel
from field_app.ui.sync.undoing import Undoing


class HandingIn(QObject):
    """Hands in what stands in the box of words.

    Signals:
        said: (Words, undo). It is done, and how to take it back.
        photo_missing: There is no after photo, and nobody said why.
        changed: The job is another one now.
        words_restored: An undo brought the words back as a draft.
    """

    said = Signal(object, object)
    photo_missing = Signal()
    changed = Signal()
    words_restored = Signal()

    def __init__(
        self,
        office: Office,
        note: NotePanel,
        drafts: DraftKeeper,
        undoing: Undoing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._note = note
        self._drafts = drafts
        self._undoing = undoing

    def hand_in(self, ticket_id: TicketId) -> None:
        """Hand in with the words in the box, once no older ones are being saved."""
        self._begin(ticket_id, self._note.words, None)

    def hand_in_without_photo(self, ticket_id: TicketId, reason: NoPhotoReason, words: str) -> None:
        """Hand in without an after photo, with these words to the citizen."""
        self._begin(ticket_id, words, reason)

    def _begin(self, ticket_id: TicketId, words: str, reason: NoPhotoReason | None) -> None:
        self._note.stop_saving()
        self._drafts.forget(ticket_id)
        self._drafts.after(partial(self._do, ticket_id, words, reason))

    def _do(self, ticket_id: TicketId, words: str, reason: NoPhotoReason | None) -> None:
        then, failed = partial(self._tell, words), partial(self._tell_failure, ticket_id, words)
        args = (ticket_id, words) if reason is None else (ticket_id, words, reason)
        self._office.do(actions.finish, *args, then=then, failed=failed)

    def _tell(self, words: str, done: Done) -> None:
        undo = partial(self._undo, done, words)
        self.said.emit(lambda: f"{_('Handed in for review')} · {done.ticket_id}", undo)
        self.changed.emit()

    def _tell_failure(self, ticket_id: TicketId, words: str, failure: FieldAppError) -> None:
        if words == self._note.words:
            self._note.save_now()
        else:
            self._drafts.keep(ticket_id, words)
        if isinstance(failure, PhotoMissing):
            self.photo_missing.emit()
        else:
            self._office.bus.complain(failure)

    def _undo(self, done: Done, words: str) -> None:
        """Take the handing in back; handing in forgot the draft, so its words are kept again."""
        restore = partial(self._restore, done.ticket_id, words)
        self._undoing.take_back("finish", done.operation_id, done.ticket_id, restore)

    def _restore(self, ticket_id: TicketId, words: str, _done: Done) -> None:
        self.words_restored.emit()
        self._drafts.keep(ticket_id, words)
        self._drafts.after(self.changed.emit)
