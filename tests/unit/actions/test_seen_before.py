"""A laptop knows by itself, without a network, that a picture was there before."""

import io

import pytest
from PIL import Image, ImageOps

from field_app.actions import photos
from field_app.actions.tickets import undo
from field_app.domain.changes import Changes
from field_app.domain.checks import CheckKind
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.queries.desk import Desk
from field_app.queries.tickets import ticket_detail
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_ticket, an_arrival
from tests.vision.labelled import places

HERE = a_ticket().id
THERE = TicketId("2026-THERE1")
ROAD = "road 1/before"


@pytest.fixture(autouse=True)
def _tickets(desk: Desk) -> None:
    """Give the crew two tickets."""
    arrivals = [an_arrival(a_ticket()), an_arrival(a_ticket(id=THERE))]
    accept(desk.db, arrivals, [], "c")


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def adds(
    desk: Desk, ticket_id: TicketId, picture: Image.Image, role: PhotoRole = PhotoRole.AFTER
) -> set[CheckKind]:
    """Add a picture a minute later; return what is said about being seen before."""
    if isinstance(desk.clock, FakeClock):
        desk.clock.passes(60)
    done = photos.attach(desk, ticket_id, role, jpeg(picture))
    (card,) = [c for c in ticket_detail(desk, ticket_id).photos if c.photo.id == done.photo_id]
    kinds = {check.kind for check in card.checks}
    return kinds & {CheckKind.SEEN_BEFORE, CheckKind.SAME_PICTURE}


def test_a_mirrored_picture_of_another_job_is_told_at_once(desk: Desk) -> None:
    assert adds(desk, HERE, places()[ROAD]) == set()
    assert adds(desk, THERE, ImageOps.mirror(places()[ROAD])) == {CheckKind.SEEN_BEFORE}
    (first,) = ticket_detail(desk, HERE).photos
    assert CheckKind.SEEN_BEFORE not in {check.kind for check in first.checks}


def test_the_picture_from_before_the_work_is_told_when_it_comes_as_the_one_after(
    desk: Desk,
) -> None:
    adds(desk, HERE, places()[ROAD], PhotoRole.BEFORE)

    assert adds(desk, HERE, places()[ROAD].rotate(180)) == {CheckKind.SAME_PICTURE}


def test_an_honest_pair_and_a_second_shot_are_not_told(desk: Desk) -> None:
    adds(desk, HERE, places()["tree/before"], PhotoRole.BEFORE)

    assert adds(desk, HERE, places()["tree/after"]) == set()
    assert adds(desk, HERE, ImageOps.grayscale(places()["tree/after"])) == set()


def test_what_was_undone_or_withdrawn_is_not_told(desk: Desk) -> None:
    undone = photos.attach(desk, HERE, PhotoRole.AFTER, jpeg(places()[ROAD]))
    assert isinstance(undone.changes, Changes)
    undo(desk, undone.operation_id)
    assert adds(desk, THERE, places()[ROAD]) == set()

    wrong = photos.attach(desk, HERE, PhotoRole.AFTER, jpeg(places()["trash/after"]))
    assert wrong.photo_id is not None
    photos.remove(desk, HERE, wrong.photo_id)
    assert adds(desk, THERE, places()["trash/after"]) == set()
