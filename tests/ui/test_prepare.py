"""Prepare my day in the window: one button, a sheet, and a button beside each lack."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions.basemaps import want
from field_app.actions.prepare import forget_damaged_copies
from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.readiness import Lack, Opened, judge
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import set_language
from field_app.ui.account.sign_in_again_sheet import SignInAgainSheet
from field_app.ui.language import tell_widgets
from field_app.ui.main_window import MainWindow
from field_app.ui.prepare.run import Stage
from field_app.ui.prepare.screen import PrepareScreen
from field_app.ui.sync.screen import OutboxScreen
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.prepare_laptop import ALL_OPEN, WELL, PrepareLaptop, a_plan
from tests.ui.test_work_screen import settle
from tests.ui.work_laptop import WorkLaptop

pytestmark = pytest.mark.usefixtures("thai")
LACKING = Opened(
    tickets=33,
    photos=58,
    bad_tickets=("2026-TEST09",),
    bad_photos=3,
    tickets_without_photos=("2026-TEST01", "2026-TEST02"),
    placed=33,
    unmapped=("2026-TEST01", "2026-TEST02", "2026-TEST03", "2026-TEST04", "2026-TEST05"),
)
BAD: dict[str, Any] = {
    "fetched_at": None,
    "must_sign_in": True,
    "clock_offset_ms": 12 * 60_000,
    "room_photos": 41,
    "battery_percent": 31,
    "is_resting": True,
}
EVERY_LACK = [lack for lack in Lack if lack is not Lack.HELP]


class Prepared:
    """The screen, and the sync thread that a test plays."""

    def __init__(self, qtbot: QtBot, make_window: MakeWindow, laptop: PrepareLaptop) -> None:
        self.qtbot = qtbot
        self.laptop = laptop
        self.window: MainWindow = make_window(laptop)
        QTest.keyClick(self.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        assert self.window.workplace is not None
        screen = self.window.workplace.screen_of("prepare")
        assert isinstance(screen, PrepareScreen)
        self.screen = screen
        self.view = screen.view

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def round_ends(self) -> None:
        """Let a round begin and end, after which less is to come."""
        tell = self.window.office.bus.tell_status
        tell(SyncStatus(reach=Reach.ONLINE, is_running=True))
        self.laptop.a_round_ends()
        tell(SyncStatus(reach=Reach.ONLINE))
        self.settle()

    def buttons(self) -> list[str]:
        return [button.text() for button in self.view.says._buttons]

    def to_the_end(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        for _round in range(4):
            if self.screen.run.stage is Stage.RESTING:
                return
            self.round_ends()


def test_today_has_one_button_that_leads_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(PrepareLaptop())
    assert window.workplace is not None
    button = window.workplace.prepare
    assert (button.isVisible(), button.text()) == (True, "เตรียมออกงาน")
    button.click()
    settle(qtbot, window)
    assert window.workplace.screen_key == "prepare"
    assert not button.isVisible()


def test_it_fetches_until_everything_is_here_then_opens_it_offline(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = PrepareLaptop(
        a_plan(photos=12, map_bytes=48_000_000),
        a_plan(photos=4, map_bytes=24_000_000, fetched_at=NOW),
        a_plan(fetched_at=NOW),
    )
    day = Prepared(qtbot, make_window, laptop)
    assert day.buttons() == ["เตรียมตอนนี้"]
    day.view.says._buttons[0].click()
    day.settle()
    assert day.view.says.words == "กำลังเก็บงานของวันนี้ เหลืออีก 12 รูป, เหลือแผนที่อีก 48.0 MB"
    assert day.buttons() == ["หยุด"]
    day.round_ends()
    assert day.screen.run.share == pytest.approx((8 / 12 + 1 / 2) / 2)
    assert laptop.syncs == 2
    day.round_ends()
    assert laptop.was_offline == [True] * 34 + [False]
    assert day.view.says.words.startswith(
        "พร้อมออกงาน 34 งาน, 61 รูป, แผนที่ถึงซูม 17, พอสำหรับรูปประมาณ 900 รูป\nลองเปิดทุกอย่าง"
    )
    assert day.buttons() == ["เตรียมอีกครั้ง"]
    assert day.view.fixes == {}


def test_a_round_that_brings_nothing_ends_the_waiting(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = PrepareLaptop(a_plan(photos=2), opened=replace(ALL_OPEN, bad_photos=2))
    day = Prepared(qtbot, make_window, laptop)
    day.to_the_end()
    assert day.screen.run.stage is Stage.RESTING
    assert list(day.view.fixes) == [Lack.PHOTOS]


def test_each_lack_is_named_with_a_button_that_mends_it(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = PrepareLaptop(opened=LACKING, **BAD)
    day = Prepared(qtbot, make_window, laptop)
    day.to_the_end()
    assert day.view.says.words.startswith("ยังไม่พร้อม ขาด 9 อย่าง")
    assert list(day.view.fixes) == EVERY_LACK
    day.view.fixes[Lack.PHOTOS].click()
    day.settle()
    assert (forget_damaged_copies,) in laptop.done
    assert day.screen.run.stage is Stage.FETCHING
    day.screen.run.stop()
    day.screen._show()
    day.view.fixes[Lack.MAP].click()
    day.settle()
    assert day.screen.run.stage is Stage.FETCHING
    day.screen.run.stop()
    day.view.fixes[Lack.SIGN_IN].click()
    assert day.window.findChildren(SignInAgainSheet)


def test_what_rests_is_changed_in_the_outbox(qtbot: QtBot, make_window: MakeWindow) -> None:
    class Both(PrepareLaptop, WorkLaptop):
        """A day to prepare, and an outbox."""

    laptop = Both(opened=LACKING, is_resting=True)
    day = Prepared(qtbot, make_window, laptop)
    day.to_the_end()
    day.view.fixes[Lack.RESTING].click()
    day.settle()
    assert day.window.workplace is not None
    assert isinstance(day.window.workplace.stack.currentWidget(), OutboxScreen)


def test_stop_stops_while_it_fetches_and_while_it_opens(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = PrepareLaptop(a_plan(photos=5), a_plan(fetched_at=NOW))
    day = Prepared(qtbot, make_window, laptop)
    day.view.says._buttons[0].click()
    day.settle()
    day.view.says._buttons[0].click()
    assert day.screen.run.stage is Stage.RESTING
    assert day.buttons() == ["เตรียมตอนนี้"]

    is_under_way, go_on = threading.Event(), threading.Event()

    def waits(done: int) -> None:
        if done == 3:
            is_under_way.set()
            assert go_on.wait(10)

    laptop.after_each = waits
    day.view.says._buttons[0].click()
    day.settle()
    tell = day.window.office.bus.tell_status
    tell(SyncStatus(reach=Reach.ONLINE, is_running=True))
    laptop.a_round_ends()
    tell(SyncStatus(reach=Reach.ONLINE))
    qtbot.waitUntil(is_under_way.is_set)
    qtbot.waitUntil(lambda: day.screen.run.stage is Stage.OPENING)
    day.screen.run.stop()
    go_on.set()
    day.settle()
    assert day.screen.run.stage is Stage.RESTING
    assert (laptop.sheet, laptop.is_offline) == (None, False)


def test_whoever_signs_out_while_it_opens_is_online_at_once(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = PrepareLaptop(a_plan(fetched_at=NOW))
    day = Prepared(qtbot, make_window, laptop)
    is_under_way, go_on = threading.Event(), threading.Event()
    reached: list[int] = []

    def waits(done: int) -> None:
        reached.append(done)
        is_under_way.set()
        assert go_on.wait(10)

    laptop.after_each = waits
    day.view.says._buttons[0].click()
    day.settle()
    tell = day.window.office.bus.tell_status
    tell(SyncStatus(reach=Reach.ONLINE, is_running=True))
    laptop.a_round_ends()
    tell(SyncStatus(reach=Reach.ONLINE))
    qtbot.waitUntil(is_under_way.is_set)
    assert day.window.workplace is not None
    day.window.workplace.sign_out_wished.emit()
    qtbot.waitUntil(lambda: day.window.sign_in is not None)
    go_on.set()
    qtbot.waitUntil(lambda: day.window.office.background.is_idle)
    assert len(reached) == 1
    assert (laptop.sheet, laptop.is_offline) == (None, False)


def test_today_s_sheet_is_there_again_later(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = PrepareLaptop()
    laptop.sheet = judge(NOW, NOW, ALL_OPEN, WELL)
    day = Prepared(qtbot, make_window, laptop)
    assert day.view.says.words.startswith("พร้อมออกงาน")
    assert "พฤ. 19 พ.ย. 2569 10:41 น." in day.view.says.words


A_MAP = Basemap(
    name="เขตเทศบาลนคร",
    attribution="© nobody",
    media_type="image/png",
    bounds=(100.3, 13.5, 100.7, 14.0),
    min_zoom=10,
    max_zoom=17,
    sha256="ab" * 32,
    kind="mbtiles",
    size_bytes=148_000_000,
    added_at=NOW,
)


def test_a_map_that_the_hub_has_is_offered_once(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = PrepareLaptop()
    laptop.maps = (A_MAP,)
    window = make_window(laptop)
    assert window.workplace is not None
    notice = window.workplace.map_notice
    window.office.bus.tell(Changes(maps=True))
    qtbot.waitUntil(notice.isVisible)
    assert notice._fact.text() == "ศูนย์มีแผนที่พื้นที่สำหรับเครื่องนี้: เขตเทศบาลนคร 148.0 MB"
    folder = shots_folder(tmp_path)
    for percent in (100, 150):
        window.office.theme.set_percent(percent)
        grab(window, folder / f"map-notice-th-{percent}.png")
    notice._buttons[0].click()
    settle(qtbot, window)
    assert (want, A_MAP.sha256) in laptop.done
    assert notice.isHidden()
    window.office.bus.tell(Changes(maps=True))
    settle(qtbot, window)
    assert notice.isHidden()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", ["th", "en"])
def test_it_is_readable_in_both_languages_and_large(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: str, percent: int
) -> None:
    laptop = PrepareLaptop(
        a_plan(photos=12, map_bytes=48_000_000), a_plan(photos=4, map_bytes=20_000_000)
    )
    day = Prepared(qtbot, make_window, laptop)
    folder = shots_folder(tmp_path)
    set_language("th" if language == "th" else "en")
    tell_widgets()
    day.window.office.theme.set_percent(percent)
    name = f"prepare-{language}-{percent}"
    grab(day.window, folder / f"{name}-1-before.png")
    assert day.window.workplace is not None
    day.window.workplace.go_to("today")
    day.settle()
    grab(day.window, folder / f"{name}-0-today.png")
    button = day.window.workplace.prepare
    assert button.width() >= button.minimumSizeHint().width()
    day.window.workplace.go_to("prepare")
    day.settle()
    day.view.says._buttons[0].click()
    day.settle()
    day.round_ends()
    grab(day.window, folder / f"{name}-2-fetching.png")
    day.screen.run.stop()
    for kind, opened, computer in (
        ("3-ready", ALL_OPEN, WELL),
        ("4-not-ready", LACKING, replace(WELL, **BAD)),
    ):
        day.screen._take(judge(NOW, NOW, opened, computer))
        picture = grab(day.window, folder / f"{name}-{kind}.png")
        assert picture.stat().st_size > 20_000
    for fix in day.view.fixes.values():
        assert fix.height() >= 44
        assert fix.width() >= fix.minimumSizeHint().width()
    set_language("th")
