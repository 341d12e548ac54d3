"""One preparation in the window: fetching, then opening everything offline, away from the window.

While it fetches, the sync thread does the work and this only listens; a round that brought nothing
ends it. What is opened is opened in the back room.
"""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from field_app.actions.prepare import forget_damaged_copies, want_maps
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.readiness import DaySheet
from field_app.preparing import Fetching, check_day
from field_app.queries.readiness import Stopped, ToFetch, to_fetch
from field_app.sync.status import SyncStatus
from field_app.ui.background import Job
from field_app.ui.office import Office


class Stage(StrEnum):
    """What goes on."""

    RESTING = "resting"
    FETCHING = "fetching"
    OPENING = "opening"


class DayRun(QObject):
    """Prepares a day.

    Signals:
        told: Stage, plan, progress or sheet are no longer as they were.
        finished: DaySheet. Everything was opened.
    """

    told = Signal()
    finished = Signal(object)
    _opened = Signal(int, int)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._fetching: Fetching | None = None
        self._is_stopped = False
        self._is_running = office.app.status().is_running
        self._asking: Job | None = None
        self._job: Job | None = None
        self.stage = Stage.RESTING
        self.plan: ToFetch | None = None
        """What is still to come, while it fetches."""
        self.most_pictures = 0
        self.most_map_bytes = 0
        """The most that was to come since the start."""
        self.opened = (0, 0)
        """How many things of how many were opened."""
        self._opened.connect(self._show_opened)
        office.bus.status_changed.connect(self._follow_status)
        office.bus.changed.connect(self._follow)

    @property
    def share(self) -> float:
        """How much is done of the stage, 0 to 1."""
        if self.stage is Stage.OPENING:
            done, total = self.opened
            return done / total if total else 0.0
        if self.plan is None:
            return 0.0
        most, left = self.most_map_bytes, self.plan.map_bytes
        pictures = _share(self.plan.pictures, self.most_pictures)
        return pictures if not most else (pictures + _share(left, most)) / 2

    @Slot()
    def begin(self) -> None:
        """Begin, unless it is under way."""
        if self.stage is Stage.RESTING:
            self._is_stopped = False
            self._fetching, self.plan = None, None
            self.most_pictures = self.most_map_bytes = 0
            self._set(Stage.FETCHING)
            self._wish()

    def begin_without_damaged(self) -> None:
        """Begin after pictures that do not open were thrown away."""
        if self.stage is Stage.RESTING:
            self._office.do(forget_damaged_copies, then=lambda _changes: self.begin())

    @Slot()
    def stop(self) -> None:
        """Stop; what came stays."""
        self._is_stopped = True
        if self.stage is Stage.FETCHING:
            self._set(Stage.RESTING)

    def _set(self, stage: Stage) -> None:
        self.stage = stage
        self.told.emit()

    def _wish(self) -> None:
        """Want the maps that the day needs, then look at what is to come."""
        self._office.do(want_maps, self._office.tiles, then=self._look, failed=self._fail)

    def _look(self, _changes: Changes) -> None:
        self._office.see(to_fetch, self._office.tiles, then=self._judge, failed=self._fail)

    def _judge(self, plan: ToFetch) -> None:
        """Fetch on, or open what is here: at the start, and after each round."""
        if self.stage is not Stage.FETCHING:
            return
        self._show_plan(plan)
        if self._fetching is None:
            self._fetching = Fetching(plan.asked_at)
        elif self._fetching.is_over(plan):
            self._open()
            return
        self._office.app.sync_now()

    def _show_plan(self, plan: ToFetch) -> None:
        self._asking = None
        if self.stage is Stage.FETCHING:
            self.plan = plan
            self.most_pictures = max(self.most_pictures, plan.pictures)
            self.most_map_bytes = max(self.most_map_bytes, plan.map_bytes)
            self.told.emit()

    def _open(self) -> None:
        """Open everything, offline."""
        self.opened = (0, 0)
        self._set(Stage.OPENING)
        office = self._office
        self._job = office.background.run_for_minutes(
            check_day, office.app, office.tiles, self._pulse, done=self._take, failed=self._fail
        )

    def _pulse(self, done: int, total: int) -> bool:
        """Say how far it is, and whether to go on; in the back room."""
        is_closing = self._job is not None and self._job.is_cancelled
        if self._is_stopped or is_closing:
            return False  # and nothing is told: the screen may have gone, with its signals
        self._opened.emit(done, total)
        return True

    @Slot(int, int)
    def _show_opened(self, done: int, total: int) -> None:
        self.opened = (done, total)
        self.told.emit()

    def _take(self, sheet: DaySheet) -> None:
        self.stage = Stage.RESTING
        self.finished.emit(sheet)
        self.told.emit()

    def _fail(self, failure: FieldAppError) -> None:
        self._set(Stage.RESTING)
        if not isinstance(failure, Stopped):
            self._office.bus.complain(failure)

    @Slot(object)
    def _follow_status(self, status: SyncStatus) -> None:
        """Look again when a round is over."""
        was_running, self._is_running = self._is_running, status.is_running
        if self.stage is not Stage.FETCHING or self._fetching is None:
            return
        if was_running and not status.is_running:
            self._wish()
        elif status.maps:
            self._ask()

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.stage is Stage.FETCHING and self._fetching is not None:
            self._ask()

    def _ask(self) -> None:
        """Show how far it is, one question at a time."""
        if self._asking is None:
            self._asking = self._office.see(to_fetch, self._office.tiles, then=self._show_plan)


def _share(left: int, most: int) -> float:
    """Return how much is done."""
    return 1.0 - left / most if most else 1.0
