"""The hub's computer dies and last night's backup takes its place; the laptops bring the rest."""

import pytest

from field_app.domain.errors import SignedOut
from field_app.domain.ids import TicketId
from field_app.domain.ticket import TicketState
from tests.helpers.town import PASSWORD, URL, Laptop, Town


def _repaired(town: Town, ana: Laptop) -> TicketId:
    """Let a job be repaired and be at the hub, after the night's backup."""
    job = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.repairs(job)
    ana.syncs()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    return job


def test_work_of_after_the_backup_comes_again_with_its_photos(town: Town, ana: Laptop) -> None:
    job = _repaired(town, ana)
    lost = town.hub_operations()
    town.hub_is_restored()
    assert town.hub_ticket(job).state is TicketState.WAITING

    ana.syncs()

    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    assert town.hub_operations() == lost
    town.everyone_agrees()


def test_more_work_than_one_question_may_name_comes_again_as_a_whole(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.sync.roll_call.NAMED_AT_ONCE", 1)
    job = _repaired(town, ana)
    lost = town.hub_operations()
    town.hub_is_restored()

    ana.syncs()

    assert len(lost) == 4
    assert town.hub_operations() == lost
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    town.everyone_agrees()


def test_it_comes_again_also_when_the_restored_hub_is_further_than_the_laptop(
    town: Town, ana: Laptop
) -> None:
    job = _repaired(town, ana)
    town.hub_is_restored()
    for _number in range(30):
        town.citizen_reports()

    ana.syncs()

    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    assert len(ana.rows()) == 31
    town.everyone_agrees()


def test_work_of_a_device_that_the_backup_does_not_know_is_taken(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.app.sign_in(URL, "ana", PASSWORD)
    note = ana.notes(job, "The kerb is broken too")
    ana.syncs()
    town.hub_is_restored()

    assert isinstance(ana.syncs().error, SignedOut)
    ana.app.sign_in(URL, "ana", PASSWORD)
    ana.syncs()

    assert town.hub_operations() == {note.operation_id: "applied"}
    town.everyone_agrees()


def test_a_hub_that_is_only_restarted_is_sent_nothing_again(town: Town, ana: Laptop) -> None:
    job = _repaired(town, ana)
    town.hub_restarts()
    town.network.patched.clear()
    before = town.network.calls

    ana.syncs()
    ana.syncs()

    assert town.network.patched == []
    assert ana.waiting() == 0
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
    assert town.network.calls - before <= 4


def test_a_note_written_meanwhile_goes_behind_the_work_that_was_lost(
    town: Town, ana: Laptop
) -> None:
    job = _repaired(town, ana)
    town.hub_is_restored()
    ana.notes(job, "Swept as well")

    ana.syncs()

    told = [entry.text for entry in town.hub_ticket(job).timeline]
    assert told[-1] == "Swept as well"
    town.everyone_agrees()
