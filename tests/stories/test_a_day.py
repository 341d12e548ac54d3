"""Days of crews: with a network, without one, and with one that comes and goes."""

from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Reason
from field_app.queries.tickets import ticket_detail
from field_app.sync.status import Reach
from tests.helpers.town import Laptop, Town


def test_a_job_comes_down_is_done_offline_and_is_at_the_hub_when_the_network_is_back(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports("Lamp is dark")
    ana.syncs()
    ana.goes_offline()

    ana.repairs(job)
    offline = ana.syncs()

    assert offline.reach is Reach.OFFLINE
    assert ana.sees(job).state is TicketState.IN_REVIEW
    assert ana.waiting() == 4
    assert town.hub_ticket(job).state is TicketState.WAITING
    ana.goes_online()
    report = ana.syncs()
    assert report.is_complete
    assert (report.tally.delivered, report.tally.uploaded) == (4, 2)
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    town.everyone_agrees()


def test_a_laptop_that_starts_offline_opens_its_own_work(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)

    ana.loses_power()

    assert ana.app.person is not None
    assert ana.sees(job).state is TicketState.IN_PROGRESS
    town.everyone_agrees()


def test_an_operation_whose_answer_is_lost_is_applied_once(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.notes(job, "Behind the market")

    town.network.drops_replies(at=1)
    report = ana.syncs()

    assert report.reach is Reach.OFFLINE
    assert ana.waiting() == 1
    assert [e.text for e in town.hub_ticket(job).timeline].count("Behind the market") == 1
    town.everyone_agrees()
    assert [e.text for e in town.hub_ticket(job).timeline].count("Behind the market") == 1


def test_work_on_a_job_that_another_crew_got_is_kept_as_evidence_and_shown(
    town: Town, ana: Laptop
) -> None:
    town.person("wit", crew="lights")
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    boss.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.adds_photo(job)
    boss.assigns(job, "lights")
    boss.syncs()

    ana.goes_online()
    ana.syncs()

    assert ana.needs_you() == 1, "one job is one matter"
    assert len(ana.outbox()) == 2
    assert {item.reason for item in ana.outbox()} == {Reason.REASSIGNED}
    recorded = [e for e in town.hub_ticket(job).timeline if e.is_only_recorded]
    assert len(recorded) == 2
    assert town.hub_ticket(job).state is TicketState.WAITING
    town.everyone_agrees()


def test_work_on_a_job_that_was_closed_meanwhile_is_kept_as_evidence(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    town.platform_closes(job)

    ana.goes_online()
    ana.syncs()

    assert town.hub_ticket(job).state is TicketState.FINISHED
    assert {item.reason for item in ana.outbox()} == {Reason.CLOSED}
    town.everyone_agrees()


def test_work_that_is_sent_back_lands_on_top_of_the_list(town: Town, ana: Laptop) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    for _other in range(3):
        town.citizen_reports()
    job = town.citizen_reports("Broken pavement")
    ana.syncs()
    ana.repairs(job)
    ana.syncs()
    boss.syncs()

    boss.sends_back(job, "Show the whole width")
    boss.syncs()
    ana.syncs()

    first = ana.rows()[0]
    assert (first.id, first.is_sent_back) == (job, True)
    assert ana.sees(job).send_back_reason == "Show the whole width"
    town.everyone_agrees()


def test_a_supervisor_approves_what_a_crew_did(town: Town, ana: Laptop) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    ana.syncs()
    boss.syncs()

    boss.approves(job)
    boss.syncs()

    assert town.hub_ticket(job).state is TicketState.FINISHED
    town.everyone_agrees()


def test_photos_of_jobs_at_hand_are_fetched_for_looking_at_without_network(
    town: Town, ana: Laptop
) -> None:
    wit = town.person("wit")
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, PhotoRole.BEFORE)
    ana.syncs()

    report = wit.syncs()

    assert report.tally.fetched == 2
    wit.goes_offline()
    card = wit.app.see(ticket_detail, job).photos[0]
    assert card.thumb is not None
    assert card.screen is not None
    assert card.original is None
    town.everyone_agrees()


def test_two_laptops_of_one_crew_agree_about_one_job(town: Town, ana: Laptop) -> None:
    wit = town.person("wit")
    job = town.citizen_reports()
    ana.syncs()
    wit.syncs()
    ana.goes_offline()
    wit.goes_offline()
    ana.starts(job)
    wit.starts(job)
    wit.adds_photo(job)

    ana.goes_online()
    ana.syncs()
    wit.goes_online()
    wit.syncs()

    assert wit.needs_you() == 1
    town.everyone_agrees()
    assert ana.has_copy(job) == wit.has_copy(job)
