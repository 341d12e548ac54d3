"""A map whose process ends comes back as it was; one that always ends says so."""

import os
import signal

import pytest

from field_app.ui.map.deaths import Deaths
from field_app.ui.map.journey import MapStop
from tests.ui.map_page import FAR, NEAR, WAIT_MS, OnePage, only_chromium_grumbles

pytestmark = [only_chromium_grumbles, pytest.mark.logs_warnings]


def kill_the_page(shown: OnePage) -> None:
    """End the page's process as a crash does."""
    assert shown.view.web is not None
    os.kill(shown.view.web.page.renderProcessPid(), signal.SIGKILL)


def test_a_map_whose_process_ends_comes_back_with_the_same_view(shown: OnePage) -> None:
    shown.view.journey.show_route(
        [
            MapStop(ticket_id="far", latitude=FAR.latitude, longitude=FAR.longitude, number=1),
            MapStop(ticket_id="near", latitude=NEAR.latitude, longitude=NEAR.longitude, number=2),
        ]
    )
    shown.view.select("far")
    shown.until(lambda state: state["selected"] == "far")
    shown.ask("document.getElementById('zoom-out').click(); 'true'")
    shown.until(lambda state: state["zoom"] == 15 and not state["isDrawing"])
    shown.qtbot.waitUntil(lambda: shown.view.sight is not None and shown.view.sight.zoom == 15)
    before = shown.ask("fieldMap.state()")
    with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
        kill_the_page(shown)
    shown.until(lambda state: state == before)
    assert shown.ask("JSON.stringify(fieldMapJobs.pinAt('far').isDrawn)")
    assert shown.ask("JSON.stringify(fieldMapRoute.state())")["numbers"] == ["1", "2"]


def test_what_changed_while_the_page_was_away_is_shown(shown: OnePage) -> None:
    with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
        kill_the_page(shown)
        shown.qtbot.waitUntil(lambda: not shown.view.is_ready)
        shown.view.show_pins(())
        shown.view.select(None)
    shown.until(lambda state: (state["pins"], state["selected"]) == (0, None))


def test_a_map_that_dies_three_times_in_a_minute_waits_for_a_person(shown: OnePage) -> None:
    for _death in range(2):
        with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
            kill_the_page(shown)
    kill_the_page(shown)
    shown.qtbot.waitUntil(lambda: shown.view.web is None, timeout=WAIT_MS)
    assert "cannot be shown" in shown.view._seat.instead.sentence.text()
    with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
        shown.view._seat.instead.again.click()
    assert shown.ask("fieldMap.state()")["pins"] == 3


def test_deaths_long_ago_do_not_count() -> None:
    now = [0.0]
    deaths = Deaths(lambda: now[0])
    told = []
    for now[0] in (0.0, 50.0, 61.0, 111.0, 120.0):
        told.append(deaths.is_one_too_many())
    assert told == [False, False, False, False, True]
    deaths.forget()
    assert not deaths.is_one_too_many()


def test_a_page_that_never_gets_ready_is_begun_again(shown: OnePage) -> None:
    with shown.qtbot.waitSignal(shown.view.ready, timeout=WAIT_MS):
        shown.view._seat._patience.timeout.emit()
        assert not shown.view.is_ready
    assert shown.ask("fieldMap.state()")["pins"] == 3
    assert not shown.view._seat._patience.isActive()
