"""The world went on while a crew was offline: nothing it did is dropped, and a person decides."""

from dataclasses import replace

import pytest

from field_app.domain.errors import NotAllowed
from field_app.domain.moved_on import WayOn
from field_app.domain.operation import AddPhoto, Operation
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import EntryKind, TicketState
from field_app.domain.verdict import Reason
from field_app.protocol.codec import dump_operation
from field_app.queries.desk import Desk
from field_app.store import outbox
from tests.helpers.town import Laptop, Town


@pytest.fixture
def chief(town: Town) -> Laptop:
    """A supervisor; there is a second crew, `lights`."""
    town.hub.accounts.add_crew("lights", "Lights")
    return town.person("chief", Role.SUPERVISOR, None)


@pytest.mark.parametrize("what", ["closed", "reassigned"])
def test_a_job_that_moved_on_needs_a_person_also_when_the_hubs_first_answer_was_lost(
    town: Town, ana: Laptop, chief: Laptop, what: str
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    chief.syncs()
    ana.goes_offline()
    ana.starts(job)
    if what == "closed":
        town.platform_closes(job)
    else:
        chief.assigns(job, "lights")
        chief.syncs()

    ana.goes_online()
    town.network.drops_replies(at=1)
    ana.syncs()
    ana.syncs()

    assert ana.needs_you() == 1
    town.everyone_agrees()


def test_a_job_closed_while_offline_keeps_the_work_as_evidence_and_its_words_as_a_note(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    town.platform_closes(job)

    ana.goes_online()
    ana.syncs()
    card = ana.card()
    assert (card.reason, len(card.works)) == (Reason.CLOSED, 4), "one card for the whole job"
    assert card.mine is not None
    assert card.hubs is not None
    assert (card.mine.state, card.hubs.state) == (TicketState.IN_REVIEW, TicketState.FINISHED)
    assert card.ways == (WayOn.KEEP, WayOn.DROP)
    ana.decides(WayOn.KEEP)

    assert ana.needs_you() == 0
    town.everyone_agrees()
    told = town.hub_ticket(job)
    assert told.state is TicketState.FINISHED
    assert [e.text for e in told.timeline if e.kind is EntryKind.NOTE] == ["Done."]
    assert told.is_complete


def test_a_job_given_to_another_crew_says_who_did_it_and_the_crew_finds_the_work(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    lee = town.person("lee", crew="lights")
    for laptop in (ana, chief):
        laptop.syncs()
    ana.goes_offline()
    ana.repairs(job)
    chief.assigns(job, "lights")
    chief.syncs()

    ana.goes_online()
    ana.syncs()
    card = ana.card()
    assert (card.reason, card.hubs, card.ways) == (Reason.REASSIGNED, None, (WayOn.KEEP,))
    assert card.cause is not None
    assert (card.cause.person_name, card.cause.crew_id) == ("Chief", "lights")
    assert card.my_photo is not None
    done = ana.decides(WayOn.KEEP)

    ana.syncs()
    assert ana.has_copy(job) is None, "personal data leaves once nothing hangs on it"
    (decision,) = ana.decisions()
    assert [w.operation.id for w in decision.works] == list(done.operation_ids)
    town.everyone_agrees()
    assert len(lee.sees(job).photos_of(PhotoRole.AFTER)) == 1
    assert "Done." in [e.text for e in lee.sees(job).timeline if e.is_only_recorded]


def test_of_two_who_finish_one_job_the_second_decides_and_after_a_send_back_does_it_again(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    bea = town.person("bea")
    for laptop in (ana, bea, chief):
        laptop.syncs()
    for laptop in (ana, bea):
        laptop.goes_offline()
        laptop.adds_photo(job)
        laptop.finishes(job, f"Done by {laptop.username}.")
    for laptop in (ana, bea):
        laptop.goes_online()
        laptop.syncs()
    card = bea.card()
    assert card.cause is not None
    assert (card.cause.kind, card.cause.person_name) == (EntryKind.FINISH, "Ana")
    assert WayOn.AGAIN not in card.ways, "the job waits for review"

    chief.syncs()
    chief.sends_back(job, "Another photo, please.")
    chief.syncs()
    bea.syncs()
    card = bea.card()
    assert card.cause is not None
    assert card.cause.kind is EntryKind.SEND_BACK
    assert card.done_anew == ("finish",)
    bea.decides(WayOn.AGAIN)

    town.everyone_agrees()
    told = town.hub_ticket(job)
    assert (told.state, told.resolution_note) == (TicketState.IN_REVIEW, "Done by bea.")
    assert len(told.photos_of(PhotoRole.AFTER)) == 2


def test_what_was_put_aside_comes_back_within_thirty_days_and_also_after_a_power_cut(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    town.platform_closes(job)
    ana.goes_online()
    ana.syncs()
    before = ana.card()

    done = ana.decides(WayOn.DROP)
    ana.loses_power()
    assert ana.needs_you() == 0
    town.clock.passes(20 * 86_400)
    ana.takes_back(done)

    assert ana.card() == before
    noted = ana.decides(WayOn.KEEP)
    ana.takes_back(noted)
    noted = ana.decides(WayOn.KEEP)
    ana.syncs()
    with pytest.raises(NotAllowed):
        ana.takes_back(noted)
    town.everyone_agrees()


def test_a_job_that_the_hub_no_longer_has_keeps_my_words_and_photos_here(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.notes(job, "The gate is locked.")
    town.hub_loses(job)

    ana.goes_online()
    ana.syncs()
    card = ana.card()
    assert (card.reason, card.ways) == (Reason.UNKNOWN_TICKET, (WayOn.DROP,))
    ana.decides(WayOn.DROP)

    town.everyone_agrees()
    (decision,) = ana.decisions()
    assert [w.operation.work.type for w in decision.works] == ["start", "note"]


def test_a_photo_that_the_hub_cannot_read_is_kept_and_added_again(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    spoilt = ana.adds_photo(job).operation_id

    def spoil(desk: Desk) -> None:
        operation = outbox.waiting(desk.db, spoilt)
        assert isinstance(operation, Operation)
        assert isinstance(operation.work, AddPhoto)
        bad = replace(operation, work=replace(operation.work, preview="no base64!"))
        with desk.db.atomic():
            desk.db.run(
                "UPDATE outbox SET body = ? WHERE id = ?", (dump_operation(bad).decode(), spoilt)
            )

    ana.app.see(spoil)
    ana.notes(job, "One bad item stops no other.")
    ana.goes_online()
    ana.syncs()
    assert [e.text for e in town.hub_ticket(job).timeline if e.kind is EntryKind.NOTE]
    card = ana.card()
    assert (card.reason, card.photos.refused) == (Reason.MALFORMED, 1)
    assert card.ways[0] is WayOn.AGAIN
    ana.decides(WayOn.AGAIN)

    ana.photos = {p.id: p.sha256 for p in ana.sees(job).photos}
    town.everyone_agrees()
    assert town.hub_ticket(job).is_complete
