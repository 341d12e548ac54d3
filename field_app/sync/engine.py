"""One round: operations up, changes down, photos up, pictures down. Synchronous, no sleeping."""

from field_app.domain.errors import (
    FieldAppError,
    HubBusy,
    HubRefused,
    NewerVersionNeeded,
    SignedOut,
    Unreachable,
)
from field_app.store import sync_state
from field_app.sync.prefetch import prefetch
from field_app.sync.pull import build_index, pull
from field_app.sync.push import push
from field_app.sync.site import Interrupted, RoundReport, Site, Tally
from field_app.sync.status import Reach
from field_app.sync.uploads import upload_all

__all__ = ["Interrupted", "RoundReport", "Site", "Tally", "run_round"]


def run_round(site: Site) -> RoundReport:
    """Run one round as far as network and hub let it; a later round goes on from there.

    Raises:
        StoreFailed: This laptop's disk; nothing that was confirmed is lost.
        Interrupted: The program closes.
    """
    tally = Tally()
    try:
        _steps(site, tally)
    except SignedOut as error:
        return RoundReport(reach=Reach.SIGNED_OUT, tally=tally, error=error)
    except Unreachable as error:
        return RoundReport(reach=_reach_after(tally), tally=tally, error=error)
    except (HubBusy, HubRefused, NewerVersionNeeded) as error:
        return _weak(tally, error)
    return RoundReport(reach=Reach.ONLINE, tally=tally, error=tally.trouble)


def _steps(site: Site, tally: Tally) -> None:
    """Do the steps in their order: what is small and awaited by others goes first."""
    if site.is_probe:
        site.hub.uploads()
    push(site, tally)
    pull(site, tally)
    offset_ms = tally.clock_offset_ms
    known_ms = sync_state.clock_offset_ms(site.desk.db)
    sync_state.note_success(site.desk.db, site.now(), known_ms if offset_ms is None else offset_ms)
    build_index(site)
    upload_all(site, tally, between=lambda: push(site, tally))
    prefetch(site, tally)


def _reach_after(tally: Tally) -> Reach:
    """Return WEAK when something came through before the line broke."""
    moved = tally.delivered + tally.pulled + tally.sent_bytes + tally.fetched
    return Reach.WEAK if moved else Reach.OFFLINE


def _weak(tally: Tally, error: FieldAppError) -> RoundReport:
    """Return the report of a hub that answers and does not do what it is asked."""
    return RoundReport(reach=Reach.WEAK, tally=tally, error=error, asked_s=error.wait_s)
