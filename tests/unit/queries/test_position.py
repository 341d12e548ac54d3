"""Where the last photo was taken, as a place for people to say they are at."""

from datetime import timedelta
from typing import Any

import pytest

from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.queries.desk import Desk
from field_app.queries.position import photo_position
from field_app.store import photos
from field_app.store.photos import LocalPhoto
from field_app.store.tickets import accept
from tests.helpers.builders import CREW_ID, NOW, a_ticket, an_arrival

SPOT = Place(latitude=13.75, longitude=100.5, accuracy_m=6.0)
JOB = TicketId("job-1")


def a_photo(number: int, place: Place | None, **facts: Any) -> Photo:
    plain: dict[str, Any] = {
        "id": PhotoId(f"photo-{number}"),
        "role": PhotoRole.AFTER,
        "sha256": f"{number:064}",
        "size_bytes": 10,
        "width": 4,
        "height": 3,
        "taken_at": NOW - timedelta(minutes=number),
        "place": place,
    }
    return Photo(**(plain | facts))


def keep(desk: Desk, *taken: Photo) -> None:
    """Let the laptop have these photos of its own, the first one added last."""
    ticket = a_ticket(1, id=JOB, crew_id=CREW_ID, photos=taken)
    accept(desk.db, [an_arrival(ticket)], [], "c")
    with desk.db.atomic():
        for number, photo in enumerate(taken):
            photos.add(
                desk.db,
                LocalPhoto(
                    id=photo.id,
                    ticket_id=JOB,
                    role=photo.role,
                    sha256=photo.sha256,
                    size_bytes=photo.size_bytes,
                    suffix=".jpg",
                    added_at=NOW - timedelta(minutes=number),
                ),
            )


def test_without_photos_there_is_no_place(desk: Desk) -> None:
    assert photo_position(desk) is None


def test_the_newest_photo_that_names_a_place_counts(desk: Desk) -> None:
    keep(
        desk, a_photo(1, None), a_photo(2, SPOT), a_photo(3, Place(latitude=14.0, longitude=100.0))
    )
    assert photo_position(desk) == Position(
        place=SPOT, source=PositionSource.PHOTO, at=NOW - timedelta(minutes=2)
    )


@pytest.mark.parametrize(
    "facts",
    [{"is_withdrawn": True}, {"place": Place(latitude=0.0, longitude=0.0)}],
)
def test_a_withdrawn_photo_and_one_from_nowhere_do_not_count(
    desk: Desk, facts: dict[str, Any]
) -> None:
    place = facts.pop("place", SPOT)
    keep(desk, a_photo(1, place, **facts))
    assert photo_position(desk) is None


def test_a_photo_without_a_time_counts_from_when_it_was_added(desk: Desk) -> None:
    keep(desk, a_photo(1, SPOT, taken_at=None))
    found = photo_position(desk)
    assert found is not None
    assert found.at == NOW


def test_a_colleague_s_photo_is_not_where_i_was(desk: Desk) -> None:
    ticket = a_ticket(1, id=JOB, crew_id=CREW_ID, photos=(a_photo(1, SPOT),))
    accept(desk.db, [an_arrival(ticket)], [], "c")
    assert photo_position(desk) is None
