"""Many jobs on the map: clusters that hide nothing that matters, opened by a click."""

import math
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from field_app.maps.pins import Pin
from tests.ui.map_page import FAR, LATE, NEAR, WAIT_MS, OnePage, only_chromium_grumbles

pytestmark = only_chromium_grumbles


def town(count: int, seed: int = 7) -> list[Pin]:
    """Return finished jobs around the middle of the town, two in ten thousand of them overdue."""
    chance = Random(seed)
    return [
        replace(
            LATE if number % 5000 == 4999 else FAR,
            ticket_id=f"n{number}",
            status="waiting" if number % 5000 == 4999 else "finished",
            latitude=chance.gauss(13.75, 0.012),
            longitude=chance.gauss(100.52, 0.016),
        )
        for number in range(count)
    ]


def drawn(shown: OnePage) -> list[dict[str, Any]]:
    """Return what stands on the map: pins with their id, clusters with their figures."""
    items: list[dict[str, Any]] = shown.ask("JSON.stringify(fieldMapJobs.drawn())")
    return items


def show(shown: OnePage, pins: list[Pin]) -> None:
    """Show other jobs, all of them in sight."""
    shown.view.show_pins(pins)
    has_first = f"fieldMapJobs.columns().jobs.slots.has('{pins[0].ticket_id}')"
    told = f"JSON.stringify(fieldMapJobs.count() === {len(pins)} && {has_first})"
    shown.qtbot.waitUntil(lambda: bool(shown.ask(told)), timeout=WAIT_MS)
    shown.ask("document.getElementById('to-all').click(); 'true'")


def test_fifty_thousand_jobs_are_all_told_and_none_covers_another(shown: OnePage) -> None:
    show(shown, town(50_000))
    items = drawn(shown)
    assert sum(item["count"] for item in items) == 50_000
    clusters = [item for item in items if item["count"] > 1]
    away = min(
        math.dist((one["x"], one["y"]), (other["x"], other["y"]))
        for place, one in enumerate(clusters)
        for other in clusters[:place]
    )
    assert away > 46


def test_a_cluster_keeps_its_worst_job_in_sight(shown: OnePage) -> None:
    show(shown, [replace(pin, latitude=13.75, longitude=100.52) for pin in town(5_000)])
    (cluster,) = drawn(shown)
    assert (cluster["count"], cluster["late"]) == (5_000, 1)
    assert [part["state"] for part in cluster["parts"]] == ["waiting", "finished"]
    assert cluster["parts"][0]["part"] > 0.06


def test_the_selected_job_stands_beside_its_cluster(shown: OnePage) -> None:
    pins = [replace(NEAR, ticket_id=f"n{number}") for number in range(3)]
    show(shown, pins)
    assert [item["count"] for item in drawn(shown)] == [3]
    shown.view.select("n1")
    shown.until(lambda state: state["selected"] == "n1")
    assert [item["count"] for item in drawn(shown)] == [2]
    shown.view.select("n2")
    shown.until(lambda state: state["selected"] == "n2")
    shown.view.show_pins(pins[1:])
    shown.until(lambda state: state["pins"] == 2)
    assert [item["id"] for item in drawn(shown)] == ["n1"]


def test_a_click_on_a_cluster_goes_nearer_until_its_jobs_stand_apart(shown: OnePage) -> None:
    show(shown, [replace(NEAR, ticket_id="a"), replace(NEAR, ticket_id="b", latitude=13.7569), FAR])
    before = shown.ask("fieldMap.state()")["zoom"]
    (cluster,) = [item for item in drawn(shown) if item["count"] == 2]
    shown.click(cluster["x"], cluster["y"])
    shown.until(lambda state: state["zoom"] > before)
    assert {item.get("id") for item in drawn(shown)} >= {"a", "b"}


def test_jobs_at_one_place_are_told_in_a_list_to_choose_from(shown: OnePage) -> None:
    show(shown, [replace(NEAR, ticket_id=f"n{number}", title=f"Job {number}") for number in "abc"])
    (cluster,) = drawn(shown)
    shown.click(cluster["x"], cluster["y"])
    shown.qtbot.waitUntil(
        lambda: shown.ask("String(document.querySelectorAll('.pile button').length)") == 3,
        timeout=WAIT_MS,
    )
    assert shown.ask("JSON.stringify(document.querySelector('.pile h2').textContent)") == (
        "3 jobs here"
    )
    said = shown.ask(
        "JSON.stringify([...document.querySelectorAll('.pile button')].map(b => b.textContent))"
    )
    assert sorted(said) == ["Job a", "Job b", "Job c"]
    with shown.qtbot.waitSignal(shown.view.ticket_chosen, timeout=WAIT_MS) as told:
        shown.ask("document.querySelector('.pile button').click(); 'true'")
    assert told.args == [{"Job a": "na", "Job b": "nb", "Job c": "nc"}[said[0]]]
    assert shown.ask("String(document.querySelector('.pile') === null)")


def test_panning_a_long_way_draws_what_comes_into_sight(shown: OnePage) -> None:
    is_drawn = "JSON.stringify(fieldMapJobs.pinAt('late').isDrawn)"
    shown.ask("fieldMapJobs.layer()._map.setView([13.74, 100.51], 17, {animate: false}); 'true'")
    assert not shown.ask(is_drawn)
    for _step in range(14):
        shown.view.act("north")
    shown.qtbot.waitUntil(lambda: bool(shown.ask(is_drawn)), timeout=WAIT_MS)


def test_the_mouse_over_a_pin_or_a_cluster_says_what_it_is(shown: OnePage) -> None:
    show(shown, [replace(NEAR, ticket_id="a"), replace(NEAR, ticket_id="b"), LATE])
    title = "JSON.stringify(fieldMapJobs.layer()._map.getContainer().title)"
    said: list[str] = []
    for item in sorted(drawn(shown), key=lambda item: int(item["count"])):
        spot = QPoint(round(item["x"]), round(item["y"]) - (20 if item["count"] == 1 else 0))
        QTest.mouseMove(shown.focused(), spot)
        shown.qtbot.waitUntil(lambda: shown.ask(title) not in ("", *said), timeout=WAIT_MS)
        said.append(shown.ask(title))
    assert said == ["น้ำท่วมขังปากซอย, In progress, Overdue", "2 jobs here, Waiting: 2"]


@pytest.mark.parametrize("count", [1, 700])
def test_changes_keep_what_did_not_change(shown: OnePage, count: int) -> None:
    pins = town(5_000)
    show(shown, pins)
    shown.view.show_pins(
        [*pins[count:], *(replace(pin, ticket_id=f"x{pin.ticket_id}") for pin in pins[:count])]
    )
    shown.qtbot.waitUntil(
        lambda: shown.ask(f"String(fieldMapJobs.columns().jobs.slots.has('xn{count - 1}'))"),
        timeout=WAIT_MS,
    )
    assert sum(item["count"] for item in drawn(shown)) == 5_000


def test_the_wrong_words_of_a_job_do_no_harm(shown: OnePage) -> None:
    show(shown, [replace(NEAR, ticket_id=f"n{n}", title="<img src=x>") for n in range(2)])
    (cluster,) = drawn(shown)
    shown.click(cluster["x"], cluster["y"])
    shown.qtbot.waitUntil(
        lambda: shown.ask("String(document.querySelectorAll('.pile button').length)") == 2,
        timeout=WAIT_MS,
    )
    assert shown.ask("String(document.querySelectorAll('.pile img').length)") == 0
