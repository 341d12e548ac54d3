"""One photo or a full disk in trouble keeps nothing else back."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from field_app.domain.errors import DiskFull, FileUnreadable, HubRefused, TooLarge
from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import OffsetError, UploadGoneError
from field_app.sync.engine import RoundReport, run_round
from field_app.sync.status import Reach
from tests.helpers.town import Laptop, Town

PROBLEM = {"Content-Type": "application/problem+json"}


def _original(laptop: Laptop, photo_id: PhotoId) -> Path:
    path: Path | None = laptop.app.see(lambda desk: desk.vault.path(laptop.photos[photo_id]))
    assert path is not None
    return path


@pytest.mark.parametrize("loss", ["gone", "short"])
def test_a_photo_whose_file_is_lost_waits_and_is_said_while_others_go(
    town: Town, ana: Laptop, loss: str
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    lost = ana.adds_photo(job).photo_id
    ana.adds_photo(job)
    assert lost is not None
    path = _original(ana, lost)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    if loss == "gone":
        path.unlink()

    report = ana.syncs()

    assert isinstance(report.error, FileUnreadable)
    assert report.reach is Reach.ONLINE
    assert report.tally.uploaded == 1
    assert [upload.photo_id for upload in ana.open_uploads()] == [lost]
    path.write_bytes(whole)
    town.everyone_agrees()


@pytest.mark.parametrize(("status", "kind"), [(409, HubRefused), (413, TooLarge)])
def test_a_photo_that_the_hub_does_not_take_now_waits_while_others_go(
    town: Town, ana: Laptop, status: int, kind: type[Exception]
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.adds_photo(job)
    body = {"type": "about:blank", "title": "Later", "status": status, "detail": "later"}
    town.network.refuses_upload = (status, PROBLEM, orjson.dumps(body))

    report = ana.syncs()

    assert isinstance(report.error, kind)
    assert report.tally.uploaded == 1
    assert len(ana.open_uploads()) == 1
    town.everyone_agrees()


@pytest.mark.parametrize("error", [OffsetError("/x"), UploadGoneError("/x")])
def test_a_hub_that_answers_and_takes_no_byte_is_not_asked_for_ever(
    town: Town, ana: Laptop, error: Exception
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    town.clock.passes(60)

    def refuse(*_args: object) -> int:
        raise error

    app: Any = ana.app
    hub = app._line.hub()
    hub.send_rest = refuse
    report = ana.app.sync_once()

    assert isinstance(report.error, HubRefused)
    del hub.send_rest
    town.everyone_agrees()


def test_a_disk_that_is_full_for_the_pull_still_lets_work_and_photos_go_up(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    before = len(ana.rows())
    for _number in range(60):
        town.citizen_reports("many words " * 800)
    town.clock.passes(60)

    def with_a_full_disk(desk: Any) -> RoundReport:
        pages = desk.db.number("PRAGMA page_count")
        desk.db.rows(f"PRAGMA max_page_count={pages + 2}")
        report = run_round(ana.app.site(desk, None, is_probe=False))
        desk.db.rows("PRAGMA max_page_count=1073741823")
        return report

    report = ana.app.see(with_a_full_disk)

    assert isinstance(report.error, DiskFull)
    assert report.reach is Reach.ONLINE
    assert (report.tally.delivered, report.tally.uploaded) == (4, 2)
    assert ana.waiting() == 0
    assert len(ana.rows()) == before
    town.everyone_agrees()
    assert len(ana.rows()) == before + 60


def test_a_job_that_leaves_stays_while_unsent_work_hangs_on_it(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    photo = ana.adds_photo(job).photo_id
    assert photo is not None
    path = _original(ana, photo)
    whole = path.read_bytes()
    path.unlink()
    ana.syncs()
    town.gives_to_another_crew(job)

    ana.syncs()

    assert ana.has_copy(job) is not None
    path.write_bytes(whole)
    ana.syncs()
    assert ana.has_copy(job) is None
    town.everyone_agrees()
