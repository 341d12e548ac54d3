"""The route of the day beside the map: sorted, moved, taken back, and never a job left out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions.position import keep_position
from field_app.domain.ids import Revision, TicketId
from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.domain.ticket import Ticket, TicketState
from field_app.queries.route import day_route
from field_app.store.tickets import accept
from field_app.texts import Language, set_language
from field_app.ui.main_window import MainWindow
from field_app.ui.route.route_model import RouteModel
from field_app.ui.route.route_pane import RoutePane
from field_app.ui.theme import PERCENTS
from field_app.ui.tickets.screen import TicketsScreen
from tests.helpers.builders import an_arrival
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import NOW
from tests.ui.route_laptop import HALL, VISITS, RouteLaptop, a_visit, off
from tests.ui.test_list_and_map import PaperJourney, PaperMap
from tests.ui.test_shell import cut_texts

DEADLINE = ["2026-VISIT2", "2026-VISIT3", "2026-VISIT1", "2026-VISIT4", "2026-VISIT5"]
"""What is late, then today's, then the later one, then the two without a deadline."""


class DrawnJourney(PaperJourney):
    """Writes down the numbered stops of the line."""

    def __init__(self) -> None:
        self.line: list[str] | None = None
        self.own: list[Any] = []
        self.visits_to_me = 0

    def show_route(self, *route: Any) -> None:
        stops = route[0]
        self.line = None if stops is None else [f"{s.number} {s.ticket_id}" for s in stops]

    def show_position(self, place: Any) -> None:
        self.own.append(place)

    def go_to_me(self) -> None:
        self.visits_to_me += 1


class DrawnMap(PaperMap):
    """A paper map that also writes down where somebody goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.journey = DrawnJourney()


class Tour:
    """A window over a laptop with visits, and what a person does there."""

    def __init__(self, make_office: MakeOffice, laptop: RouteLaptop, qtbot: QtBot) -> None:
        self.qtbot, self.laptop = qtbot, laptop
        self.office = replace(make_office(laptop), make_map=DrawnMap)
        laptop.tell = self.office.bus.tell
        self.window = MainWindow(self.office)
        qtbot.addWidget(self.window, before_close_func=MainWindow.leave)
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    @property
    def screen(self) -> TicketsScreen:
        assert self.window.workplace is not None
        screen = self.window.workplace.screen_of("today")
        assert isinstance(screen, TicketsScreen)
        return screen

    @property
    def pane(self) -> RoutePane:
        view = self.screen.side.view
        assert view is not None
        return view

    @property
    def journey(self) -> DrawnJourney:
        map_ = self.screen.map.map
        assert isinstance(map_, DrawnMap)
        assert isinstance(map_.journey, DrawnJourney)
        return map_.journey

    def settle(self) -> None:
        """Wait until every question was answered and nothing is about to be asked."""
        self.qtbot.waitUntil(self._is_calm)

    def _is_calm(self) -> bool:
        assert self.window.workplace is not None
        screen = self.window.workplace.screen_of("today")
        assert isinstance(screen, TicketsScreen)
        timers = (screen._calm, screen._pins_calm, screen.side._calm)
        return self.office.background.is_idle and not any(timer.isActive() for timer in timers)

    def opens(self) -> RoutePane:
        press(self.screen.pane.list, "w")
        self.settle()
        return self.pane

    def names(self) -> list[str]:
        route = self.screen.side.route
        assert route is not None
        return list(route.ticket_ids)

    def undo(self) -> None:
        assert self.window.workplace is not None
        self.window.workplace.toast.take_back()
        self.settle()

    def bring(self, *jobs: Ticket) -> None:
        """Let the hub bring jobs while the window is open."""
        with self.laptop.desk() as desk:
            changes = accept(desk.db, [an_arrival(job) for job in jobs], [], "e")
        self.office.bus.tell(changes)
        self.qtbot.waitUntil(self.screen._calm.isActive)
        self.settle()


def press(widget: QWidget, letter: str) -> None:
    """Press the key that sends this letter, Latin or Thai."""
    none, repeats = Qt.KeyboardModifier.NoModifier, False
    for is_down in (True, False):
        QTest.simulateEvent(widget, is_down, ord(letter.upper()), none, letter, repeats)


@pytest.fixture
def laptop(tmp_path: Path) -> RouteLaptop:
    made = RouteLaptop(tmp_path)
    with made.desk() as desk:
        keep_position(desk, HALL)
    return made


@pytest.fixture
def tour(make_office: MakeOffice, laptop: RouteLaptop, qtbot: QtBot) -> Tour:
    return Tour(make_office, laptop, qtbot)


def test_w_shows_the_route_by_deadline_and_w_shows_the_list_again(tour: Tour) -> None:
    pane = tour.opens()
    assert tour.names() == DEADLINE
    assert pane.orders.selected == "deadline"
    assert pane.summary.text().startswith("5 stops · ")
    assert tour.journey.line is not None
    assert tour.journey.line[0] == "1 2026-VISIT2"
    press(pane.list, "w")
    assert not tour.screen.side.is_open
    assert tour.journey.line is None


@pytest.mark.parametrize("letter", ["w", "ไ"])
def test_the_route_opens_on_both_keyboards(tour: Tour, letter: str) -> None:
    press(tour.screen.pane.list, letter)
    assert tour.screen.side.is_open
    tour.settle()


def test_the_shortest_way_can_be_chosen_and_taken_back(tour: Tour) -> None:
    pane = tour.opens()
    long = tour.screen.side.route.length_m if tour.screen.side.route else 0.0
    pane.orders._buttons["shortest"].click()
    assert pane.summary.text() == "Sorting…"
    tour.settle()
    route = tour.screen.side.route
    assert route is not None
    assert route.length_m < long
    assert sorted(tour.names()) == sorted(DEADLINE)
    tour.undo()
    assert tour.names() == DEADLINE
    assert pane.orders.selected == "deadline"


def test_alt_and_arrows_move_a_stop_and_undo_puts_it_back(tour: Tour) -> None:
    pane = tour.opens()
    pane.list.choose(DEADLINE[0])
    QTest.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    tour.settle()
    assert tour.names()[:2] == [DEADLINE[1], DEADLINE[0]]
    assert pane.orders.selected == "own"
    assert pane.list.chosen == DEADLINE[0]
    QTest.keyClick(pane.list, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    tour.settle()
    assert tour.names()[-1] == DEADLINE[0]
    tour.undo()
    assert tour.names()[:2] == [DEADLINE[1], DEADLINE[0]]


def test_buttons_move_a_stop_too(tour: Tour) -> None:
    pane = tour.opens()
    pane.list.choose(DEADLINE[2])
    pane.up.click()
    tour.settle()
    assert tour.names()[:3] == [DEADLINE[0], DEADLINE[2], DEADLINE[1]]
    pane.down.click()
    tour.settle()
    assert tour.names() == DEADLINE


def test_the_first_stop_moves_no_higher(tour: Tour) -> None:
    pane = tour.opens()
    pane.list.choose(DEADLINE[0])
    pane.up.click()
    assert tour.office.background.is_idle


def test_a_stop_is_dragged_between_two_others(tour: Tour) -> None:
    model = tour.opens().list.stops
    data = model.mimeData([model.index(4)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    tour.settle()
    assert tour.names() == [DEADLINE[0], DEADLINE[4], *DEADLINE[1:4]]


def test_a_stop_dropped_where_it_was_changes_nothing(tour: Tour) -> None:
    model = tour.opens().list.stops
    data = model.mimeData([model.index(2)])
    for row in (2, 3):
        model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert tour.office.background.is_idle


def test_a_stop_dropped_below_everything_becomes_the_last_one(tour: Tour) -> None:
    model = tour.opens().list.stops
    data = model.mimeData([model.index(0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    tour.settle()
    assert tour.names()[-1] == DEADLINE[0]


def test_the_order_is_there_again_after_a_restart(tour: Tour, laptop: RouteLaptop) -> None:
    pane = tour.opens()
    pane.list.choose(DEADLINE[4])
    QTest.keyClick(pane.list, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    tour.settle()
    assert laptop.see(day_route).ticket_ids[0] == DEADLINE[4]


def test_a_job_that_is_handed_in_drops_out(tour: Tour) -> None:
    tour.opens()
    tour.bring(replace(VISITS[1], state=TicketState.IN_REVIEW, revision=Revision(9)))
    assert tour.names() == DEADLINE[1:]
    assert tour.journey.line is not None
    assert tour.journey.line[0] == f"1 {DEADLINE[1]}"


def test_a_new_job_is_proposed_at_its_best_place_until_it_is_kept(tour: Tour) -> None:
    pane = tour.opens()
    pane.orders._buttons["shortest"].click()
    tour.settle()
    tour.bring(a_visit(7, off(210, 110), "ฝาท่อหาย"))
    assert "2026-VISIT7" in tour.names()
    assert "1 new job was put in" in pane.banner.words
    place = pane.list.stops.place_of("2026-VISIT7")
    spoken = pane.list.stops.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("10 m, New, Same visit")
    next(b for b in pane.banner.findChildren(QPushButton) if b.text() == "Keep").click()
    tour.settle()
    assert pane.banner.words == ""


def test_sorting_anew_keeps_the_way_of_sorting(tour: Tour) -> None:
    pane = tour.opens()
    pane.list.choose(DEADLINE[0])
    pane.down.click()
    tour.settle()
    pane.again.click()
    tour.settle()
    assert pane.orders.selected == "shortest"
    pane.orders._buttons["deadline"].click()
    tour.settle()
    pane.again.click()
    tour.settle()
    assert tour.names() == DEADLINE


def test_an_order_can_be_called_ones_own_as_it_is(tour: Tour) -> None:
    pane = tour.opens()
    pane.orders._buttons["own"].click()
    tour.settle()
    assert tour.names() == DEADLINE
    assert pane.orders.selected == "own"


def test_jobs_without_a_place_stand_below_and_can_be_chosen(tour: Tour) -> None:
    pane = tour.opens()
    model = pane.list.stops
    texts = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(7)]
    assert texts[0].startswith("Stop 1, หลุมลึก")
    assert "2 days overdue" in texts[0]
    assert texts[5] == "Without a place, not in the route · 1"
    assert texts[6].startswith("น้ำท่วมขัง")
    pane.list.choose("2026-VISIT5")
    tour.screen.side.step(1)
    tour.settle()
    assert tour.screen.detail.detail is not None
    assert tour.screen.detail.detail.ticket.id == "2026-VISIT6"
    QTest.keyClick(pane.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert tour.office.background.is_idle


def test_a_stop_and_its_detail_go_together_from_either_side(tour: Tour) -> None:
    pane = tour.opens()
    press(pane.list, "j")
    tour.settle()
    assert tour.screen.detail.detail is not None
    assert tour.screen.detail.detail.ticket.id == pane.list.chosen
    tour.screen.map.ticket_chosen.emit(DEADLINE[3])
    tour.settle()
    assert pane.list.chosen == DEADLINE[3]
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert tour.window.workplace is not None
    assert tour.window.workplace.screen_key == "work"
    tour.settle()


def test_a_click_on_the_map_is_where_the_route_begins(tour: Tour) -> None:
    tour.opens()
    there = off(1400, -600)
    tour.screen.map.place_chosen.emit(there.latitude, there.longitude)
    tour.settle()
    route = tour.screen.side.route
    assert route is not None
    assert route.start is not None
    assert route.start.source is PositionSource.SAID
    assert route.rows[0].leg_m < 1.0
    assert tour.journey.own[-1].latitude == there.latitude

    tour.undo()
    route = tour.screen.side.route
    assert route is not None
    assert route.start is not None
    assert route.start.place == HALL
    assert tour.journey.own[-1].latitude == HALL.latitude


def test_g_goes_to_me(tour: Tour) -> None:
    press(tour.screen.pane.list, "g")
    assert tour.journey.visits_to_me == 1


def test_an_old_position_is_told_with_its_age_in_the_route_and_on_the_map(tour: Tour) -> None:
    old = Position(place=HALL, source=PositionSource.RECEIVER, at=NOW - timedelta(hours=3))
    tour.office.bus.tell_position(old)
    assert tour.journey.own[-1].is_stale
    assert tour.journey.own[-1].age == "3 h ago"


def test_without_a_position_the_route_says_so(
    make_office: MakeOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    tour = Tour(make_office, RouteLaptop(tmp_path), qtbot)
    pane = tour.opens()
    assert "Where are you?" in pane.banner.words
    assert pane.position.text() == "Your position is not known"
    assert len(tour.names()) == 5


@pytest.mark.parametrize(
    ("visits", "wanted"),
    [
        ((), "No jobs to visit today"),
        (VISITS[5:], "None of today's jobs has a place"),
        (VISITS[:1], "1 stop"),
    ],
)
def test_nothing_one_and_nowhere_are_said(
    make_office: MakeOffice,
    tmp_path: Path,
    qtbot: QtBot,
    visits: tuple[Ticket, ...],
    wanted: str,
) -> None:
    tour = Tour(make_office, RouteLaptop(tmp_path, visits), qtbot)
    pane = tour.opens()
    words = (pane.empty.words if pane.stack.currentWidget() is pane.empty else "",
             pane.banner.words, pane.summary.text())  # fmt: skip
    assert wanted in " ".join(words)
    tour.office.theme.set_percent(PERCENTS[-1])
    tour.window.resize(1280, 640)
    tour.settle()
    assert cut_texts(pane) == []
    assert not pane.up.isEnabled()
    assert pane.foot.isVisible() is bool(visits and visits[0].place)


def test_the_model_keeps_qts_rules(laptop: RouteLaptop, qtbot: QtBot) -> None:
    model = RouteModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    route = laptop.see(day_route)
    model.show_route(route, NOW)
    model.show_route(replace(route, rows=route.rows[::-1]), NOW)
    model.show_route(replace(route, rows=(), unplaced=()), NOW)
    assert model.rowCount() == 0


def test_a_place_in_the_sea_of_zeros_is_listed_below(tour: Tour) -> None:
    tour.opens()
    tour.bring(a_visit(8, Place(latitude=0.0, longitude=0.0), "ป้ายล้ม"))
    assert "2026-VISIT8" not in tour.names()
    assert tour.pane.list.stops.place_of(TicketId("2026-VISIT8")) > 5


@pytest.mark.parametrize("percent", [100, PERCENTS[-1]])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_route_in_both_languages(
    tour: Tour, language: Language, percent: int, tmp_path: Path
) -> None:
    set_language(language)
    tour.office.theme.set_percent(percent)
    pane = tour.opens()
    tour.bring(a_visit(7, off(210, 110), "ฝาท่อหาย หน้าร้านตัดผม", address="ถ.พระอาทิตย์"))
    pane.list.choose(DEADLINE[1])
    picture = shots_folder(tmp_path) / f"route-{language}-{percent}.png"
    assert grab(tour.window, picture).is_file()
    tour.window.resize(1280, 640)
    tour.settle()
    assert tour.window.width() == 1280
    assert cut_texts(pane) == []
    assert not pane.title.is_cut
    assert not pane.summary.is_cut
