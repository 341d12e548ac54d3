"""The sync thread: it runs rounds by itself, wakes when asked, and stops at once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from field_app.actions import tickets
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.errors import DiskFull
from field_app.domain.ticket import TicketState
from field_app.queries.desk import Desk
from field_app.sync.engine import Interrupted, Site
from field_app.sync.loop import Loop
from field_app.sync.status import Reach, SyncStatus
from tests.helpers.town import PASSWORD, Laptop, Town, a_town

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


def test_it_goes_on_with_another_sign_in_while_everything_stays_open(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    town.hub_forgets_tokens()
    ears = Ears()
    app = _listening(town, ana, ears)
    app.do(tickets.note, job, "Written before the new sign-in.")
    app.start_sync()
    assert ears.wait_until(Reach.SIGNED_OUT).must_sign_in

    app.sign_in_again(PASSWORD)

    assert not ears.wait_until(Reach.ONLINE).must_sign_in
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


def test_the_hub_is_said_to_be_there_as_soon_as_it_answers_and_the_pill_does_not_flicker(
    town: Town,
) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.goes_online()
    ears = Ears()
    app = _listening(town, ana, ears)

    app.start_sync()
    ears.wait_until(Reach.ONLINE)

    reaches = [status.reach for status in ears.heard]
    first = reaches.index(Reach.ONLINE)
    assert ears.heard[first].is_running
    assert set(reaches[first:]) == {Reach.ONLINE}
    assert ears.heard[0].waiting_count == 1


@pytest.mark.logs_warnings
def test_a_cache_that_it_finds_damaged_is_rebuilt_and_it_goes_on(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.notes(job, "Behind the market")
    ana.goes_online()
    ears = Ears()
    app = _listening(town, ana, ears)
    app.see(lambda desk: desk.db.run("UPDATE outbox SET body = '{' WHERE type = 'note'"))

    app.start_sync()

    ears.wait_until(Reach.ONLINE)
    assert app.pop_rescue() is not None
    assert ana.sees(job).state is TicketState.IN_PROGRESS


@pytest.mark.logs_warnings
def test_it_goes_on_after_somebody_else_found_the_damage(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ears = Ears()
    app = _listening(town, ana, ears)
    app.start_sync()
    ears.wait_until(Reach.ONLINE)
    app.see(lambda desk: desk.db.run("UPDATE tickets SET state = 'x', doc = '{', change = 999"))

    ana.rows()
    ears.heard.clear()
    app.sync_now()

    ears.wait_until(Reach.ONLINE)
    assert app.pop_rescue() == 0
    assert ana.sees(job).id == job


def test_work_goes_as_soon_as_it_cannot_be_undone_by_a_clock_that_never_stands_still(
    town: Town,
) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    loop = Loop(ana.app, town.clock, lambda _changes: None, lambda _status: None)
    loop._set(SyncStatus(reach=Reach.ONLINE))
    due_at = town.clock.now() + timedelta(seconds=30)
    ana.app.see(lambda desk: _is_not_due(loop, desk, due_at))

    town.clock.passes(9)
    town.clock.step = timedelta(microseconds=1)

    assert ana.app.see(lambda desk: loop._is_due(desk, due_at))


@pytest.mark.parametrize("hours", [2, 24, 9_000])
def test_a_clock_that_is_set_back_lets_no_round_wait_for_it(town: Town, hours: int) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    loop = Loop(ana.app, town.clock, lambda _changes: None, lambda _status: None)
    loop._set(SyncStatus(reach=Reach.ONLINE))
    loop._is_asked.clear()
    due_at = town.clock.now() + timedelta(seconds=30)
    loop._rests_until = due_at
    ana.app.see(lambda desk: _is_not_due(loop, desk, due_at))

    town.clock.passes(-3600 * hours)

    assert ana.app.see(lambda desk: loop._is_due(desk, due_at))
    assert ana.app.see(loop._earliest) <= town.clock.now()


def test_a_round_that_outlives_its_sign_in_speaks_over_nobody_elses_line(town: Town) -> None:
    ana = town.person("ana")
    ana.syncs()
    asked: list[str] = []

    class Line:
        """The line of whoever is here now."""

        open_desk = ana.app.open_desk
        mend = ana.app.mend

        def site(self, desk: Desk, news: Loop, *, is_probe: bool) -> Site:
            asked.append("site")
            raise AssertionError

        def listen(self, *_args: object) -> None:
            asked.append("listen")

    loop = Loop(Line(), town.clock, lambda _changes: None, lambda _status: None)
    loop.stop()

    with closing(ana.app.open_desk().db) as db:
        loop._desk = ana.app.see(lambda desk: replace(desk, db=db))
        loop.note_answer()
        with pytest.raises(Interrupted):
            loop._one_round(loop._desk)

    assert asked == []


def _is_not_due(loop: Loop, desk: Desk, due_at: datetime) -> None:
    assert not loop._is_due(desk, due_at)


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


def test_it_shows_how_far_a_photo_is(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    ears = Ears()
    app = _listening(town, ana, ears)

    app.start_sync()
    ears.wait_until(Reach.ONLINE)

    shown = [sent for status in ears.heard for sent in status.uploads.values()]
    assert shown
    assert app.status().waiting_count == 0
    assert app.status().uploads == {}


@pytest.mark.logs_warnings
def test_a_failure_of_this_laptop_is_shown_and_tried_again(town: Town) -> None:
    ana = town.person("ana")
    ears = Ears()
    app = _listening(town, ana, ears)
    usual = app.open_desk
    calls = iter([True])

    def without_room() -> Desk:
        if next(calls, False):
            raise DiskFull("no room")
        return usual()

    app.open_desk = without_room  # type: ignore[method-assign]
    app.start_sync()
    assert isinstance(ears.wait_until(Reach.OFFLINE).last_error, DiskFull)

    app.sync_now()

    assert ears.wait_until(Reach.ONLINE).last_error is None
