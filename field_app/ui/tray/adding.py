"""Adds new photos to jobs, one after the other, and takes an act back whole.

Each is read by the thread of phones and cards, and handed to the photo work as bytes: a phone that
does not answer holds up nothing else.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from field_app.actions import photos, tickets
from field_app.actions.recording import Done
from field_app.domain.errors import (
    FieldAppError,
    FileUnreadable,
    NotAllowed,
    PhotoRepeated,
    PhotoUnreadable,
)
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.photos.intake import read_file
from field_app.photos.shots import Shot
from field_app.ui.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A new photo and where a person wants it."""

    shot: Shot
    ticket_id: TicketId
    role: PhotoRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of new photos that a person added."""

    wanted: tuple[Assignment, ...]
    done: tuple[tuple[Assignment, Done], ...] = ()
    refused: tuple[str, ...] = ()
    """Names of files that are no complete picture."""
    repeated: tuple[str, ...] = ()
    """Names of photos that the job had already."""
    failure: FieldAppError | None = None
    """Why the rest was not tried; None when it was, or a person stopped it."""

    @property
    def left(self) -> int:
        """How many were not tried."""
        return len(self.wanted) - len(self.done) - len(self.refused) - len(self.repeated)


class Adding(QObject):
    """Does one act after the other.

    Signals:
        moved: (int, int). So many of so many photos of this act are done; (0, 0) when it is over.
        ended: Added. An act is over.
        taken_back: An act was taken back.
    """

    moved = Signal(int, int)
    ended = Signal(object)
    taken_back = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._line: deque[tuple[Assignment, ...]] = deque()
        self._rest: deque[Assignment] = deque()
        self._under_way: Assignment | None = None
        self._result: Added | None = None

    @property
    def is_busy(self) -> bool:
        """Whether photos are being added."""
        return self._result is not None

    @property
    def keys(self) -> frozenset[str]:
        """Which photos are being added or wait for it."""
        waiting = [*self._rest, *(one for act in self._line for one in act)]
        waiting += [self._under_way] if self._under_way is not None else []
        return frozenset(one.shot.file.key for one in waiting)

    def add(self, wanted: Sequence[Assignment]) -> None:
        """Add these as one act, after those that were given before."""
        held = self.keys
        fresh = tuple(one for one in wanted if one.shot.file.key not in held)
        if fresh:
            self._line.append(fresh)
        if self._line and not self.is_busy:
            self._begin()

    def stop(self) -> None:
        """Add no more; what was added stays, and can be taken back."""
        self._line.clear()
        self._rest.clear()

    def take_back(self, added: Added) -> None:
        """Take an act back whole, the last photo first.

        A long act may have begun to leave by then: what was sent is removed from its job instead.
        """
        if not added.done:
            self.taken_back.emit()
            return
        _assignment, done = added.done[-1]
        rest = partial(self._take_back_rest, replace(added, done=added.done[:-1]))
        withdraw = partial(self._withdraw, done, rest)
        self._office.do(tickets.undo, done.operation_id, then=rest, failed=withdraw)

    def _take_back_rest(self, added: Added, _done: Done) -> None:
        self.take_back(added)

    def _withdraw(self, done: Done, rest: Callable[[Done], object], failure: FieldAppError) -> None:
        """Remove a photo that was sent already; what cannot be removed either is told."""
        if isinstance(failure, NotAllowed) and done.photo_id is not None:
            args = (done.ticket_id, done.photo_id)
            self._office.do(photos.remove, *args, then=rest, failed=self._keep_rest)
        else:
            self._keep_rest(failure)

    def _keep_rest(self, failure: FieldAppError) -> None:
        self._office.bus.complain(failure)
        self.taken_back.emit()

    def _begin(self) -> None:
        act = self._line.popleft()
        self._rest = deque(act)
        self._result = Added(wanted=act)
        self._try_next()

    def _try_next(self) -> None:
        if self._result is None:
            return
        if not self._rest:
            self._end(self._result)
            return
        of = len(self._result.wanted)
        one = self._under_way = self._rest.popleft()
        self.moved.emit(of - len(self._rest) - 1, of)
        self._office.background.run(
            read_file, one.shot.file.path, done=self._keep, failed=self._refuse, is_outside=True
        )

    def _keep(self, data: bytes) -> None:
        one = self._under_way
        if one is not None:
            self._office.do(
                photos.attach,
                one.ticket_id,
                one.role,
                data,
                then=self._take,
                failed=self._refuse,
            )

    def _take(self, done: Done) -> None:
        tried, result = self._under_way, self._result
        self._under_way = None
        if tried is not None and result is not None:
            self._result = replace(result, done=(*result.done, (tried, done)))
        self._try_next()

    def _refuse(self, failure: FieldAppError) -> None:
        tried, result = self._under_way, self._result
        self._under_way = None
        if tried is None or result is None:
            return
        name = tried.shot.file.path.name
        if isinstance(failure, PhotoUnreadable):
            self._result = replace(result, refused=(*result.refused, name))
        elif isinstance(failure, PhotoRepeated):
            self._result = replace(result, repeated=(*result.repeated, name))
        else:
            self._rest.clear()
            self._result = replace(result, failure=failure)
            if not isinstance(failure, FileUnreadable):
                self._office.bus.complain(failure)
        self._try_next()

    def _end(self, result: Added) -> None:
        self._result = None
        self.moved.emit(0, 0)
        self.ended.emit(result)
        if self._line:
            self._begin()
