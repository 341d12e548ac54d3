"""Checks as calm badges with the fact behind each, and handing in without an after photo."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from field_app.actions import tickets
from field_app.domain.checks import Check, CheckKind
from field_app.domain.errors import PhotoMissing
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.operation import NoPhotoReason
from field_app.domain.photo import PhotoEvidence, PhotoRole, PhotoSign, SeenBefore
from field_app.domain.ticket import TicketState
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import LocalState
from field_app.texts import Language, set_language
from field_app.ui.language import choose_language
from field_app.ui.photos.check_words import BADGES, badge_words, badges_words, fact_words
from field_app.ui.photos.facts import Tone, photo_facts, slot_badge
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.resolve.screen import WorkScreen
from field_app.ui.resolve.sheets import NoPhotoSheet
from field_app.ui.review.evidence import review_facts
from field_app.ui.review.screen import ReviewScreen
from field_app.ui.review.words import WARNING, marks_of
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeWindow
from tests.ui.laptop import CHIEF, NOW
from tests.ui.test_work_screen import opened, settle, toast, window_of
from tests.ui.work_laptop import (
    AFTER,
    BEFORE,
    CITIZEN,
    JOB,
    REPORTED,
    SPOT,
    WorkLaptop,
    a_card,
    a_job,
    north_of,
)

pytestmark = pytest.mark.usefixtures("thai")

PHONE = PhotoEvidence(camera="samsung SM-A556E", software="A556EXXS7", has_zone=True, accuracy_m=6)
OTHER_JOB = SeenBefore(
    ticket_id=TicketId("2026-T6BN1D"),
    photo_id=PhotoId("old"),
    role=PhotoRole.AFTER,
    added_at=NOW - timedelta(days=1),
)


def a_photo(name: str, role: PhotoRole, minutes_ago: int, **facts: Any) -> PhotoCard:
    """Return a card of a photo with evidence; `facts` replace the photo's own."""
    card = a_card(name, role, minutes_ago)
    if "place" in facts:
        card = replace(card, distance_m=None if facts["place"] is None else 850.0)
    return replace(card, photo=replace(card.photo, **({"evidence": PHONE} | facts)))


ODD = (
    *CITIZEN,
    a_photo("pothole_before", PhotoRole.BEFORE, 80, taken_at=REPORTED - timedelta(days=3)),
    a_photo("pothole_during", PhotoRole.PROGRESS, 50, taken_at=None, place=None),
    a_photo("pothole_after", PhotoRole.AFTER, 9, seen_before=OTHER_JOB, place=north_of(SPOT, 850)),
    a_photo(
        "pothole_after2",
        PhotoRole.AFTER,
        5,
        evidence=replace(
            PHONE, software="Snapseed 2.0", signs=(PhotoSign.CHANGED_LATER, PhotoSign.RESIZED)
        ),
    ),
)


def card_of(cards: tuple[PhotoCard, ...], name: str) -> PhotoCard:
    return next(card for card in cards if card.photo.id.startswith(f"{name}-"))


def test_every_kind_has_a_badge_and_a_fact_in_both_languages() -> None:
    for language in ("th", "en"):
        set_language("en" if language == "en" else "th")
        for kind in CheckKind:
            check = Check(
                kind=kind,
                photo_id=PhotoId("p"),
                role=PhotoRole.AFTER,
                at=NOW,
                than=NOW,
                metres=120.0,
                program="GIMP 2.10",
                measure=3.0,
                seen=OTHER_JOB,
            )
            assert kind in BADGES
            assert 0 < len(badge_words(check)) <= 27
            assert "{" not in badge_words(check) + fact_words(check, NOW)
            assert len(fact_words(check, NOW)) > len(badge_words(check))
    set_language("th")


def test_a_slot_says_what_weighs_most_and_how_much_more() -> None:
    cards = a_job(TicketState.IN_PROGRESS, ODD).photos
    after = [card for card in cards if card.photo.role is PhotoRole.AFTER]
    badge = slot_badge(after)
    assert (badge.tone, badge.title) == (Tone.WARN, "รูปคล้ายงานอื่น +4")
    assert badge.text.split("\n")[1] == "ห่าง 850 ม."
    progress = slot_badge([card_of(cards, "pothole_during")])
    assert (progress.tone, progress.title) == (Tone.MISSING, "ไม่มีเวลาในรูป +1")
    assert slot_badge([]).title == "ยังไม่มีรูป"
    fine = a_job(cards=(AFTER,)).photos
    assert (slot_badge(fine).tone, slot_badge(fine).title) == (Tone.OK, "ตรงจุด 6 ม.")


def test_a_photo_tells_every_fact() -> None:
    cards = a_job(TicketState.IN_PROGRESS, ODD).photos
    facts = photo_facts(card_of(cards, "pothole_after"), NOW)
    words = [f"{fact.title}: {fact.text}" for fact in facts]
    assert words[0] == "รูปคล้ายงานอื่น: เป็นภาพเดียวกับรูป “หลังทำ” ของงาน 2026-T6BN1D · 18 พ.ย."
    assert words[1] == "ห่าง 850 ม.: ห่างจากจุดที่แจ้ง 850 ม."
    assert words[-1] == "samsung SM-A556E: โปรแกรม: A556EXXS7"
    edited = photo_facts(card_of(cards, "pothole_after2"), NOW)
    assert "Snapseed 2.0" in edited[0].text
    set_language("en")
    assert photo_facts(card_of(cards, "pothole_after2"), NOW)[0].title == "Edited by a program"
    set_language("th")


def test_the_review_lists_facts_by_weight_and_what_is_in_order_last() -> None:
    facts = review_facts(a_job(TicketState.IN_REVIEW, ODD, resolution_note="ซ่อมแล้ว"), NOW)
    titles = [fact.title for fact in facts]
    assert titles[:4] == ["รูปคล้ายงานอื่น", "ถ่ายคนละจุด", "ถ่ายก่อนวันที่แจ้ง", "ผ่านโปรแกรมแต่งรูป"]
    tones = [fact.tone for fact in facts]
    order = [Tone.WARN, Tone.MISSING, Tone.OK]
    assert tones == sorted(tones, key=order.index)
    fine = tuple(
        replace(card, photo=replace(card.photo, evidence=PHONE)) for card in (BEFORE, AFTER)
    )
    calm = review_facts(a_job(TicketState.IN_REVIEW, fine, resolution_note="ซ่อมแล้ว"), NOW)
    assert {fact.tone for fact in calm} == {Tone.OK}
    assert "ไฟล์มาจากกล้องโดยตรง" in [fact.title for fact in calm]


def test_a_row_of_the_queue_names_what_weighs_most() -> None:
    laptop = WorkLaptop(person=CHIEF)
    far = laptop.queue[3]
    assert marks_of(far)[0] == (WARNING, "ห่าง 340 ม.")
    unknown = replace(far.checks[0], kind=CheckKind.NO_TIME)
    assert marks_of(replace(far, checks=(unknown,)))[0] == ("finished", "รูปครบ")
    both = (far.checks[0], replace(far.checks[0], kind=CheckKind.EDITED))
    assert badges_words(both) == "ห่าง 340 ม. +1"
    bare = replace(far, after=None, checks=(), no_photo_reason="camera")
    assert marks_of(bare)[0] == (WARNING, "ไม่มีรูปหลังทำ")


def a_review(cards: tuple[PhotoCard, ...], **facts: Any) -> WorkLaptop:
    job = a_job(TicketState.IN_REVIEW, cards, local=LocalState.NONE, **facts)
    laptop = WorkLaptop(job, CHIEF)
    checks = tuple(check for card in job.photos for check in card.checks)
    after = next((c for c in job.photos if c.photo.role is PhotoRole.AFTER), None)
    reason = job.ticket.no_photo_reason
    first = replace(laptop.queue[0], checks=checks, after=after, no_photo_reason=reason)
    laptop.queue = (first, *laptop.queue[1:])
    return laptop


def reviewing(qtbot: QtBot, make_window: MakeWindow, laptop: WorkLaptop) -> ReviewScreen:
    window = make_window(laptop)
    assert window.workplace is not None
    settle(qtbot, window)
    screen = window.workplace.screen_of("review")
    assert isinstance(screen, ReviewScreen)
    return screen


def viewer_of(screen: WorkScreen | ReviewScreen) -> PhotoViewer:
    (viewer,) = window_of(screen).findChildren(PhotoViewer)
    return viewer


def test_a_fact_leads_to_its_photo_by_key_and_by_click(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    screen = reviewing(qtbot, make_window, a_review(ODD))
    far = screen.view.decision.rows[1]
    assert far.title.text() == "ถ่ายคนละจุด"
    assert far.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(far, Qt.Key.Key_Return)
    viewer = viewer_of(screen)
    assert viewer.shown.photo.id.startswith("pothole_after-")
    assert [row.title.text() for row in viewer.facts.rows if row.isVisible()][:2] == [
        "รูปคล้ายงานอื่น",
        "ห่าง 850 ม.",
    ]
    assert "2026-T6BN1D" in viewer.facts.accessibleName()
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    QTest.mouseClick(screen.view.decision.rows[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(
            v.isVisible() and v.shown.photo.role is PhotoRole.BEFORE
            for v in window_of(screen).findChildren(PhotoViewer)
        )
    )


def test_of_a_citizens_photo_the_viewer_says_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen = reviewing(qtbot, make_window, a_review(ODD))
    screen.view.compare.view_wished.emit(CITIZEN[0].photo.id)
    viewer = viewer_of(screen)
    assert not viewer.facts.isVisible()
    viewer.show_former()
    assert viewer.facts.isVisible()


def test_the_supervisor_reads_first_why_there_is_no_after_photo(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    laptop = a_review((*CITIZEN, BEFORE), resolution_note="ซ่อมใต้ดิน", no_photo_reason="dark")
    screen = reviewing(qtbot, make_window, laptop)
    decision = screen.view.decision
    assert decision.no_photo.isVisible()
    assert decision.no_photo.words == "ไม่มีรูปหลังทำ มืด เปียก หรืออันตรายเกินไป"
    assert decision.no_photo.y() < decision.rows[0].y()
    assert all("ขาด" not in row.text.text() for row in decision.rows if row.isVisible())
    assert decision.approve.isVisible()


def finishing(qtbot: QtBot, make_window: MakeWindow, draft: str = "") -> tuple[Any, WorkLaptop]:
    """Return the work screen after somebody wished to finish without an after photo."""
    laptop = WorkLaptop(a_job(cards=(*CITIZEN, BEFORE), draft=draft))
    laptop.failures[tickets.finish] = PhotoMissing("no after photo")
    screen = opened(qtbot, make_window, laptop)
    screen.view.finish.wish_primary()
    settle(qtbot, window_of(screen))
    del laptop.failures[tickets.finish]
    return screen, laptop


def the_sheet(screen: WorkScreen) -> NoPhotoSheet:
    screen._ask_reason()
    sheet = screen._sheet
    assert isinstance(sheet, NoPhotoSheet)
    return sheet


def test_finishing_without_an_after_photo_asks_why(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen, laptop = finishing(qtbot, make_window, draft="ซ่อมท่อใต้ดินแล้ว")
    buttons = screen.view.banner.findChildren(QAbstractButton)
    next(b for b in buttons if b.text() == "บอกเหตุผลที่ไม่มี").click()
    sheet = screen._sheet
    assert isinstance(sheet, NoPhotoSheet)
    assert sheet.note.toPlainText() == "ซ่อมท่อใต้ดินแล้ว"
    sheet.decide()
    assert sheet.banner.words == "เลือกเหตุผลก่อน"
    sheet.cards[NoPhotoReason.NOTHING_TO_SEE].click()
    screen._wish_primary()
    settle(qtbot, window_of(screen))
    reason = NoPhotoReason.NOTHING_TO_SEE
    assert laptop.deeds(tickets.finish) == [(JOB, "ซ่อมท่อใต้ดินแล้ว", reason)]
    assert "ส่งงานให้ตรวจ" in toast(screen)
    assert not screen.view.banner.isVisible()
    workplace = window_of(screen).workplace
    assert workplace is not None
    assert workplace.toast.take_back()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.keep_draft)[-1] == (JOB, "ซ่อมท่อใต้ดินแล้ว")


def test_another_reason_needs_words(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen, laptop = finishing(qtbot, make_window)
    sheet = the_sheet(screen)
    sheet.cards[NoPhotoReason.OTHER].click()
    sheet.decide()
    assert sheet.banner.words == "เขียนเหตุผลที่ไม่มีรูปหลังทำ"
    sheet.note.setPlainText("เจ้าของบ้านไม่ให้ถ่าย")
    sheet.decide()
    settle(qtbot, window_of(screen))
    expected = (JOB, "เจ้าของบ้านไม่ให้ถ่าย", NoPhotoReason.OTHER)
    assert laptop.deeds(tickets.finish) == [expected]


def test_words_of_the_sheet_survive_a_failure(qtbot: QtBot, make_window: MakeWindow) -> None:
    screen, laptop = finishing(qtbot, make_window)
    laptop.failures[tickets.finish] = PhotoMissing("still none")
    sheet = the_sheet(screen)
    sheet.cards[NoPhotoReason.CAMERA].click()
    sheet.note.setPlainText("ซ่อมแล้ว")
    sheet.decide()
    settle(qtbot, window_of(screen))
    assert laptop.deeds(tickets.keep_draft)[-1] == (JOB, "ซ่อมแล้ว")


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", ["th", "en"])
def test_badges_fit(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: Language, percent: int
) -> None:
    folder = shots_folder(tmp_path)
    screen = opened(qtbot, make_window, WorkLaptop(a_job(cards=ODD, draft="ซ่อมแล้ว")))
    window = window_of(screen)
    choose_language(language, window.office.settings)
    window.office.theme.set_percent(percent)
    settle(qtbot, window)
    grab(window, folder / f"checks-work-{language}-{percent}.png")
    badge = screen.view.evidence.slots[PhotoRole.BEFORE]._badge
    assert percent > 100 or not badge.is_cut
    screen._view_photo(card_of(ODD, "pothole_after").photo.id)
    settle(qtbot, window)
    grab(window, folder / f"checks-viewer-{language}-{percent}.png")
    viewer = viewer_of(screen)
    assert not any(row.title.is_cut or row.text.is_cut for row in viewer.facts.rows)
    viewer.close_it()
    sheet = the_sheet(screen)
    settle(qtbot, window)
    grab(window, folder / f"checks-sheet-{language}-{percent}.png")
    assert sheet.height() <= window.height()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("language", ["th", "en"])
def test_facts_of_the_review_fit(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, language: Language, percent: int
) -> None:
    folder = shots_folder(tmp_path)
    for name, laptop in {
        "odd": a_review(ODD, resolution_note="ซ่อมแล้ว"),
        "bare": a_review((*CITIZEN, BEFORE), resolution_note="ซ่อมแล้ว", no_photo_reason="dark"),
    }.items():
        screen = reviewing(qtbot, make_window, laptop)
        window = window_of(screen)
        choose_language(language, window.office.settings)
        window.office.theme.set_percent(percent)
        settle(qtbot, window)
        grab(window, folder / f"checks-review-{name}-{language}-{percent}.png")
        rows = [row for row in screen.view.decision.rows if row.isVisible()]
        for label in (label for row in rows for label in (row.title, row.text)):
            assert label.height() >= label.heightForWidth(label.width()) or label.isHidden()
