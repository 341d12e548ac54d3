"""The cache is found damaged while the program runs: it goes on with what could be rescued."""

from pathlib import Path
from threading import Thread

import pytest

from field_app.actions import tickets
from field_app.domain.errors import StoreDamaged
from field_app.domain.ids import TicketId
from field_app.domain.ticket import TicketState
from field_app.queries.tickets import list_tickets
from tests.helpers.town import EVERYTHING, Laptop, Town

pytestmark = pytest.mark.logs_warnings


def _a_copy_spoils(laptop: Laptop, ticket_id: TicketId) -> None:
    """Make one stored ticket unreadable."""
    laptop.app.see(
        lambda desk: desk.db.run(
            "UPDATE tickets SET state = 'x', doc = '{', change = 999 WHERE id = ?", (ticket_id,)
        )
    )


def _aside(laptop: Laptop) -> list[Path]:
    return sorted(laptop.folder.glob("people/*/cache-damaged-*.db"))


def test_a_look_at_a_damaged_cache_rebuilds_it_and_sees_what_is_there(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    _a_copy_spoils(ana, job)
    told = ana.told

    assert ana.rows() == ()

    assert len(_aside(ana)) == 1
    assert ana.told > told
    assert ana.app.pop_rescue() == 4
    assert ana.app.pop_rescue() is None
    assert ana.waiting() == 4
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


def test_a_deed_on_a_damaged_cache_is_not_called_saved(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    _a_copy_spoils(ana, job)

    with pytest.raises(StoreDamaged):
        ana.app.do(tickets.start, job)

    assert ana.waiting() == 0
    ana.syncs()
    ana.starts(job)
    town.everyone_agrees()


def test_a_round_on_a_damaged_cache_rebuilds_it_and_brings_everything(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.notes(job, "Behind the market")
    ana.goes_online()
    ana.app.see(
        lambda desk: desk.db.run("UPDATE outbox SET body = '{', mine = '{' WHERE type = 'note'")
    )

    report = ana.syncs()

    assert len(_aside(ana)) == 1
    assert report.is_complete
    assert report.tally.pulled == 1
    assert ana.sees(job).state is TicketState.IN_PROGRESS


def test_all_threads_go_on_after_one_of_them_found_the_damage(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    seen: list[int] = []

    def look() -> None:
        seen.append(len(ana.app.see(list_tickets, EVERYTHING).rows))

    _in_a_thread(look)
    _a_copy_spoils(ana, job)
    ana.rows()
    ana.syncs()
    _in_a_thread(look)

    assert seen == [1, 1]
    assert len(_aside(ana)) == 1


def test_damage_that_comes_back_at_once_is_said_and_does_not_fill_the_disk(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    _a_copy_spoils(ana, job)
    ana.rows()
    ana.app.sync_once()
    _a_copy_spoils(ana, job)

    with pytest.raises(StoreDamaged):
        ana.rows()

    assert len(_aside(ana)) == 1
    town.clock.passes(600)
    assert ana.rows() == ()
    town.everyone_agrees()


def _in_a_thread(work: object) -> None:
    assert callable(work)
    thread = Thread(target=work)
    thread.start()
    thread.join()
