"""A crew can prove what the hub holds: every photo and every word has a receipt on the laptop."""

import hashlib

from field_app.store.database import Database
from tests.helpers.town import Laptop, Town


def photo_receipts(laptop: Laptop) -> dict[str, tuple[str, int, str]]:
    """Return number, revision and the hub's time of each photo's receipt."""

    def read(db: Database) -> dict[str, tuple[str, int, str]]:
        rows = db.rows("SELECT photo_id, receipt, receipt_revision, received_at FROM uploads")
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    found: dict[str, tuple[str, int, str]] = laptop.app.see(lambda desk: read(desk.db))
    return found


def test_a_repair_leaves_a_receipt_of_each_photo_and_each_word(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    ana.syncs()
    receipts = photo_receipts(ana)
    assert set(receipts) == set(ana.photos)
    ticket = town.hub_ticket(job)
    for photo_id, (number, revision, _at) in receipts.items():
        letters = hashlib.sha256(photo_id.encode()).hexdigest()[:4].upper()
        assert number == f"{letters}-{revision}"
        assert revision <= ticket.revision
    hashes = ana.app.see(lambda desk: desk.db.rows("SELECT sha256 FROM receipts"))
    assert len(hashes) == 4
    assert all(len(sha256) == 64 for (sha256,) in hashes)


def test_a_receipt_whose_answer_was_lost_is_fetched_again(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    done = ana.adds_photo(job, size=200)
    assert done.photo_id is not None
    town.clock.passes(10)
    ana.app.sync_once()
    known = photo_receipts(ana)[done.photo_id]
    again = ana.adds_photo(job, size=201)
    assert again.photo_id is not None
    town.network.drops_replies(at=4)
    ana.syncs()
    ana.syncs()
    receipts = photo_receipts(ana)
    assert receipts[done.photo_id] == known
    assert receipts[again.photo_id][0]
    town.everyone_agrees()
