"""What a supervisor decides."""

from dataclasses import replace

import pytest

from field_app.actions import outbox as act_outbox
from field_app.actions import position, review, tickets
from field_app.domain.errors import NotAllowed, WordsMissing
from field_app.domain.ids import CrewId
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import TicketState
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import outbox
from field_app.queries.review import review_list
from field_app.queries.tickets import ticket_detail
from field_app.store import outbox as store_outbox
from field_app.store import sync_state
from field_app.store.tickets import accept
from tests.helpers.builders import (
    NOW,
    FakeClock,
    a_photo,
    a_supervisor,
    a_ticket,
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
