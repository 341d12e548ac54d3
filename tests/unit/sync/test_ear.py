"""The ear: it tells each piece of news once, and does not hammer at a hub in trouble."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any, Final

import pytest

from field_app.domain.errors import Unreachable
from field_app.hub_client.news import News
from field_app.sync.ear import LEAST_S, PATIENCE, Ear

PATIENCE_S = 10.0
NEWS: Final = News(after="of the question", run="r", changes=())
NOTHING: Final = None


class Line:
    """A hub that answers what the test says, when it says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.met = threading.Condition()
        self.answers: list[News | Exception | None] = []
        self.is_closed = False

    def news(self, cursor: str) -> News | None:
        with self.met:
            self.asked.append(cursor)
            self.met.notify_all()
            assert self.met.wait_for(lambda: self.answers, PATIENCE_S)
            answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer and replace(answer, after=cursor)

    def close(self) -> None:
        with self.met:
            self.is_closed = True
            self.met.notify_all()

    def say(self, *answers: News | Exception | None) -> None:
        with self.met:
            self.answers.extend(answers)
            self.met.notify_all()

    def wait(self, is_met: Callable[[], bool]) -> None:
        with self.met:
            assert self.met.wait_for(is_met, PATIENCE_S), self.asked


class Rings:
    """Counts what the ear tells."""

    def __init__(self) -> None:
        self.after: list[str] = []
        self._bell = threading.Event()

    def tell(self, news: News) -> None:
        self.after.append(news.after)
        self._bell.set()

    def wait(self) -> None:
        assert self._bell.wait(PATIENCE_S)
        self._bell.clear()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def rings() -> Rings:
    return Rings()


@pytest.fixture
def ear(line: Line, rings: Rings) -> Iterator[Ear]:
    ticks = count(step=LEAST_S)
    made = Ear(lambda: line, rings.tell, lambda: next(ticks))
    yield made
    made.close()
    line.say(*[NOTHING] * 9)


def test_it_rings_once_and_listens_on_only_after_a_new_cursor(
    ear: Ear, line: Line, rings: Rings
) -> None:
    ear.listen_from("7")
    line.say(NOTHING, NOTHING, NEWS)
    rings.wait()
    ear.listen_from("7")
    ear.listen_from("8")
    line.wait(lambda: "8" in line.asked)

    assert line.asked == ["7", "7", "7", "8"]
    assert rings.after == ["7"]


def test_after_failures_it_is_deaf_until_the_next_round_came_through(
    ear: Ear, line: Line, rings: Rings
) -> None:
    ear.listen_from("7")
    line.say(*[Unreachable("gone")] * PATIENCE)
    line.wait(lambda: len(line.asked) == PATIENCE and not line.answers)
    while not ear._is_deaf:
        threading.Event().wait(0.01)
    ear.listen_from("7")
    line.say(NEWS)
    rings.wait()

    assert line.asked == ["7"] * (PATIENCE + 1)


def test_a_hub_that_does_not_wait_is_not_hammered(line: Line, rings: Rings) -> None:
    standing: Any = lambda: 0.0  # noqa: E731 - a clock on which no time passes
    ear = Ear(lambda: line, rings.tell, standing)
    line.say(*[NOTHING] * 9)
    ear.listen_from("7")
    line.wait(lambda: len(line.asked) >= PATIENCE)
    while not ear._is_deaf:
        threading.Event().wait(0.01)
    ear.close()
    line.wait(lambda: line.is_closed)

    assert line.asked == ["7"] * PATIENCE


def test_a_bug_in_it_is_heard_of_and_it_listens_again_after_the_next_news(
    ear: Ear, line: Line, rings: Rings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: bugs.append(args.exc_type))
    ear.listen_from("7")
    line.say(ZeroDivisionError())
    line.wait(lambda: line.is_closed)
    ear._thread.join(PATIENCE_S)

    ear.listen_from("8")
    line.say(NEWS)
    rings.wait()

    assert bugs == [ZeroDivisionError]
    assert (line.asked, rings.after) == (["7", "8"], ["8"])


def test_what_it_hears_after_it_was_closed_is_not_told(line: Line, rings: Rings) -> None:
    ear = Ear(lambda: line, rings.tell)
    ear.listen_from("7")
    line.wait(lambda: line.asked == ["7"])

    ear.close()
    line.say(NEWS)
    line.wait(lambda: line.is_closed)

    assert rings.after == []
