"""A photo is taken again: the new one is shown and counts, the earlier one stays with everybody."""

import pytest

from field_app.actions import photos, tickets
from field_app.domain.errors import NotAllowed, PhotoRepeated
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.queries.review import review_list
from field_app.queries.tickets import ticket_detail
from tests.helpers.pictures import a_picture
from tests.helpers.town import Laptop, Town

BLURRED, SHARP, BEST = (a_picture(colour=colour) for colour in ("grey", "green", "blue"))


def added(ana: Laptop, job: TicketId, content: bytes = BLURRED) -> PhotoId:
    photo_id = ana.does(photos.attach, job, PhotoRole.AFTER, content).photo_id
    assert photo_id is not None
    return photo_id


def retaken(ana: Laptop, job: TicketId, photo_id: PhotoId, content: bytes = SHARP) -> PhotoId:
    new_id = ana.does(photos.retake, job, photo_id, content).photo_id
    assert new_id is not None
    return new_id


def current(laptop: Laptop, job: TicketId) -> list[PhotoId]:
    return [photo.id for photo in laptop.sees(job).current_photos_of(PhotoRole.AFTER)]


def cards(laptop: Laptop, job: TicketId) -> dict[PhotoId, PhotoCard]:
    return {card.photo.id: card for card in laptop.app.see(ticket_detail, job).photos}


@pytest.fixture
def job(town: Town, ana: Laptop) -> TicketId:
    made = town.citizen_reports()
    ana.syncs()
    ana.starts(made)
    return made


def test_both_versions_reach_everybody_and_the_new_one_counts(
    town: Town, ana: Laptop, job: TicketId
) -> None:
    chief = town.person("boss", Role.SUPERVISOR, crew=None)
    first = added(ana, job)
    ana.goes_offline()
    second = retaken(ana, job, first)
    ana.finishes(job)
    ana.goes_online()
    town.everyone_agrees()
    assert current(chief, job) == [second]
    theirs = cards(chief, job)
    assert set(theirs) == {first, second}
    assert (theirs[first].replaced_by, theirs[second].replaced_by) == (second, None)
    assert (theirs[first].take, theirs[second].take) == (1, 2)
    assert {first, second} <= town.hub_photos()
    (row,) = [row for row in chief.app.see(review_list) if row.ticket_id == job]
    assert row.after is not None
    assert row.after.photo.id == second
    assert (row.announced_count, row.arrived_count) == (2, 2)


def test_undo_and_removal_bring_the_earlier_one_back(
    town: Town, ana: Laptop, job: TicketId
) -> None:
    first = added(ana, job)
    done = ana.app.do(photos.retake, job, first, SHARP)
    ana.app.do(tickets.undo, done.operation_id)
    assert current(ana, job) == [first]
    second = retaken(ana, job, first)
    town.everyone_agrees()
    ana.does(photos.remove, job, second)
    town.everyone_agrees()
    assert current(ana, job) == [first]
    assert [p.id for p in town.hub_ticket(job).current_photos_of(PhotoRole.AFTER)] == [first]


def test_a_photo_is_taken_again_twice(town: Town, ana: Laptop, job: TicketId) -> None:
    first = added(ana, job)
    second = retaken(ana, job, first)
    third = retaken(ana, job, second, BEST)
    assert current(ana, job) == [third]
    mine = cards(ana, job)
    assert [mine[one].replaced_by for one in (first, second)] == [third, third]
    assert mine[third].take == 3
    town.everyone_agrees()


def test_what_cannot_be_taken_again_is_refused(town: Town, ana: Laptop, job: TicketId) -> None:
    first = added(ana, job)
    with pytest.raises(PhotoRepeated):
        ana.app.do(photos.retake, job, first, BLURRED)
    retaken(ana, job, first)
    with pytest.raises(NotAllowed):
        ana.app.do(photos.retake, job, first, BEST)
    with pytest.raises(NotAllowed):
        ana.app.do(photos.retake, job, PhotoId("nobody-knows-it"), BEST)
    assert len(ana.sees(job).photos_of(PhotoRole.AFTER)) == 2
    ana.finishes(job)
    with pytest.raises(NotAllowed):
        ana.app.do(photos.retake, job, current(ana, job)[0], BEST)


def test_a_retake_that_comes_after_the_approval_changes_no_evidence(
    town: Town, ana: Laptop, job: TicketId
) -> None:
    chief = town.person("boss", Role.SUPERVISOR, crew=None)
    first = added(ana, job)
    ana.syncs()
    ana.goes_offline()
    late = retaken(ana, job, first)
    town.platform_closes(job)
    ana.goes_online()
    ana.syncs()
    chief.syncs()
    kept = town.hub_ticket(job)
    assert {photo.id for photo in kept.photos_of(PhotoRole.AFTER)} == {first, late}
    assert kept.replacements == {}
