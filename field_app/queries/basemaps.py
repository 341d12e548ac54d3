"""The area maps: which the hub has, which are here, and what is on its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from field_app.domain.basemap import Basemap
from field_app.maps.incoming import Incoming
from field_app.photos.room import LOW_BYTES
from field_app.queries.desk import Desk
from field_app.store import map_wishes, pauses, sync_state
from field_app.store.map_wishes import MapWish


class MapStanding(StrEnum):
    """Where a map stands."""

    OFFERED = "offered"
    """The hub has it, and nobody here wants it."""
    COMING = "coming"
    HERE = "here"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMap:
    """One map of the list."""

    sha256: str
    basemap: Basemap | None
    """What the hub says of it; None when the hub does not hand it out, as one from a stick."""
    name: str
    """For people; may be empty."""
    max_zoom: int
    path: Path
    """Where its file is, or will be."""
    standing: MapStanding
    held_bytes: int
    failure: str = ""
    """Why it did not come at the last try, English name of the failure; empty when none failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMaps:
    """The list, and what decides about fetching."""

    maps: tuple[AreaMap, ...]
    """Those of the hub first, in its order."""
    free_bytes: int
    """Room on the disk that maps may use; the rest is kept for photos."""
    is_resting: bool
    """Whether nothing large is fetched because a person lets photos rest."""


def area_maps(desk: Desk) -> AreaMaps:
    """Return all area maps.

    Raises:
        StoreFailed: The database or the disk cannot be read.
    """
    from field_app.maps.shelf import Shelf  # noqa: PLC0415 - what reads maps; rounds do without

    wanted = map_wishes.wishes(desk.db)
    offered = offered_maps(desk)
    known = {each.sha256 for each in offered}
    rows = [_row(desk, each, wanted.get(each.sha256)) for each in offered]
    rows += [
        AreaMap(
            sha256=shelved.sha256,
            basemap=None,
            name=shelved.facts.name,
            max_zoom=shelved.facts.max_zoom,
            path=shelved.path,
            standing=MapStanding.HERE,
            held_bytes=shelved.facts.size_bytes,
        )
        for shelved in Shelf(desk.maps_folder).maps()
        if shelved.sha256 not in known
    ]
    return AreaMaps(
        maps=tuple(rows),
        free_bytes=max(0, desk.vault.free_bytes - LOW_BYTES),
        is_resting=pauses.read(desk.db).large_ones,
    )


def offered_maps(desk: Desk) -> tuple[Basemap, ...]:
    """Return the maps that the hub hands out and this program can keep, in the hub's order."""
    return tuple(each for each in sync_state.reference(desk.db).basemaps if each.is_sound)


def coming_maps(desk: Desk) -> Iterator[tuple[Basemap, MapWish]]:
    """Yield the maps that are wanted, that the hub has, and that are not here."""
    wanted = map_wishes.wishes(desk.db)
    if not wanted:
        return
    for each in offered_maps(desk):
        wish = wanted.get(each.sha256)
        if wish is not None and not Incoming(desk.maps_folder, each).is_here:
            yield each, wish


def _row(desk: Desk, basemap: Basemap, wish: MapWish | None) -> AreaMap:
    """Return one map of the hub's."""
    incoming = Incoming(desk.maps_folder, basemap)
    if incoming.is_here:
        standing = MapStanding.HERE
    else:
        standing = MapStanding.OFFERED if wish is None else MapStanding.COMING
    return AreaMap(
        sha256=basemap.sha256,
        basemap=basemap,
        name=basemap.name,
        max_zoom=basemap.max_zoom,
        path=incoming.path,
        standing=standing,
        held_bytes=min(incoming.held_bytes, basemap.size_bytes),
        failure="" if wish is None else wish.failure,
    )
