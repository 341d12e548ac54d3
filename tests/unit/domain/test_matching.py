"""New photos find their job by place, else by time; nobody is surprised by either."""

from datetime import UTC, datetime, timedelta
from math import pi

from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.checks import CLOCKS_APART, NEAR_ENOUGH_M, VAGUE_M
from field_app.domain.ids import TicketId
from field_app.domain.matching import LEAD, Match, Round, Site, matches, role_at, rounds_of
from field_app.domain.photo import PhotoRole
from field_app.domain.place import EARTH_RADIUS_M, Place, distance_m
from field_app.domain.ticket import EntryKind, TimelineEntry
from tests.helpers.builders import a_ticket

NOON = datetime(2026, 11, 19, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SPOT = Place(latitude=13.76, longitude=100.5)


def north(metres: float, accuracy_m: float | None = None) -> Place:
    degrees = metres / EARTH_RADIUS_M * 180 / pi
    return Place(latitude=SPOT.latitude + degrees, longitude=SPOT.longitude, accuracy_m=accuracy_m)


def a_site(number: int, place: Place | None = SPOT, *rounds: Round) -> Site:
    return Site(ticket_id=TicketId(f"job-{number}"), place=place, rounds=rounds)


def found(at: datetime | None, place: Place | None, *sites: Site) -> list[tuple[str, str]]:
    return [(m.ticket_id, m.role.value) for m in matches(at, place, sites, NOON)]


def test_the_nearest_job_comes_first_and_a_far_one_not_at_all() -> None:
    sites = (a_site(1, north(40)), a_site(2, north(10)), a_site(3, north(60)))

    assert found(NOON, SPOT, *sites) == [("job-2", "before"), ("job-1", "before")]
    nearest = matches(NOON, SPOT, sites, NOON)[0]
    assert nearest.distance_m is not None
    assert round(nearest.distance_m) == 10
    assert not nearest.is_by_time_only


def test_a_vague_position_gets_more_room_and_a_very_vague_one_says_nothing() -> None:
    site = a_site(1, north(89), Round(began_at=NOON - HOUR))

    assert found(NOON, SPOT, site) == []
    assert found(NOON, north(0, accuracy_m=45), site) == [("job-1", "after")]
    assert found(NOON, north(0, accuracy_m=44), site) == []
    far = a_site(2, north(20_000), Round(began_at=NOON - HOUR))
    by_time = matches(NOON, north(0, accuracy_m=VAGUE_M + 1), [far], NOON)
    assert [m.is_by_time_only for m in by_time] == [True]


def test_a_job_whose_place_is_vague_gets_more_room_too() -> None:
    assert found(NOON, SPOT, a_site(1, north(89, accuracy_m=45))) == [("job-1", "before")]


def test_before_start_is_before_and_after_start_is_after() -> None:
    site = a_site(1, SPOT, Round(began_at=NOON - HOUR, ended_at=NOON - 10 * MINUTE))

    assert found(NOON - HOUR - MINUTE, SPOT, site) == [("job-1", "before")]
    assert found(NOON - HOUR, SPOT, site) == [("job-1", "after")]
    assert found(NOON, SPOT, site) == [("job-1", "after")]


def test_a_photo_after_the_send_back_is_before_the_next_round() -> None:
    first = Round(began_at=NOON - 5 * HOUR, ended_at=NOON - 4 * HOUR, over_at=NOON - 3 * HOUR)
    again = Round(began_at=NOON - HOUR)
    site = a_site(1, SPOT, first, again)

    hours = {hour: role_at(site, NOON - hour * HOUR) for hour in (6, 5, 4, 3, 2, 1)}
    before, after = PhotoRole.BEFORE, PhotoRole.AFTER
    assert hours == {6: before, 5: after, 4: after, 3: after, 2: before, 1: after}


def test_without_a_time_the_job_as_it_is_now_decides() -> None:
    working = a_site(1, SPOT, Round(began_at=NOON - HOUR))
    sent_back = a_site(2, SPOT, Round(began_at=NOON - 2 * HOUR, over_at=NOON - HOUR))

    assert role_at(a_site(3), None) is PhotoRole.BEFORE
    assert role_at(working, None) is PhotoRole.AFTER
    assert role_at(sent_back, None) is PhotoRole.BEFORE


def test_without_a_place_only_the_time_speaks_and_the_latest_start_first() -> None:
    early = a_site(1, SPOT, Round(began_at=NOON - 3 * HOUR))
    late = a_site(2, north(5_000), Round(began_at=NOON - HOUR))
    idle = a_site(3)

    assert found(NOON, None, early, late, idle) == [("job-2", "after"), ("job-1", "after")]
    assert all(m.is_by_time_only for m in matches(NOON, None, [early, late], NOON))
    assert found(None, None, early, late) == []


def test_shortly_before_start_counts_and_long_before_does_not() -> None:
    site = a_site(1, None, Round(began_at=NOON))

    assert found(NOON - LEAD, None, site) == [("job-1", "before")]
    assert found(NOON - LEAD - MINUTE, None, site) == []


def test_after_handing_in_only_clocks_may_differ() -> None:
    site = a_site(1, None, Round(began_at=NOON - 2 * HOUR, ended_at=NOON - HOUR))

    assert found(NOON - HOUR + CLOCKS_APART, None, site) == [("job-1", "after")]
    assert found(NOON - HOUR + CLOCKS_APART + MINUTE, None, site) == []


def test_a_begun_job_goes_before_one_that_is_about_to_begin() -> None:
    begun = a_site(1, None, Round(began_at=NOON - 5 * HOUR))
    soon = a_site(2, None, Round(began_at=NOON - HOUR))

    at = NOON - HOUR - MINUTE
    assert found(at, None, soon, begun) == [("job-1", "after"), ("job-2", "before")]


def test_a_job_without_a_place_counts_by_time_after_the_near_ones() -> None:
    near = a_site(1, SPOT)
    unplaced = a_site(2, None, Round(began_at=NOON - HOUR))

    assert found(NOON, SPOT, unplaced, near) == [("job-1", "before"), ("job-2", "after")]


def test_a_clock_that_runs_ahead_finds_no_job_by_its_time() -> None:
    site = a_site(1, None, Round(began_at=NOON - HOUR))

    assert found(NOON + CLOCKS_APART + MINUTE, None, site) == []


def test_rounds_begin_with_start_and_end_with_a_send_back() -> None:
    kinds = (
        EntryKind.START, EntryKind.HOLD, EntryKind.START, EntryKind.FINISH, EntryKind.CALL_BACK,
        EntryKind.FINISH, EntryKind.SEND_BACK, EntryKind.START,
    )  # fmt: skip
    timeline = tuple(
        TimelineEntry(kind=kind, at=NOON + hour * HOUR) for hour, kind in enumerate(kinds)
    )

    assert rounds_of(a_ticket(1, timeline=timeline)) == (
        Round(began_at=NOON, ended_at=NOON + 5 * HOUR, over_at=NOON + 6 * HOUR),
        Round(began_at=NOON + 7 * HOUR),
    )


def test_a_call_back_opens_the_round_again_and_what_is_only_recorded_counts_not() -> None:
    timeline = (
        TimelineEntry(kind=EntryKind.START, at=NOON),
        TimelineEntry(kind=EntryKind.FINISH, at=NOON + HOUR),
        TimelineEntry(kind=EntryKind.CALL_BACK, at=NOON + 2 * HOUR),
        TimelineEntry(kind=EntryKind.SEND_BACK, at=NOON + 3 * HOUR, is_only_recorded=True),
    )

    assert rounds_of(a_ticket(1, timeline=timeline)) == (Round(began_at=NOON),)


def test_a_job_finished_without_a_start_has_a_round_of_no_length() -> None:
    timeline = (TimelineEntry(kind=EntryKind.FINISH, at=NOON),)

    assert rounds_of(a_ticket(1, timeline=timeline)) == (Round(began_at=NOON, ended_at=NOON),)


PLACES = st.builds(
    north,
    st.floats(min_value=-300, max_value=300),
    st.none() | st.floats(min_value=0, max_value=2_000),
)
TIMES = st.integers(min_value=-600, max_value=600).map(lambda minutes: NOON + minutes * MINUTE)
ROUNDS = st.lists(TIMES, max_size=4).map(
    lambda times: tuple(
        Round(began_at=at, ended_at=end, over_at=end)
        for at, end in zip(sorted(times)[::2], sorted(times)[1::2], strict=False)
    )
)
SITES = st.lists(st.tuples(st.none() | PLACES, ROUNDS), max_size=6).map(
    lambda drawn: tuple(a_site(n, place, *rounds) for n, (place, rounds) in enumerate(drawn))
)


@given(at=st.none() | TIMES, place=st.none() | PLACES, sites=SITES)
def test_whatever_is_known_the_order_is_sound(
    at: datetime | None, place: Place | None, sites: tuple[Site, ...]
) -> None:
    """Each job once, near ones first and by distance, and no far one whose place is known."""
    made = matches(at, place, sites, NOON)
    by_id = {site.ticket_id: site for site in sites}

    assert len({m.ticket_id for m in made}) == len(made)
    known = [m.distance_m for m in made if m.distance_m is not None]
    assert known == sorted(known)
    assert [m.is_by_time_only for m in made] == sorted(m.is_by_time_only for m in made)
    assert matches(at, place, tuple(reversed(sites)), NOON) == made
    for match in made:
        _check(match, by_id[match.ticket_id], at, place)


def _check(match: Match, site: Site, at: datetime | None, place: Place | None) -> None:
    assert match.role is role_at(site, at)
    if match.distance_m is not None:
        assert place is not None
        assert site.place is not None
        assert match.distance_m == distance_m(place, site.place)
        accuracies = (place.accuracy_m or 0, site.place.accuracy_m or 0)
        assert match.distance_m <= max(NEAR_ENOUGH_M, 2 * max(accuracies))
    else:
        assert at is not None
        assert site.place is None or place is None or (place.accuracy_m or 0) > VAGUE_M
