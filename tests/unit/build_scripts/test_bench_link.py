"""The benchmark's bad network: it carries every byte, counts it, and breaks when it is told to."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from build_scripts.benchmarks.link import Link, Profile

PATIENCE_S = 15.0


class Echo:
    """A hub that says back whatever it hears, and remembers how much it was."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.heard = 0
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        speakers = []
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                break
            speakers.append(threading.Thread(target=self._speak, args=(line,)))
            speakers[-1].start()
        for speaker in speakers:
            speaker.join()

    def _speak(self, line: socket.socket) -> None:
        with line:
            try:
                while data := line.recv(65536):
                    self.heard += len(data)
                    line.sendall(data)
            except ConnectionError:
                return


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo()
    yield made
    made.close()


def _call(link: Link) -> socket.socket:
    return socket.create_connection(("127.0.0.1", link.port), timeout=PATIENCE_S)


def _hear(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size and (piece := line.recv(65536)):
        data += piece
    return data


def _chat(line: socket.socket, size: int) -> None:
    """Say and hear something until the connection breaks."""
    while True:
        line.sendall(bytes(size))
        if len(_hear(line, size)) < size:
            raise ConnectionError("it ended")


def test_every_byte_passes_both_ways_and_is_counted(echo: Echo) -> None:
    said = bytes(range(256)) * 100
    with Link(echo.port, Profile()) as link, _call(link) as line:
        line.sendall(said)
        assert _hear(line, len(said)) == said
        counts = link.counts()

    assert counts.up_carried == counts.up_delivered == len(said)
    assert counts.down_carried == counts.down_delivered == len(said)
    assert (counts.connections, counts.breaks) == (1, 0)


def test_it_is_never_faster_than_its_rate_and_its_distance(echo: Echo) -> None:
    profile = Profile(up_bits_per_s=400_000, round_trip_s=0.1)
    with Link(echo.port, profile) as link:
        begun = time.monotonic()
        with _call(link) as line:
            line.sendall(bytes(20_000))
            assert len(_hear(line, 20_000)) == 20_000
            assert time.monotonic() - begun >= 0.1 + 20_000 * 8 / 400_000 + 0.1


def test_a_connection_breaks_after_its_number_of_bytes_and_the_next_one_works(echo: Echo) -> None:
    with Link(echo.port, Profile(break_after_bytes=(5_000, 5_000), up_bits_per_s=8e6)) as link:
        with _call(link) as line, pytest.raises(ConnectionError):
            _chat(line, 1_000)
        with _call(link) as line:
            line.sendall(b"again")
            assert _hear(line, 5) == b"again"
        counts = link.counts()

    assert counts.breaks == 1
    assert counts.up_carried - 5 >= 5_000 > counts.up_carried - 5 - 1_448


def test_a_mute_connection_says_nothing_more_and_the_next_one_works(echo: Echo) -> None:
    with Link(echo.port, Profile()) as link, _call(link) as mute:
        mute.sendall(b"one")
        assert _hear(mute, 3) == b"one"
        link.mute()
        mute.sendall(b"two")
        with _call(link) as line:
            line.sendall(b"three")
            assert _hear(line, 5) == b"three"
        mute.settimeout(0.05)
        with pytest.raises(TimeoutError):
            mute.recv(1)
        assert link.counts().breaks == 1

    assert echo.heard == 8


def test_all_connections_break_together_and_one_can_be_told_to(echo: Echo) -> None:
    with Link(echo.port, Profile()) as link, _call(link) as one, _call(link) as other:
        for line in (one, other):
            line.sendall(b"hello")
            assert _hear(line, 5) == b"hello"
        link.break_all()
        for line in (one, other):
            with pytest.raises(ConnectionError):
                line.recv(1)
        before = link.counts()
        link.change(Profile(break_every_s=(0.05, 0.1)))
        with _call(link) as line, pytest.raises(ConnectionError):
            _chat(line, 1)
        assert link.counts().since(before).breaks == 1

    assert before.breaks == 2
