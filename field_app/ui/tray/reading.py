"""Reads what is on phones and cards in small steps: names first, then each new photo's facts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from field_app.actions import shots as actions
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError, FileUnreadable, PhotoUnreadable
from field_app.domain.plugged_errors import PulledOut
from field_app.photos.plugged import PictureFile, Plugged, chosen, is_there, walk
from field_app.photos.shots import Shot, read_shot, sha256_of
from field_app.queries.desk import start_of_day
from field_app.queries.tray import TrayFacts, tray_facts
from field_app.ui.office import Office
from field_app.ui.tray.pile import Pile, in_order

DAYS: Final = 3
"""Photos of today and of so many days less one are shown before somebody asks for older ones."""
STEP: Final = 4
"""Photos that are read in one step."""
CALM_MS: Final = 200
"""News of jobs that come within this time are looked at together."""


class _Step(NamedTuple):
    """One piece of reading: what to do, who takes the answer, and what it is read from."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    owner: Plugged | None
    """None where nothing is read."""


class Reading(QObject):
    """Knows the new photos of everything that is plugged in.

    Signals:
        changed: Photos, jobs or how far the reading is are no longer as they were.
        counted: All names are read, so it is known how many new photos there are.
        pulled_out: Something went while photos of it were shown.
        lost: Something could not be read any more, before anybody saw that it was pulled out.
    """

    changed = Signal()
    counted = Signal()
    pulled_out = Signal()
    lost = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self.plugged: tuple[Plugged, ...] = ()
        self.facts: TrayFacts | None = None
        today = start_of_day(office.clock.now())
        self.pile = Pile(today - timedelta(days=DAYS - 1))
        self._folders: tuple[Plugged, ...] = ()
        self._to_list: list[Plugged] = []
        self._listed: Plugged | None = None
        self._names: Iterator[tuple[PictureFile, ...]] = iter(())
        self._step: _Step | None = None
        self._is_stale = False
        self._is_unordered = False
        self._is_looked_at = False
        self._is_counted = True
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.ask)
        office.bus.changed.connect(self._hear)

    @property
    def sources(self) -> tuple[Plugged, ...]:
        """What is plugged in, and folders that somebody chose."""
        return (*self.plugged, *self._folders)

    @property
    def count(self) -> int:
        """How many new photos there are, as far as they are known."""
        return len(self.pile.wanted) - self.pile.unreadable

    @property
    def is_listing(self) -> bool:
        """Whether names are still being read."""
        return not self._is_counted

    @property
    def is_waiting(self) -> bool:
        """Whether news were heard that are not looked at yet."""
        return self._calm.isActive()

    def take(self, plugged: tuple[Plugged, ...]) -> None:
        """Read what came, and forget what went."""
        before, self.plugged = self.plugged, plugged
        for old in before:
            if old not in plugged:
                self._forget(old)
        self._list([new for new in plugged if new not in before and new.folders])

    def choose(self, folder: Path) -> None:
        """Read a folder that somebody chose, with all photos in it whatever their age."""
        self.pile.show_all_ages()
        known = [inner for source in self.sources for inner in source.folders]
        is_known = any(folder.is_relative_to(inner) for inner in known)
        new = [] if is_known else [chosen(folder)]
        self._folders = (*self._folders, *new)
        self._list(new)

    def show_older(self) -> None:
        """Show photos from before the last days, a page more each time."""
        self.pile.show_older()
        self._choose()
        self._go_on()

    def look_at(self, *, is_on: bool) -> None:
        """Read the photos themselves from now on, or no more than their names."""
        self._is_looked_at = is_on
        if is_on and self.sources:
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for today's jobs and for what is known."""
        self._office.see(tray_facts, then=self._take_facts)

    @Slot(object)
    def _hear(self, _changes: Changes) -> None:
        if self._is_looked_at and self.sources:
            self._calm.start()

    def _list(self, new: list[Plugged]) -> None:
        self._to_list += new
        self._is_counted = False
        self.changed.emit()
        self.ask()

    def _take_facts(self, facts: TrayFacts) -> None:
        self.facts, self._is_stale = facts, False
        self._choose()
        self._go_on()

    def _choose(self) -> None:
        if self.facts is not None:
            self.pile.choose(self.facts.known)
        self.changed.emit()

    def _go_on(self) -> None:
        """Take the next step, unless one is under way or what is known is asked for."""
        if self._step is not None or self.facts is None or self._is_stale:
            return
        self._step = self._next_step()
        if self._step is not None:
            self._office.background.run(
                self._step.work, done=self._step_done, failed=self._step_failed, is_outside=True
            )
        elif not self._is_counted:
            self._is_counted = True
            self.counted.emit()
            self.changed.emit()
            self._go_on()

    def _next_step(self) -> _Step | None:
        """Return what to do next; None when all is done."""
        if self._listed is None and self._to_list:
            self._listed = self._to_list.pop(0)
            self._names = walk(self._listed)
            self.pile.begin(self._listed.path)
        if self._listed is not None:
            return _Step(partial(next, self._names, None), self._take_names, self._listed)
        if self._is_unordered:
            self._is_unordered = False
            return _Step(partial(in_order, self.pile.all()), self._take_order, None)
        if self.pile.unsure:
            file = self.pile.unsure[0]
            return _Step(partial(_hashed, file), self._take_hash, self._owner(file))
        unread = self.pile.unread
        if unread and self._is_looked_at and self._is_counted:
            owner = self._owner(unread[0])
            mine = [file for file in unread[:STEP] if self._owner(file) == owner]
            return _Step(partial(_read, mine, owner), self._take_shots, owner)
        return None

    def _owner(self, file: PictureFile) -> Plugged:
        return next(p for p in self.sources if file.path.is_relative_to(p.path))

    def _step_done(self, answer: Any) -> None:
        step, self._step = self._step, None
        if step is not None and (step.owner is None or step.owner in self.sources):
            step.then(answer)
        self._go_on()

    def _step_failed(self, failure: FieldAppError) -> None:
        """Go on without what was pulled out; anything else is told."""
        step, self._step = self._step, None
        if not isinstance(failure, PulledOut):
            self._office.bus.complain(failure)
        if step is not None and step.owner is not None and step.owner in self.sources:
            self.plugged = tuple(other for other in self.plugged if other != step.owner)
            self._forget(step.owner)
            self.lost.emit()
        self._go_on()

    def _take_names(self, files: tuple[PictureFile, ...] | None) -> None:
        if self._listed is None:
            return
        if files is not None:
            self.pile.add(self._listed.path, files)
            return
        self._listed = None
        self._is_unordered = True

    def _take_order(self, files: list[PictureFile]) -> None:
        self.pile.order(files)
        self._choose()

    def _take_hash(self, hashes: dict[str, str]) -> None:
        """Remember what was read and ask anew what is known, before anything else is read."""
        self._is_stale = True
        self.pile.leave_out(key for key, sha256 in hashes.items() if not sha256)
        sound = {key: sha256 for key, sha256 in hashes.items() if sha256}
        if sound:
            self._office.do(actions.remember, sound, then=self._remembered)
        else:
            self.ask()

    def _remembered(self, _changes: Changes) -> None:
        self.ask()

    def _take_shots(self, found: tuple[tuple[Shot, ...], tuple[str, ...]]) -> None:
        shots, unreadable = found
        self.pile.keep(shots)
        self.pile.leave_out(unreadable)
        self.changed.emit()

    def _forget(self, gone: Plugged) -> None:
        """Forget what is not there any more."""
        self._to_list = [other for other in self._to_list if other != gone]
        if self._listed == gone:
            self._listed = None
        was_shown = self.pile.remove(gone.path)
        self._folders = tuple(folder for folder in self._folders if folder != gone)
        self._choose()
        if was_shown:
            self.pulled_out.emit()


def _hashed(file: PictureFile) -> dict[str, str]:
    """Return the sha256 of a file by its key; an empty one when it cannot be read."""
    try:
        return {file.key: sha256_of(file.path)}
    except FileUnreadable:
        return {file.key: ""}


def _read(files: list[PictureFile], owner: Plugged) -> tuple[tuple[Shot, ...], tuple[str, ...]]:
    """Return photos that were read, and the keys of files that are none.

    Raises:
        PulledOut: The phone or card is gone.
    """
    shots, unreadable = [], []
    for file in files:
        try:
            shots.append(read_shot(file))
        except PhotoUnreadable as failure:
            if not is_there(owner):
                raise PulledOut("a new photo was being read") from failure
            unreadable.append(file.key)
    return tuple(shots), tuple(unreadable)
