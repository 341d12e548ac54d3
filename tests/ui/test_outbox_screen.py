"""The outbox: states in plain words, counting down, trying now, taking back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from field_app.actions import outbox as actions
from field_app.actions import tickets
from field_app.domain.ids import OperationId, PhotoId
from field_app.domain.verdict import Reason
from field_app.queries.tickets import LocalState
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.sync.rows import row_words
from field_app.ui.sync.screen import OutboxScreen
from field_app.ui.sync.words import ACTS, REASONS, act_name, reason_meaning, reason_title
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import NOW
from tests.ui.test_work_screen import settle, window_of
from tests.ui.work_laptop import ITEMS, WorkLaptop, an_item, an_outbox

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
        ("กำลังส่ง 41%", "2.6 MB จาก 6.2 MB · หลุดกลางทางก็เริ่มจากจุดเดิม"),
        ("ลองใหม่ใน 0:30", "ติดต่อศูนย์ไม่ได้ · จะส่งต่อจาก 61%"),
        ("รอส่ง", "ต่อคิวลำดับ 3 · ข้อความไปก่อน รูปตามหลัง"),
        ("รอส่ง", "จะส่งในไม่กี่วินาที · ยังเลิกทำได้"),
    ]


def test_an_upload_moves_without_reading_again(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    see = laptop.see
    monkeypatch.setattr(laptop, "see", lambda *_args: pytest.fail("it asked again"))
    uploads = {PhotoId("photo-2"): 3_100_000, PhotoId("photo-1"): 1_170_000}
    moved = replace(laptop.sync_status, uploads=uploads, sent_bytes=4_270_000)
    window_of(screen).office.bus.tell_status(moved)
    settle(qtbot, window_of(screen))
    assert screen.view.rows[OperationId("op-2")].state == "กำลังส่ง 50%"
    assert screen.view.rows[OperationId("op-1")].state == "กำลังส่ง 65%"
    assert "4.3 MB" in screen.view._amount.text()
    monkeypatch.setattr(laptop, "see", see)
    laptop.found = an_outbox(ITEMS[:2])
    window_of(screen).office.bus.tell_status(replace(moved, uploads={}, waiting_count=1))
    settle(qtbot, window_of(screen))
    assert list(screen.view.rows) == ["op-4", "op-2"]
    assert screen.view.rows[OperationId("op-2")].state == "กำลังส่ง 41%"


def test_it_counts_down_without_reading_again(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    clock = screen.view._clock
    monkeypatch.setattr(type(clock), "now", lambda _self: NOW + timedelta(seconds=9))
    monkeypatch.setattr(laptop, "see", lambda *_args: pytest.fail("it asked again"))
    screen.view.tick()
    assert screen.view.rows[ITEMS[2].operation_id].state == "ลองใหม่ใน 0:21"


def test_trying_now_asks_sync(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    screen.view.send.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(actions.retry_now) == [()]
    assert laptop.syncs == 1


def test_a_fresh_item_can_be_taken_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    row = screen.view.rows[OperationId("op-3")]
    assert not row.undo.isHidden()
    row.undo.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("op-3",)]


def test_rows_stay_the_same_widgets_when_news_arrive(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    screen = opened(qtbot, make_window, laptop)
    before = screen.view.rows[OperationId("op-0")]
    laptop.found = an_outbox((ITEMS[3], replace(ITEMS[1], sent_bytes=3_100_000)))
    screen.visit(None)
    settle(qtbot, window_of(screen))
    assert list(screen.view.rows) == ["op-0", "op-2"]
    assert screen.view.rows[OperationId("op-0")] is before
    assert screen.view.rows[OperationId("op-2")].state == "กำลังส่ง 50%"


def test_an_empty_outbox_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = WorkLaptop()
    laptop.found = an_outbox(())
    screen = opened(qtbot, make_window, laptop)
    assert screen.view._empty.words.startswith("ไม่มีอะไรรอส่ง")
    assert screen.view._empty.isVisible()


def test_offline_work_waits_for_a_signal() -> None:
    words = row_words(an_item(1), 1, NOW, is_online=False)
    assert words.state == "รอสัญญาณ"
    assert words.sentence.startswith("อยู่ในเครื่องนี้แล้ว")


def test_a_few_seconds_are_promised_only_while_they_last() -> None:
    fresh = an_item(1, can_undo=True, made_at=NOW - timedelta(seconds=2))
    old = an_item(1, can_undo=True, made_at=NOW - timedelta(minutes=2))
    assert "ไม่กี่วินาที" in row_words(fresh, 1, NOW, is_online=True).sentence
    assert "ไม่กี่วินาที" not in row_words(old, 1, NOW, is_online=True).sentence
    assert "ไม่กี่วินาที" not in row_words(fresh, 1, NOW, is_online=False).sentence


def test_receipts_stay_in_their_places_in_another_language(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    card = screen.view.delivered
    before = [row.geometry() for row in card._rows]
    assert len(before) == 7
    set_language("en")
    tell_widgets()
    assert [row.geometry() for row in card._rows] == before
    set_language("th")


def test_words_take_the_place_of_buttons_in_a_narrow_row(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, WorkLaptop())
    sending = screen.view.rows[OperationId("op-2")]
    assert not sending._deeds.isHidden()
    sending.resize(400, sending.height())
    assert sending._deeds.isHidden()
    retry = screen.view.rows[OperationId("op-1")]
    retry.resize(400, retry.height())
    assert not retry._deeds.isHidden()


def test_an_unknown_failure_is_told_in_general_words() -> None:
    item = an_item(1, LocalState.RETRY, retry_at=NOW, last_error="connection reset by peer")
    assert row_words(item, 1, NOW, is_online=True).sentence == "ส่งไม่สำเร็จ · จะลองใหม่เอง"


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_reason_and_operation_has_words(language: str) -> None:
    set_language("en" if language == "en" else "th")
    assert set(REASONS) == set(Reason)
    told = [reason_title(reason) + reason_meaning(reason) for reason in Reason]
    told += [act_name(operation) for operation in ACTS]
    is_thai = [any("ก" <= sign <= "๛" for sign in words) for words in told]
    assert all(is_thai) if language == "th" else not any(is_thai)
    set_language("th")
