"""Only what is new or different about pins is told."""

import json
from dataclasses import replace

from field_app.maps.pins import Pin, area_of, as_json, changes, changes_as_json

PIN = Pin(
    ticket_id="a",
    latitude=13.75,
    longitude=100.5,
    icon="road",
    status="waiting",
    is_overdue=False,
    title="หลุมลึก",
)


def test_equal_pins_are_no_change() -> None:
    assert changes({"a": PIN}, {"a": replace(PIN)}).count == 0


def test_new_changed_and_lost_pins_are_told() -> None:
    late = replace(PIN, is_overdue=True)
    other = replace(PIN, ticket_id="b")
    told = changes({"a": PIN, "c": replace(PIN, ticket_id="c")}, {"a": late, "b": other})
    assert told.put == (late, other)
    assert told.removed == ("c",)


def test_pins_are_written_as_columns_with_each_kind_once() -> None:
    alike = replace(PIN, ticket_id="b", latitude=-13.1234567, longitude=100.0)
    late = replace(PIN, ticket_id="c", is_overdue=True)
    assert json.loads(as_json([PIN, alike, late])) == {
        "ids": ["a", "b", "c"],
        "places": [13_750_000, 100_500_000, -13_123_457, 100_000_000, 13_750_000, 100_500_000],
        "kinds": [["road", "waiting", False], ["road", "waiting", True]],
        "rows": [0, 0, 1],
    }


def test_changes_are_written_with_what_is_gone() -> None:
    told = json.loads(changes_as_json(changes({"c": PIN}, {"a": PIN})))
    assert told["put"]["ids"] == ["a"]
    assert told["removed"] == ["c"]


def test_a_ticket_far_out_does_not_move_the_area_of_all() -> None:
    town = [replace(PIN, ticket_id=str(n), latitude=13.7 + n / 1e4) for n in range(100)]
    area = area_of([*town, replace(PIN, latitude=0.0, longitude=0.0)])
    assert area is not None
    west, south, east, north = area
    assert (west, east) == (100.5, 100.5)
    assert 13.7 <= south < north < 13.71
    assert area_of([]) is None
    assert area_of([PIN]) == (100.5, 13.75, 100.5, 13.75)
