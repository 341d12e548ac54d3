"""What is worth a look about a photo: a truth table for each check, and what always holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.checks import (
    BLURRED_BELOW,
    CLOCKS_APART,
    DARK_BELOW,
    EDITORS,
    NEAR_ENOUGH_M,
    PAIR_MATCHES_LEAST,
    VAGUE_M,
    Check,
    CheckKind,
    checks_of,
    work_start,
)
from field_app.domain.ids import PhotoId, Revision, TicketId
from field_app.domain.photo import Photo, PhotoEvidence, PhotoRole, PhotoSign, SeenBefore
from field_app.domain.place import EARTH_RADIUS_M, Place
from field_app.domain.ticket import EntryKind, Ticket, TimelineEntry

REPORTED = datetime(2026, 11, 15, 1, 0, tzinfo=UTC)
STARTED = REPORTED + timedelta(days=4)
ADDED = STARTED + timedelta(hours=2)
NOW = ADDED + timedelta(days=1)
SPOT = Place(latitude=13.7612, longitude=100.4985)
PHONE = PhotoEvidence(camera="samsung SM-A556E", software="A556EXXS7", has_zone=True)
MINUTE = timedelta(minutes=1)


def north(metres: float, accuracy_m: float | None = None) -> Place:
    """Return a place so many metres north of the ticket."""
    degrees = metres / EARTH_RADIUS_M * 180 / 3.141592653589793
    return Place(latitude=SPOT.latitude + degrees, longitude=SPOT.longitude, accuracy_m=accuracy_m)


def an_entry(kind: EntryKind, at: datetime, **facts: Any) -> TimelineEntry:
    return TimelineEntry(kind=kind, at=at, **facts)


def a_photo(**facts: Any) -> Photo:
    """Return an after photo with which nothing is odd; `facts` replace its own."""
    plain: dict[str, Any] = {
        "id": PhotoId("after"),
        "role": PhotoRole.AFTER,
        "sha256": "a" * 64,
        "size_bytes": 1,
        "width": 4,
        "height": 3,
        "taken_at": ADDED - 5 * MINUTE,
        "place": north(8),
        "added_at": ADDED,
        "evidence": PHONE,
    }
    return Photo(**(plain | facts))


def a_ticket(*photos: Photo, **facts: Any) -> Ticket:
    """Return a ticket on which work began; `facts` replace its own."""
    plain: dict[str, Any] = {
        "id": TicketId("T1"),
        "revision": Revision(3),
        "words": "หลุมกลางถนน",
        "place": SPOT,
        "reported_at": REPORTED,
        "photos": photos,
        "timeline": (an_entry(EntryKind.START, STARTED),),
    }
    return Ticket(**(plain | facts))


def kinds(photo: Photo, ticket: Ticket | None = None) -> list[CheckKind]:
    return [check.kind for check in checks_of(photo, ticket or a_ticket(photo), NOW)]


def only(photo: Photo, ticket: Ticket | None = None) -> Check:
    """Return the one check of a photo."""
    (check,) = checks_of(photo, ticket or a_ticket(photo), NOW)
    return check


def test_an_honest_photo_has_none() -> None:
    assert kinds(a_photo()) == []


@pytest.mark.parametrize(
    ("role", "taken_at", "kind"),
    [
        (PhotoRole.AFTER, REPORTED - CLOCKS_APART - MINUTE, CheckKind.BEFORE_REPORT),
        (PhotoRole.BEFORE, REPORTED - CLOCKS_APART - MINUTE, CheckKind.BEFORE_REPORT),
        (PhotoRole.BEFORE, REPORTED - MINUTE, None),
        (PhotoRole.AFTER, STARTED - CLOCKS_APART - MINUTE, CheckKind.BEFORE_START),
        (PhotoRole.PROGRESS, STARTED - CLOCKS_APART - MINUTE, CheckKind.BEFORE_START),
        (PhotoRole.BEFORE, STARTED - CLOCKS_APART - MINUTE, None),
        (PhotoRole.AFTER, STARTED - MINUTE, None),
        (PhotoRole.AFTER, ADDED + MINUTE, None),
        (PhotoRole.AFTER, ADDED + CLOCKS_APART + MINUTE, CheckKind.FUTURE),
        (PhotoRole.AFTER, datetime(2080, 1, 1, tzinfo=UTC), CheckKind.FUTURE),
        (PhotoRole.AFTER, datetime(1970, 1, 1, tzinfo=UTC), CheckKind.ODD_TIME),
        (PhotoRole.AFTER, None, CheckKind.NO_TIME),
    ],
)
def test_what_a_photos_time_says(
    role: PhotoRole, taken_at: datetime | None, kind: CheckKind | None
) -> None:
    assert kinds(a_photo(role=role, taken_at=taken_at)) == ([kind] if kind else [])


def test_times_name_what_they_are_compared_with() -> None:
    old = only(a_photo(taken_at=REPORTED - timedelta(days=3)))
    assert (old.at, old.than) == (REPORTED - timedelta(days=3), REPORTED)
    assert only(a_photo(taken_at=STARTED - timedelta(hours=3))).than == STARTED
    assert only(a_photo(taken_at=ADDED + timedelta(hours=3))).than == ADDED


def test_the_future_is_told_by_now_when_nobody_knows_when_a_photo_was_added() -> None:
    assert kinds(a_photo(added_at=None, taken_at=NOW + timedelta(hours=1))) == [CheckKind.FUTURE]
    assert kinds(a_photo(added_at=None, taken_at=NOW - timedelta(hours=1))) == []


def test_work_that_was_sent_back_begins_anew() -> None:
    again = STARTED + timedelta(days=1)
    timeline = (
        an_entry(EntryKind.START, STARTED),
        an_entry(EntryKind.HOLD, STARTED + MINUTE),
        an_entry(EntryKind.START, STARTED + timedelta(hours=5)),
        an_entry(EntryKind.SEND_BACK, STARTED + timedelta(hours=20)),
        an_entry(EntryKind.START, again - MINUTE, is_only_recorded=True),
        an_entry(EntryKind.START, again),
    )
    ticket = a_ticket(timeline=timeline)
    assert work_start(ticket, STARTED - MINUTE) is None
    assert work_start(ticket, STARTED + timedelta(hours=6)) == STARTED
    assert work_start(ticket, STARTED + timedelta(hours=21)) is None
    assert work_start(ticket, again + MINUTE) == again
    old = a_photo(taken_at=STARTED + timedelta(hours=6), added_at=again + timedelta(hours=1))
    assert kinds(old, ticket) == [CheckKind.BEFORE_START]


@pytest.mark.parametrize(
    ("place", "accuracy_m", "kind", "metres"),
    [
        (north(NEAR_ENOUGH_M - 1), None, None, None),
        (north(NEAR_ENOUGH_M + 1), None, CheckKind.FAR, NEAR_ENOUGH_M + 1),
        (north(90), 50.0, None, None),
        (north(110), 50.0, CheckKind.FAR, 110),
        (north(850), 6.0, CheckKind.FAR, 850),
        (north(850), VAGUE_M + 1, CheckKind.VAGUE_PLACE, VAGUE_M + 1),
        (north(0), 10_000.0, CheckKind.VAGUE_PLACE, 10_000),
        (north(50_000), 10_000.0, CheckKind.FAR, 50_000),
        (None, None, CheckKind.NO_PLACE, None),
    ],
)
def test_what_a_photos_place_says(
    place: Place | None, accuracy_m: float | None, kind: CheckKind | None, metres: float | None
) -> None:
    photo = a_photo(place=place, evidence=replace(PHONE, accuracy_m=accuracy_m))
    checks = checks_of(photo, a_ticket(photo), NOW)
    assert [check.kind for check in checks] == ([kind] if kind else [])
    for check in checks:
        assert check.metres == (None if metres is None else pytest.approx(metres, rel=1e-3))


def test_a_report_that_knows_its_own_place_badly_makes_nothing_far() -> None:
    vague = Place(latitude=SPOT.latitude, longitude=SPOT.longitude, accuracy_m=200.0)
    assert kinds(a_photo(place=north(390)), a_ticket(place=vague)) == []
    assert kinds(a_photo(place=north(410)), a_ticket(place=vague)) == [CheckKind.FAR]
    assert kinds(a_photo(place=north(9_000)), a_ticket(place=None)) == []


@pytest.mark.parametrize(
    ("software", "is_editor"),
    [
        ("Adobe Photoshop 25.4 (Windows)", True),
        ("Adobe Lightroom 7.2 (Android)", True),
        ("Snapseed 2.0", True),
        ("GIMP 2.10.36", True),
        ("Picasa", True),
        ("Microsoft Windows Photo Editor 10.0", True),
        ("ImageMagick 7", True),
        ("HDR+ 1.0.585804401zd", False),
        ("A556EXXS7BYA1", False),
        ("17.5.1", False),
        ("MediaTek Camera Application", False),
        ("Ver.1.02", False),
        ("EOS Utility 3", False),
        ("Timestamp Camera", False),
        ("gimpel optics", False),
        ("Windows 11", False),
        ("", False),
    ],
)
def test_editors_are_told_from_cameras(software: str, is_editor: bool) -> None:
    photo = a_photo(evidence=replace(PHONE, software=software))
    assert kinds(photo) == ([CheckKind.EDITED] if is_editor else [])
    assert bool(EDITORS.search(software)) is is_editor
    if is_editor:
        assert only(photo).program == software


@pytest.mark.parametrize("sign", PhotoSign)
def test_every_sign_is_told_once(sign: PhotoSign) -> None:
    known = {PhotoSign.ODD_TIME: {"taken_at": None}, PhotoSign.ODD_PLACE: {"place": None}}
    photo = a_photo(evidence=replace(PHONE, signs=(sign,)), **known.get(sign, {}))
    assert kinds(photo) == [CheckKind(sign.value)]


def test_an_odd_time_or_place_is_not_told_twice() -> None:
    odd = replace(PHONE, signs=(PhotoSign.ODD_TIME, PhotoSign.ODD_PLACE))
    bare = a_photo(taken_at=None, place=None, evidence=odd)
    assert kinds(bare) == [CheckKind.ODD_TIME, CheckKind.ODD_PLACE]
    unset = a_photo(taken_at=datetime(1980, 1, 1, tzinfo=UTC), evidence=odd)
    assert kinds(unset) == [CheckKind.ODD_TIME]


def test_a_file_without_a_camera_says_so_once() -> None:
    assert kinds(a_photo(evidence=PhotoEvidence())) == [CheckKind.NO_CAMERA]
    stripped = PhotoEvidence(signs=(PhotoSign.STRIPPED,))
    assert kinds(a_photo(evidence=stripped)) == [CheckKind.STRIPPED]


def test_photos_of_earlier_versions_say_what_they_can() -> None:
    assert kinds(a_photo(evidence=None)) == []
    bare = a_photo(evidence=None, taken_at=None, place=None)
    assert kinds(bare) == [CheckKind.NO_TIME, CheckKind.NO_PLACE]


@pytest.mark.parametrize(
    ("brightness", "sharpness", "kind"),
    [
        (DARK_BELOW - 1, 500.0, CheckKind.DARK),
        (DARK_BELOW - 1, 0.0, CheckKind.DARK),
        (DARK_BELOW, BLURRED_BELOW - 1, CheckKind.BLURRED),
        (DARK_BELOW, BLURRED_BELOW, None),
        (None, None, None),
        (None, 0.0, CheckKind.BLURRED),
    ],
)
def test_dark_and_blurred(
    brightness: float | None, sharpness: float | None, kind: CheckKind | None
) -> None:
    evidence = replace(PHONE, brightness=brightness, sharpness=sharpness)
    assert kinds(a_photo(evidence=evidence)) == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("matches", "kind"),
    [(0, CheckKind.OTHER_SPOT), (PAIR_MATCHES_LEAST, None), (None, None)],
)
def test_a_pair_with_little_in_common_may_be_another_spot(
    matches: int | None, kind: CheckKind | None
) -> None:
    photo = a_photo(pair_id=PhotoId("before"), pair_matches=matches)
    assert kinds(photo) == ([kind] if kind else [])
    assert kinds(a_photo(pair_matches=matches)) == []


def seen(ticket_id: str, role: PhotoRole, photo_id: str = "old") -> SeenBefore:
    return SeenBefore(ticket_id=TicketId(ticket_id), photo_id=PhotoId(photo_id), role=role)


def test_a_picture_that_was_there_before_names_where() -> None:
    elsewhere = seen("T9", PhotoRole.AFTER)
    check = only(a_photo(seen_before=elsewhere))
    assert (check.kind, check.seen) == (CheckKind.SEEN_BEFORE, elsewhere)
    here = seen("T1", PhotoRole.BEFORE)
    check = only(a_photo(seen_before=here))
    assert (check.kind, check.seen) == (CheckKind.SAME_PICTURE, here)


def test_another_shot_of_the_same_thing_is_nothing_odd() -> None:
    assert kinds(a_photo(seen_before=seen("T1", PhotoRole.AFTER))) == []
    again = a_photo(seen_before=seen("T1", PhotoRole.PROGRESS), retakes=PhotoId("old"))
    assert kinds(again) == []


def test_the_before_photos_own_file_is_known_without_the_hub() -> None:
    after = a_photo()
    before = a_photo(id=PhotoId("before"), role=PhotoRole.BEFORE)
    check = only(after, a_ticket(before, after))
    assert check.kind is CheckKind.SAME_PICTURE
    assert check.seen is not None
    assert (check.seen.photo_id, check.seen.is_same_file) == ("before", True)
    assert kinds(before, a_ticket(before, after)) == []
    assert kinds(after, a_ticket(replace(before, is_withdrawn=True), after)) == []


def test_of_a_citizens_photo_nothing_is_said() -> None:
    bare = a_photo(role=PhotoRole.CITIZEN, taken_at=None, place=None, evidence=PhotoEvidence())
    assert kinds(bare) == []


def test_odd_ones_weigh_more_than_unknown_ones() -> None:
    order = [kind.is_odd for kind in sorted(CheckKind, key=lambda kind: kind.weight)]
    assert order == sorted(order, reverse=True)
    assert CheckKind.NO_PLACE.is_odd is False
    assert CheckKind.SEEN_BEFORE.is_odd is True


PLACES = st.builds(
    Place,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    accuracy_m=st.none() | st.floats(0, 1e8),
)
TIMES = st.integers(1, 109_500).map(lambda days: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(days))
EVIDENCE = st.builds(
    PhotoEvidence,
    camera=st.sampled_from(["", "Canon EOS"]),
    software=st.sampled_from(["", "GIMP 2", "A556EXXS7"]),
    accuracy_m=st.none() | st.floats(0, 1e8),
    brightness=st.none() | st.floats(0, 255),
    sharpness=st.none() | st.floats(0, 1e6),
    signs=st.lists(st.sampled_from(PhotoSign), unique=True).map(tuple),
)
ENTRIES = st.builds(
    TimelineEntry,
    kind=st.sampled_from([EntryKind.START, EntryKind.HOLD, EntryKind.SEND_BACK, EntryKind.REOPEN]),
    at=TIMES,
)


@given(
    role=st.sampled_from(PhotoRole),
    taken_at=st.none() | TIMES,
    added_at=st.none() | TIMES,
    place=st.none() | PLACES,
    own_place=st.none() | PLACES,
    evidence=st.none() | EVIDENCE,
    timeline=st.lists(ENTRIES, max_size=5).map(tuple),
)
def test_whatever_a_photo_says_its_checks_are_in_order_and_each_once(
    role: PhotoRole, own_place: Place | None, timeline: tuple[TimelineEntry, ...], **facts: Any
) -> None:
    photo = a_photo(role=role, **facts)
    ticket = a_ticket(photo, place=own_place, timeline=timeline)
    checks = checks_of(photo, ticket, NOW)
    found = [check.kind for check in checks]
    assert found == sorted(set(found), key=lambda kind: kind.weight)
    assert all(check.photo_id == photo.id for check in checks)
    assert (CheckKind.NO_PLACE in found) <= (photo.place is None)
    assert (CheckKind.NO_TIME in found) <= (photo.taken_at is None)
    about_time = {
        CheckKind.NO_TIME, CheckKind.FUTURE, CheckKind.BEFORE_REPORT, CheckKind.BEFORE_START,
    }  # fmt: skip
    assert len(about_time & set(found)) <= 1


@given(metres=st.floats(0, 20_000), accuracy_m=st.floats(0, 20_000))
def test_a_better_known_position_never_makes_a_photo_nearer(
    metres: float, accuracy_m: float
) -> None:
    vague = a_photo(place=north(metres), evidence=replace(PHONE, accuracy_m=accuracy_m))
    exact = a_photo(place=north(metres), evidence=replace(PHONE, accuracy_m=accuracy_m / 2))
    if CheckKind.FAR in kinds(vague):
        assert CheckKind.FAR in kinds(exact)
