"""Places beside a job: coordinates to copy, a pin to move for a reason, and one visit."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from field_app.actions.tickets import move_place, undo
from field_app.domain.ids import TicketId
from field_app.domain.people import Role
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.domain.visits import Bond
from field_app.queries.visits import CompanionRow, Companions
from field_app.texts import Language, set_language
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.places.copy_sheet import CopySheet
from field_app.ui.places.move_sheet import MoveSheet
from field_app.ui.places.panel import PlacePanel
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.theme import Theme
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import DAY, FakeLaptop
from tests.ui.test_today import FIRST, MakeWindow, press, settle, today

HERE = Place(latitude=13.7563, longitude=100.5018)
THERE = Place(latitude=13.7566, longitude=100.5020)


def near(*bonds: Bond) -> tuple[CompanionRow, ...]:
    """Return jobs for a visit, each a little farther away."""
    rows = [row for row in DAY if row.id != FIRST]
    return tuple(
        CompanionRow(row=row, bond=bond, distance_m=12.0 + 9 * number)
        for number, (row, bond) in enumerate(zip(rows, bonds, strict=False))
    )


def sheet_of(window: MainWindow, kind: type[CopySheet] | type[MoveSheet]) -> CopySheet | MoveSheet:
    sheets = [sheet for sheet in window.findChildren(kind) if sheet.isVisible()]
    assert len(sheets) == 1
    return sheets[0]


def move_sheet(window: MainWindow) -> MoveSheet:
    sheet = sheet_of(window, MoveSheet)
    assert isinstance(sheet, MoveSheet)
    return sheet


def copy_sheet(window: MainWindow) -> CopySheet:
    sheet = sheet_of(window, CopySheet)
    assert isinstance(sheet, CopySheet)
    return sheet


def words_in(widget: PlacePanel | CopySheet | MoveSheet) -> list[str]:
    return [label.text() for label in widget.findChildren(ThaiLabel) if label.isVisible()]


def test_coordinates_are_copied_by_a_key_in_the_form_that_is_wanted(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    press(today(window), "c")
    sheet = copy_sheet(window)
    assert "UTM, WGS 84" in words_in(sheet)
    assert len(sheet.buttons) == 4
    QTest.keyClicks(sheet, "4")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("47P PR ")
    assert [button.text() for button in sheet.buttons] == ["Copy", "Copy", "Copy", "Copied"]
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "13.755000, 100.500000"


def test_a_pin_is_moved_without_a_map_by_typing_its_place(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    press(today(window), "l")
    sheet = move_sheet(window)
    sheet.where.setText("47P PR 62366 21280")
    assert sheet.away.text() == "242 m from the citizen's point"
    sheet.tags[0].click()
    sheet.own_words.setPlainText("Beside the temple")
    sheet.deed.click()
    settle(window, qtbot)
    action, ticket_id, place, reason = laptop.done[-1]
    assert (action, ticket_id) == (move_place, FIRST)
    assert place.latitude == pytest.approx(13.7563, abs=1e-5)
    assert reason == "The problem is on the other side of the road\nBeside the temple"
    assert window.workplace is not None
    toast = window.workplace.toast
    assert toast.isVisible()
    assert toast._words.text() == "Pin moved · 242 m from the citizen's point"
    toast.take_back()
    settle(window, qtbot)
    assert laptop.done[-1][0] is undo


def test_what_is_missing_for_a_move_is_said(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    press(today(window), "l")
    sheet = move_sheet(window)
    for where, words in (
        (sheet.where.text(), "The pin stands there already"),
        ("somewhere", "This is no place"),
        ("13.7563, 100.5018", "Tick a reason or write one"),
    ):
        sheet.where.setText(where)
        sheet.decide()
        assert words in words_in(sheet)
    assert laptop.done == []


def test_a_closed_job_s_pin_stays(make_window: MakeWindow) -> None:
    rows = (DAY[0]._replace(state=TicketState.FINISHED),)
    window = make_window(FakeLaptop(rows))
    screen = today(window)
    assert not screen.detail.place.move_pin.isVisible()
    press(screen, "l")
    assert not window.findChildren(MoveSheet)


def test_jobs_of_one_visit_are_told_and_led_to(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    laptop.companions = near(Bond.NEAR, Bond.NEAR)
    window = make_window(laptop)
    screen = today(window)
    settle(window, qtbot)
    panel = screen.detail.place
    assert "2 more jobs within 30 m" in words_in(panel)
    press(screen, "s")
    assert panel.go_buttons[0].hasFocus()
    panel.go_buttons[0].click()
    settle(window, qtbot)
    assert screen.detail.detail is not None
    assert screen.detail.detail.ticket.id == near(Bond.NEAR)[0].row.id


def test_a_visit_of_the_same_thing_says_why(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    laptop.companions = near(Bond.SAME_PHOTO, Bond.SAME_KIND)
    window = make_window(laptop)
    settle(window, qtbot)
    words = words_in(today(window).detail.place)
    assert "2 more jobs for the same visit" in words
    assert any(text.endswith("the same in its photo") for text in words)
    choose_language("th", window.office.settings)
    heading = "มีอีก 2 งานที่ไปรอบเดียวกันได้"
    qtbot.waitUntil(lambda: heading in words_in(today(window).detail.place))


def test_of_a_long_visit_the_rest_is_counted(qtbot: QtBot) -> None:
    panel = PlacePanel(Theme(), Role.CREW)
    qtbot.addWidget(panel)
    panel.show()
    rows = tuple(replace(near(Bond.NEAR)[0], distance_m=float(n)) for n in range(8))
    panel._show_visit(rows)
    assert len(panel.go_buttons) == 5
    assert "and 3 more" in words_in(panel)


def test_what_comes_too_late_is_not_shown_beside_another_job(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    settle(window, qtbot)
    panel = today(window).detail.place
    panel.show_companions(Companions(ticket_id=TicketId("other"), rows=near(Bond.NEAR)))
    assert panel.go_buttons == []


def a_moved(ticket: Ticket) -> Ticket:
    return ticket.with_pin_at(THERE, "The problem is on the other side of the road")


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("percent", [100, 150])
def test_all_of_it_fits(
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    language: Language,
    percent: int,
) -> None:
    set_language(language)
    laptop = FakeLaptop()
    laptop.companions = near(Bond.NEAR, Bond.SAME_KIND, Bond.SAME_PHOTO)
    laptop.change = a_moved
    window = make_window(laptop)
    window.office.theme.set_percent(percent)
    window.resize(QSize(1366, 768))
    screen = today(window)
    settle(window, qtbot)
    folder = shots_folder(tmp_path)
    (area,) = screen.detail.findChildren(WordsArea)
    area.ensureWidgetVisible(screen.detail.place.go_buttons[-1])
    grab(window, folder / f"place_panel_{language}_{percent}.png")
    press(screen, "c")
    copies = copy_sheet(window)
    assert len(copies.buttons) == 8, "the pin and the citizen's point"
    grab(window, folder / f"place_copy_{language}_{percent}.png")
    copies.close_it()
    press(screen, "l")
    moves = move_sheet(window)
    grab(window, folder / f"place_move_{language}_{percent}.png")
    for widget in (screen.detail.place, moves):
        cut = [label.text() for label in widget.findChildren(ThaiLabel) if label.is_cut]
        assert [text for text in cut if text not in {row.title for row in DAY}] == []
