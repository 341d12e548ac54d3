"""What the ear heard is taken in without another question, where it fits."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from field_app.domain.errors import Unreachable
from field_app.domain.ids import TicketId
from field_app.hub_client.news import News
from field_app.queries.desk import Desk
from field_app.store import sync_state
from field_app.sync.loop import IDLE_S, Loop
from field_app.sync.pull import pull
from field_app.sync.roll_call import say_run
from field_app.sync.site import Tally
from tests.helpers.town import Laptop, Town, a_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


def _hears(laptop: Laptop) -> News:
    """Return what a question that is held open at the hub brings the laptop."""
    cursor = laptop.app.see(lambda desk: sync_state.cursor(desk.db))
    assert laptop.app._line is not None
    assert cursor is not None
    with closing(laptop.app._line._dial()) as line:
        news = line.news(cursor)
    assert news is not None
    return news


def _pulls(laptop: Laptop, news: News) -> None:
    """Let a laptop that heard news take in what changed."""

    def at(desk: Desk) -> None:
        site = replace(laptop.app.site(desk, None, is_probe=False), take_news=lambda: news)
        say_run(site)
        pull(site, Tally())

    laptop.app.see(at)


@pytest.fixture
def ana(town: Town) -> Laptop:
    ana = town.person("ana")
    ana.syncs()
    return ana


@pytest.fixture
def job(town: Town, ana: Laptop) -> TicketId:
    """A job that came when the laptop had looked at the hub already."""
    del ana  # who looked before
    return town.citizen_reports()


def test_what_was_heard_needs_no_line_to_the_hub(ana: Laptop, job: TicketId) -> None:
    news = _hears(ana)
    ana.goes_offline()
    _pulls(ana, news)
    assert ana.has_copy(job)


@pytest.mark.parametrize("other", ["after", "run"])
def test_what_was_heard_after_another_cursor_or_of_another_run_is_asked_for(
    ana: Laptop, job: TicketId, other: str
) -> None:
    heard = _hears(ana)
    news = replace(heard, after="other") if other == "after" else replace(heard, run="other")
    ana.goes_offline()
    with pytest.raises(Unreachable):
        _pulls(ana, news)

    ana.goes_online()
    _pulls(ana, news)
    assert ana.has_copy(job)


def test_the_hub_is_asked_when_somebody_wants_it_and_now_and_then(town: Town, ana: Laptop) -> None:
    loop = Loop(ana.app, town.clock, lambda _changes: None, lambda _status: None)
    news = ana.app.see(
        lambda desk: News(after=sync_state.cursor(desk.db) or "", run="", changes=())
    )

    def looks(desk: Desk) -> News | None:
        loop._desk = desk
        loop.hear(news)
        assert loop.has_news()
        return loop.take_news()

    assert loop.has_news()  # it has not looked yet
    assert ana.app.see(looks) == news
    assert loop.take_news() is None
    loop.sync_now()
    assert ana.app.see(looks) is None
    town.clock.passes(IDLE_S - 1)
    assert ana.app.see(looks) == news
    town.clock.passes(2)
    assert ana.app.see(looks) is None
