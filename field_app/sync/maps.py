"""Area maps down: last of all, over a line of their own, and whatever else waits goes first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

from field_app.domain.basemap import Basemap
from field_app.domain.basemap_errors import MapArrivedDamaged, MapWaitsForRoom
from field_app.domain.changes import Changes
from field_app.domain.errors import DiskFull, FieldAppError, HubBusy, HubRefused, Unreachable
from field_app.hub_client.hub import Hub
from field_app.maps.incoming import Incoming, tidy
from field_app.photos.errors import folder_errors
from field_app.photos.room import LOW_BYTES
from field_app.queries.basemaps import coming_maps
from field_app.store import map_wishes, pauses, turns, uploads
from field_app.store.map_wishes import MapWish
from field_app.store.turns import LONGEST_WAIT
from field_app.sync.pictures import Hold
from field_app.sync.site import Site, Tally
from field_app.sync.timing import beat_s, is_past, next_try

BUDGET: Final = timedelta(seconds=60)
"""Of one round; the next one goes on at once, after it has looked at everything else."""


class _GivesWay(Exception):
    """Something else is to go first, or nobody wants the map any more."""

    def __init__(self, *, comes_again: bool) -> None:
        super().__init__("another turn")
        self.comes_again = comes_again
        """Whether another round at once goes on with it."""


def fetch_maps(site: Site, tally: Tally, between: Callable[[], None]) -> None:
    """Fetch the maps that a person wants; what came stays, whatever happens.

    None comes while a person lets everything or full photos rest, as on a network by volume.

    Args:
        site: Where.
        tally: Counts.
        between: Is called again and again meanwhile: what is smaller goes first.

    Raises:
        Unreachable: The network is gone.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait.
        StoreFailed: This laptop's database.
    """
    coming = tuple(coming_maps(site.desk))
    with folder_errors():
        tidy(site.desk.maps_folder, frozenset(basemap.file_name for basemap, _ in coming))
    turn = _Turn(site, between)
    for basemap, wish in coming:
        at = wish.not_before
        if at is not None and not is_past(site.now(), at, LONGEST_WAIT.total_seconds()):
            continue
        if pauses.read(site.desk.db).large_ones:
            return
        try:
            _fetch(site, basemap, turn)
        except _GivesWay as reason:
            tally.has_more |= reason.comes_again
            return
        except (HubRefused, DiskFull, MapArrivedDamaged) as error:
            tally.trouble = error
            _postpone(site, wish, error)
            continue
        except (HubBusy, Unreachable):
            site.tell(Changes(maps=True))
            raise
        with site.desk.db.atomic():
            map_wishes.take_back(site.desk.db, basemap.sha256)
        tally.maps += 1
        site.tell(Changes(maps=True))


def _fetch(site: Site, basemap: Basemap, turn: "_Turn") -> None:
    """Fetch one map, or the rest of it."""
    incoming = Incoming(site.desk.maps_folder, basemap)
    left = basemap.size_bytes - incoming.held_bytes
    if site.desk.vault.free_bytes - left < LOW_BYTES:
        raise MapWaitsForRoom(f"the map has {left} bytes to come")
    is_first = basemap.sha256 not in site.begun_maps
    site.begun_maps.add(basemap.sha256)

    def load(hub: Hub, hold: Hold) -> None:
        with folder_errors():
            _load(hub, incoming, basemap, hold, is_first=is_first)

    site.pictures.bring(load, lambda: turn.meanwhile(basemap, incoming))


def _load(hub: Hub, incoming: Incoming, basemap: Basemap, hold: Hold, *, is_first: bool) -> None:
    """Fetch what is missing and check the whole; in whichever thread does that."""
    with _held_open(incoming, hold, is_first=is_first) as (held, take):
        if held < basemap.size_bytes:
            hub.basemap(basemap.sha256, held, take)
    if incoming.held_bytes < basemap.size_bytes:
        raise Unreachable("the map ended early")

    def pulse() -> None:
        with hold():
            pass

    incoming.finish(pulse)


@contextmanager
def _held_open(
    incoming: Incoming, hold: Hold, *, is_first: bool
) -> Iterator[tuple[int, Callable[[int, bytes], None]]]:
    """Lend how much of a map is here, and what writes more of it."""
    with incoming.opened(is_first=is_first) as file:

        def take(at: int, data: bytes) -> None:
            with hold():
                incoming.take(file, at, data)

        yield file.tell(), take


class _Turn:
    """What happens in the thread that decides while maps come, in one round."""

    def __init__(self, site: Site, between: Callable[[], None]) -> None:
        self._site = site
        self._between = between
        self._until = site.now() + BUDGET

    def meanwhile(self, basemap: Basemap, incoming: Incoming) -> float:
        """Let go what is smaller, and return when to be called again.

        Raises:
            _GivesWay: Something else is to go first, or nobody wants the map any more.
            MapWaitsForRoom: The disk filled up meanwhile.
        """
        site, db = self._site, self._site.desk.db
        site.check()
        self._between()
        site.tell_map(basemap.sha256, incoming.held_bytes)
        if basemap.sha256 not in map_wishes.wishes(db):
            raise _GivesWay(comes_again=False)
        if pauses.read(db).large_ones:
            raise _GivesWay(comes_again=False)
        if site.desk.vault.free_bytes < LOW_BYTES:
            raise MapWaitsForRoom("the disk filled up meanwhile")
        if site.now() > self._until or uploads.next_uploads(db, site.now(), 1):
            raise _GivesWay(comes_again=True)
        now = site.now()
        return beat_s(now, turns.of_operations(db, now))


def _postpone(site: Site, wish: MapWish, error: FieldAppError) -> None:
    """Let a map wait for another try."""
    attempts = wish.attempts + 1
    not_before = next_try(site.now(), attempts, site.chance(), error.wait_s)
    failed = replace(wish, failure=type(error).__name__, attempts=attempts, not_before=not_before)
    map_wishes.postpone(site.desk.db, failed)
    site.tell(Changes(maps=True))
