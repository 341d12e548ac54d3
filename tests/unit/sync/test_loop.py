"""The sync thread: it runs rounds by itself, wakes when asked, and stops at once."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from field_app.actions import tickets
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.ticket import TicketState
from field_app.sync.status import Reach, SyncStatus
from tests.helpers.town import Laptop, Town, a_town

PATIENCE_S = 15.0


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


class Ears:
    """Hears how sync stands and waits until it is as wished."""

    def __init__(self) -> None:
        self.heard: list[SyncStatus] = []
        self._bell = Event()

    def hear(self, status: SyncStatus) -> None:
        self.heard.append(status)
        self._bell.set()

    def wait_until(self, reach: Reach) -> SyncStatus:
        for _news in range(200):
            found = [s for s in self.heard if s.reach is reach and not s.is_running]
            if found:
                return found[-1]
            self._bell.wait(PATIENCE_S / 200)
            self._bell.clear()
        raise AssertionError(self.heard)


def _listening(town: Town, laptop: Laptop, ears: Ears) -> App:
    laptop.closes()
    app = App.open(
        laptop.folder, lambda _changes: None, ears.hear, SystemClock(), town.network_of(laptop)
    )
    laptop.app = app
    return app


def test_it_fetches_jobs_by_itself(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ears = Ears()
    app = _listening(town, ana, ears)

    app.start_sync()

    assert ears.wait_until(Reach.ONLINE).last_error is None
    assert app.see(lambda _desk: ana.has_copy(job)) is not None


def test_it_counts_work_at_once_and_finds_the_network_again_when_asked(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ears = Ears()
    app = _listening(town, ana, ears)
    app.start_sync()
    assert ears.wait_until(Reach.OFFLINE).last_error is not None

    app.do(tickets.start, job)
    ana.goes_online()
    app.sync_now()

    ears.wait_until(Reach.ONLINE)
    assert ana.sees(job).state is TicketState.IN_PROGRESS


@pytest.mark.logs_warnings
def test_a_bug_does_not_end_it(town: Town) -> None:
    ana = town.person("ana")
    ears = Ears()
    app = _listening(town, ana, ears)
    calls = iter([True])
    usual = app.site

    def sometimes_broken(*args: object, **options: bool) -> object:
        if next(calls, False):
            raise ZeroDivisionError
        return usual(*args, **options)  # type: ignore[arg-type]

    app.site = sometimes_broken  # type: ignore[method-assign, assignment]
    app.start_sync()
    app.sync_now()
    for _news in range(100):
        if any(s.last_error and "bug" in s.last_error.detail for s in ears.heard):
            break
        Event().wait(0.05)
    app.sync_now()

    ears.wait_until(Reach.ONLINE)


def test_closing_does_not_wait(town: Town) -> None:
    ana = town.person("ana")
    ears = Ears()
    app = _listening(town, ana, ears)
    app.start_sync()
    ears.wait_until(Reach.ONLINE)
    app.close()
    ana.app = town.open_app(ana)
    assert ana.app.person is not None
