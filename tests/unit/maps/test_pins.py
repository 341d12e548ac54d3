"""Only what is new or different about pins is told."""

from dataclasses import replace

from field_app.maps.pins import Pin, as_json, changes

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


def test_pins_are_written_with_the_names_the_page_reads() -> None:
    assert b'"ticket_id":"a"' in as_json([PIN])
    assert as_json([]) == b"[]"
