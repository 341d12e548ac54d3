"""The hub says where a photo's picture was before, and does not cry wolf."""

import base64
import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from field_app.domain.ids import PhotoId, new_id
from field_app.domain.operation import AddPhoto, RemovePhoto
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.verdict import Outcome
from field_app.hub.service.citizen_photos import photos_in
from field_app.hub.service.importer import import_file
from field_app.hub.service.tickets import find_ticket
from tests.hub.test_import import api_file, api_row
from tests.hub.world import Laptop, World
from tests.vision.labelled import after_the_work, places, preview_of


def a_photo(picture: Image.Image, role: PhotoRole = PhotoRole.AFTER, **facts: Any) -> AddPhoto:
    """Return the work of adding a picture; equal pictures are equal files."""
    preview = preview_of(picture)
    return AddPhoto(
        photo_id=PhotoId(new_id()),
        role=role,
        sha256=hashlib.sha256(preview).hexdigest(),
        size_bytes=len(preview),
        width=picture.width,
        height=picture.height,
        preview=base64.b64encode(preview).decode(),
        **facts,
    )


def added(laptop: Laptop, ticket_id: str, work: AddPhoto) -> Photo:
    """Add a photo and return it as the hub has it then."""
    verdict = laptop.does(ticket_id, work)
    assert verdict.outcome is Outcome.APPLIED, verdict
    found: Photo = next(p for p in verdict.ticket.photos if p.id == work.photo_id)
    return found


def the_photo(world: World, ticket_id: str, photo_id: PhotoId) -> Photo:
    """Return a photo as the hub has it now."""
    with world.hub.database.read() as connection:
        ticket = find_ticket(connection, ticket_id)
    assert ticket is not None
    return next(p for p in ticket.photos if p.id == photo_id)


@pytest.fixture
def two_jobs(world: World) -> World:
    world.has_ticket("T-1")
    world.has_ticket("T-2")
    return world


ROAD = "road 1/before"


def test_a_mirrored_picture_of_another_job_is_told(two_jobs: World, roads: Laptop) -> None:
    first = added(roads, "T-1", a_photo(places()[ROAD]))
    again = added(roads, "T-2", a_photo(ImageOps.mirror(places()[ROAD])))

    assert first.seen_before is None
    assert again.seen_before is not None
    assert (again.seen_before.ticket_id, again.seen_before.photo_id) == ("T-1", first.id)
    assert again.seen_before.role is PhotoRole.AFTER
    assert again.seen_before.added_at == first.added_at
    assert not again.seen_before.is_same_file


def test_the_same_file_is_told_as_such_also_when_it_cannot_be_compared(
    two_jobs: World, roads: Laptop
) -> None:
    dark = Image.new("RGB", (640, 480), (3, 3, 3))
    first = added(roads, "T-1", a_photo(dark))
    again = added(roads, "T-2", a_photo(dark))

    assert again.seen_before is not None
    assert again.seen_before.photo_id == first.id
    assert again.seen_before.is_same_file


def test_other_pictures_are_not_told(two_jobs: World, roads: Laptop) -> None:
    told = [
        added(roads, f"T-{1 + number % 2}", a_photo(picture)).seen_before
        for number, (name, picture) in enumerate(places().items())
        if name.endswith("before")
    ]

    assert set(told) == {None}


def test_the_picture_from_before_the_work_is_told_when_it_comes_as_the_one_after(
    two_jobs: World, roads: Laptop
) -> None:
    before = added(roads, "T-1", a_photo(places()[ROAD], PhotoRole.BEFORE))
    posed = added(roads, "T-1", a_photo(places()[ROAD].rotate(180)))

    assert posed.seen_before is not None
    assert posed.seen_before.photo_id == before.id
    assert posed.seen_before.role is PhotoRole.BEFORE


def test_an_honest_picture_after_the_work_from_the_same_spot_is_not_told(
    two_jobs: World, roads: Laptop
) -> None:
    for motif in ("drain", "pothole", "tree", "trash", "paver", "flood"):
        added(roads, "T-1", a_photo(places()[f"{motif}/before"], PhotoRole.BEFORE))
        after = added(roads, "T-1", a_photo(places()[f"{motif}/after"]))

        assert after.seen_before is None, motif

    added(roads, "T-1", a_photo(places()[ROAD], PhotoRole.BEFORE))
    assert added(roads, "T-1", a_photo(after_the_work()[ROAD])).seen_before is None


def test_a_retake_and_the_same_picture_twice_in_one_place_are_no_repetition(
    two_jobs: World, roads: Laptop
) -> None:
    first = added(roads, "T-1", a_photo(places()[ROAD]))
    retake = added(roads, "T-1", a_photo(places()[ROAD].resize((320, 240)), retakes=first.id))
    twice = added(roads, "T-1", a_photo(places()[ROAD]))

    assert retake.seen_before is None
    assert twice.seen_before is None


def test_a_photo_moved_to_another_slot_is_no_repetition(two_jobs: World, roads: Laptop) -> None:
    wrong = added(roads, "T-1", a_photo(places()[ROAD], PhotoRole.BEFORE))
    roads.does("T-1", RemovePhoto(photo_id=wrong.id))
    right = added(roads, "T-1", a_photo(places()[ROAD]))

    assert right.seen_before is None


def test_a_photo_is_no_repetition_any_more_once_the_wrong_slot_is_cleared(
    two_jobs: World, roads: Laptop
) -> None:
    wrong = added(roads, "T-1", a_photo(places()[ROAD], PhotoRole.BEFORE))
    right = added(roads, "T-1", a_photo(places()[ROAD]))
    assert right.seen_before is not None

    roads.does("T-1", RemovePhoto(photo_id=wrong.id))

    assert the_photo(two_jobs, "T-1", right.id).seen_before is None


def test_a_photo_that_was_put_onto_the_wrong_job_first_is_no_repetition(
    two_jobs: World, roads: Laptop
) -> None:
    wrong = added(roads, "T-1", a_photo(places()[ROAD]))
    roads.does("T-1", RemovePhoto(photo_id=wrong.id))
    right = added(roads, "T-2", a_photo(places()[ROAD]))

    assert right.seen_before is None


def test_a_photo_is_no_repetition_any_more_once_the_wrong_job_is_cleared(
    two_jobs: World, roads: Laptop
) -> None:
    wrong = added(roads, "T-1", a_photo(places()[ROAD]))
    right = added(roads, "T-2", a_photo(places()[ROAD]))
    assert right.seen_before is not None

    roads.does("T-1", RemovePhoto(photo_id=wrong.id))

    assert the_photo(two_jobs, "T-2", right.id).seen_before is None
    assert "T-2" in {
        line["ticket"]["id"] for line in roads.changes() if line.get("ticket") is not None
    }


def test_a_photo_that_repeats_two_is_still_told_when_one_of_them_is_withdrawn(
    two_jobs: World, roads: Laptop
) -> None:
    two_jobs.has_ticket("T-3")
    first = added(roads, "T-1", a_photo(places()[ROAD]))
    roads.clock.advance(60)
    second = added(roads, "T-2", a_photo(places()[ROAD]))
    roads.clock.advance(60)
    third = added(roads, "T-3", a_photo(places()[ROAD]))
    assert third.seen_before is not None
    named = {first.id: ("T-1", second), second.id: ("T-2", first)}
    ticket_id, other = named[third.seen_before.photo_id]

    roads.does(ticket_id, RemovePhoto(photo_id=third.seen_before.photo_id))

    told = the_photo(two_jobs, "T-3", third.id).seen_before
    assert told is not None
    assert told.photo_id == other.id


def test_an_operation_that_comes_twice_repeats_nothing(two_jobs: World, roads: Laptop) -> None:
    operation = roads.operation("T-1", a_photo(places()[ROAD]))
    roads.send(operation)
    (again,) = roads.send(operation)

    assert again.outcome is Outcome.DUPLICATE
    assert [p.seen_before for p in again.ticket.photos] == [None]
    another = roads.operation("T-1", operation.work)
    (once_more,) = roads.send(another)
    assert [p.seen_before for p in once_more.ticket.photos] == [None]


@pytest.mark.parametrize(
    "preview", [b"", b"no picture", b"RIFF\xff\xff\xff\xffWEBPVP8 ", b"\xff\xd8\xff\xe0" * 50]
)
def test_a_broken_preview_refuses_nothing(two_jobs: World, roads: Laptop, preview: bytes) -> None:
    for ticket_id in ("T-1", "T-2"):
        text = base64.b64encode(preview).decode()
        work = replace(a_photo(places()[ROAD]), preview=text)

        assert roads.does(ticket_id, work).outcome is Outcome.APPLIED


def test_a_citizens_picture_that_a_crew_uses_on_another_job_is_told(
    world: World, roads: Laptop, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    out = io.BytesIO()
    places()["tree/before"].resize((1280, 960)).save(out, "JPEG")
    (folder / "2026-A1.jpg").write_bytes(out.getvalue())
    data = api_file(api_row("2026-A1"))
    assert import_file(world.hub, data, photos=photos_in(folder)).photos == 1
    world.has_ticket("T-1")

    reused = added(roads, "T-1", a_photo(ImageOps.flip(places()["tree/before"])))

    assert reused.seen_before is not None
    assert reused.seen_before.role is PhotoRole.CITIZEN


def test_many_photos_are_found_again_one_by_one(two_jobs: World, roads: Laptop) -> None:
    rng = np.random.default_rng(3)
    first = {
        name: added(roads, "T-1", a_photo(picture)).id
        for name, picture in places().items()
        if name.endswith("before")
    }
    roads.clock.advance(timedelta(days=1).total_seconds())

    for name, photo_id in first.items():
        cut = places()[name].crop((int(rng.integers(90)), 0, 640, 480 - int(rng.integers(60))))
        again = added(roads, "T-2", a_photo(cut.transpose(Image.Transpose.ROTATE_90)))

        assert again.seen_before is not None, name
        assert again.seen_before.photo_id == photo_id, name
