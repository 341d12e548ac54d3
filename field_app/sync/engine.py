"""One round: operations up, changes down, photos up, pictures down. Synchronous, no sleeping."""

from datetime import timedelta
from typing import Final

from field_app.domain.changes import Changes
from field_app.domain.clock import correction
from field_app.domain.errors import (
    CursorExpired,
    DeviceRevoked,
    DiskFull,
    FieldAppError,
    HubBusy,
    HubRefused,
    NewerVersionNeeded,
    SignedOut,
    Unreachable,
)
from field_app.hub_client.hub import OtherRunError
from field_app.queries.desk import honest_now
from field_app.store import decisions, delivered, sync_state, turns
from field_app.sync.carrying import hand_in_packs
from field_app.sync.maps import fetch_maps
from field_app.sync.prefetch import prefetch
from field_app.sync.pull import build_index, pull
from field_app.sync.push import push
from field_app.sync.roll_call import agree_before_farewell, call_roll, meet, say_run
from field_app.sync.site import Interrupted, RoundReport, Site, Tally, note_answer
from field_app.sync.standing import earliest_try
from field_app.sync.status import Reach
from field_app.sync.uploads import upload_all

STARTS: Final = 3
"""Times that the hub may be started anew during one round."""
SEEN: Final = timedelta(minutes=1)
"""A change of the shown times that is worth drawing every screen again."""

__all__ = ["Interrupted", "RoundReport", "Site", "Tally", "run_round"]


def run_round(site: Site) -> RoundReport:
    """Run one round as far as network and hub let it; a later round goes on from there.

    Raises:
        StoreFailed: This laptop's disk; nothing that was confirmed is lost.
        Interrupted: The program closes.
    """
    tally = Tally()
    try:
        _in_agreement(site, tally)
    except DeviceRevoked as error:
        return _blocked(site, tally, error)
    except SignedOut as error:
        sync_state.note_sign_in(site.desk.db, is_needed=True)
        return RoundReport(reach=Reach.SIGNED_OUT, tally=tally, error=error)
    except Unreachable as error:
        return RoundReport(reach=_reach_after(tally), tally=tally, error=error)
    except (HubBusy, HubRefused, NewerVersionNeeded, CursorExpired) as error:
        return _weak(tally, error)
    return RoundReport(reach=Reach.ONLINE, tally=tally, error=tally.trouble)


def _blocked(site: Site, tally: Tally, error: DeviceRevoked) -> RoundReport:
    """Return the report of a hub that blocked this computer, once it is known what the hub holds.

    A hub that was restored from its backup may lack what it confirmed; that waits again, so that
    it is sealed before anything is wiped. While that cannot be asked, nobody hears of the block.
    """
    try:
        agree_before_farewell(site, tally)
    except (Unreachable, HubBusy, HubRefused, NewerVersionNeeded) as failure:
        return _weak(tally, failure)
    sync_state.note_sign_in(site.desk.db, is_needed=True)
    return RoundReport(reach=Reach.SIGNED_OUT, tally=tally, error=error)


def _in_agreement(site: Site, tally: Tally) -> None:
    """Do the steps, after a roll call when the hub was started anew."""
    say_run(site)
    for _start in range(STARTS):
        try:
            _steps(site, tally)
        except OtherRunError:
            call_roll(site, tally)
            continue
        meet(site, tally)
        return
    raise HubBusy("the hub is started again and again")


def _steps(site: Site, tally: Tally) -> None:
    """Do the steps in their order: what is small and awaited by others goes first."""
    if site.is_probe and earliest_try(site.desk) is not None:  # else the pull asks soon enough
        site.hub.uploads()
        note_answer(site, tally)
        turns.network_is_back(site.desk.db)
    push(site, tally)
    upload_all(
        site,
        tally,
        meanwhile=lambda: _take_in(site, tally),
        between=lambda: _small_things(site, tally),
    )
    hand_in_packs(site, tally, between=lambda: _small_things(site, tally))
    prefetch(site, tally, between=lambda: _small_things(site, tally))
    if not tally.has_more:
        fetch_maps(site, tally, between=lambda: _small_things(site, tally))


def _take_in(site: Site, tally: Tally) -> None:
    """Take in what changed; a disk that is full for it still lets go up what is here already."""
    try:
        _fetch_changes(site, tally)
    except DiskFull as error:
        tally.trouble = error


def _small_things(site: Site, tally: Tally) -> None:
    """Let go first what is small, while what is large is under way."""
    if turns.ready(site.desk.db, site.now(), 1):
        with site.lanes.right_of_way():
            push(site, tally)
    if site.has_news():
        _take_in(site, tally)


def _fetch_changes(site: Site, tally: Tally) -> None:
    """Take in what changed at the hub, and let it be found."""
    pull(site, tally)
    offset_ms = tally.clock_offset_ms
    known_ms = sync_state.clock_offset_ms(site.desk.db)
    now_ms = known_ms if offset_ms is None else offset_ms
    sync_state.note_success(site.desk.db, site.now(), now_ms)
    note_answer(site, tally)
    if abs(correction(now_ms) - correction(known_ms)) >= SEEN:
        site.tell(Changes(everything=True))
    build_index(site, tally)
    decisions.tidy(site.desk.db, honest_now(site.desk))
    delivered.tidy(site.desk.db, honest_now(site.desk))


def _reach_after(tally: Tally) -> Reach:
    """Return WEAK when something came through before the line broke."""
    return Reach.WEAK if tally.has_heard else Reach.OFFLINE


def _weak(tally: Tally, error: FieldAppError) -> RoundReport:
    """Return the report of a hub that answers and does not do what it is asked."""
    return RoundReport(reach=Reach.WEAK, tally=tally, error=error, asked_s=error.wait_s)
