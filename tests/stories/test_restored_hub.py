"""The hub's computer dies and last night's backup takes its place; the laptops bring the rest."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from requests import PreparedRequest

from field_app.actions.packs import save
from field_app.actions.tickets import undo
from field_app.domain.errors import NotAllowed, SignedOut
from field_app.domain.ids import TicketId
from field_app.domain.moved_on import WayOn
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import EntryKind, TicketState
from field_app.domain.verdict import Reason
from field_app.hub.service.ledger import SignedInPerson
from field_app.packs.reading import open_pack
from field_app.protocol.roll_call import Absent, RollCall
from tests.helpers.fakes import Answer
from tests.helpers.packs import PASSPHRASE, quiet
from tests.helpers.town import PASSWORD, URL, Laptop, Town


def _takes_no_operations(request: PreparedRequest) -> Answer | None:
    """A hub that is too busy for everything but the roll call and what comes down."""
    is_it = str(request.url).endswith("/operations")
    body = b'{"type":"about:blank","title":"Busy","status":503}'
    return (503, {"Content-Type": "application/problem+json"}, body) if is_it else None


def _packs(town: Town, ana: Laptop) -> Path:
    """Let somebody save what is unsent to a stick, after the night's backup."""
    path = town.folder / "day.fieldrescue"
    ana.app.do(save, path, PASSPHRASE, quiet)
    return path


def _hub_takes(town: Town, path: Path) -> list[str]:
    """Let IT import a stick, and return what it is told of each operation."""
    with open_pack(path) as sealed:
        report = town.hub.rescue.take(town.hub.rescue.opened(sealed))
    return [verdict.outcome for verdict in report.verdicts]


def _done_offline(town: Town, ana: Laptop) -> TicketId:
    """Let a job be begun out of reach, after the night's backup."""
    job = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.goes_offline()
    ana.starts(job)
    ana.adds_photo(job, PhotoRole.BEFORE)
    return job


def _only_recorded_after_the_restore(town: Town, ana: Laptop) -> TicketId:
    """Let work be applied out of a pack, and be only recorded out of it at the restored hub."""
    job = _done_offline(town, ana)
    stick = _packs(town, ana)
    assert _hub_takes(town, stick) == ["applied", "applied"]
    ana.goes_online()
    ana.syncs()
    assert (ana.waiting(), ana.needs_you()) == (0, 0)
    town.hub_is_restored()
    town.platform_closes(job)
    assert _hub_takes(town, stick) == ["recorded", "recorded"]
    return job


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


def test_work_that_the_restored_hub_only_recorded_needs_a_person(town: Town, ana: Laptop) -> None:
    job = _only_recorded_after_the_restore(town, ana)
    before = town.hub_operations()

    ana.syncs()

    card = ana.card()
    assert (ana.waiting(), ana.needs_you()) == (0, 1)
    assert (card.ticket_id, card.reason, len(card.works)) == (job, Reason.CLOSED, 2)
    assert all(work.is_at_hub for work in card.works)
    assert card.ways == (WayOn.KEEP,)
    assert card.mine is not None
    assert card.mine.state is TicketState.IN_PROGRESS
    assert town.hub_operations() == before
    town.everyone_agrees()
    ana.decides(WayOn.KEEP)
    assert ana.needs_you() == 0
    town.everyone_agrees()


def test_work_about_which_the_hub_is_asked_again_cannot_be_taken_back(
    town: Town, ana: Laptop
) -> None:
    _only_recorded_after_the_restore(town, ana)
    town.network.gate = _takes_no_operations
    ana.syncs()
    assert ana.waiting() == 2

    for operation_id in ana.confirmed:
        with pytest.raises(NotAllowed):
            ana.app.do(undo, operation_id)

    town.network.is_well()
    ana.syncs()
    assert (ana.waiting(), ana.needs_you()) == (0, 1)


def test_a_decision_about_recorded_work_stands_when_the_hub_is_restored_again(
    town: Town, ana: Laptop
) -> None:
    _only_recorded_after_the_restore(town, ana)
    ana.syncs()
    ana.decides(WayOn.KEEP)
    (town.folder / "backup").rename(town.folder / "earlier")
    town.hub_is_backed_up()
    town.citizen_reports()
    ana.syncs()
    town.hub_is_restored()

    ana.syncs()

    assert (ana.waiting(), ana.needs_you()) == (0, 0)
    assert [decision.way for decision in ana.decisions()] == [WayOn.KEEP]
    town.everyone_agrees()


def test_an_older_hub_that_does_not_say_what_it_recorded_is_met_as_before(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only_recorded_after_the_restore(town, ana)
    real: Callable[[RollCall, SignedInPerson], Absent] = town.hub.attendance.check

    def says_less(call: RollCall, who: SignedInPerson) -> Absent:
        return replace(real(call, who), recorded=None)

    monkeypatch.setattr(town.hub.attendance, "check", says_less)

    assert ana.syncs().error is None
    assert (ana.waiting(), ana.needs_you()) == (0, 0)


def test_what_the_restored_hub_applied_after_all_needs_nobody(town: Town, ana: Laptop) -> None:
    job = _done_offline(town, ana)
    stick = _packs(town, ana)
    town.platform_closes(job)
    ana.goes_online()
    ana.syncs()
    assert (ana.needs_you(), ana.card().reason) == (1, Reason.CLOSED)
    town.hub_is_restored()
    assert _hub_takes(town, stick) == ["applied", "applied"]

    ana.syncs()

    assert (ana.waiting(), ana.needs_you()) == (0, 0)
    assert ana.sees(job).state is TicketState.IN_PROGRESS
    told = [entry.kind for entry in town.hub_ticket(job).timeline]
    assert told == [EntryKind.START, EntryKind.ADD_PHOTO]
    town.everyone_agrees()
