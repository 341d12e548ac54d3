"""Taking photos in: one after the other in the back room, every one accounted for at the end.

A file is read by the thread of given files, so that a card or a network that does not answer keeps
no other work waiting; what it shows is seen at once, and it is a photo of the job only when the
action has kept it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from field_app.actions import photos
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError, FileUnreadable, PhotoRepeated, PhotoUnreadable
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.photos.intake import read_file
from field_app.photos.shots import glimpse
from field_app.texts import mark
from field_app.ui.office import Office
from field_app.ui.photos.sources import PhotoSource
from field_app.ui.photos.words import AddedFiles, Fate, FileRow
from field_app.ui.shared.in_hand import InHand

STOPPED = mark("You stopped before it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a person gave in one go."""

    ticket_id: TicketId
    role: PhotoRole
    sources: tuple[PhotoSource, ...]
    rows: tuple[FileRow, ...] = ()
    """What is known before anything was tried: folders that cannot be read, files left out."""
    others: int = 0
    """Things in folders that are no pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A photo that is in the job, and what put it there."""

    operation_id: OperationId
    photo_id: PhotoId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A file that was read."""

    data: bytes
    glimpse: bytes


class PhotoIntake(InHand):
    """Adds pictures to a ticket, in the order in which they were given.

    Signals:
        moved: (PhotoRole, int, int). So many of so many pictures of this slot are done.
        glimpsed: (PhotoRole, bytes). A small JPEG of what is being saved; empty when it is over.
        ended: (AddedFiles, tuple of Kept). All are done; what became of them.
        failed: FieldAppError. Saving failed; the rest was not tried.
    """

    moved = Signal(object, int, int)
    glimpsed = Signal(object, object)
    ended = Signal(object, object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._line: deque[Batch] = deque()
        self._rest: deque[PhotoSource] = deque()
        self._result = AddedFiles(role=PhotoRole.AFTER)
        self._is_stopped = False
        self.batch: Batch | None = None
        """What is being taken in; None when nothing is."""
        self.ended_for: TicketId | None = None
        """The job of the batch that ended last."""
        self.kept: tuple[Kept, ...] = ()
        """What the batch has put into the job so far."""

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being taken in."""
        return self.batch is not None

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The names of what is not in the job yet, the one under way first."""
        waiting = (source for batch in self._line for source in batch.sources)
        return tuple(source.name for source in (*self._rest, *waiting))

    @property
    def under_way(self) -> str:
        """The name of the picture that is being taken in; empty when none is."""
        return self._rest[0].name if self._rest else ""

    def add(self, ticket_id: TicketId, role: PhotoRole, sources: Sequence[PhotoSource]) -> None:
        """Take these pictures in, after those that were given before."""
        if sources:
            self.take(Batch(ticket_id=ticket_id, role=role, sources=tuple(sources)))

    def take(self, batch: Batch) -> None:
        """Take a batch in, after those that were given before."""
        self._line.append(batch)
        if not self.is_busy:
            self._begin()

    def stop(self) -> None:
        """Finish the picture under way and try no other; what is in stays."""
        self._is_stopped = self.is_busy

    def _begin(self) -> None:
        batch = self.batch = self._line.popleft()
        self._rest = deque(batch.sources)
        self._result = AddedFiles(role=batch.role, others=batch.others)
        for row in batch.rows:
            self._result = self._result.plus(row)
        self.kept = ()
        self._try_next()

    def _try_next(self) -> None:
        if self._is_stopped:
            self._leave_rest(STOPPED)
        batch = self.batch
        if batch is None or not self._rest:
            self._end()
            return
        of = len(batch.sources)
        self.moved.emit(batch.role, of - len(self._rest), of)
        self._office.background.run(
            _read, self._rest[0].content, done=self._keep, failed=self._refuse, is_given=True
        )

    def _keep(self, read: _Read) -> None:
        """Show what was read, and put it into the job."""
        batch = self.batch
        if batch is None:
            return
        self.glimpsed.emit(batch.role, read.glimpse)
        args = (batch.ticket_id, batch.role, read.data)
        self._office.do(photos.attach, *args, then=self._add, failed=self._refuse)

    def _add(self, done: Done) -> None:
        self.kept = (*self.kept, Kept(operation_id=done.operation_id, photo_id=done.photo_id))
        self._note(Fate.ADDED)
        self._try_next()

    def _refuse(self, failure: FieldAppError) -> None:
        """Note down why; go on with the rest unless it would fail as well."""
        if isinstance(failure, PhotoUnreadable):
            self._note(Fate.REFUSED, failure.title)
        elif isinstance(failure, PhotoRepeated):
            self._note(Fate.HERE, failure.title)
        elif isinstance(failure, FileUnreadable):
            self._note(Fate.UNREADABLE, failure.title)
        else:
            self._leave_rest(failure.title)
            self.failed.emit(failure)
        self._try_next()

    def _note(self, fate: Fate, why: str = "") -> None:
        name = self._rest.popleft().name
        self._result = self._result.plus(FileRow(name=name, fate=fate, why=why))

    def _leave_rest(self, why: str) -> None:
        while self._rest:
            self._note(Fate.LEFT, why)

    def _end(self) -> None:
        result, batch = self._result, self.batch
        self.batch = None
        self.ended_for = batch.ticket_id if batch is not None else None
        self.glimpsed.emit(result.role, b"")
        self.moved.emit(result.role, 0, 0)
        if batch is not None:
            self.ended.emit(result, self.kept)
        if self._line:
            self._begin()
        else:
            self._is_stopped = False
            self.idle.emit()


def _read(content: Path | bytes) -> _Read:
    """Read a file, and see what it shows; in the back room."""
    data = read_file(content)
    return _Read(data=data, glimpse=glimpse(data))
