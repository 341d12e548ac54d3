"""Reading the hub's stream in parts, and on while what came before is being stored."""

import threading
from collections.abc import Generator, Iterator
from datetime import datetime

import pytest

from field_app.domain.errors import Unreachable
from field_app.domain.ids import TicketId
from field_app.hub_client.hub import Change
from field_app.protocol.changes import UnreadableLine
from field_app.protocol.messages import ChangeLine
from field_app.sync import parts
from field_app.sync.ahead import AHEAD, in_turn, read_ahead
from field_app.sync.parts import Part, parts_of
from tests.helpers.builders import NOW, a_ticket, an_arrival

PATIENCE_S = 10.0


class Stream:
    """Numbers as a hub's parts, and how far they were read."""

    def __init__(self, count: int, failure: Exception | None = None) -> None:
        self._count = count
        self._failure = failure
        self.read = 0
        self.readers: set[str] = set()
        self.moved = threading.Condition()
        self.is_closed = threading.Event()

    def numbers(self) -> Generator[int]:
        try:
            for number in range(self._count):
                with self.moved:
                    self.read += 1
                    self.readers.add(threading.current_thread().name)
                    self.moved.notify_all()
                yield number
            if self._failure is not None:
                raise self._failure
        finally:
            self.is_closed.set()

    def wait_until_read(self, count: int) -> None:
        with self.moved:
            assert self.moved.wait_for(lambda: self.read >= count, PATIENCE_S)


def now() -> datetime:
    return NOW


def changes(count: int) -> Iterator[Change]:
    for number in range(count):
        yield an_arrival(a_ticket(number))._replace(cursor=str(number))
    yield ChangeLine(cursor="end", done=True)


def sizes(found: Iterator[Part]) -> list[int]:
    return [len(part.arrivals) for part in found]


def test_parts_come_in_order_from_another_thread() -> None:
    stream = Stream(50)
    assert list(read_ahead(stream.numbers())) == list(range(50))
    assert stream.readers == {"reader"}


def test_it_reads_on_while_a_part_is_being_stored_but_not_far() -> None:
    stream = Stream(50)
    ahead = read_ahead(stream.numbers())
    for stored in range(10):
        assert next(ahead) == stored
        stream.wait_until_read(stored + 1 + AHEAD)
        assert stream.read <= stored + 2 + AHEAD
    ahead.close()


def test_what_came_before_a_failure_comes_first() -> None:
    ahead = read_ahead(Stream(2, Unreachable("cut")).numbers())
    assert [next(ahead), next(ahead)] == [0, 1]
    with pytest.raises(Unreachable, match="cut"):
        next(ahead)


def test_a_bug_of_the_reader_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        list(read_ahead(Stream(1, ZeroDivisionError()).numbers()))


def test_a_reader_that_nobody_listens_to_any_more_ends() -> None:
    stream = Stream(50)
    ahead = read_ahead(stream.numbers())
    assert next(ahead) == 0
    ahead.close()
    assert stream.is_closed.wait(PATIENCE_S)
    assert stream.read <= 2 + AHEAD


def test_in_turn_nothing_is_read_ahead() -> None:
    stream = Stream(50)
    assert next(in_turn(stream.numbers())) == 0
    assert stream.read == 1


def test_the_first_part_is_smaller_and_the_last_has_the_last_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "FIRST_LINES", 2)
    monkeypatch.setattr(parts, "PART_LINES", 4)
    *before, last = parts_of(changes(9), now)
    assert sizes(iter([*before, last])) == [2, 4, 3]
    assert [part.last for part in before] == [None, None]
    assert last.last is not None
    assert last.read_at == NOW
    assert [part.cursor for part in (*before, last)] == ["1", "5", "end"]


def test_parts_grow_with_what_came_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "FIRST_LINES", 2)
    monkeypatch.setattr(parts, "PART_LINES", 4)
    monkeypatch.setattr(parts, "LARGEST_PART", 6)
    monkeypatch.setattr(parts, "GROWTH", 4)
    assert sizes(parts_of(changes(43), now)) == [2, 4, 4, 4, 4, 4, 5, 6, 6, 4]


def test_a_stream_without_a_last_line_ends_where_a_part_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "FIRST_LINES", 2)
    found = list(parts_of(iter(list(changes(2))[:2]), now))
    assert sizes(iter(found)) == [2, 0]
    assert [part.last for part in found] == [None, None]


def test_the_last_word_on_a_ticket_counts() -> None:
    first, second = an_arrival(a_ticket(1)), an_arrival(a_ticket(2, words="of before"))
    gone, back = (ChangeLine(cursor="c", removed=TicketId(n.listed.id)) for n in (first, second))
    again = an_arrival(a_ticket(2, words="once more"))
    lines = (first, second, gone, back, again, UnreadableLine("c", TicketId("2026-9")))
    [part] = parts_of(iter(lines), now)
    assert list(part.arrivals.values()) == [again]
    assert list(part.removed) == [first.listed.id]
    assert part.unreadable == ["2026-9"]


def test_nothing_counts_as_heard_of_a_hub_that_never_answered() -> None:
    def silence() -> Iterator[Change]:
        yield from ()
        raise Unreachable("nobody there")

    found = parts_of(silence(), now)
    with pytest.raises(Unreachable):
        next(found)
