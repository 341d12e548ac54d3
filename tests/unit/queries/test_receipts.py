"""Receipts as people read them: act by act, searched by the job's number, for thirty days."""

import hashlib
from datetime import timedelta

import pytest

from field_app.actions import photos, tickets
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import Revision
from field_app.domain.photo import PhotoReceipt, PhotoRole
from field_app.domain.verdict import Receipt
from field_app.queries.desk import Desk
from field_app.queries.receipts import PHOTO, receipt, receipts
from field_app.store import outbox as store
from field_app.store import uploads
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, FakeClock, a_ticket, a_verdict, an_arrival
from tests.helpers.pictures import a_picture

ID = a_ticket().id
OTHER = a_ticket(2).id
SHA = "cd" * 32


@pytest.fixture(autouse=True)
def _tickets(desk: Desk) -> None:
    """Give the crew two jobs."""
    accept(desk.db, [an_arrival(a_ticket()), an_arrival(a_ticket(2))], [], "c")


def hub_takes_all(desk: Desk, clock: FakeClock) -> None:
    """Let the hub apply everything that waits."""
    revision = desk.db.number("SELECT max(revision) FROM receipts") or 100
    for operation in store.next_batch(desk.db, clock.passes(9), 99):
        revision += 1
        given = Receipt(id=f"7F2A-{revision}", received_at=clock.now(), sha256=SHA)
        verdict = a_verdict(operation.id, revision=Revision(revision), receipt=given)
        store.settle(desk.db, verdict, clock.now())


def test_an_acts_receipt_names_its_photos_too(desk: Desk, clock: FakeClock) -> None:
    added = photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    done = tickets.start(desk, ID)
    hub_takes_all(desk, clock)
    assert added.photo_id is not None
    with pytest.raises(NotAllowed):
        receipt(desk, "nothing")
    sha256 = hashlib.sha256(a_picture()).hexdigest()
    whole_at = clock.passes(60)
    said = PhotoReceipt(
        id="AB12-107",
        photo_id=added.photo_id,
        received_at=whole_at,
        revision=Revision(107),
        sha256=sha256,
    )
    uploads.note_arrived(desk.db, added.photo_id, clock.passes(1), said)

    view = receipt(desk, done.operation_id)

    assert (view.ticket_id, view.type, view.received_at) == (ID, "start", whole_at)
    assert [(p.type, p.number, p.revision, p.sha256) for p in view.parts] == [
        ("add_photo", "7F2A-101", 101, SHA),
        ("start", "7F2A-102", 102, SHA),
        (PHOTO, "AB12-107", 107, sha256),
    ]
    assert view.parts[2].received_at == whole_at
    assert view.parts[2].size_bytes == len(a_picture())
    assert view.parts[2].thumb is not None
    assert view.parts[0].thumb is None


def test_a_receipt_for_other_bytes_is_none(desk: Desk, clock: FakeClock) -> None:
    added = photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    hub_takes_all(desk, clock)
    assert added.photo_id is not None
    said = PhotoReceipt(
        id="AB12-107",
        photo_id=added.photo_id,
        received_at=NOW,
        revision=Revision(107),
        sha256="00" * 32,
    )
    uploads.note_arrived(desk.db, added.photo_id, clock.now(), said)
    (item,) = receipts(desk, "")
    part = receipt(desk, item.key).parts[-1]
    assert (part.type, part.number, part.revision, part.received_at) == (PHOTO, "", None, None)


def test_receipts_are_found_by_job_number_title_and_receipt(desk: Desk, clock: FakeClock) -> None:
    tickets.start(desk, ID)
    hub_takes_all(desk, clock)
    tickets.start(desk, OTHER)
    hub_takes_all(desk, clock)
    assert [item.ticket_id for item in receipts(desk, "")] == [OTHER, ID]
    assert [item.ticket_id for item in receipts(desk, f" {ID.lower()} ")] == [ID]
    assert [item.ticket_id for item in receipts(desk, "เลขที่ 2")] == [OTHER]
    assert [item.ticket_id for item in receipts(desk, "7f2a-101")] == [ID]
    assert receipts(desk, "nowhere") == ()


def test_the_list_goes_back_thirty_days(desk: Desk, clock: FakeClock) -> None:
    tickets.start(desk, ID)
    hub_takes_all(desk, clock)
    clock.at += timedelta(days=29)
    assert len(receipts(desk, "")) == 1
    clock.at += timedelta(days=1)
    assert receipts(desk, "") == ()


def test_what_is_still_on_its_way_has_no_place_in_the_list(desk: Desk, clock: FakeClock) -> None:
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    done = tickets.start(desk, ID)
    hub_takes_all(desk, clock)
    assert receipts(desk, "") == ()
    view = receipt(desk, done.operation_id)
    assert [part.type for part in view.parts] == ["start"]
