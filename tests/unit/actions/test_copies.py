"""Copies of photos: made once for the screen, bare for others; originals stay as they are."""

import io
from pathlib import Path

import pytest

from field_app.actions import copies, photos
from field_app.actions.copies import Copy
from field_app.domain.copy_errors import CopyNotWritten, PictureMissing
from field_app.domain.errors import DiskFull
from field_app.domain.ids import PhotoId
from field_app.domain.photo import Mark, MarkKind, PhotoRole
from field_app.photos.room import RESERVE_BYTES
from field_app.photos.vault import Size
from field_app.queries.desk import Desk
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import ticket_detail
from field_app.store.tickets import accept
from tests.helpers.builders import a_ticket, an_arrival
from tests.helpers.pictures import a_picture
from tests.vision.labelled import places
from tests.vision.test_regions import a_plate, covers

ID = a_ticket().id
BOX = Mark(kind=MarkKind.BOX, x1=0.1, y1=0.1, x2=0.9, y2=0.9)
BLUR = Mark(kind=MarkKind.BLUR, x1=0.0, y1=0.0, x2=0.5, y2=0.5)


@pytest.fixture(autouse=True)
def _ticket(desk: Desk) -> None:
    """Give the crew one ticket."""
    accept(desk.db, [an_arrival(a_ticket())], [], "c")


def added(desk: Desk) -> PhotoCard:
    """Add a photo and return its card."""
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture(400, 300))
    return card(desk)


def card(desk: Desk) -> PhotoCard:
    """Return the ticket's only photo as a screen shows it."""
    (found,) = ticket_detail(desk, ID).photos
    return found


def marked(desk: Desk, photo_id: PhotoId, *marks: Mark) -> PhotoCard:
    """Mark the photo up and return its card."""
    photos.mark(desk, ID, photo_id, marks)
    return card(desk)


def test_a_marked_copy_is_made_once_and_anew_for_other_marks(desk: Desk) -> None:
    before = added(desk)
    assert before.marked is None
    shown = marked(desk, before.photo.id, BOX)
    assert shown.is_marked_up
    assert shown.marked is None
    first = copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks)
    stamp = first.stat().st_mtime_ns
    assert card(desk).marked == first
    assert copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks) == first
    assert first.stat().st_mtime_ns == stamp
    changed = marked(desk, before.photo.id, BOX, BLUR)
    assert changed.marked is None
    second = copies.draw_marks(desk, changed.photo.sha256, changed.photo.marks)
    assert second != first
    assert second.read_bytes() != first.read_bytes()


def test_the_original_and_the_copies_stay_as_they_are(desk: Desk) -> None:
    shown = marked(desk, added(desk).photo.id, BOX, BLUR)
    files = [shown.original, shown.screen, shown.thumb]
    assert all(files)
    before = [file.read_bytes() for file in files if file is not None]
    copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks)
    assert [file.read_bytes() for file in files if file is not None] == before


def test_marks_on_the_small_picture_are_drawn_again_on_the_sharp_one(desk: Desk) -> None:
    shown = marked(desk, added(desk).photo.id, BOX)
    assert shown.screen is not None
    sharp = shown.screen.read_bytes()
    shown.screen.unlink()
    small = copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks)
    assert card(desk).marked == small
    desk.vault.keep_copy(shown.photo.sha256, Size.SCREEN, sharp)
    assert card(desk).marked is None
    assert copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks) != small


def test_the_last_room_is_not_used_for_marked_copies(desk: Desk) -> None:
    shown = marked(desk, added(desk).photo.id, BOX)
    desk.vault._free = lambda _folder: RESERVE_BYTES - 1
    with pytest.raises(DiskFull):
        copies.draw_marks(desk, shown.photo.sha256, shown.photo.marks)
    assert card(desk).marked is None


def test_without_a_picture_there_is_no_copy(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(PictureMissing):
        copies.draw_marks(desk, "cd" * 32, (BOX,))
    with pytest.raises(PictureMissing):
        copies.save_copy(desk, Copy(sha256="cd" * 32), tmp_path / "copy.jpg")
    assert not (tmp_path / "copy.jpg").exists()


def test_a_copy_for_others_is_saved_where_a_person_wants_it(desk: Desk, tmp_path: Path) -> None:
    shown = added(desk)
    copy = Copy(sha256=shown.photo.sha256, marks=(BLUR,), stamp=("งาน 2026-000001",))
    path = copies.save_copy(desk, copy, tmp_path / "copy.jpg")
    assert path.read_bytes() == copies.make_copy(desk, copy)
    with pytest.raises(CopyNotWritten):
        copies.save_copy(desk, copy, tmp_path / "nowhere" / "copy.jpg")


def test_places_to_hide_are_proposed_unless_they_are_hidden(desk: Desk) -> None:
    street = places()["road 1/before"].copy()
    street.paste(a_plate(200), (200, 300))
    out = io.BytesIO()
    street.save(out, "JPEG", quality=95)
    photos.attach(desk, ID, PhotoRole.AFTER, out.getvalue())
    sha256 = card(desk).photo.sha256

    found = copies.propose_regions(desk, sha256, ())
    (plate,) = [region for region in found if covers(region, 300 / 640, 330 / 480)]
    assert plate not in copies.propose_regions(desk, sha256, (plate,))
    with pytest.raises(PictureMissing):
        copies.propose_regions(desk, "cd" * 32, ())
