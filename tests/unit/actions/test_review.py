"""What a supervisor decides, and what a person does with parked work."""

from dataclasses import replace

import pytest

from field_app.actions import outbox as act_outbox
from field_app.actions import position, review, tickets
from field_app.domain.errors import NotAllowed, WordsMissing
from field_app.domain.ids import CrewId, OperationId
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Outcome, Reason
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import conflict, outbox
from field_app.queries.review import review_list
from field_app.queries.tickets import TicketFilter, list_tickets, ticket_detail
from field_app.store import outbox as store_outbox
from field_app.store import sync_state
from field_app.store.tickets import accept
from tests.helpers.builders import (
    NOW,
    FakeClock,
    a_photo,
    a_supervisor,
    a_ticket,
    a_verdict,
    an_arrival,
)

ID = a_ticket().id


@pytest.fixture
def boss(desk: Desk) -> Desk:
    """Return a supervisor's desk with one handed-in ticket."""
    photos = (a_photo(PhotoRole.CITIZEN), a_photo(PhotoRole.AFTER))
    handed_in = a_ticket(state=TicketState.IN_REVIEW, photos=photos)
    accept(desk.db, [an_arrival(handed_in)], [], "c")
    return replace(desk, person=a_supervisor())


def test_approved_work_leaves_the_review(boss: Desk) -> None:
    (row,) = review_list(boss)
    assert row.before is not None
    assert row.before.photo.role is PhotoRole.CITIZEN
    assert row.after is not None
    review.approve(boss, ID, "good")
    assert review_list(boss) == ()
    assert ticket_detail(boss, ID).ticket.state is TicketState.FINISHED


def test_sent_back_work_says_why(boss: Desk) -> None:
    with pytest.raises(WordsMissing):
        review.send_back(boss, ID, " ")
    review.send_back(boss, ID, "not even", [a_photo().id])
    detail = ticket_detail(boss, ID)
    assert detail.ticket.send_back_reason == "not even"
    assert detail.row.is_sent_back


def test_assigning_moves_the_ticket(boss: Desk) -> None:
    review.assign(boss, ID, CrewId("crew-2"), NOW)
    ticket = ticket_detail(boss, ID).ticket
    assert (ticket.crew_id, ticket.due_at) == ("crew-2", NOW)


def test_a_crew_decides_nothing(boss: Desk, desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        review.approve(desk, ID)


def park(desk: Desk, clock: FakeClock, text: str = "my words") -> OperationId:
    accept(desk.db, [an_arrival(a_ticket())], [], "c")
    done = tickets.note(desk, ID, text)
    store_outbox.next_batch(desk.db, clock.passes(10), 10)
    verdict = a_verdict(done.operation_id, Outcome.RECORDED, reason=Reason.MOVED_ON)
    store_outbox.settle(desk.db, verdict, clock.now())
    return done.operation_id


def test_both_sides_of_parked_work_are_shown(desk: Desk, clock: FakeClock) -> None:
    operation_id = park(desk, clock)
    view = conflict(desk, operation_id)
    assert view.reason is Reason.MOVED_ON
    assert view.mine is not None
    assert view.mine.timeline[-1].text == "my words"
    assert view.hubs == a_ticket()
    (row,) = list_tickets(desk, TicketFilter()).rows
    assert row.local is LocalState.ATTENTION
    with pytest.raises(NotAllowed):
        conflict(desk, OperationId("other"))


def test_acknowledged_work_needs_nobody(desk: Desk, clock: FakeClock) -> None:
    operation_id = park(desk, clock)
    assert outbox(desk).attention_count == 1
    act_outbox.acknowledge(desk, operation_id)
    view = outbox(desk)
    assert (view.attention_count, view.items) == (0, ())
    assert [d.operation_id for d in view.delivered_today] == [operation_id]
    with pytest.raises(NotAllowed):
        act_outbox.acknowledge(desk, operation_id)


def test_the_words_of_parked_work_become_a_note(desk: Desk, clock: FakeClock) -> None:
    operation_id = park(desk, clock)
    done = act_outbox.keep_as_note(desk, operation_id)
    (entry,) = ticket_detail(desk, ID).ticket.timeline
    assert (entry.text, entry.operation_id) == ("my words", done.operation_id)
    assert outbox(desk).attention_count == 0
    with pytest.raises(NotAllowed):
        act_outbox.keep_as_note(desk, operation_id)


def test_a_position_is_kept_and_trying_again_is_at_once(desk: Desk, clock: FakeClock) -> None:
    place = Place(latitude=13.7, longitude=100.5)
    assert position.keep_position(desk, place).everything
    assert sync_state.position(desk.db) == place
    accept(desk.db, [an_arrival(a_ticket())], [], "c")
    done = tickets.start(desk, ID)
    store_outbox.postpone(desk.db, [done.operation_id], clock.passes(600), "HubBusy")
    clock.passes(-590)
    (item,) = outbox(desk).items
    assert (item.local, item.last_error) == (LocalState.RETRY, "HubBusy")
    act_outbox.retry_now(desk)
    assert len(store_outbox.next_batch(desk.db, clock.now(), 9)) == 1
