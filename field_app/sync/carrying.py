"""Colleagues' rescue packs to the hub: last of all, and what is small goes in between."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from field_app.domain.changes import Changes
from field_app.domain.errors import (
    FieldAppError,
    FileUnreadable,
    HubBusy,
    HubRefused,
    TooLarge,
)
from field_app.packs.carrying import place_of
from field_app.queries.desk import honest_now
from field_app.queries.packs import Carried
from field_app.queries.packs import carried as carried_by
from field_app.store import carried, pauses
from field_app.store.turns import LONGEST_WAIT
from field_app.sync.site import Site, Tally, note_answer
from field_app.sync.timing import is_past, next_try

BETWEEN_BYTES: Final = 256 * 1024
"""Bytes of a pack after which something small may go first."""


class _Rests(Exception):
    """A person lets full photos rest, and a pack is made of them."""


def hand_in_packs(site: Site, tally: Tally, between: Callable[[], None]) -> None:
    """Hand in every pack that waits; a copy goes only after the hub's receipt is written down.

    None goes while a person lets everything or full photos rest; one that is under way breaks off.

    Args:
        site: Where.
        tally: Counts.
        between: Is called now and then: what is smaller goes first.

    Raises:
        Unreachable: The network is gone; the pack waits.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait, or is in trouble; the pack goes again later, on its own time.
        StoreFailed: This laptop's disk.
    """
    with suppress(_Rests):
        _hand_in_each(site, tally, between)


def _hand_in_each(site: Site, tally: Tally, between: Callable[[], None]) -> None:
    """Hand in one pack after the other; raises _Rests when that must end."""
    for pack in carried_by(site.desk):
        path = place_of(site.desk.carried_folder, pack.sha256)
        if pack.receipt is not None:
            _remove(path)  # a crash came between the receipt and this
        if not _may_go(site, pack):
            continue
        _check_rest(site)
        try:
            receipt = site.hub.hand_in_pack(path, pack.sha256, _ear(site, between))
        except (HubRefused, TooLarge, FileUnreadable) as error:
            tally.trouble = error
            carried.note_refused(
                site.desk.db, pack.sha256, type(error).__name__, honest_now(site.desk)
            )
            site.tell(Changes(everything=True))
            continue
        except HubBusy as error:
            _postpone(site, pack, error)
            raise
        carried.note_taken(site.desk.db, receipt, honest_now(site.desk))
        _remove(path)
        note_answer(site, tally)
        site.tell(Changes(everything=True))


def _may_go(site: Site, pack: Carried) -> bool:
    """Return whether a pack waits, and not for a later time."""
    at = pack.not_before
    return pack.waits and (at is None or is_past(site.now(), at, LONGEST_WAIT.total_seconds()))


def _postpone(site: Site, pack: Carried, error: FieldAppError) -> None:
    """Let a pack wait: it goes whole each time, too much for every round."""
    attempts = pack.attempts + 1
    not_before = next_try(site.now(), attempts, site.chance(), error.wait_s)
    carried.postpone(site.desk.db, pack.sha256, attempts, not_before)
    site.tell(Changes(everything=True))


def _remove(path: Path) -> None:
    """Remove a copy that the hub has; while something else reads it, a later round does."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _ear(site: Site, between: Callable[[], None]) -> Callable[[int], None]:
    """Return what hears how far a pack is."""
    heard = 0

    def hear(sent_bytes: int) -> None:
        nonlocal heard
        site.check()
        if sent_bytes - heard >= BETWEEN_BYTES:
            heard = sent_bytes
            between()
            _check_rest(site)

    return hear


def _check_rest(site: Site) -> None:
    """Raise _Rests while a person lets rest what a pack is made of."""
    if pauses.read(site.desk.db).large_ones:
        raise _Rests
