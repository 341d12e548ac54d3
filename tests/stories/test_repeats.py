"""The earlier photo that shows the same: a supervisor sees it, a crew only among its own jobs."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from field_app.actions import outbox, photos, tickets
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.operation import NoPhotoReason
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.queries.repeats import Absence, Repeat, repeat_of
from field_app.resources import resource
from tests.helpers.town import Laptop, Town

ROAD: Path = resource("demo", "photos", "pothole_after.jpg")


def mirrored() -> bytes:
    """Return the mended road the wrong way round: another file, the same picture."""
    file = BytesIO()
    with Image.open(ROAD) as picture:
        ImageOps.mirror(picture).save(file, "JPEG", quality=90)
    return file.getvalue()


def adds(
    laptop: Laptop,
    job: TicketId,
    role: PhotoRole = PhotoRole.AFTER,
    source: Path | bytes = ROAD,
) -> PhotoId:
    """Add a photo of the mended road; return it."""
    done = laptop.does(photos.attach, job, role, source)
    assert done.photo_id is not None
    return done.photo_id


def the_repeat(laptop: Laptop, job: TicketId, photo_id: PhotoId) -> Repeat:
    found: Repeat | None = laptop.app.see(repeat_of, job, photo_id)
    assert found is not None
    return found


def a_closed_job(town: Town, crew: Laptop) -> tuple[TicketId, PhotoId]:
    """Let a crew mend something and a supervisor approve it; return the job and its after photo."""
    deputy = town.person("deputy", Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    crew.syncs()
    crew.starts(job)
    photo_id = adds(crew, job)
    crew.finishes(job)
    crew.syncs()
    deputy.syncs()
    deputy.approves(job)
    deputy.syncs()
    return job, photo_id


@pytest.fixture
def chief(town: Town) -> Laptop:
    return town.person("boss", Role.SUPERVISOR, crew=None)


def test_a_supervisor_gets_the_earlier_picture_of_another_crews_job_and_a_crew_does_not(
    town: Town, chief: Laptop
) -> None:
    ana, ben = town.person("ana"), town.person("ben", crew="lights")
    earlier_job, earlier = a_closed_job(town, ana)
    job = town.citizen_reports(crew="lights")
    ben.syncs()
    ben.starts(job)
    again = adds(ben, job, source=mirrored())
    ben.finishes(job)
    ben.syncs()
    chief.syncs()
    ben.syncs()

    seen = the_repeat(chief, job, again)
    assert seen.earlier is not None
    assert (seen.earlier.photo.id, seen.seen.ticket_id) == (earlier, earlier_job)
    assert seen.earlier.thumb is not None
    assert seen.earlier.screen is not None
    assert (seen.absence, seen.has_job, seen.is_other_job) == (None, True, True)
    told = the_repeat(ben, job, again)
    assert told.seen == seen.seen
    assert (told.earlier, told.absence, told.has_job) == (None, Absence.OTHER_CREWS, False)
    town.everyone_agrees()


def test_while_photos_rest_the_supervisor_gets_the_small_one(town: Town, chief: Laptop) -> None:
    ana = town.person("ana")
    a_closed_job(town, ana)
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    again = adds(ana, job, source=mirrored())
    ana.finishes(job)
    ana.syncs()
    chief.app.do(outbox.pause_photos)
    chief.syncs()

    seen = the_repeat(chief, job, again)
    assert seen.earlier is not None
    assert seen.earlier.thumb is not None
    assert seen.earlier.screen is None
    assert seen.absence is None


def test_a_crew_sees_both_photos_of_its_own_jobs_without_a_network(town: Town) -> None:
    ana = town.person("ana")
    earlier_job, job = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(earlier_job)
    earlier = adds(ana, earlier_job)
    ana.starts(job)
    town.clock.passes(60)
    again = adds(ana, job)

    seen = the_repeat(ana, job, again)
    assert seen.earlier is not None
    assert seen.earlier.photo.id == earlier
    assert seen.earlier.screen is not None
    assert seen.seen.is_same_file


def test_the_same_picture_before_and_after_is_compared_within_the_job(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    before = adds(ana, job, PhotoRole.BEFORE)
    after = adds(ana, job)

    seen = the_repeat(ana, job, after)
    assert seen.earlier is not None
    assert seen.earlier.photo.id == before
    assert (seen.is_other_job, seen.has_job) == (False, True)
    assert ana.app.see(repeat_of, job, before) is None


def test_an_earlier_photo_that_was_taken_back_is_compared_no_more(
    town: Town, chief: Laptop
) -> None:
    ana = town.person("ana")
    earlier_job, job = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.starts(earlier_job)
    earlier = adds(ana, earlier_job)
    ana.starts(job)
    again = adds(ana, job)
    ana.does(tickets.finish, job, "Mended.", NoPhotoReason.CAMERA)
    ana.syncs()
    ana.goes_offline()
    ana.does(photos.remove, earlier_job, earlier)
    assert the_repeat(ana, job, again).absence is Absence.TAKEN_BACK
    ana.goes_online()
    ana.syncs()
    chief.syncs()
    assert chief.app.see(repeat_of, job, again) is None
