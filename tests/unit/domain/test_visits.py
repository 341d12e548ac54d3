"""One visit: what is near or alike, found without looking at everything."""

import random
from collections.abc import Sequence
from math import degrees

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain import visits
from field_app.domain.ids import TicketId
from field_app.domain.place import EARTH_RADIUS_M, Place, distance_m
from field_app.domain.visits import (
    NEAR_M,
    SAME_KIND_M,
    SAME_PHOTO_M,
    Bond,
    Neighbourhood,
    Spot,
)

HERE = Place(latitude=13.75, longitude=100.5)


def spot(name: str, north_m: float = 0, category: str = "") -> Spot:
    """Return a ticket so many metres north of HERE."""
    latitude = HERE.latitude + degrees(north_m / EARTH_RADIUS_M)
    place = Place(latitude=latitude, longitude=HERE.longitude)
    return Spot(ticket_id=TicketId(name), place=place, category=category)


def names(found: Neighbourhood, of: str = "a") -> list[tuple[str, Bond]]:
    return [(c.ticket_id, c.bond) for c in found.companions(TicketId(of))]


def test_what_lies_within_thirty_metres_is_one_visit() -> None:
    near = Neighbourhood([spot("a"), spot("b", 29.9), spot("c", 30.1), spot("d", -12)])
    assert names(near) == [("d", Bond.NEAR), ("b", Bond.NEAR)]
    assert near.companions(TicketId("a"))[0].distance_m == pytest.approx(12, abs=0.001)


def test_reports_of_one_category_are_one_visit_within_a_hundred_metres() -> None:
    spots = [spot("a", 0, "ถนน"), spot("b", 99, "ถนน"), spot("c", 99, "ไฟ"), spot("d", 101, "ถนน")]
    assert names(Neighbourhood(spots)) == [("b", Bond.SAME_KIND)]


def test_no_category_is_not_the_same_category() -> None:
    assert names(Neighbourhood([spot("a"), spot("b", 50)])) == []


def test_photos_that_show_the_same_make_one_visit_also_without_a_place() -> None:
    nowhere = Spot(ticket_id=TicketId("n"))
    spots = [spot("a"), spot("b", 299), spot("c", 301), nowhere]
    alike = [(TicketId("b"), TicketId("a")), (TicketId("a"), TicketId("c")),
             (TicketId("n"), TicketId("a")), (TicketId("a"), TicketId("gone"))]  # fmt: skip
    found = Neighbourhood(spots, alike)
    assert names(found) == [("b", Bond.SAME_PHOTO), ("n", Bond.SAME_PHOTO)]
    assert names(found, "n") == [("a", Bond.SAME_PHOTO)]


def test_what_is_not_open_here_has_no_companions() -> None:
    assert Neighbourhood([spot("a")]).companions(TicketId("closed")) == ()


def test_a_street_of_lamps_makes_several_visits_and_each_job_is_in_one() -> None:
    lamps = [spot(f"{n:02}", 24 * n, "แสงสว่าง") for n in range(12)]
    made = Neighbourhood(lamps).visits()
    assert [len(visit) for visit in made] == [5, 5, 2]
    assert sorted(name for visit in made for name in visit) == [f"{n:02}" for n in range(12)]


def test_the_first_of_a_visit_leads() -> None:
    made = Neighbourhood([spot("z", 20), spot("a"), spot("far", 900)]).visits()
    assert made == (("z", "a"), ("far",))


def by_looking_at_all(spots: Sequence[Spot], at: Spot) -> set[TicketId]:
    """Return the companions by comparing with everything."""
    found = set()
    for other in spots:
        if other is at or other.place is None or at.place is None:
            continue
        away = distance_m(at.place, other.place)
        is_same = bool(at.category) and at.category == other.category and away <= SAME_KIND_M
        if away <= NEAR_M or is_same:
            found.add(other.ticket_id)
    return found


@given(
    seed=st.integers(0, 10_000),
    latitude=st.floats(-89.9, 89.9),
    longitude=st.floats(-179, 179),
)
def test_the_grid_misses_nothing(seed: int, latitude: float, longitude: float) -> None:
    chance = random.Random(seed)
    spots = [
        Spot(
            ticket_id=TicketId(f"{n}"),
            place=Place(
                latitude=latitude + chance.uniform(-0.001, 0.001),
                longitude=longitude + chance.uniform(-0.003, 0.003),
            ),
            category=chance.choice(("", "a", "b")),
        )
        for n in range(30)
    ]
    found = Neighbourhood(spots)
    for each in spots:
        mine = {c.ticket_id for c in found.companions(each.ticket_id)}
        assert mine == by_looking_at_all(spots, each)


def test_of_ten_thousand_jobs_only_those_near_are_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(7)
    spots = [
        Spot(
            ticket_id=TicketId(f"{n}"),
            place=Place(
                latitude=13.6 + chance.uniform(0, 0.3), longitude=100.4 + chance.uniform(0, 0.3)
            ),
            category="ถนน",
        )
        for n in range(10_000)
    ]
    count = 0

    def measured(one: Place, other: Place) -> float:
        nonlocal count
        count += 1
        return distance_m(one, other)

    monkeypatch.setattr(visits, "distance_m", measured)
    made = Neighbourhood(spots).visits()
    assert sum(len(visit) for visit in made) == 10_000
    assert count < 20 * 10_000
    assert SAME_PHOTO_M >= SAME_KIND_M >= NEAR_M
