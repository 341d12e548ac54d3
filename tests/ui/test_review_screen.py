"""The review: side by side, approve, send back with reasons, undo, keys in both layouts."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import review, tickets
from field_app.domain.changes import Changes
from field_app.domain.ticket import TicketState
from field_app.queries.tickets import LocalState
from field_app.texts import set_language
from field_app.ui.language import tell_widgets
from field_app.ui.photos.card_words import hub_words
from field_app.ui.review.evidence import review_facts
from field_app.ui.review.review_view import ReviewView
from field_app.ui.review.screen import ReviewScreen
from field_app.ui.review.words import SEND_BACK_REASONS, WARNING, marks_of, reason_text
from field_app.ui.shared.chips import chip_width, fitting_words
from field_app.ui.theme import Theme
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF, NOW
from tests.ui.test_work_screen import settle, toast, window_of
from tests.ui.work_laptop import (
    AFTER,
    AFTER_FAR,
    BEFORE,
    DONE_CARDS,
    JOB,
    WorkLaptop,
    a_card,
    a_job,
)

pytestmark = pytest.mark.usefixtures("thai")

NOTE = "ซ่อมหลุมแล้ว"


def press(widget: QWidget, letter: str) -> None:
    """Press the key that sends this letter, Latin or Thai."""
    modifier, repeats = Qt.KeyboardModifier.NoModifier, False
    for is_down in (True, False):
        QTest.simulateEvent(widget, is_down, ord(letter.upper()), modifier, letter, repeats)


def a_review() -> WorkLaptop:
    cards = tuple(replace(card, local=LocalState.NONE) for card in DONE_CARDS)
    job = a_job(TicketState.IN_REVIEW, cards, resolution_note=NOTE, local=LocalState.NONE)
    return WorkLaptop(job, CHIEF)


def opened(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> ReviewScreen:
    window = make_window(laptop)
    assert window.workplace is not None
    settle(qtbot, window)
    screen = window.workplace.screen_of("review")
    assert isinstance(screen, ReviewScreen)
    return screen


def test_approving_goes_on_to_the_next_and_can_be_undone(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_review()
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.queue.chosen == JOB
    screen.view.decision.approve.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(review.approve) == [(JOB,)]
    assert screen.view.queue.chosen != JOB
    assert JOB in toast(screen)
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.undo) == [("new-1",)]


def test_sending_back_needs_a_reason(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = a_review()
    screen = opened(qtbot, make_window, laptop)
    screen.view.decision.send_back.click()
    form = screen.view.decision.form
    form.decide()
    assert laptop.deeds(review.send_back) == []
    assert form.banner.words
    form.tick(0)
    form.own_words.setPlainText("ขอรูปใหม่")
    form._marks[AFTER.photo.id].click()
    form.decide()
    settle(qtbot, window_of(screen))
    reason = "รูปหลังทำไม่ชัด\nขอรูปใหม่"
    assert laptop.deeds(review.send_back) == [(JOB, reason, (AFTER.photo.id,))]


@pytest.mark.parametrize("key", ["A", "ฟ"])
def test_a_approves_in_both_layouts(qtbot: QtBot, make_window: MakeWindow, key: str) -> None:
    laptop = a_review()
    screen = opened(qtbot, make_window, laptop)
    screen.setFocus()
    press(screen, key.lower())
    settle(qtbot, window_of(screen))
    assert laptop.deeds(review.approve) == [(JOB,)]


@pytest.mark.parametrize("key", ["R", "พ"])
def test_r_asks_for_reasons_and_numbers_tick_them(
    qtbot: QtBot, make_window: MakeWindow, key: str
) -> None:
    screen = opened(qtbot, make_window, a_review())
    screen.setFocus()
    press(screen, key.lower())
    assert screen.view.decision.is_form_open
    press(screen, "2")
    assert [box.isChecked() for box in screen.view.decision.form.boxes].index(True) == 1
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.view.decision.is_form_open


@pytest.mark.parametrize(("on", "back"), [("j", "k"), ("่", "า")])
def test_j_and_k_go_through_the_queue(
    qtbot: QtBot, make_window: MakeWindow, on: str, back: str
) -> None:
    laptop = a_review()
    screen = opened(qtbot, make_window, laptop)
    screen.setFocus()
    press(screen, on)
    settle(qtbot, window_of(screen))
    assert screen.view.queue.chosen == laptop.queue[1].ticket_id
    press(screen, back)
    settle(qtbot, window_of(screen))
    assert screen.view.queue.chosen == JOB


def test_a_photo_far_away_comes_first() -> None:
    job = a_job(TicketState.IN_REVIEW, (BEFORE, AFTER_FAR), resolution_note=NOTE)
    first = review_facts(job, NOW)[0]
    assert first.title == "ถ่ายคนละจุด"
    assert "850 ม." in first.text


def test_photos_that_are_not_at_the_hub_say_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = a_review()
    late = a_card("pothole_after", AFTER.photo.role, 9, has_arrived=False, screen=None)
    laptop.job = a_job(TicketState.IN_REVIEW, (BEFORE, late), local=LocalState.NONE)
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.compare.after.note.text() == "รูปเต็มยังมาไม่ถึง"
    decision = screen.view.decision
    assert decision.awaited.words == (
        "รูปถึงศูนย์แล้ว 1 จาก 2 รออีก 1 รูปจากทีมโยธา 3 นับว่าครบเมื่อรูปมาถึงทั้งหมด"
    )
    assert decision.approve.text() == "อนุมัติเลย"


def test_a_smaller_picture_is_shown_as_such_until_the_original_comes(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    laptop = a_review()
    late = a_card("pothole_after", AFTER.photo.role, 9, has_arrived=False)
    late = replace(late, photo=replace(late.photo, has_screen_copy=True))
    laptop.job = a_job(TicketState.IN_REVIEW, (BEFORE, late), local=LocalState.NONE)
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.compare.after.note.text() == "รูปขนาดจอ: รูปเต็มจะส่งจากสำนักงาน"
    assert screen.view.decision.approve.text() == "อนุมัติเลย"
    assert hub_words(late) == "ศูนย์มีรูปขนาดจอแล้ว รูปเต็มจะตามมา"
    mine = replace(late, local=LocalState.PAUSED)
    assert hub_words(mine) == "ศูนย์มีรูปขนาดจอแล้ว รูปเต็มยังอยู่ในเครื่องนี้เท่านั้น"
    whole = replace(late, photo=replace(late.photo, has_arrived=True))
    assert hub_words(whole) == "ที่ศูนย์"
    grab(window_of(screen), shots_folder(tmp_path) / "review-policy-th.png")


def a_late_review() -> WorkLaptop:
    """Return a review whose first job misses a photo."""
    laptop = a_review()
    late = a_card("pothole_after", AFTER.photo.role, 9, has_arrived=False, screen=None)
    laptop.job = a_job(TicketState.IN_REVIEW, (BEFORE, late), local=LocalState.NONE)
    first = replace(laptop.queue[0], arrived_count=1)
    laptop.queue = (first, *laptop.queue[1:])
    return laptop


def test_a_row_says_how_many_photos_are_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = a_late_review()
    assert marks_of(laptop.queue[0])[0] == (WARNING, "มา 1 จาก 2 รูป")
    screen = opened(qtbot, make_window, laptop)
    arrived = replace(laptop.queue[0], arrived_count=2)
    laptop.queue = (arrived, *laptop.queue[1:])
    laptop.job = a_job(TicketState.IN_REVIEW, (BEFORE, AFTER), local=LocalState.NONE)
    window_of(screen).office.bus.tell(Changes(tickets=frozenset({JOB})))
    settle(qtbot, window_of(screen))
    qtbot.waitUntil(lambda: screen.view.decision.approve.text() == "อนุมัติ")
    assert not screen.view.decision.awaited.isVisible()


def test_approving_without_all_photos_says_for_how_many_it_waits(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_late_review()
    screen = opened(qtbot, make_window, laptop)
    screen.view.decision.approve.click()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(review.approve) == [(JOB,)]
    assert "อนุมัติแล้ว · ยังรออีก 1 รูป" in toast(screen)


def test_an_approved_job_stays_in_sight_until_its_photos_are_there(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_late_review()
    decided = replace(laptop.queue[0], is_decided=True)
    laptop.queue = (*laptop.queue[1:], decided)
    moved = replace(laptop.job.ticket, state=TicketState.FINISHED)
    laptop.job = replace(laptop.job, ticket=moved)
    screen = opened(qtbot, make_window, laptop)
    assert screen.subtitle() == "รอตรวจ 6 งาน · อนุมัติแล้วยังขาดรูป 1 งาน"
    assert [words for _key, words in marks_of(decided)] == ["อนุมัติแล้ว ขาด 1 รูป"]
    screen.visit(JOB)
    settle(qtbot, window_of(screen))
    decision = screen.view.decision
    assert screen.view.queue.chosen == JOB
    assert "อนุมัติแล้ว นับว่าครบเมื่อรูปมาถึงทั้งหมด" in decision.awaited.words
    assert not decision.approve.isVisible()
    for key in ("a", "r"):
        press(screen, key)
    settle(qtbot, window_of(screen))
    assert laptop.deeds(review.approve) == []
    assert not decision.is_form_open


def test_the_queue_goes_on_when_a_job_moves_to_those_that_wait_for_photos(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_late_review()
    screen = opened(qtbot, make_window, laptop)
    second = laptop.queue[1].ticket_id
    rows = (*laptop.queue[1:], replace(laptop.queue[0], is_decided=True))
    screen.view.queue.show_rows(rows, NOW)
    assert screen.view.queue.chosen == second


def test_the_evidence_stays_readable_in_another_language(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = opened(qtbot, make_window, a_review())
    rows = [row for row in screen.view.decision.rows if row.isVisible()]
    before = [row.geometry() for row in rows]
    set_language("en")
    tell_widgets()
    assert [row for row in screen.view.decision.rows if row.isVisible()] == rows
    assert [row.geometry() for row in rows] == before
    assert [row.title.text() for row in rows] == ["Right place", "Right time", "Complete"]


def test_photos_lie_the_way_that_shows_them_larger(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = opened(qtbot, make_window, a_review())
    pair = screen.view.compare.pair
    pair.setFixedSize(640, 500)
    qtbot.waitUntil(lambda: pair.width() == 640)
    assert not pair.is_stacked
    pair.setFixedSize(400, 900)
    qtbot.waitUntil(lambda: pair.is_stacked)


def test_the_widths_are_kept_and_a_double_click_forgets_them(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_review()
    screen = opened(qtbot, make_window, laptop)
    panes = screen.view.splitter
    designed = panes.sizes()
    panes.moveSplitter(designed[0] + 60, 1)
    dragged = panes.sizes()
    assert dragged[0] == designed[0] + 60
    settings = screen.office.settings
    again = ReviewView(screen.theme, screen.office.background, settings)
    qtbot.addWidget(again)
    again.show_queue(laptop.queue, NOW)
    again.resize(screen.view.size())
    again.show()
    assert again.splitter.sizes() == dragged
    handle = panes.handle(1)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    assert panes.sizes() == designed
    assert settings.value("panes/review") is None


def test_marks_lose_the_end_of_their_words_where_there_is_no_room(theme: Theme) -> None:
    words = "Far from the place"
    whole = chip_width(theme, words)
    assert fitting_words(theme, words, whole) == words
    assert fitting_words(theme, words, whole - 20).endswith("…")
    assert fitting_words(theme, words, 20) == ""


def test_an_empty_queue_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    laptop = a_review()
    laptop.queue = ()
    screen = opened(qtbot, make_window, laptop)
    assert screen.view.empty.isVisible()


def test_reasons_become_lines_that_the_crew_reads() -> None:
    assert reason_text((3, 0), " mine ") == "รูปหลังทำไม่ชัด\nขาดรูปก่อนทำ\nmine"
    assert reason_text((), " ") == ""
    assert len(SEND_BACK_REASONS) == 6
