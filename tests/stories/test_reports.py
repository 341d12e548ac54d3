"""A report is complete when its last photo is at the hub; until then both sides say so."""

import pytest

from field_app.actions import outbox, photos, review
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.hub.service.figures import figures_of
from field_app.queries.review import ReviewRow, review_list
from tests.helpers.town import Laptop, Town


@pytest.fixture
def chief(town: Town) -> Laptop:
    """A supervisor."""
    return town.person("chief", Role.SUPERVISOR, None)


def rows(chief: Laptop) -> list[tuple[int, int, bool]]:
    """Return of each row: photos that arrived, photos announced, whether it is decided."""
    found: tuple[ReviewRow, ...] = chief.app.see(review_list)
    return [(row.arrived_count, row.announced_count, row.is_decided) for row in found]


def test_an_approved_report_is_listed_until_every_photo_has_arrived(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, PhotoRole.BEFORE)
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    ana.adds_photo(job, PhotoRole.AFTER)
    ana.finishes(job)
    ana.syncs()
    assert not ana.sees(job).is_complete, "the crew's side says what is missing, too"

    chief.syncs()
    assert rows(chief) == [(1, 2, False)]
    (row,) = chief.app.see(review_list)
    assert row.after.thumb is not None, "the preview came with the operation"
    assert row.after.screen is None

    chief.does(review.approve, job)
    assert rows(chief) == [(1, 2, True)]
    chief.syncs()
    assert town.hub_ticket(job).state is TicketState.FINISHED
    assert rows(chief) == [(1, 2, True)]
    waiting = figures_of(town.hub).reports_awaited
    assert [(r.ticket_id, r.arrived, r.announced) for r in waiting] == [(job, 1, 2)]

    ana.app.do(outbox.resume_photos)
    ana.syncs()
    chief.syncs()
    assert rows(chief) == []
    assert town.hub_ticket(job).is_complete
    assert figures_of(town.hub).reports_awaited == ()
    town.everyone_agrees()


def test_a_supervisor_sees_the_full_photo_as_soon_as_it_is_there(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    ana.adds_photo(job)
    ana.finishes(job)
    ana.syncs()
    chief.syncs()
    asked = town.network.calls
    chief.app.sync_once()
    assert town.network.calls == asked + 1, "the hub is not asked for photos it has not got"

    ana.app.do(outbox.resume_photos)
    ana.syncs()
    chief.app.sync_once()
    (row,) = chief.app.see(review_list)
    assert (row.missing_count, row.after.screen is not None) == (0, True)


def test_work_that_nobody_handed_in_is_no_report(town: Town, ana: Laptop, chief: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    ana.adds_photo(job)
    ana.syncs()
    town.platform_closes(job)
    chief.syncs()
    assert rows(chief) == []


def test_a_photo_that_will_never_come_is_let_go_by_sending_the_job_back(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    """Ana's laptop fell into a canal after the previews had gone; she has another one now."""
    job = town.citizen_reports()
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    lost = ana.adds_photo(job).photo_id
    ana.finishes(job)
    ana.syncs()
    assert lost is not None
    ana.goes_offline()
    chief.syncs()
    assert rows(chief) == [(0, 1, False)]

    chief.sends_back(job, "The photo is lost: please take another one")
    chief.syncs()
    new = town.person("ana")
    town.laptops.remove(ana)
    new.syncs()
    new.does(photos.remove, job, lost)
    new.adds_photo(job)
    new.finishes(job)
    new.syncs()
    chief.syncs()
    assert rows(chief) == [(1, 1, False)]
    chief.approves(job)
    chief.syncs()

    assert rows(chief) == []
    assert figures_of(town.hub).reports_awaited == ()
    assert town.hub_ticket(job).is_complete
    town.everyone_agrees()
