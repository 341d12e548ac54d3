"""Titles, deadlines, places, stamps and news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain import errors
from field_app.domain.changes import Changes
from field_app.domain.clock import SystemClock, from_stamp, to_stamp
from field_app.domain.ids import PhotoId, TicketId, new_id
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place, distance_m
from field_app.domain.ticket import TITLE_LENGTH, TicketState
from tests.helpers.builders import NOW, a_crew_member, a_photo, a_supervisor, a_ticket


@given(words=st.text())
def test_a_title_is_short_and_has_one_line(words: str) -> None:
    title = a_ticket(words=words).title
    assert len(title) <= TITLE_LENGTH
    assert "\n" not in title


def test_a_long_title_is_cut_at_a_space() -> None:
    title = a_ticket(words="a hole " * 20).title
    assert title == ("a hole " * 20)[: len(title)]
    assert ("a hole " * 20)[len(title)] == " "


def test_work_is_overdue_only_while_a_crew_has_to_act() -> None:
    late = NOW - timedelta(seconds=1)
    assert a_ticket(due_at=late).is_overdue(NOW)
    assert not a_ticket(due_at=late, state=TicketState.IN_REVIEW).is_overdue(NOW)
    assert not a_ticket(due_at=late, state=TicketState.FINISHED).is_overdue(NOW)
    assert not a_ticket().is_overdue(NOW)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-91, 0), (0, 181), (0, -181)])
def test_a_place_is_on_the_earth(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="not within"):
        Place(latitude=latitude, longitude=longitude)


def test_a_degree_north_is_111_km() -> None:
    one, other = Place(latitude=13, longitude=100), Place(latitude=14, longitude=100)
    assert distance_m(one, other) == pytest.approx(111_195, abs=1)
    assert distance_m(one, one) == 0


@given(at=st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001 - the zone follows
def test_stamps_keep_milliseconds_and_sort_as_times_do(at: datetime) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(hours=7)))
    back = from_stamp(to_stamp(aware))
    assert timedelta() <= aware - back < timedelta(milliseconds=1)
    assert to_stamp(aware) < to_stamp(aware + timedelta(milliseconds=1))


def test_a_stamp_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        from_stamp("2026-11-20T02:18:00")
    assert SystemClock().now().tzinfo is UTC


def test_news_add_up() -> None:
    one = Changes(tickets=frozenset({TicketId("a")}))
    other = Changes(photos=frozenset({PhotoId("b")}), everything=True)
    assert one | other == Changes(tickets=one.tickets, photos=other.photos, everything=True)
    assert not Changes()
    assert one


def test_ids_grow_with_time_and_people_have_roles() -> None:
    ids = [new_id() for _ in range(3)]
    assert ids == sorted(ids)
    assert a_supervisor().is_supervisor
    assert not a_crew_member().is_supervisor


def every_error(kind: type[errors.FieldAppError]) -> list[type[errors.FieldAppError]]:
    """Return a failure and its kinds in this room; other rooms' depend on what was imported."""
    kinds = [each for each in kind.__subclasses__() if each.__module__ == errors.__name__]
    return [kind, *(inner for each in kinds for inner in every_error(each))]


@pytest.mark.parametrize("kind", every_error(errors.FieldAppError))
def test_every_known_failure_has_words_and_a_place_in_the_tree(
    kind: type[errors.FieldAppError],
) -> None:
    assert kind.title.endswith(".")
    assert kind.hint.endswith(".")
    assert kind.__name__ in str(errors.__doc__)
    assert kind("facts", wait_s=3).wait_s == 3


def test_a_report_is_complete_when_every_announced_photo_has_arrived() -> None:
    here = a_photo(PhotoRole.AFTER, has_arrived=True)
    missing = a_photo(PhotoRole.BEFORE)
    taken_back = a_photo(PhotoRole.AFTER, is_withdrawn=True)
    citizens = a_photo(PhotoRole.CITIZEN)
    ticket = a_ticket(photos=(citizens, here, missing, taken_back))
    assert ticket.work_photos == (here, missing)
    assert ticket.missing_photos == (missing,)
    assert not ticket.is_complete
    assert a_ticket(photos=(citizens, here, taken_back)).is_complete


def photos_in_a_row(*retakes: str | None) -> tuple[Photo, ...]:
    """Return photos `a`, `b`, `c` and so on, each taken instead of the one named."""
    names = "abcdef"
    return tuple(
        a_photo(id=PhotoId(names[number]), retakes=earlier)
        for number, earlier in enumerate(retakes)
    )


def test_a_photo_that_was_taken_again_does_not_count() -> None:
    ticket = a_ticket(photos=photos_in_a_row(None, "a", None))
    assert ticket.replacements == {"a": "b"}
    assert [photo.id for photo in ticket.current_photos_of(PhotoRole.AFTER)] == ["b", "c"]
    assert len(ticket.photos_of(PhotoRole.AFTER)) == 3


def test_the_newest_retake_counts_whatever_became_of_those_between() -> None:
    row = photos_in_a_row(None, "a", "b")
    assert a_ticket(photos=row).replacements == {"a": "c", "b": "c"}
    middle_gone = (row[0], replace(row[1], is_withdrawn=True), row[2])
    assert a_ticket(photos=middle_gone).replacements == {"a": "c", "b": "c"}
    newest_gone = (*row[:2], replace(row[2], is_withdrawn=True))
    assert a_ticket(photos=newest_gone).replacements == {"a": "b"}


def test_two_retakes_of_one_photo_both_count_and_it_does_not() -> None:
    ticket = a_ticket(photos=photos_in_a_row(None, "a", "a"))
    assert [photo.id for photo in ticket.current_photos_of(PhotoRole.AFTER)] == ["b", "c"]


def test_a_photo_hides_neither_itself_nor_a_later_one_nor_another_role() -> None:
    assert a_ticket(photos=photos_in_a_row("a", None)).replacements == {}
    assert a_ticket(photos=photos_in_a_row("b", "a")).replacements == {"a": "b"}
    assert a_ticket(photos=photos_in_a_row("nobody")).replacements == {}
    citizens = a_photo(PhotoRole.CITIZEN, id=PhotoId("a"))
    assert a_ticket(photos=(citizens, a_photo(retakes=PhotoId("a")))).replacements == {}


@given(retakes=st.lists(st.sampled_from([None, *"abcdef"]), max_size=6))
def test_whatever_a_laptop_says_some_photo_counts(retakes: list[str | None]) -> None:
    ticket = a_ticket(photos=photos_in_a_row(*retakes))
    assert bool(ticket.current_photos_of(PhotoRole.AFTER)) == bool(retakes)
