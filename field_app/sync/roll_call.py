"""Agreeing with a hub that was started anew: what it lost or holds otherwise is sent again."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from field_app.domain.changes import Changes
from field_app.domain.errors import SignedOut
from field_app.domain.ids import OperationId
from field_app.protocol.roll_call import NAMED_AT_ONCE, Absent, RollCall
from field_app.store import delivered, sync_state, tickets
from field_app.sync.site import Site, Tally, note_answer

log = logging.getLogger(__name__)


def say_run(site: Site) -> None:
    """Let the hub hear with every question which of its runs this laptop agrees with."""
    site.hub.run = delivered.run(site.desk.db)


def meet(site: Site, tally: Tally) -> None:
    """Agree with a hub for the first time, at the end of a round.

    Raises:
        Unreachable: As `call_roll`.
    """
    db = site.desk.db
    if delivered.run(db) or not site.hub.heard_run:
        return
    if delivered.operations(db) or delivered.photos(db):
        call_roll(site, tally)
    else:
        delivered.keep_run(db, site.hub.heard_run)


def agree_before_farewell(site: Site, tally: Tally) -> None:
    """Let whatever the hub lost of the confirmed work wait again, before this computer is wiped.

    A hub that lets blocked computers ask nothing may have lost all of it.

    Raises:
        Unreachable: As `call_roll`.
    """
    db = site.desk.db
    operations, photos = delivered.operations(db), delivered.photos(db)
    if not operations and not photos:
        return
    try:
        call_roll(site, tally)
    except SignedOut:
        with db.atomic():
            delivered.send_again(db, operations, tuple(photos))


def call_roll(site: Site, tally: Tally) -> None:
    """Ask what of the confirmed work the hub holds, and let the rest wait to be sent again.

    A hub whose history simply goes on is asked for nothing more than that. After a restore, what
    the hub made of the rest is asked as well; and all tickets are fetched anew, because they are
    older there than here.

    Raises:
        Unreachable: No answer; nothing changed, and the next round asks again.
        SignedOut: Nothing changed; also HubBusy.
        StoreFailed: This laptop's disk; nothing changed.
    """
    db = site.desk.db
    where = RollCall(
        run=delivered.run(db),
        revision=delivered.newest_revision(db),
        cursor=sync_state.cursor(db) or "",
    )
    absent = site.hub.call_roll(where)
    note_answer(site, tally)
    if absent.is_whole:
        delivered.keep_run(db, absent.run)
    else:
        _send_again(site, where)
    say_run(site)


def _send_again(site: Site, where: RollCall) -> None:
    """Name everything, and take up again what needs it; ONE transaction with the new run."""
    db = site.desk.db
    photos = delivered.photos(db)
    here = tuple(i for i, sha256 in photos.items() if site.desk.vault.path(sha256) is not None)
    everything = replace(where, operations=delivered.operations(db), photos=here)
    absent = _absent_of(site, everything)
    with db.atomic():
        if absent.recorded is not None:
            delivered.ask_again(db, absent.recorded, absent.operations)
        delivered.send_again(db, absent.operations, absent.photos)
        tickets.start_over(db)
        delivered.keep_run(db, absent.run)
    _tell(site, absent)


def _absent_of(site: Site, everything: RollCall) -> Absent:
    """Return what became of all that is named, asked in as many parts as it takes.

    The run is that of the first answer: a hub that is started anew in between is met once more.
    """
    operations, photos = everything.operations, everything.photos
    answers = [
        site.hub.call_roll(
            replace(
                everything,
                operations=operations[start : start + NAMED_AT_ONCE],
                photos=photos[start : start + NAMED_AT_ONCE],
            )
        )
        for start in range(0, max(1, len(operations), len(photos)), NAMED_AT_ONCE)
    ]
    return replace(
        answers[0],
        operations=tuple(name for answer in answers for name in answer.operations),
        photos=tuple(name for answer in answers for name in answer.photos),
        recorded=_recorded(answers),
    )


def _recorded(answers: Sequence[Absent]) -> tuple[OperationId, ...] | None:
    """Return what the hub only recorded; None when it does not say."""
    if answers[0].recorded is None:
        return None
    return tuple(name for answer in answers for name in answer.recorded or ())


def _tell(site: Site, absent: Absent) -> None:
    """Let screens look again, and a technician know."""
    log.info(
        "the hub was restored: it lacks %d operations and %d photos, and only recorded %d",
        len(absent.operations),
        len(absent.photos),
        len(absent.recorded or ()),
    )
    site.tell(Changes(everything=True))
