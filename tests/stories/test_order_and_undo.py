"""What waits goes in its order, once it may, and can be taken back while it surely is here."""

from datetime import timedelta

import orjson
import pytest

from field_app.actions import tickets
from field_app.domain.errors import HubRefused, NoConnection, NotAllowed, TooLarge
from field_app.store import turns
from field_app.sync import push
from field_app.sync.status import Reach
from tests.helpers.town import Laptop, Town

PROBLEM = {"Content-Type": "application/problem+json"}


def _a_problem(status: int) -> bytes:
    return orjson.dumps({"type": "about:blank", "title": "No", "status": status, "detail": "no"})


def test_work_can_be_undone_while_no_connection_was_ever_made(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    done = ana.starts(job)
    assert isinstance(ana.syncs().error, NoConnection)

    ana.app.do(tickets.undo, done.operation_id)

    ana.confirmed.clear()
    assert ana.waiting() == 0
    town.everyone_agrees()
    assert town.hub_operations() == {}


def test_work_that_may_have_reached_the_hub_cannot_be_undone_even_offline(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    done = ana.starts(job)
    town.network.drops_replies(at=1)
    ana.syncs()
    ana.goes_offline()
    ana.syncs()

    with pytest.raises(NotAllowed):
        ana.app.do(tickets.undo, done.operation_id)

    town.everyone_agrees()


def test_work_can_be_undone_while_the_hub_wants_a_sign_in_first(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    done = ana.starts(job)
    town.hub_forgets_tokens()
    assert ana.syncs().reach is Reach.SIGNED_OUT

    ana.app.do(tickets.undo, done.operation_id)

    ana.confirmed.clear()
    assert ana.waiting() == 0


def test_later_work_on_a_job_waits_behind_what_the_hub_did_not_take(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, other = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.notes(job, "Later")
    ana.notes(other, "Elsewhere")
    monkeypatch.setattr(push, "BATCH_BYTES", 1)
    town.network.refuses_next = (500, PROBLEM, _a_problem(500))

    report = ana.syncs()

    assert isinstance(report.error, HubRefused)
    assert [item.type for item in ana.outbox()] == ["start", "note"]
    assert len(town.hub_ticket(other).timeline) == 1
    assert town.hub_ticket(job).timeline == ()
    town.everyone_agrees()
    assert [entry.kind for entry in town.hub_ticket(job).timeline] == ["start", "note"]


def test_a_request_that_is_too_large_is_sent_in_small_ones(town: Town, ana: Laptop) -> None:
    jobs = [town.citizen_reports() for _number in range(3)]
    ana.syncs()
    for job in jobs:
        ana.starts(job)
    town.network.refuses_next = (413, PROBLEM, _a_problem(413))

    report = ana.syncs()

    assert isinstance(report.error, TooLarge)
    assert report.tally.delivered == 3
    assert ana.waiting() == 0
    town.everyone_agrees()


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(hours=23), timedelta(days=400)])
def test_a_clock_that_is_set_back_delays_nothing_by_more_than_an_hour(
    town: Town, ana: Laptop, back: timedelta
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.adds_photo(job)
    ana.goes_offline()
    ana.syncs()
    ana.goes_online()

    town.clock.at -= back
    ana.app.sync_once()

    assert ana.waiting() == 0


def test_what_nobody_answered_to_goes_at_once_when_the_hub_is_there_again(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    for _try in range(5):
        ana.goes_offline()
        ana.syncs()
    ana.goes_online()

    ana.app.see(lambda desk: turns.network_is_back(desk.db))
    ana.app.sync_once()

    assert ana.waiting() == 0
