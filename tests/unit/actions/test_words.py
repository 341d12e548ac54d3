"""Whose words they are when parked work becomes a note."""

import pytest

from field_app.actions import outbox as act_outbox
from field_app.actions import tickets
from field_app.domain.errors import WordsMissing
from field_app.domain.operation import DeclineReason, HoldReason
from field_app.domain.verdict import Outcome, Reason
from field_app.queries.desk import Desk
from field_app.queries.outbox import outbox
from field_app.queries.tickets import ticket_detail
from field_app.store import outbox as store_outbox
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, a_ticket, a_verdict, an_arrival

ID = a_ticket().id


def park_last(desk: Desk, *, outcome: Outcome = Outcome.RECORDED) -> None:
    operation = store_outbox.waiting_of(desk.db, ID)[-1]
    verdict = a_verdict(operation.id, outcome, reason=Reason.MOVED_ON)
    store_outbox.settle(desk.db, verdict, NOW)
    act_outbox.keep_as_note(desk, operation.id)


@pytest.mark.parametrize("outcome", [Outcome.RECORDED, Outcome.REFUSED])
def test_a_reasons_note_is_kept(desk: Desk, outcome: Outcome) -> None:
    accept(desk.db, [an_arrival(a_ticket())], [], "c")
    tickets.start(desk, ID)
    tickets.hold(desk, ID, HoldReason.ACCESS, "gate is locked")
    park_last(desk, outcome=outcome)
    assert ticket_detail(desk, ID).ticket.timeline[-1].text == "gate is locked"


def test_words_of_declined_and_called_back_work_are_kept(desk: Desk) -> None:
    accept(desk.db, [an_arrival(a_ticket())], [], "c")
    tickets.decline(desk, ID, DeclineReason.NOT_FOUND, "nothing there")
    tickets.call_back(desk, ID, "found it")
    park_last(desk)
    assert ticket_detail(desk, ID).ticket.timeline[-1].text == "found it"


def test_work_without_words_stays_parked(desk: Desk) -> None:
    accept(desk.db, [an_arrival(a_ticket())], [], "c")
    tickets.start(desk, ID)
    with pytest.raises(WordsMissing):
        park_last(desk)
    assert outbox(desk).attention_count == 1
