"""What a person decides about parked work: kept, done anew or put aside, and taken back."""

from datetime import timedelta
from typing import Any

import pytest

from field_app.actions import conflicts, photos, tickets
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import OperationId, Revision
from field_app.domain.moved_on import KEPT_DAYS, WayOn
from field_app.domain.operation import AddPhoto, DeclineReason, HoldReason
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.domain.verdict import Outcome, Reason
from field_app.queries.conflicts import ConflictView, conflict, decided
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import outbox
from field_app.queries.tickets import Scope, TicketFilter, list_tickets, ticket_detail
from field_app.store import decisions, uploads
from field_app.store import outbox as store_outbox
from field_app.store import photos as store_photos
from field_app.store.tickets import accept
from field_app.store.uploads import UploadState
from tests.helpers.builders import (
    NOW,
    OTHER_CREW_ID,
    FakeClock,
    a_ticket,
    a_verdict,
    an_arrival,
)
from tests.helpers.pictures import a_picture

ID = a_ticket().id
CAUSE = TimelineEntry(kind=EntryKind.APPROVE, at=NOW - timedelta(hours=1), person_name="Boss")


def arrive(desk: Desk) -> None:
    """Let the ticket arrive from the hub."""
    accept(desk.db, [an_arrival(a_ticket())], [], "c")


def park(
    desk: Desk,
    *operation_ids: OperationId,
    reason: Reason = Reason.CLOSED,
    outcome: Outcome = Outcome.RECORDED,
    hubs: Ticket | None = None,
) -> None:
    """Let the hub answer that operations came too late, or that it does not want them."""
    store_outbox.next_batch(desk.db, NOW + timedelta(minutes=1), 100)
    for operation_id in operation_ids:
        verdict = a_verdict(operation_id, outcome, reason=reason, ticket=hubs, cause=CAUSE)
        store_outbox.settle(desk.db, verdict, NOW)


def a_day(desk: Desk) -> list[OperationId]:
    """Start, add an after photo and finish; return the operations."""
    arrive(desk)
    return [
        tickets.start(desk, ID).operation_id,
        photos.attach(desk, ID, PhotoRole.AFTER, a_picture(16, 16)).operation_id,
        tickets.finish(desk, ID, "changed two lamps").operation_id,
    ]


def a_closed(state: TicketState = TicketState.FINISHED, **facts: Any) -> Ticket:
    return a_ticket(revision=Revision(9), state=state, **facts)


def decide(desk: Desk, view: ConflictView, way: WayOn) -> conflicts.Decided:
    return conflicts.decide(desk, view.ticket_id, view.operation_ids, way)


def kinds(desk: Desk) -> list[str]:
    return [operation.work.type for operation in store_outbox.waiting_of(desk.db, ID)]


def test_all_parked_work_of_a_ticket_is_one_matter(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done, hubs=a_closed(timeline=(CAUSE,)))
    view = conflict(desk, done[1])
    assert view == conflict(desk, done[0])
    assert view.operation_ids == tuple(done)
    assert view.reason is Reason.CLOSED
    assert view.cause == CAUSE
    assert view.mine is not None
    assert view.hubs is not None
    assert (view.mine.state, view.hubs.state) == (TicketState.IN_REVIEW, TicketState.FINISHED)
    assert view.my_photo is not None
    assert view.hub_photo is None
    assert (view.photos.all, view.photos.at_hub, view.photos.refused) == (1, 0, 0)
    (row,) = list_tickets(desk, TicketFilter(scope=Scope.ALL)).rows
    assert row.local is LocalState.ATTENTION
    with pytest.raises(NotAllowed):
        conflict(desk, OperationId("other"))


def test_what_the_hub_recorded_is_kept_and_the_words_become_one_note(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done, hubs=a_closed())
    view = conflict(desk, done[2])
    assert view.ways == (WayOn.KEEP, WayOn.DROP)
    assert view.is_noted
    decide(desk, view, WayOn.KEEP)
    assert outbox(desk).attention_count == 0
    assert kinds(desk) == ["note"]
    assert ticket_detail(desk, ID).ticket.timeline[-1].text == "changed two lamps"
    (decision,) = decided(desk)
    assert (decision.way, decision.can_take_back) == (WayOn.KEEP, True)
    assert [work.operation.id for work in decision.works] == done
    with pytest.raises(NotAllowed):
        decide(desk, view, WayOn.DROP)


def test_a_ticket_of_another_crew_gets_no_note_and_no_false_choice(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done, reason=Reason.REASSIGNED)
    accept(desk.db, [], [ID], "c2")
    view = conflict(desk, done[0])
    assert (view.hubs, view.ways, view.is_noted) == (None, (WayOn.KEEP,), False)
    assert view.cause == CAUSE
    assert decide(desk, view, WayOn.KEEP).followed_by == ()
    assert kinds(desk) == []


def test_putting_aside_deletes_nothing_and_can_be_taken_back(desk: Desk, clock: FakeClock) -> None:
    done = a_day(desk)
    park(desk, *done, hubs=a_closed())
    view = conflict(desk, done[0])
    decide(desk, view, WayOn.DROP)
    assert (outbox(desk).attention_count, kinds(desk)) == (0, [])
    clock.passes(86_400 * (KEPT_DAYS - 1))
    (decision,) = decided(desk)
    assert decision.can_take_back
    conflicts.take_back(desk, ID, view.operation_ids)
    assert conflict(desk, done[0]) == view
    assert decided(desk) == ()
    with pytest.raises(NotAllowed):
        conflicts.take_back(desk, ID, view.operation_ids)


def test_work_is_done_anew_when_the_ticket_came_back(desk: Desk) -> None:
    done = a_day(desk)
    recorded = ticket_detail(desk, ID).ticket.photos
    back = a_closed(state=TicketState.SENT_BACK, photos=recorded)
    park(desk, *done, reason=Reason.MOVED_ON, hubs=back)
    view = conflict(desk, done[0])
    assert view.ways == (WayOn.KEEP, WayOn.AGAIN, WayOn.DROP)
    assert view.done_anew == ("start", "finish")
    made = decide(desk, view, WayOn.AGAIN)
    assert kinds(desk) == ["start", "finish"]
    ticket = ticket_detail(desk, ID).ticket
    assert (ticket.state, ticket.resolution_note) == (TicketState.IN_REVIEW, "changed two lamps")
    assert [p.id for p in ticket.photos_of(PhotoRole.AFTER)] == [recorded[0].id]
    (decision,) = decided(desk)
    assert decision.followed_by == made.followed_by


def test_doing_anew_is_taken_back_only_before_it_is_sent(desk: Desk, clock: FakeClock) -> None:
    done = a_day(desk)
    back = a_closed(state=TicketState.SENT_BACK, photos=ticket_detail(desk, ID).ticket.photos)
    park(desk, *done, reason=Reason.MOVED_ON, hubs=back)
    view = conflict(desk, done[0])
    tickets.keep_draft(desk, ID, "what I write meanwhile")
    decide(desk, view, WayOn.AGAIN)
    conflicts.take_back(desk, ID, view.operation_ids)
    assert (kinds(desk), conflict(desk, done[0])) == ([], view)
    assert ticket_detail(desk, ID).draft == "what I write meanwhile"

    decide(desk, view, WayOn.AGAIN)
    store_outbox.next_batch(desk.db, clock.passes(60), 10)
    assert not decided(desk)[0].can_take_back
    with pytest.raises(NotAllowed):
        conflicts.take_back(desk, ID, view.operation_ids)
    assert kinds(desk) == ["start", "finish"]


def test_a_refused_photo_keeps_its_original_and_can_be_added_again(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, done[1], reason=Reason.MALFORMED, outcome=Outcome.REFUSED)
    view = conflict(desk, done[1])
    assert view.ways == (WayOn.AGAIN, WayOn.DROP)
    assert view.photos.refused == 1
    decide(desk, view, WayOn.AGAIN)
    added = [o.work for o in store_outbox.waiting_of(desk.db, ID) if isinstance(o.work, AddPhoto)]
    assert len(added) == 1
    upload = uploads.get(desk.db, added[0].photo_id)
    assert upload is not None
    assert upload.state is UploadState.HELD
    assert desk.vault.path(upload.sha256) is not None

    conflicts.take_back(desk, ID, view.operation_ids)
    assert uploads.get(desk.db, added[0].photo_id) is None
    assert conflict(desk, done[1]) == view
    decide(desk, view, WayOn.DROP)
    assert upload.sha256 in (store_photos.known_hashes(desk.db) or ())


def test_after_thirty_days_what_was_put_aside_is_forgotten(desk: Desk, clock: FakeClock) -> None:
    done = a_day(desk)
    park(desk, done[1], reason=Reason.MALFORMED, outcome=Outcome.REFUSED)
    view = conflict(desk, done[1])
    decide(desk, view, WayOn.DROP)
    decisions.tidy(desk.db, clock.passes(86_400 * KEPT_DAYS - 1))
    assert len(decided(desk)) == 1
    decisions.tidy(desk.db, clock.passes(2))
    assert decided(desk) == ()
    assert store_photos.known_hashes(desk.db) == frozenset()


def test_words_of_every_kind_of_work_are_kept(desk: Desk) -> None:
    arrive(desk)
    done = [
        tickets.start(desk, ID).operation_id,
        tickets.hold(desk, ID, HoldReason.ACCESS, "gate is locked").operation_id,
        tickets.start(desk, ID).operation_id,
        tickets.decline(desk, ID, DeclineReason.NOT_FOUND, "nothing there").operation_id,
        tickets.call_back(desk, ID, "found it").operation_id,
    ]
    park(desk, *done, hubs=a_closed())
    decide(desk, conflict(desk, done[0]), WayOn.KEEP)
    text = ticket_detail(desk, ID).ticket.timeline[-1].text
    assert text == "gate is locked\nnothing there\nfound it"


def test_a_note_that_the_hub_recorded_is_not_said_twice(desk: Desk) -> None:
    arrive(desk)
    note = tickets.note(desk, ID, "a tree lies there").operation_id
    park(desk, note, reason=Reason.REASSIGNED, hubs=a_ticket(revision=Revision(9)))
    view = conflict(desk, note)
    assert (view.ways, view.is_noted) == ((WayOn.KEEP,), False)


def test_work_that_nobody_may_do_any_more_can_only_be_put_aside(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done, reason=Reason.UNKNOWN_TICKET, outcome=Outcome.REFUSED)
    accept(desk.db, [], [ID], "c2")
    view = conflict(desk, done[0])
    assert view.ways == (WayOn.DROP,)
    for way in (WayOn.KEEP, WayOn.AGAIN):
        with pytest.raises(NotAllowed):
            decide(desk, view, way)
    view_of_all = outbox(desk)
    assert view_of_all.attention_count == 1, "one job, one matter"
    (row,) = view_of_all.rows
    assert (row.type, row.photo_count, row.reason) == ("finish", 1, Reason.UNKNOWN_TICKET)


def test_only_what_was_seen_is_decided(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done[:2], hubs=a_closed())
    view = conflict(desk, done[0])
    park(desk, done[2], hubs=a_closed())
    decide(desk, view, WayOn.DROP)
    assert conflict(desk, done[2]).operation_ids == (done[2],)


def test_a_ticket_that_went_to_another_crew_and_came_back_can_be_finished(desk: Desk) -> None:
    done = a_day(desk)
    park(desk, *done, reason=Reason.REASSIGNED)
    accept(desk.db, [], [ID], "c2")
    assert WayOn.AGAIN not in conflict(desk, done[0]).ways
    photos_there = view.photos if (view := conflict(desk, done[0]).mine) else ()
    back = a_ticket(revision=Revision(20), former_crew_ids=(OTHER_CREW_ID,), photos=photos_there)
    accept(desk.db, [an_arrival(back)], [], "c3")
    assert conflict(desk, done[0]).done_anew == ("start", "finish")
