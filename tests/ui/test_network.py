"""The system's news of the network: the hub is asked at once, and nothing else is believed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from field_app.sync.status import Reach
from field_app.ui.bus import Bus
from field_app.ui.main_window import MainWindow
from field_app.ui.network import NetworkWatch, SystemNetwork
from field_app.ui.shared.pill import Mood, mood
from field_app.ui.sync.screen import OutboxScreen
from tests.ui.laptop import FakeLaptop
from tests.ui.work_laptop import WorkLaptop


class FakeNews(QObject):
    """A system whose network a test moves."""

    moved = Signal()
    metered_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.metered = False

    def is_metered(self) -> bool:
        return self.metered

    def becomes(self, *, metered: bool) -> None:
        self.metered = metered
        self.metered_changed.emit()


@pytest.fixture
def news() -> FakeNews:
    return FakeNews()


def test_the_hub_is_asked_at_once_when_the_network_changes(qapp: object, news: FakeNews) -> None:
    laptop = FakeLaptop()
    watch = NetworkWatch(news, laptop, Bus())

    news.moved.emit()

    assert laptop.syncs == 1
    watch.calm.stop()


def test_a_flapping_network_is_asked_after_twice_at_most(qtbot: QtBot, news: FakeNews) -> None:
    laptop = FakeLaptop()
    watch = NetworkWatch(news, laptop, Bus())
    watch.calm.setInterval(10)

    with qtbot.waitSignal(watch.calm.timeout):
        for _change in range(20):
            news.moved.emit()
    assert laptop.syncs == 2

    with qtbot.waitSignal(watch.calm.timeout):
        news.moved.emit()
    assert laptop.syncs == 3


def test_only_the_hub_makes_the_pill_say_online(
    make_window: Callable[[FakeLaptop], MainWindow], news: FakeNews
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    place = window.workplace
    assert place is not None
    watch = NetworkWatch(news, laptop, window.office.bus)

    news.moved.emit()

    assert laptop.sync_status.reach is Reach.OFFLINE
    assert mood(place.office.app.status()) is Mood.OFFLINE
    assert place.top.pill.accessibleName().startswith("Offline")
    watch.calm.stop()


def test_a_metered_network_is_said_and_pauses_nothing(
    make_window: Callable[[FakeLaptop], MainWindow], news: FakeNews
) -> None:
    laptop = WorkLaptop()
    window = make_window(laptop)
    place = window.workplace
    assert place is not None
    bus = window.office.bus
    news.metered = True
    watch = NetworkWatch(news, laptop, bus)
    screen = place.screen_of("outbox")
    assert isinstance(screen, OutboxScreen)
    plain = "Words, status and previews go now"
    dear = "This network is metered, says the system"

    assert screen.view.saving._hint.text() == dear
    assert not screen.view.saving.switch.isChecked()
    news.becomes(metered=False)
    assert screen.view.saving._hint.text() == plain
    news.becomes(metered=True)
    assert screen.view.saving._hint.text() == dear
    assert laptop.done == []
    assert laptop.syncs == 0
    assert not watch.calm.isActive()


def test_a_system_without_any_news_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QNetworkInformation, "loadDefaultBackend", lambda: False)

    assert SystemNetwork.found() is None
