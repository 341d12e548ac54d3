"""Position and route on the map page: numbers, arrows and ages, none of them in the way."""

from pathlib import Path
from typing import Any

import pytest

from field_app.ui.map.journey import MapStop, OwnPlace
from tests.helpers.shots import shots_folder
from tests.ui.map_page import FAR, LATE, NEAR, WAIT_MS, OnePage, only_chromium_grumbles

pytestmark = only_chromium_grumbles

HERE = OwnPlace(latitude=13.7520, longitude=100.4990, accuracy_m=60.0)
STOPS = tuple(
    MapStop(
        ticket_id=pin.ticket_id,
        latitude=pin.latitude,
        longitude=pin.longitude,
        number=number,
        is_new=pin is FAR,
    )
    for number, pin in enumerate((NEAR, LATE, FAR), start=1)
)


def route_of(shown: OnePage) -> dict[str, Any]:
    told: dict[str, Any] = shown.ask("JSON.stringify(fieldMapRoute.state())")
    return told


def count(shown: OnePage, selector: str) -> int:
    return int(shown.ask(f"String(document.querySelectorAll('{selector}').length)"))


def settle(shown: OnePage, selector: str, wanted: int) -> None:
    shown.qtbot.waitUntil(lambda: count(shown, selector) == wanted, timeout=WAIT_MS)


def test_the_route_is_a_numbered_line_from_the_person(shown: OnePage) -> None:
    shown.view.journey.show_position(HERE)
    shown.view.journey.show_route(STOPS, HERE)
    settle(shown, ".route-number", 3)
    assert route_of(shown) == {"numbers": ["1", "2", "3"], "isDashed": ["3"], "places": 4}
    assert count(shown, ".route-line") == 1


def test_the_way_to_the_chosen_job_gives_way_to_the_route(shown: OnePage) -> None:
    shown.view.journey.show_position(HERE)
    shown.view.select("near")
    settle(shown, ".own-way", 1)
    shown.view.journey.show_route(STOPS, HERE)
    settle(shown, ".own-way", 0)
    shown.view.journey.show_route(None)
    settle(shown, ".own-way", 1)
    assert count(shown, ".route-number") == 0


def test_another_order_leaves_the_map_where_the_person_moved_it(shown: OnePage) -> None:
    shown.view.journey.show_route(STOPS, HERE)
    settle(shown, ".route-number", 3)
    whole = shown.ask("fieldMap.state()")["zoom"]
    shown.ask("document.getElementById('zoom-in').click(); 'true'")
    shown.view.journey.show_route(STOPS[::-1], HERE)
    shown.qtbot.waitUntil(lambda: route_of(shown)["numbers"] == ["3", "2", "1"], timeout=WAIT_MS)
    assert shown.ask("fieldMap.state()")["zoom"] == whole + 1


def test_a_route_without_a_position_and_one_without_stops_can_be_drawn(shown: OnePage) -> None:
    shown.view.journey.show_route(STOPS[:1], None)
    settle(shown, ".route-number", 1)
    assert route_of(shown)["places"] == 1
    shown.view.journey.show_route((), None)
    settle(shown, ".route-number", 0)


def test_a_fresh_position_has_an_arrow_and_an_old_one_its_age(shown: OnePage) -> None:
    shown.view.journey.show_position(
        OwnPlace(latitude=13.7520, longitude=100.4990, accuracy_m=9.0, heading_deg=87.0)
    )
    settle(shown, ".own-place svg", 1)
    assert count(shown, ".own-place.is-old") == 0
    shown.view.journey.show_position(
        OwnPlace(
            latitude=13.7520,
            longitude=100.4990,
            accuracy_m=9.0,
            is_stale=True,
            age="<b>29 min</b> ago",
        )
    )
    settle(shown, ".own-place.is-old", 1)
    assert count(shown, ".own-place svg") == 0
    words = "JSON.stringify(document.querySelector('.own-place span').textContent)"
    assert shown.ask(words) == "<b>29 min</b> ago"


def test_the_map_goes_to_the_person(shown: OnePage) -> None:
    shown.view.journey.go_to_me()
    shown.view.journey.show_position(HERE)
    settle(shown, ".own-place", 1)
    shown.view.journey.go_to_me()
    shown.until(lambda state: abs(state["centre"][0] - HERE.latitude) < 1e-4)
    assert shown.ask("fieldMap.state()")["zoom"] >= 16


@pytest.mark.parametrize("theme", ["light", "dark", "sunlight"])
def test_the_route_in_every_theme(shown: OnePage, theme: Any, tmp_path: Path) -> None:
    shown.view.set_theme(theme)
    shown.view.journey.show_position(HERE)
    shown.view.journey.show_route(STOPS, HERE)
    settle(shown, ".route-number", 3)
    shown.until(lambda state: state["theme"] == theme)
    shown.qtbot.wait(300)
    picture = shots_folder(tmp_path) / f"map-route-{theme}.png"
    assert shown.view.grab().save(str(picture))
