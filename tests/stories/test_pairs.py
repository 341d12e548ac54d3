"""Which before photo an after photo is compared with: found by the laptop, or a person's word."""

import pytest

from field_app.actions import photos, tickets
from field_app.domain.checks import PAIR_MATCHES_LEAST
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.people import Role
from field_app.domain.photo import Photo, PhotoRole
from field_app.queries.review import review_list
from field_app.resources import resource
from tests.helpers.town import Laptop, Town


def demo(name: str) -> bytes:
    return resource("demo", "photos", f"{name}.jpg").read_bytes()


def added(ana: Laptop, job: TicketId, role: PhotoRole, name: str) -> PhotoId:
    photo_id = ana.does(photos.attach, job, role, demo(name)).photo_id
    assert photo_id is not None
    return photo_id


def photo_of(laptop: Laptop, job: TicketId, photo_id: PhotoId) -> Photo:
    return next(photo for photo in laptop.sees(job).photos if photo.id == photo_id)


@pytest.fixture
def job(town: Town, ana: Laptop) -> TicketId:
    made = town.citizen_reports()
    ana.syncs()
    ana.starts(made)
    return made


def test_a_person_chooses_another_pair_and_everybody_compares_those(
    town: Town, ana: Laptop, job: TicketId
) -> None:
    chief = town.person("boss", Role.SUPERVISOR, crew=None)
    hole = added(ana, job, PhotoRole.BEFORE, "pothole_before")
    tree = added(ana, job, PhotoRole.BEFORE, "tree_before")
    after = added(ana, job, PhotoRole.AFTER, "pothole_after")
    found = photo_of(ana, job, after)
    assert found.pair_id == hole
    assert (found.pair_matches or 0) >= PAIR_MATCHES_LEAST
    ana.goes_offline()
    ana.does(photos.pair, job, after, tree)
    chosen = photo_of(ana, job, after)
    assert chosen.pair_id == tree
    assert chosen.pair_matches is not None
    assert chosen.pair_matches < PAIR_MATCHES_LEAST
    ana.finishes(job)
    ana.goes_online()
    town.everyone_agrees()
    assert photo_of(chief, job, after) == photo_of(ana, job, after)
    (row,) = [row for row in chief.app.see(review_list) if row.ticket_id == job]
    assert row.before is not None
    assert row.before.photo.id == tree
    chief.does(photos.pair, job, after, hole)
    town.everyone_agrees()
    assert photo_of(ana, job, after).pair_id == hole


def test_a_pair_is_undone(town: Town, ana: Laptop, job: TicketId) -> None:
    hole = added(ana, job, PhotoRole.BEFORE, "pothole_before")
    tree = added(ana, job, PhotoRole.BEFORE, "tree_before")
    after = added(ana, job, PhotoRole.AFTER, "pothole_after")
    done = ana.app.do(photos.pair, job, after, tree)
    ana.app.do(tickets.undo, done.operation_id)
    assert photo_of(ana, job, after).pair_id == hole


def test_the_pair_is_compared_as_it_was_taken_again(town: Town, ana: Laptop, job: TicketId) -> None:
    hole = added(ana, job, PhotoRole.BEFORE, "pothole_before")
    added(ana, job, PhotoRole.AFTER, "pothole_after")
    better = ana.does(photos.retake, job, hole, demo("pothole_before2")).photo_id
    ana.finishes(job)
    (row,) = [row for row in ana.app.see(review_list) if row.ticket_id == job]
    assert row.before is not None
    assert row.before.photo.id == better


def test_what_is_no_pair_is_refused(town: Town, ana: Laptop, job: TicketId) -> None:
    after = added(ana, job, PhotoRole.AFTER, "pothole_after")
    with pytest.raises(NotAllowed):
        ana.app.do(photos.pair, job, after, after)
    with pytest.raises(NotAllowed):
        ana.app.do(photos.pair, job, after, PhotoId("nobody-knows-it"))
