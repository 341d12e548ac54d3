"""Photos down: what the tickets at hand show, nearest deadline first, while there is a budget."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from field_app.domain.changes import Changes
from field_app.domain.errors import HubRefused
from field_app.hub_client.hub import PhotoSize
from field_app.photos.room import LOW_BYTES
from field_app.photos.vault import Size, hash_of
from field_app.store import pauses, photos, turns
from field_app.store.photos import WantedPhoto
from field_app.sync.pictures import Meanwhile
from field_app.sync.site import Site, Tally
from field_app.sync.timing import beat_s

BUDGET_BYTES: Final = 16 * 1024 * 1024
"""Of one round."""
BUDGET_TIME: Final = timedelta(seconds=10)
"""Of one round, so that this laptop's own photos need not wait behind pictures."""
TICKETS: Final = 400
ASK_AGAIN_AFTER: Final = timedelta(minutes=5)
SIZES: Final = (Size.THUMB, Size.SCREEN)
"""All small ones before the first large one."""
Wanted = tuple[WantedPhoto, Size]
"""A picture that is worth having."""
NAMES: Final[Mapping[Size, PhotoSize]] = {Size.THUMB: "thumb", Size.SCREEN: "screen"}


def prefetch(site: Site, tally: Tally, between: Callable[[], None]) -> None:
    """Fetch pictures that this laptop does not have yet; while photos rest, small ones only.

    Args:
        site: Where.
        tally: Counts.
        between: Is called before and during each picture: what is smaller goes first.

    Raises:
        Unreachable: The network is gone; what came is kept.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait.
        StoreFailed: This laptop's disk.
    """

    def meanwhile() -> float:
        site.check()
        between()
        now = site.now()
        return beat_s(now, turns.of_operations(site.desk.db, now))

    until = site.now() + BUDGET_TIME
    left = BUDGET_BYTES
    unsettled = _unsettled(site)
    wanted = next(unsettled, None)
    while wanted is not None:
        if site.desk.vault.free_bytes < LOW_BYTES:
            return  # what room there is, is for this laptop's own photos
        if left <= 0 or site.now() > until:
            tally.has_more = True
            return
        following = next(unsettled, None)
        left -= _fetch(site, tally, (wanted, following), meanwhile)
        wanted = following
        if wanted is not None and _is_settled(site, *wanted):  # it came with another one
            wanted = next(unsettled, None)


def _unsettled(site: Site) -> Iterator[Wanted]:
    """Yield what is to be fetched, as it stands when it is asked for: all small ones first."""
    wanted = photos.wanted_copies(site.desk.db, TICKETS)
    for size in _sizes(pauses.read(site.desk.db)):
        for photo in wanted:
            if not _is_settled(site, photo, size):
                yield photo, size


def _sizes(rests: pauses.Pauses) -> tuple[Size, ...]:
    """Return the sizes that may be fetched on a network on which a person lets things rest."""
    if rests.everything:
        return ()
    return (Size.THUMB,) if rests.photos and not rests.by_policy else SIZES


def _is_settled(site: Site, photo: WantedPhoto, size: Size) -> bool:
    """Return whether there is nothing to fetch now."""
    if site.desk.vault.copy_path(photo.sha256, size) is not None:
        return True
    if size is Size.SCREEN and not photo.has_more:
        return True  # the hub says so as soon as it has it
    asked_at = site.misses.get((photo.id, size))
    return asked_at is not None and abs(site.now() - asked_at) < ASK_AGAIN_AFTER


def _fetch(
    site: Site, tally: Tally, wanted: tuple[Wanted, Wanted | None], meanwhile: Meanwhile
) -> int:
    """Fetch the first of two pictures and return its bytes; 0 when the hub has none."""
    (photo, size), following = wanted
    then = None
    if following is not None and following[0].id != photo.id:  # else it may come with the first
        then = (following[0].id, NAMES[following[1]])
    try:
        data = site.pictures.fetch((photo.id, NAMES[size]), meanwhile, then)
    except HubRefused as error:
        tally.trouble = error
        data = None
    if not data:
        site.misses[photo.id, size] = site.now()
        return 0
    site.desk.vault.keep_copy(photo.sha256, size, data)
    if size is Size.THUMB and hash_of(data) == photo.sha256:
        site.desk.vault.keep_copy(photo.sha256, Size.SCREEN, data)  # the whole, so it comes once
    tally.fetched += 1
    site.tell(Changes(tickets=frozenset({photo.ticket_id}), photos=frozenset({photo.id})))
    return len(data)
