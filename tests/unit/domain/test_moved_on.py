"""Parked work: what happened meanwhile, what can be done anew, and which ways are open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from field_app.domain.ids import Revision
from field_app.domain.moved_on import (
    ParkedWork,
    WayOn,
    anew,
    can_note,
    cause_of,
    own_words,
    ways_on,
    words_to_keep,
)
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
    PairPhoto,
    RemovePhoto,
    Reopen,
    SendBack,
    Start,
    Work,
)
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind, TicketState, TimelineEntry
from field_app.domain.verdict import Reason
from tests.helpers.builders import (
    NOW,
    OTHER_CREW_ID,
    a_crew_member,
    a_photo,
    a_ticket,
    an_add_photo,
    an_operation,
)

ME = a_crew_member()
AFTER = a_photo(PhotoRole.AFTER)


def parked(work: Work, reason: Reason = Reason.MOVED_ON, *, is_at_hub: bool = True) -> ParkedWork:
    return ParkedWork(operation=an_operation(work), reason=reason, is_at_hub=is_at_hub)


def entry(kind: EntryKind, hour: int, *, is_only_recorded: bool = False) -> TimelineEntry:
    at = NOW + timedelta(hours=hour)
    return TimelineEntry(kind=kind, at=at, is_only_recorded=is_only_recorded)


def test_the_cause_is_the_last_thing_that_really_happened() -> None:
    assigned, approved = entry(EntryKind.ASSIGN, 1), entry(EntryKind.APPROVE, 2)
    late, note = entry(EntryKind.FINISH, 3, is_only_recorded=True), entry(EntryKind.NOTE, 4)
    ticket = a_ticket(timeline=(assigned, approved, late, note))
    assert cause_of(ticket, Reason.CLOSED) == approved
    assert cause_of(ticket, Reason.MOVED_ON) == approved
    assert cause_of(ticket, Reason.REASSIGNED) == assigned
    assert cause_of(ticket, Reason.MALFORMED) is None
    assert cause_of(a_ticket(), Reason.CLOSED) is None


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Start(), ""),
        (Note(text=" words "), "words"),
        (an_add_photo(), ""),
        (RemovePhoto(photo_id=AFTER.id, reason="blurred"), "blurred"),
        (MarkPhoto(photo_id=AFTER.id), ""),
        (PairPhoto(photo_id=AFTER.id, pair_id=AFTER.id), ""),
        (
            MovePlace(place=Place(latitude=13.757, longitude=100.502), reason="there"),
            "there · 13.757000, 100.502000",
        ),
        (Hold(reason=HoldReason.PARTS), ""),
        (Finish(note="done"), "done"),
        (CallBack(reason="wait"), "wait"),
        (Decline(reason=DeclineReason.NOT_FOUND, note="nothing"), "nothing"),
        (Approve(note="good"), "good"),
        (SendBack(reason="again"), "again"),
        (Assign(crew_id=OTHER_CREW_ID), ""),
        (Reopen(reason="broken"), "broken"),
    ],
)
def test_every_work_has_its_words(work: Work, words: str) -> None:
    assert own_words(work) == words


def test_words_are_kept_once_and_recorded_notes_are_notes_already() -> None:
    works = [parked(Finish(note="done")), parked(Hold(reason=HoldReason.PARTS, note="done"))]
    assert words_to_keep([*works, parked(Note(text="seen"))]) == "done"
    assert words_to_keep([parked(Note(text="seen"), is_at_hub=False)]) == "seen"


def test_only_what_still_fits_is_done_anew() -> None:
    works = [parked(Start()), parked(Finish(note="done", photo_ids=(AFTER.id,)))]
    started = a_ticket(state=TicketState.IN_PROGRESS, photos=(AFTER,))
    assert [item.work.type for item in anew(started, works, ME)] == ["finish"]
    in_review = replace(started, state=TicketState.IN_REVIEW)
    assert anew(in_review, works, ME) == ()
    another_crews = replace(started, crew_id=OTHER_CREW_ID)
    assert anew(another_crews, works, ME) == ()
    assert anew(a_ticket(state=TicketState.SENT_BACK), works[1:], ME) == (), "no after photo"


def test_a_refused_photo_gets_a_new_id_and_the_finish_names_it() -> None:
    photo = an_add_photo(preview="AAAA")
    works = [
        parked(photo, Reason.MALFORMED, is_at_hub=False),
        parked(Finish(note="done", photo_ids=(photo.photo_id,))),
    ]
    added, finished = anew(a_ticket(), works, ME)
    assert isinstance(added.work, AddPhoto)
    assert isinstance(finished.work, Finish)
    assert added.work.photo_id != photo.photo_id
    assert (added.work.sha256, added.work.preview) == (photo.sha256, "")
    assert finished.work.photo_ids == (added.work.photo_id,)


def test_a_pair_and_a_retake_name_refused_photos_by_their_new_ids() -> None:
    before = an_add_photo(PhotoRole.BEFORE, sha256="cd" * 32)
    blurred, sharp = an_add_photo(sha256="ef" * 32), an_add_photo()
    sharp = replace(sharp, retakes=blurred.photo_id)
    pair = PairPhoto(photo_id=sharp.photo_id, pair_id=before.photo_id, pair_matches=41)
    works = [parked(w, Reason.MALFORMED, is_at_hub=False) for w in (before, blurred, sharp, pair)]
    new_before, new_blurred, new_sharp, new_pair = (
        item.work for item in anew(a_ticket(), works, ME)
    )
    assert isinstance(new_before, AddPhoto)
    assert isinstance(new_blurred, AddPhoto)
    assert isinstance(new_sharp, AddPhoto)
    assert new_sharp.retakes == new_blurred.photo_id != blurred.photo_id
    assert new_pair == replace(pair, photo_id=new_sharp.photo_id, pair_id=new_before.photo_id)


def test_a_photo_that_the_ticket_has_is_not_added_again() -> None:
    photo = an_add_photo()
    there = a_ticket(photos=(replace(AFTER, sha256=photo.sha256),))
    assert anew(there, [parked(photo)], ME) == ()


def test_notes_alone_are_words_to_keep_and_nothing_to_do() -> None:
    works = [parked(Note(text="seen"), Reason.MALFORMED, is_at_hub=False)]
    assert ways_on(a_ticket(), works, ME) == (WayOn.KEEP, WayOn.DROP)


@pytest.mark.parametrize("reason", [Reason.UNKNOWN_CREW, Reason.UNKNOWN_PHOTO])
def test_what_the_hub_does_not_know_is_not_asked_again(reason: Reason) -> None:
    works = [parked(Start(), reason, is_at_hub=False)]
    assert ways_on(a_ticket(), works, ME) == (WayOn.DROP,)


@pytest.mark.parametrize("reason", [Reason.WITHDRAWN, Reason.UNKNOWN_TICKET])
def test_a_ticket_that_the_hub_lost_waits_until_it_comes_anew(reason: Reason) -> None:
    works = [parked(Finish(note="done", photo_ids=(AFTER.id,)), reason, is_at_hub=False)]
    ticket = a_ticket(photos=(AFTER,))
    assert not can_note(ticket, "done", works, ME)
    assert ways_on(ticket, works, ME) == (WayOn.DROP,)
    anew_from_hub = replace(ticket, revision=Revision(7))
    assert ways_on(anew_from_hub, works, ME) == (WayOn.AGAIN, WayOn.KEEP, WayOn.DROP)


def test_the_recommended_way_keeps_both_sides() -> None:
    works = [parked(Finish(note="done", photo_ids=(AFTER.id,)))]
    sent_back = a_ticket(state=TicketState.SENT_BACK, photos=(AFTER,))
    assert ways_on(sent_back, works, ME) == (WayOn.KEEP, WayOn.AGAIN, WayOn.DROP)
    closed = a_ticket(state=TicketState.FINISHED)
    assert ways_on(closed, works, ME) == (WayOn.KEEP, WayOn.DROP)
    assert ways_on(None, works, ME) == (WayOn.KEEP,), "it is at the hub: it cannot be dropped"
    assert ways_on(closed, [parked(Start())], ME) == (WayOn.KEEP,)
