"""The Today screen: the list, its keys and searches, the job beside it, and what goes wrong."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.actions.position import keep_position
from field_app.actions.tickets import start, undo
from field_app.domain.errors import NotAllowed, StoreFailed
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import TicketState
from field_app.queries.tickets import LocalState, SortBy, TicketFilter, ticket_detail
from field_app.queries.tickets import list_tickets as list_query
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import set_language
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.route.directions_sheet import DirectionsSheet
from field_app.ui.theme import Theme
from field_app.ui.tickets.facts import TicketFacts
from field_app.ui.tickets.filter_sheet import FilterSheet
from field_app.ui.tickets.screen import TicketsScreen
from field_app.ui.tickets.tickets_model import ITEM_ROLE, GroupHeader, TicketsModel
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import DAY, NOW, POTHOLE, START, FakeLaptop, a_row
from tests.ui.work_laptop import WorkLaptop, a_card, a_job

MakeWindow = Callable[[FakeLaptop], MainWindow]
FIRST, SECOND, THIRD = DAY[4].id, DAY[0].id, DAY[1].id
"""In the order of the list: sent back comes before overdue."""


def today(window: MainWindow) -> TicketsScreen:
    assert window.workplace is not None
    screen = window.workplace.screen_of("today")
    assert isinstance(screen, TicketsScreen)
    return screen


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every question was answered."""
    qtbot.waitUntil(lambda: window.office.background.is_idle)


def press(widget: QWidget, letter: str) -> None:
    """Press the key that sends this letter, Latin or Thai."""
    modifier, repeats = Qt.KeyboardModifier.NoModifier, False
    for is_down in (True, False):
        QTest.simulateEvent(widget, is_down, ord(letter.upper()), modifier, letter, repeats)


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = TicketsModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, mode)
    model.show_tickets(DAY, NOW, is_grouped=True)
    model.show_tickets(DAY[:2], NOW, is_grouped=False)
    model.show_tickets((), NOW, is_grouped=True)
    assert model.rowCount() == 0


def test_jobs_stand_under_their_headings_sent_back_first() -> None:
    model = TicketsModel()
    model.show_tickets(DAY, NOW, is_grouped=True)
    items = [model.index(row).data(ITEM_ROLE) for row in range(model.rowCount())]
    headings = [item.words for item in items if isinstance(item, GroupHeader)]
    assert headings == ["Sent back · 1", "Overdue · 2", "Due today · 2", "Next · 1"]
    assert items[1] == DAY[4]


def test_headings_cannot_be_chosen() -> None:
    model = TicketsModel()
    model.show_tickets(DAY, NOW, is_grouped=True)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.ticket(model.index(0)) is None
    assert model.neighbour(1, 1) == 3


def test_a_row_is_spoken_with_status_lateness_and_distance() -> None:
    model = TicketsModel()
    model.show_tickets(DAY, NOW, is_grouped=False)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{DAY[0].title}, {DAY[0].place_line}, Waiting, 2 days overdue, 350 m"


def test_a_job_that_changed_is_repainted_without_a_new_list(qtbot: QtBot) -> None:
    model = TicketsModel()
    model.show_tickets(DAY, NOW, is_grouped=True)
    changed = (a_row(1, **(POTHOLE | {"local": LocalState.SENDING})), *DAY[1:])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_tickets(changed, NOW, is_grouped=True)


def test_the_first_job_is_shown_in_detail_at_once(make_window: MakeWindow) -> None:
    screen = today(make_window(FakeLaptop()))
    assert screen.detail.detail is not None
    assert screen.detail.detail.ticket.id == FIRST
    assert screen.right.currentWidget() is screen.detail


def test_choosing_a_row_shows_its_detail(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    screen = today(window)
    screen.pane.list.choose(THIRD)
    settle(window, qtbot)
    assert screen.detail.detail is not None
    assert screen.detail.detail.ticket.id == THIRD


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("่", "า")])
def test_j_and_k_walk_the_list_on_both_keyboards(
    make_window: MakeWindow, down: str, up: str
) -> None:
    screen = today(make_window(FakeLaptop()))
    press(screen.pane.list, down)
    press(screen.pane.list, down)
    assert screen.pane.list.chosen == THIRD
    press(screen.pane.list, up)
    assert screen.pane.list.chosen == SECOND


def test_letters_typed_into_the_search_are_only_letters(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    assert window.workplace is not None
    search = window.workplace.top.search
    search.setFocus()
    QTest.keyClicks(search, "jd")
    settle(window, qtbot)
    assert search.text() == "jd"
    assert today(window)._filter.sort is SortBy.DEADLINE


def test_search_filters_as_a_person_types(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    assert window.workplace is not None
    window.workplace.top.search.setText("น้ำท่วม")
    settle(window, qtbot)
    model = today(window).pane.list.tickets
    assert [model.index(row).data(ITEM_ROLE) for row in range(model.rowCount())] == [DAY[5]]


def test_the_newest_search_wins_over_a_slower_older_one(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    assert window.workplace is not None
    is_free = Event()

    def wait_when_old(ticket_filter: TicketFilter) -> None:
        if ticket_filter.words == "ไฟ":
            is_free.wait(5)

    laptop.before_answer = wait_when_old
    screen = today(window)
    window.workplace.top.search.setText("ไฟ")
    window.workplace.top.search.setText("ทางเท้า")
    is_free.set()  # both wait for the same thread, the newer one behind the older
    settle(window, qtbot)
    assert screen.pane.list.tickets.rowCount() == 1
    assert screen.pane.list.tickets.place_of(DAY[3].id) == 0


def test_a_search_without_result_says_so_and_can_be_cleared(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    assert window.workplace is not None
    window.workplace.top.search.setText("zzz")
    settle(window, qtbot)
    screen = today(window)
    assert screen.pane.stack.currentWidget() is screen.pane.empty
    assert "zzz" in screen.pane.empty.words
    screen.pane.search_cleared.emit()
    settle(window, qtbot)
    assert screen.pane.stack.currentWidget() is screen.pane.list


def test_a_filter_hides_jobs_until_it_is_cleared(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(FakeLaptop())
    screen = today(window)
    screen.pane.filter_wished.emit()
    settle(window, qtbot)
    sheet = window.findChild(FilterSheet)
    assert sheet is not None
    sheet._overdue.setChecked(True)
    sheet._choose()
    settle(window, qtbot)
    assert screen.pane.list.tickets.place_of(FIRST) == -1
    screen.pane.filter_cleared.emit()
    settle(window, qtbot)
    assert screen.pane.list.tickets.place_of(FIRST) == 1


def test_starting_work_opens_the_work_screen_and_offers_undo(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = FakeLaptop()
    window = make_window(laptop)
    screen = today(window)
    screen.visit_wished.disconnect()
    undos: list[Callable[[], object]] = []
    screen.news_wished.connect(lambda _words, take_back: undos.append(take_back))
    with qtbot.waitSignal(screen.visit_wished) as visit:
        screen.detail.press_primary()
    assert visit.args == ["work", FIRST]
    undos[0]()
    settle(window, qtbot)
    assert laptop.done == [(start, FIRST), (undo, START)]


def test_a_start_that_was_sent_already_is_not_undone_and_says_so(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    laptop = WorkLaptop(a_job(id=FIRST))
    window = make_window(laptop)
    assert window.workplace is not None
    today(window).deeds.start(FIRST)
    settle(window, qtbot)
    laptop.failures[undo] = NotAllowed("it may be at the hub already")
    assert window.workplace.toast.take_back()
    settle(window, qtbot)
    said = "Sent already: the hub knows that work began. You can put the job on hold."
    assert window.workplace.toast.words == said
    assert window.workplace.toast._icon._name == "info"
    assert window.workplace.banner.isHidden()


def test_an_action_that_fails_is_told_in_a_banner(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    laptop.failures[start] = NotAllowed("test")
    window = make_window(laptop)
    today(window).detail.press_primary()
    settle(window, qtbot)
    assert window.workplace is not None
    assert window.workplace.banner.words.startswith("This job's status does not allow that.")


def test_a_list_that_cannot_be_read_says_what_to_do(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    laptop.failures[list_query] = StoreFailed("test")
    screen = today(make_window(laptop))
    assert "Saving on this computer failed." in screen.pane.empty.words


def test_a_job_that_is_gone_is_told_in_a_banner(make_window: MakeWindow) -> None:
    laptop = FakeLaptop()
    laptop.failures[ticket_detail] = NotAllowed("test")
    window = make_window(laptop)
    assert window.workplace is not None
    assert window.workplace.banner.words


def test_nearest_asks_where_i_am_and_keeps_the_click(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = FakeLaptop()
    laptop.position = None
    window = make_window(laptop)
    screen = today(window)
    screen.pane.sort_chosen.emit(SortBy.DISTANCE)
    settle(window, qtbot)
    assert "Where are you?" in screen.pane.banner.words
    screen.map.place_chosen.emit(13.75, 100.5)
    settle(window, qtbot)
    assert laptop.done == [(keep_position, Place(latitude=13.75, longitude=100.5))]
    room = screen.pane.banner.parentWidget()
    assert room is not None
    assert room.isHidden()


def test_directions_are_a_code_for_the_phone_or_the_coordinates(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(FakeLaptop())
    press(today(window).pane.list, "n")
    sheet = window.findChildren(DirectionsSheet)[0]
    assert sheet.uri == "geo:13.755000,100.500000"
    assert sheet.code.module_px >= 6
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == "13.755000, 100.500000"
    assert not sheet.isVisible()


def test_before_the_first_sync_the_list_says_why_it_is_empty(make_window: MakeWindow) -> None:
    laptop = FakeLaptop(rows=())
    laptop.fetched_at, laptop.done_count = None, 0
    assert "offline" in today(make_window(laptop)).pane.empty.words
    laptop.sync_status = SyncStatus(reach=Reach.ONLINE, is_running=True)
    assert "Fetching" in today(make_window(laptop)).pane.empty.words


def test_all_done_promises_nothing_of_a_colleague_s_pack_that_is_only_here(
    make_window: MakeWindow,
) -> None:
    rows = tuple(a_row(number, state=TicketState.IN_REVIEW) for number in range(1, 4))
    laptop = FakeLaptop(rows)
    laptop.sync_status = SyncStatus(reach=Reach.ONLINE)
    window = make_window(laptop)
    window.office.bus.tell_status(laptop.sync_status)
    assert "Everything has arrived at the hub." in today(window).pane.empty.words

    window.office.bus.tell_status(SyncStatus(reach=Reach.ONLINE, pack_count=1))

    assert "1 rescue pack of a colleague is not at the hub yet" in today(window).pane.empty.words


def test_when_all_is_done_the_day_is_summed_up(make_window: MakeWindow) -> None:
    rows = tuple(a_row(number, state=TicketState.IN_REVIEW) for number in range(1, 4))
    screen = today(make_window(FakeLaptop(rows)))
    assert "All done for today" in screen.pane.empty.words
    assert screen.right.currentWidget() is screen.right.summary
    choose_language("th", screen.office.settings)
    assert "วันนี้หมดงานแล้ว" in screen.pane.empty.words


def test_news_bring_a_new_list_and_keep_the_chosen_job(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    from field_app.domain.changes import Changes

    laptop = FakeLaptop()
    window = make_window(laptop)
    screen = today(window)
    screen.pane.list.choose(THIRD)
    laptop.rows = tuple(row for row in DAY if row.id != FIRST)
    window.office.bus.tell(Changes(tickets=frozenset({FIRST})))
    qtbot.waitUntil(lambda: screen.pane.list.tickets.place_of(FIRST) == -1)
    assert screen.pane.list.chosen == THIRD


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_the_screen_can_be_drawn(
    make_window: MakeWindow, tmp_path: Path, language: str, percent: int
) -> None:
    set_language("th" if language == "th" else "en")
    window = make_window(FakeLaptop())
    window.office.theme.set_percent(percent)
    folder = shots_folder(tmp_path)
    assert grab(window, folder / f"today-{language}-{percent}.png").stat().st_size > 50_000


def test_a_job_says_how_many_of_its_photos_are_at_the_hub(
    theme: Theme, qtbot: QtBot, thai: None
) -> None:
    facts = TicketFacts(theme)
    qtbot.addWidget(facts)
    there = a_card("pothole_before", PhotoRole.BEFORE, 80)
    waiting = a_card(
        "pothole_after", PhotoRole.AFTER, 9, local=LocalState.QUEUED, has_arrived=False
    )
    facts.show_facts(a_job(cards=(there, waiting, waiting)), NOW)
    assert facts._photos._fact.text() == "ถึงศูนย์แล้ว 1 จาก 3 รูป"
    assert facts._photos._more.text() == "ที่เหลืออยู่ในเครื่องนี้ ไม่หาย"
    others = a_card("pothole_after", PhotoRole.AFTER, 9, has_arrived=False)
    facts.show_facts(a_job(cards=(there, others)), NOW)
    assert facts._photos._fact.text() == "ถึงศูนย์แล้ว 1 จาก 2 รูป"
    assert facts._photos._more.isHidden(), "another laptop has it"
    facts.show_facts(a_job(cards=(there,)), NOW)
    assert facts._photos.isHidden()


def test_when_all_is_done_the_day_can_be_ended(make_window: MakeWindow, qtbot: QtBot) -> None:
    laptop = WorkLaptop()
    laptop.rows = ()
    laptop.sync_status = SyncStatus(reach=Reach.ONLINE)
    window = make_window(laptop)
    pane = today(window).pane
    pane.empty._buttons[0].click()
    settle(window, qtbot)
    assert window.workplace is not None
    assert window.workplace.screen_key == "day_end"
