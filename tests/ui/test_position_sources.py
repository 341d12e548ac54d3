"""A GPS receiver over TCP and at a port: made-up sentences on loopback and a pseudo terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import count
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from PySide6.QtSerialPort import QSerialPort
from pytestqt.qtbot import QtBot

from field_app.domain.place import Place, distance_m
from field_app.ui.position import qt_sources
from field_app.ui.position.qt_sources import PortSource, ReceiverSource
from field_app.ui.position.sources import Fix, PositionWay, Source, Trouble, Wanted
from tests.helpers.nmea import fix, searching, sentence

HALL = Place(latitude=13.752, longitude=100.501)


class Receiver:
    """A receiver at a port of this computer; it speaks to whoever calls."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.server = QTcpServer()
        assert self.server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
        self.line: QTcpSocket | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.serverPort()}"

    def answer(self) -> None:
        """Wait for the call."""
        self.qtbot.waitUntil(self.server.hasPendingConnections)
        self.line = self.server.nextPendingConnection()

    def say(self, words: bytes) -> None:
        assert self.line is not None
        self.line.write(words)
        self.line.flush()


@pytest.fixture
def receiver(qtbot: QtBot) -> Iterator[Receiver]:
    made = Receiver(qtbot)
    yield made
    made.server.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def over_tcp(receiver: Receiver, owner: QObject) -> ReceiverSource:
    wanted = Wanted(way=PositionWay.NETWORK, address=receiver.address)
    source = qt_sources.make_source(wanted, owner)
    assert isinstance(source, ReceiverSource)
    return source


def test_a_receiver_over_tcp_tells_place_accuracy_and_heading(
    receiver: Receiver, owner: QObject, qtbot: QtBot
) -> None:
    source = over_tcp(receiver, owner)
    fixes: list[Fix] = []
    source.fixed.connect(fixes.append)
    source.start()
    receiver.answer()
    with qtbot.waitSignal(source.heard):
        receiver.say(searching(1))
    receiver.say(fix(HALL, 2, knots=15.0, course=87.0))
    receiver.say(fix(HALL, 3))
    qtbot.waitUntil(lambda: len(fixes) >= 2)

    assert distance_m(fixes[0].place, HALL) < 0.5
    assert fixes[0].place.accuracy_m == pytest.approx(9.0)
    assert fixes[0].heading_deg == pytest.approx(87.0)
    assert fixes[-1].heading_deg is None
    source.stop()
    qtbot.waitUntil(
        lambda: (
            receiver.line is not None
            and receiver.line.state() is QTcpSocket.SocketState.UnconnectedState
        )
    )


def test_a_sentence_with_a_wrong_sum_is_no_place(
    receiver: Receiver, owner: QObject, qtbot: QtBot
) -> None:
    source = over_tcp(receiver, owner)
    fixes: list[Fix] = []
    source.fixed.connect(fixes.append)
    source.start()
    receiver.answer()
    wrong = fix(Place(latitude=1.0, longitude=2.0), 1).replace(b"*", b"*F", 3)
    receiver.say(wrong + b"\xff\xfe nonsense\r\n" + sentence("GPXXX,1,2,3") + fix(HALL, 2))
    qtbot.waitUntil(lambda: bool(fixes))
    assert [round(found.place.latitude, 3) for found in fixes] == [13.752]
    source.stop()


def test_a_receiver_that_hangs_up_is_told(receiver: Receiver, owner: QObject, qtbot: QtBot) -> None:
    source = over_tcp(receiver, owner)
    source.start()
    receiver.answer()
    assert receiver.line is not None
    with qtbot.waitSignal(source.failed) as told:
        receiver.line.disconnectFromHost()
    assert told.args == [Trouble.CLOSED]


def test_an_address_where_nobody_listens_is_told(
    receiver: Receiver, owner: QObject, qtbot: QtBot
) -> None:
    source = over_tcp(receiver, owner)
    receiver.server.close()
    with qtbot.waitSignal(source.failed) as told:
        source.start()
    assert told.args == [Trouble.CLOSED]


def test_many_sound_sentences_at_once_are_no_noise(
    receiver: Receiver, owner: QObject, qtbot: QtBot
) -> None:
    source = over_tcp(receiver, owner)
    fixes: list[Fix] = []
    troubles: list[Trouble] = []
    source.fixed.connect(fixes.append)
    source.failed.connect(troubles.append)
    source.start()
    receiver.answer()
    receiver.say(b"".join(fix(HALL, second % 60) for second in range(400)))
    qtbot.waitUntil(lambda: bool(fixes or troubles))
    assert not troubles
    source.stop()


def test_what_never_ends_a_line_is_hung_up_on(
    receiver: Receiver, owner: QObject, qtbot: QtBot
) -> None:
    source = over_tcp(receiver, owner)
    source.start()
    receiver.answer()
    with qtbot.waitSignal(source.failed) as told:
        receiver.say(b"\x00" * 40_000)
    assert told.args == [Trouble.NOISE]


@pytest.fixture
def at_port(owner: QObject) -> Iterator["MakePort"]:
    """Makes a source at a port; all threads have ended afterwards."""
    made: list[Source] = []

    def make(port: str) -> Source:
        made.append(qt_sources.make_source(Wanted(way=PositionWay.SERIAL, port=port), owner))
        return made[-1]

    yield make
    for source in made:
        source.stop()
        source.wait()
    assert not PortSource._threads


MakePort = Callable[[str], Source]
with_terminals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo terminals of this kind"
)


def speak_until(qtbot: QtBot, terminal: int, is_so: Callable[[], bool]) -> None:
    """Say where the hall is again and again, as a receiver does, until something is so."""
    seconds = count(1)

    def look() -> bool:
        os.write(terminal, fix(HALL, next(seconds)))
        return is_so()

    qtbot.waitUntil(look)


@with_terminals
def test_a_receiver_at_a_serial_port_is_heard(at_port: MakePort, qtbot: QtBot) -> None:
    here, there = os.openpty()
    try:
        source = at_port(os.ttyname(there))
        fixes: list[Fix] = []
        source.fixed.connect(fixes.append)
        source.start()
        speak_until(qtbot, here, lambda: bool(fixes))
        assert distance_m(fixes[0].place, HALL) < 0.5
        source.stop()
        source.wait()
    finally:
        os.close(here)
        os.close(there)


@with_terminals
def test_a_port_that_is_pulled_out_is_told(at_port: MakePort, qtbot: QtBot) -> None:
    here, there = os.openpty()
    source = at_port(os.ttyname(there))
    heard: list[bool] = []
    source.heard.connect(lambda: heard.append(True))
    source.start()
    speak_until(qtbot, here, lambda: bool(heard))
    with qtbot.waitSignal(source.failed) as told:
        os.close(there)
        os.close(here)
    assert told.args == [Trouble.CLOSED]


def test_a_port_that_is_not_there_is_told(at_port: MakePort, qtbot: QtBot) -> None:
    source = at_port("no-such-port")
    with qtbot.waitSignal(source.failed) as told:
        source.start()
    assert told.args == [Trouble.CLOSED]


def test_a_port_that_does_not_answer_holds_up_nobody(
    at_port: MakePort, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = Event(), Event()

    def hang(_port: QSerialPort, _mode: object) -> bool:
        asked.set()
        go_on.wait(15)
        return False

    monkeypatch.setattr(QSerialPort, "open", hang)
    source = at_port("COM9")
    told: list[Trouble] = []
    source.failed.connect(told.append)
    source.start()
    assert asked.wait(15)
    source.stop()
    go_on.set()
    source.wait()
    assert told == []


def test_the_ports_of_this_computer_can_be_listed() -> None:
    assert all(name for name in qt_sources.port_names())
