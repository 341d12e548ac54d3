"""Taking photos in: one after the other in the back room, with a sentence at the end."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from field_app.actions import photos
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError, PhotoRepeated, PhotoUnreadable
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.ui.office import Office
from field_app.ui.photos.sources import PhotoSource
from field_app.ui.photos.words import AddedFiles


class PhotoIntake(QObject):
    """Adds pictures to one ticket, in the order in which they were given.

    Signals:
        moved: (PhotoRole, int, int). So many of so many pictures of this slot are done.
        ended: (AddedFiles, tuple of OperationId). All are done; what became of them.
        failed: FieldAppError. Saving failed; the rest was not tried.
    """

    moved = Signal(object, int, int)
    ended = Signal(object, object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._line: deque[tuple[TicketId, PhotoRole, tuple[PhotoSource, ...]]] = deque()
        self._rest: deque[PhotoSource] = deque()
        self._ticket_id: TicketId | None = None
        self._result = AddedFiles(role=PhotoRole.AFTER)
        self._operations: tuple[OperationId, ...] = ()
        self._of = 0

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being taken in."""
        return self._ticket_id is not None

    def add(self, ticket_id: TicketId, role: PhotoRole, sources: Sequence[PhotoSource]) -> None:
        """Take these pictures in, after those that were given before."""
        if not sources:
            return
        self._line.append((ticket_id, role, tuple(sources)))
        if not self.is_busy:
            self._begin()

    def _begin(self) -> None:
        self._ticket_id, role, sources = self._line.popleft()
        self._rest = deque(sources)
        self._of = len(sources)
        self._result = AddedFiles(role=role)
        self._operations = ()
        self._try_next()

    def _try_next(self) -> None:
        if not self._rest or self._ticket_id is None:
            self._end()
            return
        self.moved.emit(self._result.role, self._of - len(self._rest), self._of)
        self._office.do(
            photos.attach,
            self._ticket_id,
            self._result.role,
            self._rest[0].content,
            then=self._added,
            failed=self._refused,
        )

    def _added(self, done: Done) -> None:
        self._rest.popleft()
        self._operations = (*self._operations, done.operation_id)
        self._result = replace(self._result, added=self._result.added + 1)
        self._try_next()

    def _refused(self, failure: FieldAppError) -> None:
        name = self._rest.popleft().name
        if isinstance(failure, PhotoUnreadable):
            self._result = replace(self._result, refused=(*self._result.refused, name))
        elif isinstance(failure, PhotoRepeated):
            self._result = replace(self._result, repeated=(*self._result.repeated, name))
        else:
            self._rest.clear()
            self.failed.emit(failure)
        self._try_next()

    def _end(self) -> None:
        result, operations = self._result, self._operations
        self._ticket_id = None
        self.moved.emit(result.role, 0, 0)
        self.ended.emit(result, operations)
        if self._line:
            self._begin()
