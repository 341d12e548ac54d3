"""A hub that is there and does not do what it is asked: later is later, and one item is one."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from field_app.domain.errors import CursorExpired, HubBusy, HubFull, HubRefused, NewerVersionNeeded
from field_app.domain.people import Role
from field_app.hub_client.hub import ChecksumError, UploadGoneError
from field_app.sync.engine import Interrupted, run_round
from field_app.sync.status import Reach
from tests.helpers.town import Laptop, Town

PROBLEM = {"Content-Type": "application/problem+json"}


def _a_problem(status: int) -> bytes:
    return orjson.dumps({"type": "about:blank", "title": "No", "status": status, "detail": "no"})


@pytest.mark.parametrize("asked", ["1", "999999999"])
def test_a_hub_that_asks_to_wait_is_asked_again_after_an_hour_at_most(
    town: Town, ana: Laptop, asked: str
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    town.network.answers_as(503, PROBLEM | {"Retry-After": asked}, _a_problem(503))

    report = ana.syncs()

    assert isinstance(report.error, HubBusy)
    assert report.reach is Reach.WEAK
    town.network.is_well()
    town.clock.passes(timedelta(hours=1).total_seconds())
    ana.app.sync_once()
    assert ana.waiting() == 0
    town.everyone_agrees()


@pytest.mark.parametrize(
    ("status", "kind"), [(426, NewerVersionNeeded), (410, CursorExpired), (500, HubRefused)]
)
def test_a_hub_that_refuses_everything_leaves_everything_waiting(
    town: Town, ana: Laptop, status: int, kind: type[Exception]
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.network.answers_as(status, PROBLEM, _a_problem(status))

    report = ana.syncs()

    assert isinstance(report.error, kind)
    assert report.reach is Reach.WEAK
    assert ana.waiting() == 4
    town.everyone_agrees()


def test_of_a_refused_batch_only_the_work_behind_the_bad_one_waits(town: Town, ana: Laptop) -> None:
    job, other = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.notes(job, "Behind it")
    ana.starts(other)
    town.network.refuses_next = (500, PROBLEM, _a_problem(500))
    app: Any = ana.app
    hub = app._line.hub()
    usual = hub.send

    def refuses_the_first(batch: Any) -> Any:
        if [(o.ticket_id, o.work.type) for o in batch.operations] == [(job, "start")]:
            raise HubRefused("this one")
        return usual(batch)

    hub.send = refuses_the_first
    report = ana.syncs()

    assert isinstance(report.error, HubRefused)
    assert [item.type for item in ana.outbox()] == ["start", "note"]
    del hub.send
    town.everyone_agrees()


def test_a_hub_without_room_is_not_given_the_next_photo(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.adds_photo(job)
    town.network.refuses_upload = (507, PROBLEM, _a_problem(507))

    report = ana.syncs()

    assert isinstance(report.error, HubFull)
    assert report.tally.uploaded == 0
    town.everyone_agrees()


def test_bytes_that_arrive_broken_are_sent_again_from_the_start(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    town.clock.passes(60)
    app: Any = ana.app
    hub = app._line.hub()

    def broken(*_args: object) -> int:
        raise ChecksumError("/x")

    hub.send_rest = broken
    report = ana.app.sync_once()

    assert isinstance(report.error, HubRefused)
    assert ana.open_uploads()[0].sent_bytes == 0
    del hub.send_rest
    town.everyone_agrees()


def test_an_upload_that_the_hub_forgot_is_announced_again(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    town.network.cuts_request(at_byte=1000)
    app: Any = ana.app
    hub = app._line.hub()
    asked: list[str] = []

    def forgot(url: str) -> int:
        asked.append(url)
        del hub.upload_offset
        raise UploadGoneError(url)

    hub.upload_offset = forgot
    report = ana.syncs()

    assert len(asked) == 1
    assert report.tally.uploaded == 1
    town.everyone_agrees()


def test_a_picture_that_the_hub_cannot_give_is_asked_for_again_later_and_stops_no_other(
    town: Town, ana: Laptop
) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.syncs()
    app: Any = boss.app
    hub = app._line.hub()
    usual = hub.photo
    asked: list[str] = []

    def without_thumb(photo_id: Any, size: str) -> bytes | None:
        asked.append(size)
        if size == "thumb":
            raise HubRefused("no thumb")
        picture: bytes | None = usual(photo_id, size)
        return picture

    hub.photo = without_thumb
    report = boss.app.sync_once()
    boss.app.sync_once()

    assert isinstance(report.error, HubRefused)
    assert report.tally.fetched == 1
    assert asked == ["thumb", "screen"]
    del hub.photo
    assert boss.syncs().tally.fetched == 1


def test_a_program_that_closes_breaks_a_round_off_and_loses_nothing(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.clock.passes(60)
    loop: Any = type("Closing", (), {"__getattr__": lambda _self, _name: lambda *_args: True})()

    def a_round(desk: Any) -> None:
        run_round(ana.app.site(desk, loop, is_probe=True))

    with pytest.raises(Interrupted):
        ana.app.see(a_round)

    town.everyone_agrees()
