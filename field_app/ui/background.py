"""The back room: threads for questions, slow work, phones and files; answers in the GUI thread."""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal, Slot
from shiboken6 import isValid

from field_app.domain.errors import FieldAppError

CLOSING_MS = 5_000
"""How long closing waits for work that has begun, milliseconds."""
BEHIND: Final = 5
"""So much nicer are threads of slow work than the window's (setpriority(2)): its share of a busy
core is then three times theirs. Much more, and the window would wait for a lock that they hold."""


class Job(QRunnable):
    """One piece of work; kept by the back room until its answer was given."""

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[FieldAppError], object] | None,
        answered: Callable[["Job"], object],
        *,
        is_question: bool,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work = work
        self._is_question = is_question
        self._answered = answered
        self.done = done
        self.failed = failed
        self.is_cancelled = False
        self.result: Any = None
        self.failure: BaseException | None = None

    def cancel(self) -> None:
        """Want no answer any more; work that has not begun is left out."""
        self.is_cancelled = True

    def let_go(self) -> None:
        """Hold nothing any more: Qt keeps the job itself, and a photo would stay with it."""
        self._work = _nothing
        self.done = self.failed = self.result = None

    def run(self) -> None:
        """Do the work in a thread of the pool and report back, whatever happens."""
        try:
            if not self._is_question:
                _step_back()
            if not self.is_cancelled:
                self.result = self._work()
        except BaseException as failure:  # noqa: BLE001 - raised again in the GUI thread
            self.failure = failure
        self._answered(self)


class Background(QObject):
    """Runs work away from the GUI thread and hands its answer to a slot in the GUI thread.

    Made in the GUI thread. Threads live as long as it does, so that each may keep its own
    database connection. All questions go to one of them: what it remembers of the last answer
    is there for the next one, and is in memory once. Phones and cards have a thread of their own,
    and files that a person gave another one: what does not answer keeps nobody waiting. What takes
    minutes, as copying a map, has one as well.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking, self._working = QThreadPool(self), QThreadPool(self)
        self._outside, self._given = QThreadPool(self), QThreadPool(self)
        self._lasting = QThreadPool(self)
        self._pools = (self._asking, self._working, self._outside, self._given, self._lasting)
        for pool in self._pools:
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
            if pool is not self._asking:
                pool.setThreadPriority(QThread.Priority.LowPriority)
        self._jobs: set[Job] = set()
        self._answered.connect(self._hand_over)

    def run(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[FieldAppError], object] | None = None,
        is_question: bool = False,
        is_outside: bool = False,
        is_given: bool = False,
    ) -> Job:
        """Call `work(*args)` in a thread.

        Args:
            work: Anything slow; it must not touch widgets.
            args: Its arguments.
            done: Gets the result in the GUI thread, unless the job was cancelled or the widget
                whose method it is has gone.
            failed: Gets a known failure in the GUI thread. Anything else is a bug and is raised
                there.
            is_question: Whether it reads from the database only, and a screen waits for it.
            is_outside: Whether it reads from a phone or card.
            is_given: Whether it reads files that a person chose, dropped or pasted.
        """
        answer = self._answered.emit
        job = Job(lambda: work(*args), done, failed, answer, is_question=is_question)
        self._jobs.add(job)
        given = self._given if is_given else self._working
        outside = self._outside if is_outside else given
        (self._asking if is_question else outside).start(job)
        return job

    def run_for_minutes(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[FieldAppError], object],
    ) -> Job:
        """Call `work(*args)` in the thread of what takes long; the arguments as in `run`.

        The work must look at the job's `is_cancelled` often: closing waits for its end.
        """
        answer = self._answered.emit
        job = Job(lambda: work(*args), done, failed, answer, is_question=False)
        self._jobs.add(job)
        self._lasting.start(job)
        return job

    @property
    def is_idle(self) -> bool:
        """Whether every job has been answered."""
        return not self._jobs

    def close(self) -> None:
        """Want no more answers and wait for work that has begun."""
        for job in self._jobs:
            job.cancel()
        for pool in self._pools:
            pool.clear()
            pool.waitForDone(CLOSING_MS)

    @Slot(object)
    def _hand_over(self, job: Job) -> None:
        """Give the answer to whoever asked, if they still want it."""
        self._jobs.discard(job)
        done, failed, result = job.done, job.failed, job.result
        job.let_go()
        if job.is_cancelled:
            return
        if job.failure is None:
            if done is not None and _is_there(done):
                done(result)
        elif not isinstance(job.failure, FieldAppError):
            raise job.failure
        elif failed is not None and _is_there(failed):
            failed(job.failure)


def _step_back() -> None:
    """Let the window go first where both want a core; on Linux, where Qt's own way does nothing."""
    if sys.platform == "linux":
        window = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), window + BEHIND)


def _nothing() -> None:
    """Do nothing, as a job that is over."""


def _is_there(slot: Callable[..., object]) -> bool:
    """Return whether the widget behind a slot still exists."""
    owner = getattr(slot, "__self__", None)
    return not isinstance(owner, QObject) or bool(isValid(owner))
