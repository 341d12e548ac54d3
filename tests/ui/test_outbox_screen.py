"""The outbox: states in plain words, counting down, trying now, taking back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from field_app.actions import outbox as actions
from field_app.actions import tickets
from field_app.domain.ids import OperationId, PhotoId
from field_app.domain.verdict import Reason
from field_app.queries.act_rows import OpenPhoto
from field_app.queries.outbox import Pauses
from field_app.queries.tickets import LocalState
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.shared.pill import pill_words
from field_app.ui.sync.rows import Moment, row_words
from field_app.ui.sync.screen import OutboxScreen
from field_app.ui.sync.words import ACTS as ACT_WORDS
from field_app.ui.sync.words import REASONS, act_name, reason_short, reason_title
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import ACTS, MB, WorkLaptop, an_act, an_outbox

pytestmark = pytest.mark.usefixtures("thai")


def opened(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> OutboxScreen:
    window = make_window(laptop)
    assert window.workplace is not None
    window.workplace.go_to("outbox")
    settle(qtbot, window)
    screen = window.workplace.screen_of("outbox")
    assert isinstance(screen, OutboxScreen)
    return screen


def test_each_state_has_its_words(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    said = [(row.state, row.sentence) for row in screen.view.rows.values()]
    assert said == [
        ("ต้องตัดสินใจ", "ศูนย์ปิดงานนี้ไปแล้วระหว่างที่คุณออฟไลน์"),
        ("กำลังส่ง 41%", "2.6 MB จาก 6.2 MB · ถึงศูนย์แล้ว 1 จาก 4 รูป"),
        ("ลองใหม่ใน 0:30", "ติดต่อศูนย์ไม่ได้ · จะส่งต่อจาก 61% · ลองแล้ว 2 ครั้ง"),
        ("รอส่ง", "ต่อคิวลำดับ 3 · ข้อความไปก่อน รูปตามหลัง"),
        ("รอส่ง", "จะส่งในไม่กี่วินาที · ยังเลิกทำได้"),
        ("คุณพักไว้", "ถึงศูนย์แล้ว 0 จาก 1 รูป · จะไม่ส่งจนกว่าจะกด “ส่งเลย”"),
    ]


def test_an_upload_moves_without_reading_again(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    see = laptop.see
    monkeypatch.setattr(laptop, "see", lambda *_args: pytest.fail("it asked again"))
    uploads = {PhotoId("photo-2-1"): 1_500_000, PhotoId("photo-1-0"): 1_170_000}
    moved = replace(laptop.sync_status, uploads=uploads, sent_bytes=4_270_000)
    window_of(screen).office.bus.tell_status(moved)
    settle(qtbot, window_of(screen))
    assert screen.view.rows["op-2"].state == "กำลังส่ง 50%"
    assert screen.view.rows["op-1"].state == "กำลังส่ง 65%"
    assert "4.7 MB" in screen.view.head.amount
    monkeypatch.setattr(laptop, "see", see)
    laptop.found = an_outbox(ACTS[:2])
    window_of(screen).office.bus.tell_status(replace(moved, uploads={}, waiting_count=1))
    settle(qtbot, window_of(screen))
    assert list(screen.view.rows) == ["op-4", "op-2"]
    assert screen.view.rows["op-2"].state == "กำลังส่ง 41%"


def test_it_counts_down_without_reading_again(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    clock = screen.view._clock
    monkeypatch.setattr(type(clock), "now", lambda _self: NOW + timedelta(seconds=9))
    monkeypatch.setattr(laptop, "see", lambda *_args: pytest.fail("it asked again"))
    screen.view.tick()
    assert screen.view.rows[ACTS[2].key].state == "ลองใหม่ใน 0:21"


def test_trying_now_asks_sync(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen.view.head.send.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.retry_now) == [()]
    assert laptop.syncs == 1


def test_a_fresh_item_can_be_taken_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    row = screen.view.rows["op-3"]
    assert not row.undo.isHidden()
    row.undo.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("op-3",)]


def test_the_photos_of_one_job_are_paused_and_sent_from_their_row(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen.view.rows["op-0"].pause.click()
    screen.view.rows["op-5"].go.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.pause_job) == [("2026-TEST00",)]
    assert laptop.deeds(actions.send_job) == [("2026-TEST05",)]
    assert laptop.syncs == 1
    shown = {key: (not row.pause.isHidden(), not row.go.isHidden())
             for key, row in screen.view.rows.items()}  # fmt: skip
    assert shown == {
        "op-4": (False, False),
        "op-2": (True, False),
        "op-1": (True, False),
        "op-0": (True, False),
        "op-3": (False, False),
        "op-5": (False, True),
    }


def test_everything_is_paused_with_one_click_and_goes_on_with_one(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    head = screen.view.head
    assert (head.pause.isVisible(), head.go.isVisible()) == (True, False)
    resting = tuple(
        replace(act, local=LocalState.PAUSED, undo_id=None, undo_type="") for act in ACTS[1:]
    )
    laptop.found = an_outbox(resting, Pauses(everything=True))
    head.pause.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.pause_all) == [()]
    assert (head.pause.isVisible(), head.send.isVisible(), head.go.isVisible()) == (
        False,
        False,
        True,
    )
    rows = screen.view.rows.values()
    assert {row.state for row in rows} == {"คุณพักไว้"}
    assert {row.sentence for row in rows} == {"จะไม่ส่งจนกว่าจะกด “ส่งต่อ”"}
    assert all(row.go.isHidden() and row.pause.isHidden() for row in rows)
    head.go.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.resume_all) == [()]
    assert laptop.syncs == 1


def test_full_photos_wait_for_the_office_by_one_switch(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    saving = screen.view.saving
    assert not saving.switch.isChecked()
    laptop.found = an_outbox(ACTS, Pauses(photos=True))
    saving.switch.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.pause_photos) == [()]
    assert saving.switch.isChecked()
    assert screen.view.rows["op-5"].sentence == "ถึงศูนย์แล้ว 0 จาก 1 รูป · รูปเต็มรอส่งที่สำนักงาน"
    laptop.found = an_outbox(ACTS, Pauses())
    saving.switch.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.resume_photos) == [()]
    assert not saving.switch.isChecked()


def test_the_card_says_when_the_system_calls_the_network_metered(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    saving = opened(qtbot, make_window, WorkLaptop()).view.saving
    plain = saving._hint.text()
    saving.show_metered(is_metered=True)
    assert saving._hint.text() == "ระบบแจ้งว่าเน็ตนี้คิดเงินตามที่ใช้"
    saving.show_metered(is_metered=False)
    assert saving._hint.text() == plain


def test_the_time_left_is_told_only_when_it_is_known(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.head.outlook.startswith("ติดต่อศูนย์ล่าสุด")
    clock, photo = screen.view._clock, PhotoId("photo-2-1")
    for second, sent in ((0, MB), (10, MB + 375_000)):
        at = NOW + timedelta(seconds=second)
        monkeypatch.setattr(type(clock), "now", lambda _self, at=at: at)
        screen.view.show_status(replace(laptop.sync_status, uploads={photo: sent}))
    assert screen.view.head.outlook == "เหลือราว 4 นาที ที่ความเร็วนี้ (0.3 Mbps)"
    monkeypatch.setattr(type(clock), "now", lambda _self: NOW + timedelta(seconds=30))
    screen.view.tick()
    assert screen.view.head.outlook.startswith("ติดต่อศูนย์ล่าสุด")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (SyncStatus(is_resting=True, waiting_count=2, resting_count=1, resting_bytes=MB,
                    reach=Reach.ONLINE), ("คุณพักไว้", "รอส่ง 2 รายการ · 1.0 MB")),
        (SyncStatus(photos_rest=True, waiting_count=3, resting_count=3, resting_bytes=MB,
                    reach=Reach.ONLINE), ("ออนไลน์", "พักไว้ 3 รูป · 1.0 MB")),
        (SyncStatus(photos_rest=True, waiting_count=5, resting_count=3, resting_bytes=MB,
                    reach=Reach.OFFLINE), ("ออฟไลน์", "รอส่ง 2 รายการ · พักไว้ 3 รูป")),
        (SyncStatus(is_resting=True, waiting_count=1, attention_count=1),
         ("ต้องตัดสินใจ 1 เรื่อง", "รอส่ง 1 รายการ")),
    ],
)  # fmt: skip
def test_the_pill_tells_what_rests(status: SyncStatus, said: tuple[str, str]) -> None:
    assert pill_words(status) == said


def test_rows_stay_the_same_widgets_when_news_arrive(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    before = screen.view.rows["op-0"]
    laptop.found = an_outbox((ACTS[3], replace(ACTS[1], sent_bytes=3_100_000)))
    screen.visit(None)
    settle(qtbot, window_of(screen))
    assert list(screen.view.rows) == ["op-0", "op-2"]
    assert screen.view.rows["op-0"] is before
    assert screen.view.rows["op-2"].state == "กำลังส่ง 50%"


def test_an_empty_outbox_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    laptop.found = an_outbox(())
    screen = opened(qtbot, make_window, laptop)
    assert screen.view._empty.words.startswith("ไม่มีอะไรรอส่ง")
    assert screen.view._empty.isVisible()


def test_offline_work_waits_for_a_signal() -> None:
    words = row_words(an_act(1), 1, Moment(now=NOW, is_online=False))
    assert words.state == "รอสัญญาณ"
    assert words.sentence.startswith("อยู่ในเครื่องนี้แล้ว")


def test_a_few_seconds_are_promised_only_while_they_last() -> None:
    undo: dict[str, Any] = {"undo_id": OperationId("op-1"), "undo_type": "finish"}
    fresh = an_act(1, made_at=NOW - timedelta(seconds=2), **undo)
    old = an_act(1, made_at=NOW - timedelta(minutes=2), **undo)
    online, offline = Moment(now=NOW, is_online=True), Moment(now=NOW, is_online=False)
    assert "ไม่กี่วินาที" in row_words(fresh, 1, online).sentence
    assert "ไม่กี่วินาที" not in row_words(old, 1, online).sentence
    assert "ไม่กี่วินาที" not in row_words(fresh, 1, offline).sentence


def test_receipts_stay_in_their_places_in_another_language(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    card = screen.view.delivered
    before = [row.geometry() for row in card.rows]
    assert len(before) == 7
    set_language("en")
    tell_widgets()
    assert [row.geometry() for row in card.rows] == before
    set_language("th")


def test_words_take_the_place_of_buttons_in_a_narrow_row(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = WorkLaptop()
    laptop.found = an_outbox((an_act(7), ACTS[2]))
    screen = opened(qtbot, make_window, laptop)
    words_only = screen.view.rows["op-7"]
    assert not words_only._deeds.isHidden()
    words_only.resize(400, words_only.height())
    assert words_only._deeds.isHidden()
    retry = screen.view.rows["op-1"]
    retry.resize(400, retry.height())
    assert not retry._deeds.isHidden()


def test_an_unknown_failure_is_told_in_general_words() -> None:
    act = an_act(1, LocalState.RETRY, retry_at=NOW, last_error="connection reset by peer")
    moment = Moment(now=NOW, is_online=True)
    assert row_words(act, 1, moment).sentence == "ส่งไม่สำเร็จ · จะลองใหม่เอง"


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_reason_and_operation_has_words(language: str) -> None:
    set_language("en" if language == "en" else "th")
    assert set(REASONS) == set(Reason)
    told = [reason_title(reason) + reason_short(reason) for reason in Reason]
    told += [act_name(operation) for operation in ACT_WORDS]
    is_thai = [any("ก" <= sign <= "๛" for sign in words) for words in told]
    assert all(is_thai) if language == "th" else not any(is_thai)
    set_language("th")


def test_by_the_agencys_policy_pictures_go_and_originals_wait_for_the_depot(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = WorkLaptop()
    there = OpenPhoto(photo_id=PhotoId("p"), size_bytes=MB, sent_bytes=0, has_picture=True)
    resting = replace(ACTS[-1], open_photos=(there,))
    policy = Pauses(photos=True, copies_first=True, by_policy=True)
    laptop.found = an_outbox((resting, ACTS[0]), policy)
    screen = opened(qtbot, make_window, laptop)
    row, saving = screen.view.rows[resting.key], screen.view.saving
    window = window_of(screen)
    assert saving.switch.isChecked()
    assert saving._hint.text() == "ตอนนี้ส่งรูปขนาดจอไปก่อน ถึงสำนักงานแล้วปิดสวิตช์นี้"
    assert row.sentence == ("ถึงศูนย์แล้ว 0 จาก 1 รูป · มีรูปขนาดจอ 1 รูปแล้ว รูปเต็มยังอยู่ในเครื่องนี้เท่านั้น")
    assert row.state == "รอส่งที่สำนักงาน"
    grab(window, shots_folder(tmp_path) / "outbox-policy-th.png")
    set_language("en")
    tell_widgets()
    settle(qtbot, window)
    assert saving._hint.text() == "Smaller pictures go now. At the depot, turn this off"
    grab(window, shots_folder(tmp_path) / "outbox-policy-en.png")

    laptop.found = an_outbox((resting,), Pauses(copies_first=True))
    saving.switch.click()
    settle(qtbot, window)
    assert laptop.deeds(actions.resume_photos) == [()]
    assert saving._hint.text() == "Originals go now, and rest again when all have gone"
    set_language("th")
