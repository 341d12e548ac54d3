"""Senders: photos side by side in threads that only speak with the network."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from field_app.domain.errors import Unreachable
from field_app.domain.ids import PhotoId, TicketId
from field_app.hub_client.hub import PhotoFile, TellSent, UploadPlace
from field_app.sync.senders import SIDE_BY_SIDE, Senders
from field_app.sync.sending import Handed, Over, Parcel, Word

PATIENCE_S = 10.0
SIZE = 100


class Bell:
    """Wakes whoever decides."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def wake(self) -> None:
        self._event.set()

    def pause(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()


class Lines:
    """Dials lines whose uploads go on only when the test lets them."""

    def __init__(self) -> None:
        self.dialled = 0
        self.closed = 0
        self.on_the_way: set[str] = set()
        self.met = threading.Condition()
        self.let_go = threading.Event()
        self.fails: Exception | None = None

    def dial(self) -> Any:
        self.dialled += 1
        return Line(self)

    def wait_until_on_the_way(self, *photo_ids: str) -> None:
        with self.met:
            assert self.met.wait_for(lambda: self.on_the_way >= set(photo_ids), PATIENCE_S)


class Line:
    """One line."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def send_rest(self, photo: PhotoFile, _place: UploadPlace, tell_sent: TellSent) -> int:
        lines = self._lines
        tell_sent(1)
        with lines.met:
            lines.on_the_way.add(photo.photo_id)
            lines.met.notify_all()
        assert lines.let_go.wait(PATIENCE_S)
        tell_sent(2)
        if lines.fails is not None:
            raise lines.fails
        return SIZE

    def take_receipt(self, _photo_id: PhotoId) -> None:
        return None

    def close(self) -> None:
        self._lines.closed += 1


@pytest.fixture
def lines() -> Iterator[Lines]:
    made = Lines()
    yield made
    made.let_go.set()


@pytest.fixture
def senders(lines: Lines) -> Iterator[Senders]:
    made = Senders(lines.dial, Bell())
    yield made
    made.close()


def _parcel(name: str) -> Parcel:
    photo = PhotoFile(
        photo_id=PhotoId(name),
        ticket_id=TicketId("t"),
        sha256="ab",
        size_bytes=SIZE,
        filetype="image/jpeg",
        path=Path("never-read.jpg"),
    )
    place = UploadPlace(url=f"/{name}", offset=0)
    return Parcel(photo=photo, url=place.url, acknowledged=0, is_new=False, place=place)


def _ignore(_word: Word) -> None:
    """Hear nothing."""


def _hear_ends(senders: Senders, count: int) -> list[Word]:
    """Listen until so many photos are over; return everything that was said."""
    heard: list[Word] = []
    while sum(isinstance(word, Over) for word in heard) < count:
        senders.listen(heard.append, PATIENCE_S)
    return heard


def test_photos_go_side_by_side_and_the_lines_are_used_again(
    senders: Senders, lines: Lines
) -> None:
    names = [f"p{number}" for number in range(SIDE_BY_SIDE)]
    for name in names:
        assert senders.has_room()
        senders.begin(_parcel(name), _ignore)
    assert not senders.has_room()
    lines.wait_until_on_the_way(*names)

    lines.let_go.set()
    heard = _hear_ends(senders, SIDE_BY_SIDE)
    senders.begin(_parcel("again"), _ignore)
    _hear_ends(senders, 1)

    assert {word.photo_id for word in heard if isinstance(word, Over)} == set(names)
    assert lines.dialled <= SIDE_BY_SIDE + 1


def test_nothing_is_heard_but_when_the_one_who_decides_listens(
    senders: Senders, lines: Lines
) -> None:
    heard: list[Word] = []
    threads: set[threading.Thread] = set()

    def hear(word: Word) -> None:
        heard.append(word)
        threads.add(threading.current_thread())

    senders.begin(_parcel("p"), hear)
    lines.wait_until_on_the_way("p")
    assert heard == []
    senders.listen(hear, 0.0)
    assert Handed(photo_id=PhotoId("p"), sent_bytes=1) in heard
    lines.let_go.set()
    while not any(isinstance(word, Over) for word in heard):
        senders.listen(hear, PATIENCE_S)

    assert threads == {threading.current_thread()}


def test_photos_wait_between_two_pieces_while_something_small_has_the_right_of_way(
    senders: Senders, lines: Lines
) -> None:
    with senders.right_of_way():
        senders.begin(_parcel("p"), _ignore)
        lines.let_go.set()
        heard: list[Word] = []
        senders.listen(heard.append, 0.05)
        assert "p" not in lines.on_the_way
        assert not any(isinstance(word, Over) for word in heard)

    _hear_ends(senders, 1)
    assert "p" in lines.on_the_way


def test_of_what_is_recalled_nothing_more_is_heard(senders: Senders, lines: Lines) -> None:
    senders.begin(_parcel("old"), _ignore)
    lines.wait_until_on_the_way("old")

    senders.recall()
    assert senders.has_room()
    lines.let_go.set()
    senders.begin(_parcel("new"), _ignore)
    heard = _hear_ends(senders, 1)

    assert {word.photo_id for word in heard} == {"new"}


def test_a_photo_that_was_recalled_is_ending_until_its_last_piece_is_gone(
    senders: Senders, lines: Lines
) -> None:
    senders.begin(_parcel("old"), _ignore)
    lines.wait_until_on_the_way("old")
    assert senders.ending() == frozenset()

    senders.recall()
    assert senders.ending() == {"old"}
    lines.let_go.set()
    while not senders._free:
        senders.listen(_ignore, 0.05)

    assert senders.ending() == frozenset()


def test_a_break_is_said_and_a_bug_is_raised_where_it_is_decided(
    senders: Senders, lines: Lines
) -> None:
    lines.let_go.set()
    lines.fails = Unreachable("gone")
    parcel = _parcel("p")
    line: Any = Line
    line.upload_offset = lambda _self, _url: 0
    try:
        senders.begin(parcel, _ignore)
        over = _hear_ends(senders, 1)[-1]
        assert isinstance(over, Over)
        assert isinstance(over.error, Unreachable)

        lines.fails = ZeroDivisionError("a bug")
        senders.begin(parcel, _ignore)
        with pytest.raises(ZeroDivisionError):
            _hear_ends(senders, 1)
    finally:
        del line.upload_offset
    assert senders.has_room()


def test_closing_hangs_up(lines: Lines) -> None:
    senders = Senders(lines.dial, Bell())
    lines.let_go.set()
    senders.begin(_parcel("p"), _ignore)
    _hear_ends(senders, 1)
    while not senders._free:
        senders.listen(_ignore, 0.01)

    senders.close()

    assert lines.closed == 1


def test_what_is_begun_after_closing_goes_nowhere_and_its_line_is_hung_up(lines: Lines) -> None:
    senders = Senders(lines.dial, Bell())
    senders.close()

    senders.begin(_parcel("late"), _ignore)

    assert senders.has_room()
    assert (lines.dialled, lines.closed, lines.on_the_way) == (1, 1, set())


def test_whoever_closes_while_another_listens_breaks_everything_off(lines: Lines) -> None:
    """The thread that decides hears something at the moment at which the window closes."""
    senders = Senders(lines.dial, Bell())
    for name in ("p1", "p2"):
        senders.begin(_parcel(name), _ignore)
    lines.wait_until_on_the_way("p1", "p2")

    def close(_word: Word) -> None:
        closing = threading.Thread(target=senders.close)
        closing.start()
        closing.join(PATIENCE_S)
        assert not closing.is_alive()

    senders.listen(close, 0.0)
    assert senders.has_room()
    assert senders.ending() == {"p1", "p2"}
    lines.let_go.set()
    for thread in threading.enumerate():
        if thread.name.startswith("sender of p"):
            thread.join(PATIENCE_S)

    heard: list[Word] = []
    senders.listen(heard.append, 0.0)
    assert heard == []
    assert lines.closed == lines.dialled == 2


def test_a_line_that_is_free_at_the_moment_of_closing_is_hung_up_too(lines: Lines) -> None:
    """Counted while it closes: a photo ends between the last look and the line's way back."""
    senders = Senders(lines.dial, Bell())
    senders.begin(_parcel("p"), _ignore)
    lines.wait_until_on_the_way("p")
    with senders._books:
        lines.let_go.set()
        senders._is_closed = True
    senders.close()
    for thread in threading.enumerate():
        if thread.name == "sender of p":
            thread.join(PATIENCE_S)

    assert (lines.closed, len(senders._free)) == (1, 0)
