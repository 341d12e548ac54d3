"""A GPS mouse on loopback, through the whole program: from sentences to where the route begins."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from field_app.domain.place import Place, distance_m
from field_app.domain.position import Position, PositionSource
from field_app.queries.position import last_position
from field_app.queries.route import day_route
from field_app.ui.position.sources import PositionWay, Wanted
from field_app.ui.position.whereabouts import Reception, Whereabouts
from field_app.ui.start import Opened, open_window
from tests.helpers.nmea import fix, searching
from tests.ui.laptop import StoppedClock
from tests.ui.route_laptop import HALL, RouteLaptop, off

WAIT_MS = 10_000


class ClosingLaptop(RouteLaptop):
    """A laptop with visits that the window can close."""

    def close(self) -> None: ...


class Mouse:
    """A receiver that speaks NMEA to whoever calls."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.server = QTcpServer()
        assert self.server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)
        self.line: QTcpSocket | None = None

    def answer(self) -> None:
        self.qtbot.waitUntil(self.server.hasPendingConnections, timeout=WAIT_MS)
        self.line = self.server.nextPendingConnection()

    def say(self, words: bytes) -> None:
        assert self.line is not None
        self.line.write(words)
        self.line.flush()


@pytest.fixture
def mouse(qtbot: QtBot) -> Iterator[Mouse]:
    made = Mouse(qtbot)
    yield made
    made.server.close()


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[Opened]:
    made = open_window(
        lambda _tell, _tell_status: ClosingLaptop(tmp_path),
        tmp_path,
        StoppedClock(),
        has_map=False,
        language="en",
    )
    made.window.show()
    qtbot.waitUntil(lambda: made.office.background.is_idle)
    yield made
    made.close()


def begun(opened: Opened, mouse: Mouse) -> Whereabouts:
    """Choose the mouse, as the settings do, and wait until it is called."""
    whereabouts = opened.office.whereabouts
    assert whereabouts is not None
    whereabouts.begin()
    assert whereabouts.reception is Reception.OFF
    address = f"127.0.0.1:{mouse.server.serverPort()}"
    whereabouts.choose(Wanted(way=PositionWay.NETWORK, address=address))
    mouse.answer()
    return whereabouts


def test_the_route_begins_where_the_receiver_says(
    opened: Opened, mouse: Mouse, qtbot: QtBot
) -> None:
    whereabouts = begun(opened, mouse)
    mouse.say(searching(1))
    qtbot.waitUntil(lambda: whereabouts.reception is Reception.NO_FIX, timeout=WAIT_MS)
    mouse.say(fix(Place(latitude=0.0, longitude=0.0), 2) + fix(HALL, 3, knots=8.0, course=45.0))
    qtbot.waitUntil(lambda: opened.office.bus.position is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opened.office.background.is_idle, timeout=WAIT_MS)

    kept: Position = opened.app.see(last_position)
    assert kept.source is PositionSource.RECEIVER
    assert distance_m(kept.place, HALL) < 1.0
    assert kept.heading_deg == pytest.approx(45.0)
    route = opened.app.see(day_route)
    assert route.start == kept
    assert route.rows


def test_a_receiver_that_comes_back_is_heard_again(
    opened: Opened, mouse: Mouse, qtbot: QtBot
) -> None:
    whereabouts = begun(opened, mouse)
    assert mouse.line is not None
    mouse.line.disconnectFromHost()
    qtbot.waitUntil(lambda: whereabouts.reception is Reception.LOST, timeout=WAIT_MS)
    whereabouts._again.setInterval(1)
    whereabouts._again.start()
    mouse.answer()
    mouse.say(fix(off(300, 0), 5))
    qtbot.waitUntil(lambda: opened.office.bus.position is not None, timeout=WAIT_MS)
    assert whereabouts.reception is Reception.FIXED


def test_closing_the_program_hangs_up(opened: Opened, mouse: Mouse, qtbot: QtBot) -> None:
    begun(opened, mouse)
    line = mouse.line
    assert line is not None
    with qtbot.waitSignal(line.disconnected, timeout=WAIT_MS):
        opened.close()
