"""Photos are kept byte for byte together with their operation and upload."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from field_app.actions import photos
from field_app.domain.checks import PAIR_MATCHES_LEAST, CheckKind
from field_app.domain.errors import NotAllowed, PhotoRepeated, PhotoUnreadable
from field_app.domain.operation import AddPhoto
from field_app.domain.photo import PREVIEW_LIMIT_BYTES, PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import TicketState
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.photos import at_hub, photo_cards
from field_app.queries.tickets import ticket_detail
from field_app.resources import resource
from field_app.store import outbox, uploads
from field_app.store import photos as store_photos
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_photo, a_ticket, a_verdict, an_arrival
from tests.helpers.pictures import a_picture, an_exif

ID = a_ticket().id
PLACE = Place(latitude=13.75, longitude=100.5)


@pytest.fixture(autouse=True)
def _ticket(desk: Desk) -> None:
    """Give the crew one ticket."""
    accept(desk.db, [an_arrival(a_ticket(place=PLACE))], [], "c")


def test_a_photo_file_is_kept_as_it_is(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(a_picture(64, 48, exif=an_exif(orientation=6, place=PLACE)))
    done = photos.attach(desk, ID, PhotoRole.BEFORE, source)
    (card,) = ticket_detail(desk, ID).photos
    assert card.photo.id == done.photo_id
    assert done.changes.photos == {done.photo_id}
    assert card.photo.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert (card.photo.width, card.photo.height) == (48, 64)
    assert card.distance_m == pytest.approx(0, abs=0.01)
    assert card.local is LocalState.QUEUED
    assert card.original is not None
    assert card.original.read_bytes() == source.read_bytes()
    assert card.thumb is not None
    assert card.screen is not None
    (upload,) = uploads.open_uploads(desk.db)
    assert upload.operation_id == done.operation_id
    (operation,) = outbox.waiting_of(desk.db, ID)
    assert isinstance(operation.work, AddPhoto)
    assert 0 < len(operation.work.preview) <= PREVIEW_LIMIT_BYTES * 4 / 3 + 4


def test_a_file_that_is_no_picture_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(b"no picture")
    with pytest.raises(PhotoUnreadable):
        photos.attach(desk, ID, PhotoRole.BEFORE, source)
    assert outbox.counts(desk.db).waiting == 0
    assert [p for p in desk.vault.folder.rglob("*") if p.is_file()] == []


def test_the_same_photo_twice_is_refused_in_the_same_role_only(desk: Desk) -> None:
    photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    with pytest.raises(PhotoRepeated):
        photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    assert len(ticket_detail(desk, ID).photos) == 2


def test_a_photo_for_a_closed_ticket_leaves_no_row(desk: Desk) -> None:
    accept(desk.db, [an_arrival(a_ticket(state=TicketState.FINISHED))], [], "c")
    with pytest.raises(NotAllowed):
        photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    assert store_photos.known_hashes(desk.db) == frozenset()


def test_a_citizens_photo_is_not_made_here(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        photos.attach(desk, ID, PhotoRole.CITIZEN, a_picture())


def test_a_removed_photo_is_shown_no_more_and_its_file_stays(desk: Desk) -> None:
    done = photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    assert done.photo_id is not None
    photos.remove(desk, ID, done.photo_id)
    assert ticket_detail(desk, ID).photos == ()
    hashes = store_photos.known_hashes(desk.db)
    assert hashes is not None
    assert all(desk.vault.path(sha256) for sha256 in hashes)


def test_each_job_says_how_many_of_its_photos_are_at_the_hub(desk: Desk, clock: FakeClock) -> None:
    assert at_hub(ticket_detail(desk, ID).photos) == (0, 0)
    first = photos.attach(desk, ID, PhotoRole.BEFORE, a_picture(colour="red"))
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture(colour="blue"))
    assert at_hub(ticket_detail(desk, ID).photos) == (0, 2)
    for operation in outbox.next_batch(desk.db, clock.passes(9), 9):
        outbox.settle(desk.db, a_verdict(operation.id), clock.now())
    assert first.photo_id is not None
    shown = ticket_detail(desk, ID).photos
    assert at_hub(shown) == (0, len(shown)), "an operation at the hub is no photo at the hub"
    uploads.note_arrived(desk.db, first.photo_id, clock.now())
    photo = a_photo(PhotoRole.BEFORE, id=first.photo_id, size_bytes=len(a_picture(colour="red")))
    other = a_photo(PhotoRole.AFTER)
    citizens = a_photo(PhotoRole.CITIZEN)
    ticket = a_ticket(revision=9, photos=(citizens, photo, other))
    assert at_hub(photo_cards(desk, ticket)) == (1, 2)


def a_shot(change: Callable[[Image.Image], Image.Image]) -> bytes:
    """Return a demo picture after a change."""
    with Image.open(resource("demo", "photos", "pothole_after.jpg")) as picture:
        out = io.BytesIO()
        change(picture.convert("RGB")).save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (lambda picture: picture, set()),
        (lambda picture: picture.point(lambda value: value // 8), {CheckKind.DARK}),
        (lambda picture: picture.filter(ImageFilter.GaussianBlur(14)), {CheckKind.BLURRED}),
        (lambda picture: picture.resize((320, 240)), set()),
    ],
    ids=["as it is", "dark", "blurred", "small"],
)
def test_what_the_pixels_show_is_measured_once_and_told(
    desk: Desk, change: Callable[[Image.Image], Image.Image], kinds: set[CheckKind]
) -> None:
    photos.attach(desk, ID, PhotoRole.AFTER, a_shot(change))
    (card,) = ticket_detail(desk, ID).photos
    found = {check.kind for check in card.checks} & {CheckKind.DARK, CheckKind.BLURRED}
    assert found == kinds
    evidence = card.photo.evidence
    assert evidence is not None
    assert evidence.brightness is not None


def demo_file(name: str) -> bytes:
    """Return a demo picture without Exif."""
    path: Path = resource("demo", "photos", f"{name}.jpg")
    return path.read_bytes()


def test_an_after_photo_is_paired_with_the_before_photo_of_its_spot(desk: Desk) -> None:
    spot = photos.attach(desk, ID, PhotoRole.BEFORE, demo_file("pothole_before"))
    photos.attach(desk, ID, PhotoRole.BEFORE, demo_file("drain_before"))
    photos.attach(desk, ID, PhotoRole.AFTER, demo_file("pothole_after"))
    after = ticket_detail(desk, ID).photos[-1]
    assert after.photo.pair_id == spot.photo_id
    assert after.photo.pair_matches is not None
    assert after.photo.pair_matches >= PAIR_MATCHES_LEAST
    assert CheckKind.OTHER_SPOT not in {check.kind for check in after.checks}


def test_an_after_photo_of_something_else_may_be_another_spot(desk: Desk) -> None:
    photos.attach(desk, ID, PhotoRole.BEFORE, demo_file("drain_before"))
    photos.attach(desk, ID, PhotoRole.AFTER, demo_file("tree_after"))
    after = ticket_detail(desk, ID).photos[-1]
    assert CheckKind.OTHER_SPOT in {check.kind for check in after.checks}


def test_without_a_before_photo_nothing_is_compared(desk: Desk) -> None:
    photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    photos.attach(desk, ID, PhotoRole.AFTER, demo_file("tree_after"))
    after = ticket_detail(desk, ID).photos[-1].photo
    assert (after.pair_id, after.pair_matches) == (None, None)
