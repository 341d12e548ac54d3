"""The hub sends a ticket that this version of the program does not understand; the rest goes on."""

import random

import pytest

from field_app.domain.errors import TicketUnreadable
from field_app.domain.ids import TicketId
from field_app.domain.ticket import TicketState
from field_app.hub import tables
from field_app.hub.service import feed
from field_app.hub.service.tickets import put_ticket
from field_app.queries.review import review_list
from field_app.queries.tickets import TicketFilter, list_tickets
from field_app.store import sync_state
from field_app.sync import parts
from tests.helpers.town import Laptop, Town

NO_STATE = (b'"state":"waiting"', b'"state":"on_the_moon"')
"""Cannot be listed."""
STRANGE_ENTRY = (b'"timeline":[]', b'"timeline":[{"kind":"teleport"}]')
"""Can be listed, and not opened."""


def _the_hub_spoils(town: Town, ticket_id: TicketId, *changes: tuple[bytes, bytes]) -> None:
    table = tables.ticket
    with town.hub.database.write() as connection:
        found = table.select().where(table.c.id == ticket_id)
        document = bytes(connection.execute(found).one().document)
        for old, new in changes:
            assert old in document
            document = document.replace(old, new)
        connection.execute(table.update().where(table.c.id == ticket_id).values(document=document))


def _the_hub_mends(town: Town, ticket_id: TicketId, *changes: tuple[bytes, bytes]) -> None:
    _the_hub_spoils(town, ticket_id, *((new, old) for old, new in changes))
    ticket = town.hub_ticket(ticket_id)
    with town.hub.database.write() as connection:
        put_ticket(connection, ticket, former_crew=ticket.crew_id)


def test_a_ticket_that_cannot_be_listed_holds_up_no_other(town: Town, ana: Laptop) -> None:
    jobs = [town.citizen_reports() for _ in range(3)]
    _the_hub_spoils(town, jobs[1], NO_STATE)

    report = ana.syncs()

    assert isinstance(report.error, TicketUnreadable)
    assert jobs[1] in report.error.detail
    assert {row.id for row in ana.rows()} == {jobs[0], jobs[2]}
    assert ana.syncs().is_complete
    ana.repairs(jobs[2])
    assert ana.syncs().is_complete
    assert town.hub_ticket(jobs[2]).state is TicketState.IN_REVIEW

    _the_hub_mends(town, jobs[1], NO_STATE)
    town.everyone_agrees()
    assert len(ana.rows()) == 3


def test_news_that_cannot_be_listed_leave_the_copy_of_before(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ticket = town.hub_ticket(job)
    with town.hub.database.write() as connection:
        put_ticket(connection, ticket, former_crew=ticket.crew_id)
    _the_hub_spoils(town, job, NO_STATE)

    assert isinstance(ana.syncs().error, TicketUnreadable)

    assert ana.sees(job).state is TicketState.WAITING
    ana.starts(job)
    _the_hub_mends(town, job, NO_STATE)
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_PROGRESS


def test_a_ticket_that_cannot_be_opened_is_listed_found_and_says_so(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports("A strange hole")
    other = town.citizen_reports()
    _the_hub_spoils(town, job, STRANGE_ENTRY)

    report = ana.syncs()

    assert isinstance(report.error, TicketUnreadable)
    assert job in report.error.detail
    assert {row.id: row.title for row in ana.rows()}[job] == "A strange hole"
    found = ana.app.see(list_tickets, TicketFilter(words="strange"))
    assert [row.id for row in found.rows] == [job]
    with pytest.raises(TicketUnreadable):
        ana.sees(job)
    with pytest.raises(TicketUnreadable):
        ana.starts(job)
    assert ana.waiting() == 0
    assert ana.app.see(review_list) == ()
    assert list(ana.folder.glob("people/*/cache-damaged-*.db")) == []
    ana.repairs(other)
    _the_hub_mends(town, job, STRANGE_ENTRY)
    town.everyone_agrees()
    assert ana.sees(job).words == "A strange hole"


def test_work_that_waits_on_a_ticket_gets_through_when_news_of_it_cannot_be_read(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    _the_hub_spoils(town, job, STRANGE_ENTRY)
    with town.hub.database.write() as connection:
        newer = tables.ticket.update().where(tables.ticket.c.id == job)
        connection.execute(newer.values(revision=tables.ticket.c.revision + 1))
        connection.execute(tables.counter.update().values(value=tables.counter.c.value + 1))

    ana.app.sync_once()  # within the undo window, so that the work still waits

    assert [row.id for row in ana.rows()] == [job]
    assert ana.waiting() == 1
    _the_hub_mends(town, job, STRANGE_ENTRY)
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_PROGRESS


def test_a_newer_program_fetches_anew_what_an_older_one_left_out(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = town.citizen_reports()
    _the_hub_spoils(town, job, NO_STATE)
    ana.syncs()
    _the_hub_spoils(town, job, NO_STATE[::-1])  # as if this program had learnt the state
    assert ana.syncs().tally.pulled == 0

    monkeypatch.setattr(sync_state, "__version__", "99.0")
    assert ana.syncs().tally.pulled == 1
    assert ana.syncs().tally.pulled == 0
    town.everyone_agrees()


def test_a_stream_that_is_cut_in_the_middle_of_a_part_keeps_what_came(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FIRST_LINES", 2)
    monkeypatch.setattr(parts, "PART_LINES", 4)
    monkeypatch.setattr(feed, "FIRST_BATCH", 3)
    monkeypatch.setattr(feed, "BATCH", 3)
    chance = random.Random(3)
    for _number in range(25):
        town.citizen_reports(f"Hole {chance.randbytes(300).hex()}")
    pulled = []
    for cut in (1_400, 2_600, 100):
        town.network.cuts_body(at_byte=cut)
        report = ana.syncs()
        assert not report.is_complete
        pulled.append(report.tally.pulled)
    assert pulled == [2, 6, 0]
    assert ana.syncs().tally.pulled == 17
    town.everyone_agrees()
