"""What a person sees is the hub's copy and their waiting operations, and nothing else."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.ids import PhotoId
from field_app.domain.lifecycle import DOERS, GOALS, STARTS, may_do
from field_app.domain.operation import (
    AddPhoto,
    Approve,
    Assign,
    CallBack,
    Decline,
    DeclineReason,
    Finish,
    Hold,
    HoldReason,
    MarkPhoto,
    MovePlace,
    Note,
    Operation,
    PairPhoto,
    RemovePhoto,
    Reopen,
    SendBack,
    Start,
    Work,
)
from field_app.domain.people import Role
from field_app.domain.photo import Mark, MarkKind, PhotoRole
from field_app.domain.place import Place
from field_app.domain.replay import Applied, Recorded, Refused, apply, honest_time, visible
from field_app.domain.ticket import CLOSED_STATES, Ticket, TicketState
from field_app.domain.verdict import Reason
from tests.helpers.builders import (
    NOW,
    OTHER_CREW_ID,
    a_crew_member,
    a_photo,
    a_supervisor,
    a_ticket,
    an_add_photo,
    an_operation,
)

PHOTO_ID, BEFORE_ID = PhotoId("photo-1"), PhotoId("photo-0")
A_BOX = Mark(kind=MarkKind.BOX, x1=0.1, y1=0.2, x2=0.6, y2=0.7)
CREW_WORKS: list[Work] = [
    Start(),
    Note(text="x"),
    an_add_photo(photo_id=PHOTO_ID),
    RemovePhoto(photo_id=PHOTO_ID),
    MarkPhoto(photo_id=PHOTO_ID, marks=(A_BOX,)),
    PairPhoto(photo_id=PHOTO_ID, pair_id=BEFORE_ID, pair_matches=41),
    MovePlace(place=Place(latitude=13.757, longitude=100.502), reason="other side of the road"),
    Hold(reason=HoldReason.PARTS),
    Finish(note="done"),
    CallBack(),
    Decline(reason=DeclineReason.NOT_FOUND),
]
BOSS_WORKS: list[Work] = [
    Approve(),
    SendBack(reason="again"),
    Assign(crew_id=OTHER_CREW_ID),
    Reopen(reason="broken again"),
]
works = st.sampled_from([*CREW_WORKS, *BOSS_WORKS])
states = st.sampled_from(TicketState)
histories = st.lists(st.sampled_from(CREW_WORKS), max_size=8)


def in_state(state: TicketState) -> Ticket:
    photos = (a_photo(id=PHOTO_ID), a_photo(PhotoRole.BEFORE, id=BEFORE_ID))
    return a_ticket(state=state, photos=photos)


def numbered(works_: list[Work]) -> list[Operation]:
    return [an_operation(work, seq=seq) for seq, work in enumerate(works_, start=1)]


def test_every_type_of_work_has_its_rules() -> None:
    types = {kind.__dataclass_fields__["type"].default for kind in get_args(Work)}
    assert types == set(DOERS) == set(STARTS)
    assert set(GOALS) <= types
    assert {w.type for w in (*CREW_WORKS, *BOSS_WORKS)} == types


@given(work=works, state=states, role=st.sampled_from(Role))
def test_only_listed_moves_are_open(work: Work, state: TicketState, role: Role) -> None:
    actor = a_crew_member() if role is Role.CREW else a_supervisor()
    result = apply(in_state(state), an_operation(work), actor)
    assert isinstance(result, Applied) == may_do(work.type, state, actor.role)
    if isinstance(result, Applied) and work.type != "approve":
        assert result.ticket.state is GOALS.get(work.type, state)


@given(state=states)
def test_visible_of_nothing_is_the_copy(state: TicketState) -> None:
    ticket = in_state(state)
    assert visible(ticket, [], a_crew_member()) == ticket


@given(history=histories, settled=st.integers(0, 8))
def test_settling_accepted_operations_changes_nothing_that_is_seen(
    history: list[Work], settled: int
) -> None:
    actor, operations = a_crew_member(), numbered(history)
    seen = visible(a_ticket(), operations, actor)
    copy = a_ticket()
    for operation in operations[:settled]:
        result = apply(copy, operation, actor)
        if isinstance(result, Applied):
            copy = result.ticket
    assert visible(copy, operations[settled:], actor) == seen


@given(work=works, state=states)
def test_what_is_recorded_changes_no_state_and_what_is_refused_nothing(
    work: Work, state: TicketState
) -> None:
    ticket = a_ticket(state=state, crew_id=OTHER_CREW_ID, former_crew_ids=("crew-1",))
    result = apply(ticket, an_operation(work), a_crew_member())
    if work.type in {w.type for w in BOSS_WORKS}:
        assert result == Refused(reason=Reason.NOT_ALLOWED)
    else:
        assert isinstance(result, Recorded)
        assert result.reason is Reason.REASSIGNED
        assert (result.ticket.state, result.ticket.crew_id) == (state, OTHER_CREW_ID)
        assert result.ticket.timeline[-1].is_only_recorded


def test_a_crew_that_never_had_the_ticket_is_refused() -> None:
    ticket = a_ticket(crew_id=OTHER_CREW_ID)
    result = apply(ticket, an_operation(), a_crew_member())
    assert result == Refused(reason=Reason.NOT_ALLOWED)


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
def test_work_on_a_closed_ticket_is_kept_as_evidence(state: TicketState) -> None:
    result = apply(in_state(state), an_operation(an_add_photo()), a_crew_member())
    assert isinstance(result, Recorded)
    assert result.reason is Reason.CLOSED
    assert len(result.ticket.photos) == 3


def test_a_withdrawn_photo_stays_but_counts_no_more() -> None:
    ticket = in_state(TicketState.IN_PROGRESS)
    seen = visible(ticket, [an_operation(RemovePhoto(photo_id=PHOTO_ID))], a_crew_member())
    assert seen.photos[0].is_withdrawn
    assert seen.photos_of(PhotoRole.AFTER) == ()


def test_a_photo_that_is_not_there_cannot_be_removed() -> None:
    result = apply(a_ticket(), an_operation(RemovePhoto(photo_id=PHOTO_ID)), a_crew_member())
    assert result == Refused(reason=Reason.UNKNOWN_PHOTO)


@pytest.mark.parametrize(
    ("reason", "goal"),
    [
        ("", TicketState.FINISHED),
        ("not_ours", TicketState.FORWARDED),
        ("not_found", TicketState.IRRELEVANT),
        ("duplicate", TicketState.IRRELEVANT),
        ("already_fixed", TicketState.FINISHED),
    ],
)
def test_approval_leads_where_the_crew_said(reason: str, goal: TicketState) -> None:
    ticket = a_ticket(state=TicketState.IN_REVIEW, decline_reason=reason)
    result = apply(ticket, an_operation(Approve()), a_supervisor())
    assert isinstance(result, Applied)
    assert result.ticket.state is goal


def test_sent_back_work_tells_why_until_it_is_handed_in_again() -> None:
    ticket = in_state(TicketState.IN_REVIEW)
    sent_back = visible(ticket, [an_operation(SendBack(reason="again"))], a_supervisor())
    assert sent_back.send_back_reason == "again"
    done = visible(sent_back, [an_operation(Finish(note="done"))], a_crew_member())
    assert (done.state, done.send_back_reason) == (TicketState.IN_REVIEW, "")
    assert done.resolution_note == "done"


def test_assigning_remembers_who_had_it() -> None:
    result = apply(a_ticket(), an_operation(Assign(crew_id=OTHER_CREW_ID)), a_supervisor())
    assert isinstance(result, Applied)
    assert result.ticket.crew_id == OTHER_CREW_ID
    assert result.ticket.former_crew_ids == ("crew-1",)


def test_the_honest_time_is_by_the_hubs_clock() -> None:
    assert honest_time(an_operation(clock_offset_ms=-2500)) == NOW - timedelta(seconds=2.5)


def test_a_photo_added_twice_is_there_once() -> None:
    work = an_add_photo()
    assert isinstance(work, AddPhoto)
    twice = [an_operation(work, seq=1), an_operation(work, seq=2)]
    assert len(visible(a_ticket(), twice, a_crew_member()).photos) == 1


def test_a_person_says_which_photos_are_a_pair() -> None:
    work = PairPhoto(photo_id=PHOTO_ID, pair_id=BEFORE_ID, pair_matches=41)
    result = apply(in_state(TicketState.IN_PROGRESS), an_operation(work), a_crew_member())
    assert isinstance(result, Applied)
    after, before = result.ticket.photos
    assert (after.pair_id, after.pair_matches) == (BEFORE_ID, 41)
    assert before.pair_id is None


@pytest.mark.parametrize(
    ("photo_id", "pair_id"),
    [(PHOTO_ID, "nobody"), ("nobody", BEFORE_ID), (BEFORE_ID, BEFORE_ID), (PHOTO_ID, PHOTO_ID)],
)
def test_what_is_no_pair_is_refused(photo_id: str, pair_id: str) -> None:
    work = PairPhoto(photo_id=PhotoId(photo_id), pair_id=PhotoId(pair_id))
    result = apply(in_state(TicketState.IN_PROGRESS), an_operation(work), a_crew_member())
    assert result == Refused(reason=Reason.UNKNOWN_PHOTO)


def test_a_retake_that_is_only_recorded_hides_nothing() -> None:
    closed = in_state(TicketState.FINISHED)
    work = an_add_photo(retakes=PHOTO_ID)
    result = apply(closed, an_operation(work), a_crew_member())
    assert isinstance(result, Recorded)
    assert len(result.ticket.photos) == 3
    assert result.ticket.replacements == {}
    open_ = apply(in_state(TicketState.IN_PROGRESS), an_operation(work), a_crew_member())
    assert isinstance(open_, Applied)
    assert open_.ticket.replacements == {PHOTO_ID: work.photo_id}
