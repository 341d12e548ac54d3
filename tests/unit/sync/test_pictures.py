"""Pictures come down aside: nothing small waits for them, and nobody has to wait to the end."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from field_app.domain.errors import Unreachable
from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import PhotoSize
from field_app.sync.pictures import Aside, Hold, Picture
from tests.unit.sync.test_senders import Bell

PATIENCE_S = 10.0
PICTURE = b"picture"


class Lines:
    """Dials lines whose pictures come only when the test lets them."""

    def __init__(self) -> None:
        self.dialled = 0
        self.closed = threading.Semaphore(0)
        self.asked = threading.Event()
        self.let_go = threading.Event()
        self.fails: Exception | None = None
        self.tell: Callable[[], object] = lambda: None

    def dial(self) -> Any:
        self.dialled += 1
        return Line(self)


class Line:
    """One line."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def photo(self, _photo_id: PhotoId, _size: PhotoSize) -> bytes:
        self._lines.asked.set()
        self._lines.tell()
        assert self._lines.let_go.wait(PATIENCE_S)
        if self._lines.fails is not None:
            raise self._lines.fails
        return PICTURE

    def close(self) -> None:
        self._lines.closed.release()


class Leaves(Exception):
    """Nobody waits any more."""


@pytest.fixture
def lines() -> Iterator[Lines]:
    made = Lines()
    yield made
    made.let_go.set()


@pytest.fixture
def aside(lines: Lines) -> Iterator[Aside]:
    made = Aside(lines.dial, Bell())
    yield made
    made.close()


def _fetch(aside: Aside, lines: Lines) -> bytes | None:
    """Fetch a picture that comes as soon as something small had its turn."""

    def meanwhile() -> float:
        lines.let_go.set()
        return PATIENCE_S

    return aside.fetch((PhotoId("p"), "screen"), meanwhile)


def test_what_is_small_has_its_turns_while_a_picture_is_on_its_way(
    aside: Aside, lines: Lines
) -> None:
    turns: list[bool] = []

    def meanwhile() -> float:
        assert lines.asked.wait(PATIENCE_S)
        turns.append(lines.let_go.is_set())
        if len(turns) == 3:
            lines.let_go.set()
            return PATIENCE_S
        return 0.0

    assert aside.fetch((PhotoId("p"), "screen"), meanwhile) == PICTURE
    assert turns[:3] == [False, False, False]


def test_the_next_picture_comes_over_the_same_line(aside: Aside, lines: Lines) -> None:
    assert [_fetch(aside, lines) for _picture in range(3)] == [PICTURE] * 3
    assert lines.dialled == 1


def test_what_the_network_says_is_told_to_the_one_who_decides(aside: Aside, lines: Lines) -> None:
    lines.fails = Unreachable("gone")
    with pytest.raises(Unreachable):
        _fetch(aside, lines)


def test_nobody_waits_for_a_picture_when_the_program_closes(aside: Aside, lines: Lines) -> None:
    def closes() -> float:
        raise Leaves

    with pytest.raises(Leaves):
        aside.fetch((PhotoId("p"), "screen"), closes)

    aside.close()
    lines.let_go.set()
    assert lines.closed.acquire(timeout=PATIENCE_S)


def test_what_is_large_is_written_as_it_comes_while_what_is_small_has_its_turns(
    aside: Aside, lines: Lines
) -> None:
    written: list[bytes] = []

    def load(hub: Any, hold: Hold) -> None:
        for _piece in range(2):
            with hold():
                written.append(hub.photo(PhotoId("p"), "screen"))

    def meanwhile() -> float:
        lines.let_go.set()
        return PATIENCE_S

    aside.bring(load, meanwhile)
    assert written == [PICTURE, PICTURE]
    assert _fetch(aside, lines) == PICTURE
    assert lines.dialled == 1


def test_nothing_is_written_once_nobody_waits_for_it(aside: Aside, lines: Lines) -> None:
    written: list[bytes] = []

    def load(hub: Any, hold: Hold) -> None:
        piece = hub.photo(PhotoId("p"), "screen")
        with hold():
            written.append(piece)

    def leaves() -> float:
        assert lines.asked.wait(PATIENCE_S)
        raise Leaves

    with pytest.raises(Leaves):
        aside.bring(load, leaves)

    aside.close()
    lines.let_go.set()
    assert lines.closed.acquire(timeout=PATIENCE_S)  # its thread is through
    assert written == []


def test_what_a_large_thing_fails_with_is_told_to_the_one_who_decides(
    aside: Aside, lines: Lines
) -> None:
    lines.fails = Unreachable("gone")
    lines.let_go.set()

    def load(hub: Any, _hold: Hold) -> None:
        hub.photo(PhotoId("p"), "screen")

    with pytest.raises(Unreachable):
        aside.bring(load, lambda: PATIENCE_S)


def test_the_next_picture_comes_while_one_is_on_its_way_and_is_asked_for_once(
    aside: Aside, lines: Lines
) -> None:
    first: Picture = (PhotoId("p"), "screen")
    second: Picture = (PhotoId("q"), "screen")
    begun = threading.Semaphore(0)
    lines.tell = begun.release

    def meanwhile() -> float:
        if not lines.let_go.is_set():
            assert begun.acquire(timeout=PATIENCE_S)
            assert begun.acquire(timeout=PATIENCE_S)  # both are asked for, none has come
            lines.let_go.set()
        return PATIENCE_S

    assert aside.fetch(first, meanwhile, second) == PICTURE
    assert aside.fetch(second, meanwhile) == PICTURE
    assert lines.dialled == 2
    assert not begun.acquire(blocking=False)
