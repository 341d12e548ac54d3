"""What a crew does is checked, written down in one transaction, and seen at once."""

from collections.abc import Callable

import pytest

from field_app.actions import photos, tickets
from field_app.actions.recording import Done
from field_app.domain.errors import NotAllowed, PhotoMissing, WordsMissing, WordsTooLong
from field_app.domain.operation import NOTE_LIMIT, DeclineReason, Finish, HoldReason, NoPhotoReason
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.queries.desk import Desk
from field_app.queries.tickets import ticket_detail
from field_app.store import drafts, outbox, sync_state, uploads
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_ticket, an_arrival
from tests.helpers.pictures import a_picture

ID = a_ticket().id


@pytest.fixture(autouse=True)
def _ticket(desk: Desk) -> None:
    """Give the crew one ticket."""
    accept(desk.db, [an_arrival(a_ticket())], [], "c")


def state(desk: Desk) -> TicketState:
    return ticket_detail(desk, ID).ticket.state


def test_work_is_seen_at_once_and_waits_in_the_outbox(desk: Desk) -> None:
    sync_state.note_success(desk.db, desk.clock.now(), 1500)
    done = tickets.start(desk, ID)
    assert done.changes.tickets == {ID}
    assert state(desk) is TicketState.IN_PROGRESS
    (operation,) = outbox.waiting_of(desk.db, ID)
    assert operation.id == done.operation_id
    assert (operation.based_on, operation.seq, operation.clock_offset_ms) == (1, 1, 1500)
    assert operation.made_at == desk.clock.now()


def test_a_whole_day_of_one_ticket(desk: Desk) -> None:
    tickets.start(desk, ID)
    tickets.hold(desk, ID, HoldReason.PARTS, " waiting ")
    tickets.start(desk, ID)
    tickets.note(desk, ID, " half done ")
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    tickets.keep_draft(desk, ID, "almost")
    tickets.finish(desk, ID, "done")
    assert state(desk) is TicketState.IN_REVIEW
    assert drafts.get(desk.db, ID) == ""
    tickets.call_back(desk, ID)
    tickets.decline(desk, ID, DeclineReason.NOT_OURS)
    operations = outbox.waiting_of(desk.db, ID)
    assert [o.seq for o in operations] == list(range(1, 9))
    assert [o.work.type for o in operations][:3] == ["start", "hold", "start"]


def test_finishing_names_the_after_photos_that_count(desk: Desk) -> None:
    gone = photos.attach(desk, ID, PhotoRole.AFTER, a_picture(colour="red"))
    assert gone.photo_id is not None
    photos.remove(desk, ID, gone.photo_id)
    blurred = photos.attach(desk, ID, PhotoRole.AFTER, a_picture(colour="grey"))
    assert blurred.photo_id is not None
    kept = photos.retake(desk, ID, blurred.photo_id, a_picture())
    photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    tickets.finish(desk, ID)
    work = outbox.waiting_of(desk.db, ID)[-1].work
    assert isinstance(work, Finish)
    assert work.photo_ids == (kept.photo_id,)


def test_without_an_after_photo_nothing_is_handed_in(desk: Desk) -> None:
    photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    with pytest.raises(PhotoMissing):
        tickets.finish(desk, ID, "done")
    with pytest.raises(WordsMissing):
        tickets.finish(desk, ID, " ", NoPhotoReason.OTHER)
    assert state(desk) is TicketState.WAITING


def test_work_is_handed_in_without_an_after_photo_when_a_reason_says_why(desk: Desk) -> None:
    tickets.finish(desk, ID, "under the road", NoPhotoReason.NOTHING_TO_SEE)
    ticket = ticket_detail(desk, ID).ticket
    assert (ticket.state, ticket.no_photo_reason) == (TicketState.IN_REVIEW, "nothing_to_see")
    tickets.call_back(desk, ID)
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    tickets.finish(desk, ID, "done", NoPhotoReason.CAMERA)
    assert ticket_detail(desk, ID).ticket.no_photo_reason == ""


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: tickets.call_back(desk, ID),
        lambda desk: tickets.hold(desk, ID, HoldReason.ACCESS),
        lambda desk: tickets.start(desk, a_ticket(7).id),
        lambda desk: tickets.finish(desk, a_ticket(7).id),
    ],
)
def test_what_the_rules_forbid_changes_nothing(desk: Desk, act: Callable[[Desk], Done]) -> None:
    with pytest.raises(NotAllowed):
        act(desk)
    assert outbox.counts(desk.db).waiting == 0
    assert sync_state.take_seq(desk.db) == 1


def test_words_are_checked(desk: Desk) -> None:
    with pytest.raises(WordsMissing):
        tickets.note(desk, ID, "  \n")
    with pytest.raises(WordsTooLong):
        tickets.note(desk, ID, "x" * (NOTE_LIMIT + 1))


def test_undo_takes_the_work_out_again(desk: Desk) -> None:
    done = tickets.start(desk, ID)
    undone = tickets.undo(desk, done.operation_id)
    assert undone.changes.tickets == {ID}
    assert state(desk) is TicketState.WAITING
    with pytest.raises(NotAllowed):
        tickets.undo(desk, done.operation_id)


def test_undo_of_a_photo_takes_its_upload_along(desk: Desk) -> None:
    done = photos.attach(desk, ID, PhotoRole.BEFORE, a_picture())
    assert tickets.undo(desk, done.operation_id).photo_id == done.photo_id
    assert uploads.open_uploads(desk.db) == ()
    assert ticket_detail(desk, ID).photos == ()


def test_undo_of_finish_gives_the_words_back(desk: Desk) -> None:
    photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    done = tickets.finish(desk, ID, "my words")
    tickets.undo(desk, done.operation_id)
    assert ticket_detail(desk, ID).draft == "my words"


def test_what_later_work_rests_on_is_not_undone(desk: Desk) -> None:
    started = tickets.start(desk, ID)
    tickets.hold(desk, ID, HoldReason.WEATHER)
    with pytest.raises(NotAllowed):
        tickets.undo(desk, started.operation_id)
    assert state(desk) is TicketState.ON_HOLD


def test_a_photo_that_was_handed_in_is_not_undone(desk: Desk) -> None:
    attached = photos.attach(desk, ID, PhotoRole.AFTER, a_picture())
    tickets.finish(desk, ID)
    with pytest.raises(NotAllowed):
        tickets.undo(desk, attached.operation_id)
    assert len(uploads.open_uploads(desk.db)) == 1


def test_what_was_handed_to_the_network_is_not_undone(desk: Desk, clock: FakeClock) -> None:
    done = tickets.start(desk, ID)
    outbox.next_batch(desk.db, clock.passes(8), 10)
    with pytest.raises(NotAllowed):
        tickets.undo(desk, done.operation_id)


def test_blank_words_forget_the_draft(desk: Desk) -> None:
    tickets.keep_draft(desk, ID, "something")
    assert ticket_detail(desk, ID).draft == "something"
    tickets.keep_draft(desk, ID, " ")
    assert ticket_detail(desk, ID).draft == ""
