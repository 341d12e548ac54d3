"""Several people on one laptop, and sign-ins that end: nobody's work is lost or hidden."""

import pytest

from field_app.domain.errors import NoConnection, SignedOut, WrongPassword
from field_app.domain.people import Role
from field_app.domain.ticket import TicketState
from field_app.hub import tables
from field_app.sync.status import Reach
from tests.helpers.town import PASSWORD, URL, Laptop, Town

NEW = "another horse"


def joins(town: Town, username: str, crew: str = "lights") -> None:
    """Let somebody exist at the hub who has no laptop of their own."""
    town.hub.accounts.add_crew(crew, crew.title())
    town.hub.accounts.add_person(
        username, PASSWORD, name=username.title(), role=Role.CREW, crew_id=crew
    )


def test_one_persons_work_is_not_seen_sent_or_deleted_by_another(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    joins(town, "bea")
    ana.app.sign_out()

    ana.app.sign_in(URL, "bea", PASSWORD)
    assert ana.syncs().error is None

    assert ana.waiting() == 0
    assert ana.rows() == ()
    assert town.hub_operations() == {}
    assert ana.app.unsent_counts() == {"ana": 4, "bea": 0}
    ana.app.sign_out()
    assert ana.app.unsent_counts() == {"ana": 4, "bea": 0}
    ana.app.sign_in(URL, "ana", PASSWORD)
    assert ana.waiting() == 4
    town.everyone_agrees()
    assert ana.app.unsent_counts() == {"ana": 0, "bea": 0}
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


def test_work_that_was_refused_is_still_here_and_work_that_was_recorded_is_not(
    town: Town, ana: Laptop
) -> None:
    lost, closed = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(lost)
    ana.starts(closed)
    town.hub_loses(lost)
    town.platform_closes(closed)

    ana.goes_online()
    ana.syncs()

    assert ana.needs_you() == 2
    assert list(town.hub_operations().values()) == ["recorded"]
    assert ana.app.unsent_counts() == {"ana": 1}


@pytest.mark.logs_warnings
def test_a_damaged_folder_hides_nobody_else(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    joins(town, "bea")
    ana.app.sign_in(URL, "bea", PASSWORD)
    ana.app.sign_out()
    damaged = next(ana.folder.glob("people/bea*/field.db"))
    for path in ana.folder.glob("people/bea*/field.db*"):
        path.unlink()
    damaged.write_bytes(b"this is no database" * 400)

    assert ana.app.unsent_counts() == {"ana": 1}


def test_an_ended_sign_in_locks_nobody_out_also_after_a_restart_without_network(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    town.hub_forgets_tokens()
    assert ana.syncs().reach is Reach.SIGNED_OUT
    ana.goes_offline()

    ana.loses_power()

    assert ana.app.person is not None
    assert ana.app.status().must_sign_in
    ana.repairs(job)
    assert ana.sees(job).state is TicketState.IN_REVIEW
    ana.goes_online()
    assert ana.syncs().reach is Reach.SIGNED_OUT
    ana.app.sign_in_again(PASSWORD)
    assert not ana.app.status().must_sign_in
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


def test_signing_in_again_keeps_everything_open(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    town.hub_forgets_tokens()
    ana.syncs()
    before = ana.outbox()

    with pytest.raises(WrongPassword):
        ana.app.sign_in_again("wrong password")
    assert ana.app.status().must_sign_in
    ana.goes_offline()
    with pytest.raises(NoConnection):
        ana.app.sign_in_again(PASSWORD)
    ana.goes_online()
    ana.app.sign_in_again(PASSWORD)

    assert [item.operation_id for item in ana.outbox()] == [item.operation_id for item in before]
    ana.notes(job, "With the new sign-in.")
    town.everyone_agrees()
    assert len(town.hub_operations()) == 2


def test_nobody_cannot_sign_in_again(town: Town, ana: Laptop) -> None:
    ana.app.sign_out()
    with pytest.raises(SignedOut):
        ana.app.sign_in_again(PASSWORD)


def test_whoever_comes_back_without_network_is_told_what_the_next_contact_brings(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    assert not ana.app.status().must_sign_in
    ana.app.sign_out()
    ana.goes_offline()

    ana.app.sign_in(URL, "ana", PASSWORD)

    assert ana.app.status().must_sign_in
    ana.starts(job)
    ana.goes_online()
    ana.app.sign_in(URL, "ana", PASSWORD)
    assert not ana.app.status().must_sign_in
    town.everyone_agrees()


def test_an_old_password_opens_the_laptop_until_the_hub_is_asked(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.app.sign_out()
    town.hub.accounts.set_password("ana", NEW)
    ana.goes_offline()

    ana.app.sign_in(URL, "ana", PASSWORD)
    ana.starts(job)
    ana.goes_online()

    assert ana.syncs().reach is Reach.SIGNED_OUT
    with pytest.raises(WrongPassword):
        ana.app.sign_in_again(PASSWORD)
    ana.app.sign_in_again(NEW)
    town.everyone_agrees()
    ana.app.sign_out()
    ana.goes_offline()
    with pytest.raises(NoConnection):
        ana.app.sign_in(URL, "ana", PASSWORD)
    ana.app.sign_in(URL, "ana", NEW)


def test_a_changed_password_ends_no_sign_in(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    town.hub.accounts.set_password("ana", NEW)
    ana.starts(job)

    town.everyone_agrees()


def test_a_person_who_moved_to_another_crew_sees_its_jobs_after_signing_in_again(
    town: Town, ana: Laptop
) -> None:
    town.citizen_reports(crew="roads")
    theirs = town.citizen_reports(crew="lights")
    ana.syncs()
    town.hub.accounts.add_crew("lights", "Lights")
    with town.hub.database.write() as connection:
        connection.execute(tables.person.update().values(crew_id="lights"))
    town.hub_forgets_tokens()
    ana.syncs()

    person = ana.app.sign_in_again(PASSWORD)

    assert person.crew_id == "lights"
    assert ana.app.person == person
    assert ana.app.see(lambda desk: desk.person) == person
    assert ana.syncs().error is None
    assert [row.id for row in ana.rows()] == [theirs]
