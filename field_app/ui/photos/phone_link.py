"""The line to a phone: what comes through the hatch goes into a slot like any other file."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from field_app.domain.errors import DiskFull, FieldAppError
from field_app.handoff.addresses import Address
from field_app.handoff.hatch import Hatch, Opening, open_hatch
from field_app.handoff.news import Answer, BrokeOff, Came, Coming, Ended, News, PhoneCame
from field_app.handoff.page import Errand
from field_app.queries.handoff import landing, thumb_of
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.photos.intake import Kept, PhotoIntake
from field_app.ui.photos.phone_words import Step
from field_app.ui.photos.sources import PhotoSource
from field_app.ui.photos.words import AddedFiles

_keys = count(1)
STEP_BY_ANSWER: Final = {
    Answer.SAVED: Step.SAVED,
    Answer.HERE: Step.HERE,
    Answer.NOT_A_PICTURE: Step.NOT_A_PICTURE,
    Answer.NO_ROOM: Step.NO_ROOM,
    Answer.FAILED: Step.FAILED,
}
STEP_BY_WHY: Final = {
    "not_a_picture": Step.NOT_A_PICTURE,
    "no_room": Step.NO_ROOM,
    "failed": Step.FAILED,
}
"""Others mean that the line broke: the phone sends again by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One photo of the phone, as a person sees it come."""

    key: tuple[int, int]
    """Opening and number in it."""
    name: str
    size_bytes: int
    step: Step
    sha256: str = ""
    """Empty until it is here whole."""
    thumb: Path | None = None


class _Door:
    """One opening; closed at once, or as soon as it is open."""

    def __init__(self) -> None:
        self.key = next(_keys)
        self.hatch: Hatch | None = None
        self.is_over = False

    def open(self, make: Callable[[], Hatch]) -> Hatch:
        """Open it, in the back room; nobody may want it any more when it is open."""
        self.hatch = make()
        if self.is_over:
            self.hatch.close()
        return self.hatch

    def close(self) -> None:
        """Close it, in the GUI thread."""
        self.is_over = True
        if self.hatch is not None:
            self.hatch.close()


class PhoneLink(QObject):
    """Opens the page for one job and role, and takes in what comes; lives until `over`.

    Signals:
        opened: Hatch. The page is open.
        refused: FieldAppError. The page cannot be opened.
        phone_came: A phone opened the page.
        changed: Something came, or went on.
        saved: A photo is in the job.
        failed: FieldAppError. A photo could not be saved.
        closed: Ending. The page closed by itself, or the phone is done.
        over: (AddedFiles, tuple of Kept). Closed, and all that came is taken in.
    """

    opened = Signal(object)
    refused = Signal(object)
    phone_came = Signal()
    changed = Signal()
    saved = Signal()
    failed = Signal(object)
    closed = Signal(object)
    over = Signal(object, object)

    def __init__(self, office: Office, errand: Errand, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self.errand = errand
        self.arrivals: dict[tuple[int, int], Arrival] = {}
        """In the order of their coming."""
        self._door: _Door | None = None
        self._keys: set[int] = set()
        self._is_leaving = False
        self._waiting: deque[tuple[_Door, Came]] = deque()
        self._failure: FieldAppError | None = None
        self._result = AddedFiles(role=errand.role)
        self._kept: tuple[Kept, ...] = ()
        self.intake = PhotoIntake(office, self)
        self.intake.ended.connect(self._settle)
        self.intake.failed.connect(self._note_failure)
        office.bus.phone_told.connect(self._hear)

    def open(self, address: Address, *, has_tls: bool = True) -> None:
        """Open the page, instead of one that is open."""
        self.shut()
        door = self._door = _Door()
        self._keys.add(door.key)
        work = partial(self._opened_hatch, door, address, has_tls=has_tls)
        done, failed = partial(self._tell_opened, door), partial(self._tell_refused, door)
        self._office.background.run(door.open, work, done=done, failed=failed)

    def shut(self) -> None:
        """Let no phone in any more; what came is still taken in."""
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def leave(self) -> None:
        """Shut, and be over as soon as nothing is being taken in."""
        self.shut()
        self._is_leaving = True
        self._look_whether_over()

    def _opened_hatch(self, door: _Door, address: Address, *, has_tls: bool) -> Hatch:
        """Open the hatch, in the back room."""
        office = self._office
        where = office.app.see(landing)
        opening = Opening(address=address, errand=self.errand, landing=where, has_tls=has_tls)
        return open_hatch(opening, partial(office.bus.tell_phone, door.key), office.clock)

    def _tell_opened(self, door: _Door, hatch: Hatch) -> None:
        if door is self._door:
            self.opened.emit(hatch)

    def _tell_refused(self, door: _Door, failure: FieldAppError) -> None:
        if door is self._door:
            self._door = None
            self.refused.emit(failure)

    @Slot(int, object)
    def _hear(self, key: int, news: News) -> None:
        door = self._door
        if door is None or door.key != key:
            if isinstance(news, Came) and key in self._keys:
                news.path.unlink(missing_ok=True)  # the phone was told that the page is closed
            return
        match news:
            case PhoneCame():
                self.phone_came.emit()
            case Coming():
                self._show(
                    Arrival(
                        key=(key, news.number),
                        name=news.name,
                        size_bytes=news.size_bytes,
                        step=Step.COMING,
                    )
                )
            case Came():
                self._take_in(door, news)
            case BrokeOff():
                self._move(key, news.number, STEP_BY_WHY.get(news.why, Step.BROKE))
            case Ended():
                self._door = None
                self.closed.emit(news.ending)

    def _take_in(self, door: _Door, came: Came) -> None:
        """Give a photo to the slot, after those that came before."""
        self._waiting.append((door, came))
        arrival = self.arrivals[door.key, came.number]
        self._show(replace(arrival, step=Step.KEEPING, sha256=came.sha256))
        name = came.name or _("photo of the phone")
        source = PhotoSource(content=came.path, name=name)
        self.intake.add(self.errand.ticket_id, self.errand.role, (source,))

    @Slot(object)
    def _note_failure(self, failure: FieldAppError) -> None:
        self._failure = failure

    @Slot(object, object)
    def _settle(self, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        """Tell the phone what became of its photo."""
        door, came = self._waiting.popleft()
        answer, failure = _answer(result, self._failure), self._failure
        self._failure = None
        whole = self._result
        self._result = replace(
            whole,
            added=whole.added + result.added,
            refused=whole.refused + result.refused,
            repeated=whole.repeated + result.repeated,
            unreadable=whole.unreadable + result.unreadable,
        )
        self._kept += kept
        if door.hatch is not None:
            door.hatch.answer(came.number, answer)
        self._move(door.key, came.number, STEP_BY_ANSWER[answer])
        if answer is Answer.SAVED:
            then = partial(self._show_thumb, (door.key, came.number))
            self._office.see(thumb_of, came.sha256, then=then)
            self.saved.emit()
        if failure is not None:
            self.failed.emit(failure)
        self._look_whether_over()

    def _show_thumb(self, key: tuple[int, int], thumb: Path | None) -> None:
        self._show(replace(self.arrivals[key], thumb=thumb))

    def _move(self, key: int, number: int, step: Step) -> None:
        arrival = self.arrivals.get((key, number))
        if arrival is not None:
            self._show(replace(arrival, step=step))

    def _show(self, arrival: Arrival) -> None:
        self.arrivals[arrival.key] = arrival
        self.changed.emit()

    def _look_whether_over(self) -> None:
        if self._is_leaving and not self._waiting:
            self._is_leaving = False
            self.over.emit(self._result, self._kept)


def _answer(result: AddedFiles, failure: FieldAppError | None) -> Answer:
    """Return what the phone is told about one photo."""
    if result.added:
        return Answer.SAVED
    if result.repeated:
        return Answer.HERE
    if result.refused:
        return Answer.NOT_A_PICTURE
    return Answer.NO_ROOM if isinstance(failure, DiskFull) else Answer.FAILED
