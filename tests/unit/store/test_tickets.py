"""Taking in what the hub says of tickets."""

from datetime import timedelta

import pytest

from field_app.domain.errors import StoreDamaged, StoreFailed
from field_app.domain.ids import Revision
from field_app.domain.moved_on import WayOn
from field_app.domain.operation import Start
from field_app.domain.people import Crew
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Outcome, Reason
from field_app.protocol.messages import Reference
from field_app.store import copies, decisions, drafts, outbox, sync_state, tickets
from field_app.store.database import Database
from tests.helpers.builders import (
    CREW_ID,
    NOW,
    a_broken_arrival,
    a_crew_member,
    a_ticket,
    a_verdict,
    an_arrival,
    an_operation,
)

ID = a_ticket().id


def accept(db: Database, *numbers: int, cursor: str = "c") -> None:
    tickets.accept(db, [an_arrival(a_ticket(n)) for n in numbers], [], cursor)


def test_tickets_and_cursor_come_together(db: Database) -> None:
    changes = tickets.accept(db, [an_arrival(a_ticket())], [], "c1")
    assert changes.tickets == {ID}
    assert copies.server_copy(db, ID) == a_ticket()
    assert sync_state.cursor(db) == "c1"


def test_a_part_that_fails_leaves_nothing_and_the_old_cursor(db: Database) -> None:
    accept(db, 1, cursor="c1")
    broken = a_broken_arrival(3)
    with pytest.raises(StoreFailed):
        tickets.accept(db, [an_arrival(a_ticket(2)), broken], [], "c2")
    assert tickets.count(db) == 1
    assert sync_state.cursor(db) == "c1"


def test_an_older_copy_never_replaces_a_newer_one(db: Database) -> None:
    tickets.accept(db, [an_arrival(a_ticket(revision=Revision(9), words="new"))], [], "c1")
    tickets.accept(db, [an_arrival(a_ticket(revision=Revision(8), words="old"))], [], "c2")
    copy = copies.server_copy(db, ID)
    assert copy is not None
    assert copy.words == "new"


def test_a_removed_ticket_takes_its_personal_data_along(db: Database) -> None:
    accept(db, 1)
    drafts.keep(db, ID, "words")
    tickets.accept(db, [], [ID], "c2")
    assert copies.server_copy(db, ID) is None
    assert drafts.get(db, ID) == ""


def test_a_removed_ticket_stays_while_unsent_work_hangs_on_it(db: Database) -> None:
    accept(db, 1)
    operation = an_operation()
    outbox.add(db, operation, a_ticket())
    tickets.accept(db, [], [ID], "c2")
    assert copies.server_copy(db, ID) is not None
    assert copies.is_gone(db, ID)
    assert tickets.count(db) == 0
    outbox.settle(db, a_verdict(operation.id), NOW)
    assert copies.server_copy(db, ID) is None


def test_a_parked_operation_keeps_a_gone_ticket_until_a_person_has_decided(db: Database) -> None:
    accept(db, 1)
    operation = an_operation()
    outbox.add(db, operation, a_ticket())
    tickets.accept(db, [], [ID], "c2")
    verdict = a_verdict(operation.id, Outcome.RECORDED, reason=Reason.REASSIGNED)
    outbox.settle(db, verdict, NOW)
    assert copies.is_gone(db, ID)
    with db.atomic():
        decisions.note_down(db, [(operation.id, None)], WayOn.KEEP, NOW)
    decisions.tidy(db, NOW)
    assert copies.server_copy(db, ID) is not None, "a decision just made can be taken back"
    decisions.tidy(db, NOW + timedelta(minutes=2))
    assert copies.server_copy(db, ID) is None
    (decision,) = decisions.decisions(db, NOW)
    assert decision.works[0].operation == operation, "what the person did stays readable"


def test_starting_over_drops_what_does_not_come_again(db: Database) -> None:
    accept(db, 1, 2)
    tickets.start_over(db)
    assert sync_state.cursor(db) is None
    assert tickets.count(db) == 2
    tickets.accept(db, [an_arrival(a_ticket(1, words="from a backup"))], [], "c9")
    changes = tickets.drop_unseen(db)
    assert changes.tickets == {a_ticket(2).id}
    assert tickets.count(db) == 1
    copy = copies.server_copy(db, ID)
    assert copy is not None
    assert copy.words == "from a backup"


def test_dropping_after_an_ordinary_pull_drops_nothing(db: Database) -> None:
    accept(db, 1)
    accept(db, 2)
    assert not tickets.drop_unseen(db)
    assert tickets.count(db) == 2


def test_what_is_visible_is_the_copy_and_my_waiting_operations(db: Database) -> None:
    accept(db, 1)
    outbox.add(db, an_operation(Start()), a_ticket())
    seen = tickets.visible_copy(db, ID, a_crew_member())
    assert seen is not None
    assert seen.state is TicketState.IN_PROGRESS
    assert tickets.visible_copy(db, a_ticket(5).id, a_crew_member()) is None


def test_many_changes_are_everything(db: Database) -> None:
    arrivals = [an_arrival(a_ticket(n)) for n in range(tickets.NAMED_CHANGES + 1)]
    assert tickets.accept(db, arrivals, [], "c").everything


def test_the_reference_comes_with_the_pull(db: Database) -> None:
    assert sync_state.reference(db) == Reference()
    known = Reference(agency="A", crews=(Crew(id=CREW_ID, name="One"),))
    assert tickets.accept(db, [], [], "c", tickets.Beside(reference=known)).everything
    assert sync_state.reference(db) == known


def test_a_copy_that_cannot_be_read_is_damage(db: Database) -> None:
    accept(db, 1)
    db.run("UPDATE tickets SET doc = '{}'")
    with pytest.raises(StoreDamaged):
        copies.server_copy(db, ID)


def test_single_facts_are_kept(db: Database) -> None:
    assert sync_state.last_success_at(db) is None
    sync_state.note_success(db, NOW, -1500)
    assert sync_state.last_success_at(db) == NOW
    assert sync_state.clock_offset_ms(db) == -1500
    assert [sync_state.take_seq(db) for _ in range(3)] == [1, 2, 3]
    assert a_ticket(due_at=NOW - timedelta(1)).is_overdue(NOW)
