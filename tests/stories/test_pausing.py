"""A crew on a phone's network: words and previews now, full photos at the depot."""

from field_app.actions import outbox
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from tests.helpers.town import Town


def test_operations_and_previews_go_now_and_full_photos_at_the_depot(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    ana.repairs(job)
    report = ana.syncs()
    assert (report.tally.delivered, report.tally.uploaded) == (4, 0)
    at_hub = [photo.has_arrived for photo in town.hub_ticket(job).photos]
    assert at_hub == [False, False]
    status = ana.app.status()
    assert status.photos_rest
    assert (status.waiting_count, status.resting_count, status.total_bytes) == (2, 2, 0)
    assert town.network.patched == []

    ana.app.do(outbox.resume_photos)
    ana.syncs()

    assert all(photo.has_arrived for photo in town.hub_ticket(job).photos)
    town.everyone_agrees()


def test_a_pause_survives_a_power_cut(town: Town) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.app.do(outbox.pause_all)
    ana.loses_power()
    ana.syncs()
    assert (ana.waiting(), ana.app.status().is_resting) == (1, True)
    assert town.hub_operations() == {}

    ana.app.do(outbox.resume_all)
    town.everyone_agrees()
    assert len(town.hub_operations()) == 1


def test_news_come_while_everything_rests(town: Town) -> None:
    ana = town.person("ana")
    ana.app.do(outbox.pause_all)
    job = town.citizen_reports()
    ana.syncs()
    assert [row.id for row in ana.rows()] == [job]


def test_one_job_may_go_first_and_one_may_wait(town: Town) -> None:
    ana = town.person("ana")
    urgent, other = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.app.do(outbox.pause_photos)
    for job in (urgent, other):
        ana.adds_photo(job, PhotoRole.AFTER)
    ana.app.do(outbox.send_job, urgent)
    ana.syncs()
    assert _arrived(town, urgent, other) == [True, False]
    ana.app.do(outbox.pause_job, other)
    ana.app.do(outbox.resume_photos)
    ana.syncs()
    assert _arrived(town, urgent, other) == [True, False]
    ana.app.do(outbox.send_job, other)
    town.everyone_agrees()
    assert _arrived(town, urgent, other) == [True, True]


def _arrived(town: Town, *jobs: TicketId) -> list[bool]:
    """Return whether the photo of each job is at the hub."""
    tickets = {ticket.id: ticket for ticket in town.hub_tickets()}
    return [tickets[job].photos[0].has_arrived for job in jobs]
