"""Photos go up side by side in the background, and keep neither work nor people waiting."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from field_app.actions import outbox, tickets
from field_app.app import App
from field_app.domain.ids import TicketId
from field_app.domain.people import Role
from tests.helpers.fakes import InProcess
from tests.helpers.town import Laptop, Town

PATIENCE_S = 15.0


class Crowd:
    """A network in which photos stand still until they are let go; all else passes."""

    def __init__(self, town: Town, laptop: Laptop) -> None:
        self._make = town.network_of(laptop)
        self._met = threading.Condition()
        self.standing: set[str] = set()
        self.is_open = threading.Event()
        self.silent_once: set[str] = set()

    def __call__(self) -> InProcess:
        usual = self._make()
        carry = usual.send

        def send(request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
            if request.method == "PATCH":
                self._stand(str(request.url))
            return carry(request, *args, **options)

        usual.send = send  # type: ignore[method-assign]
        return usual

    def wait_for(self, photos: int) -> None:
        """Wait until so many photos stand still together."""
        with self._met:
            assert self._met.wait_for(lambda: len(self.standing) == photos, PATIENCE_S)

    def _stand(self, url: str) -> None:
        with self._met:
            self.standing.add(url)
            self._met.notify_all()
        self.is_open.wait(PATIENCE_S)
        with self._met:
            self.standing.discard(url)
        if url in self.silent_once:
            self.silent_once.discard(url)
            raise requests.exceptions.ReadTimeout("nothing was heard for 15 s")


class News:
    """Waits until something is true, looking whenever the program says that something changed."""

    def __init__(self) -> None:
        self._bell = threading.Event()

    def tell(self, _what: object) -> None:
        self._bell.set()

    def wait_until(self, is_true: Callable[[], bool]) -> None:
        for _look in range(1_000):
            if is_true():
                return
            self._bell.wait(PATIENCE_S / 1_000)
            self._bell.clear()
        raise AssertionError("it did not come true")


def _agrees(town: Town, ana: Laptop) -> None:
    """Stop sync, and let everybody agree round by round."""
    ana.closes()
    ana.app = town.open_app(ana)
    town.everyone_agrees()


@pytest.fixture
def crowd(town: Town, ana: Laptop) -> Iterator[Crowd]:
    made = Crowd(town, ana)
    yield made
    made.is_open.set()


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def job(town: Town, ana: Laptop, crowd: Crowd, news: News) -> TicketId:
    """Return a job with four photos, whose operations are at the hub; sync runs."""
    job = town.citizen_reports()
    ana.syncs()
    for _number in range(4):
        ana.adds_photo(job, size=450)
    town.clock.passes(60)
    ana.closes()
    ana.app = App.open(ana.folder, news.tell, news.tell, town.clock, crowd)
    ana.app.start_sync()
    return job


def test_three_photos_go_side_by_side_and_the_next_one_when_there_is_room(
    town: Town, ana: Laptop, crowd: Crowd, news: News, job: TicketId
) -> None:
    crowd.wait_for(photos=3)
    assert len(town.hub_ticket(job).photos) == 4
    crowd.is_open.set()

    news.wait_until(lambda: ana.waiting() == 0)

    assert ana.open_uploads() == ()
    _agrees(town, ana)


def test_a_photo_queue_does_not_hold_up_an_operation(
    town: Town, ana: Laptop, crowd: Crowd, news: News, job: TicketId
) -> None:
    crowd.wait_for(photos=3)
    done = ana.does(tickets.note, job, "The road is closed")
    town.clock.passes(9)
    ana.app.sync_now()

    news.wait_until(lambda: done.operation_id in town.hub_operations())

    assert len(ana.open_uploads()) == 4
    crowd.is_open.set()
    news.wait_until(lambda: not ana.open_uploads())
    _agrees(town, ana)


def test_a_line_that_goes_silent_keeps_no_photo_for_long(
    town: Town, ana: Laptop, crowd: Crowd, news: News, job: TicketId
) -> None:
    crowd.wait_for(photos=3)
    crowd.silent_once |= crowd.standing
    crowd.is_open.set()

    news.wait_until(lambda: not ana.open_uploads())

    assert crowd.silent_once == set()
    assert [upload.attempts for upload in ana.open_uploads()] == []
    _agrees(town, ana)


def test_a_program_that_closes_in_the_middle_closes_at_once_and_goes_on_later(
    town: Town, ana: Laptop, crowd: Crowd, job: TicketId
) -> None:
    crowd.wait_for(photos=3)

    ana.closes()

    assert len(crowd.standing) == 3, "it did not wait for the network"
    ana.app = town.open_app(ana)
    assert len(ana.open_uploads()) == 4
    town.everyone_agrees()


def test_photos_that_a_person_lets_rest_stop_in_the_middle(
    town: Town, ana: Laptop, crowd: Crowd, news: News, job: TicketId
) -> None:
    crowd.wait_for(photos=3)
    ana.app.do(outbox.pause_photos)
    news.wait_until(lambda: not ana.app.status().is_running)
    crowd.is_open.set()

    assert len(ana.open_uploads()) == 4
    ana.app.do(outbox.resume_photos)
    news.wait_until(lambda: not ana.open_uploads())
    _agrees(town, ana)


def test_a_supervisor_sees_work_as_soon_as_it_is_at_the_hub(town: Town, ana: Laptop) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    boss.syncs()
    news = News()
    boss.closes()
    boss.app = App.open(boss.folder, news.tell, news.tell, town.clock, town.network_of(boss))
    boss.app.start_sync()
    news.wait_until(lambda: boss.app.status().last_success_at is not None)

    ana.notes(job, "Behind the market")
    ana.syncs()

    news.wait_until(lambda: bool(boss.sees(job).timeline))


def test_screen_copies_go_side_by_side_and_at_the_depot_their_originals(
    town: Town, ana: Laptop, crowd: Crowd, news: News
) -> None:
    town.wants_screen_copies_first()
    job = town.citizen_reports()
    ana.syncs()
    for _number in range(4):
        ana.adds_photo(job, size=450)
    town.clock.passes(60)
    ana.closes()
    ana.app = App.open(ana.folder, news.tell, news.tell, town.clock, crowd)
    ana.app.start_sync()

    def pictures() -> int:
        return sum(photo.has_screen_copy for photo in town.hub_ticket(job).photos)

    crowd.wait_for(photos=3)
    assert all(url.endswith("-screen") for url in crowd.standing)
    ana.app.do(outbox.resume_photos)
    ana.app.sync_now()
    crowd.is_open.set()
    news.wait_until(lambda: not ana.open_uploads())

    assert 3 <= pictures() <= 4
    assert town.hub_photos() == set(ana.photos)
    _agrees(town, ana)
