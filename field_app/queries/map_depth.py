"""Which map shows a place, and down to which zoom: by opening the tiles a crew will look at."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from field_app.domain.basemap import Basemap
from field_app.domain.errors import MapUnreadable
from field_app.domain.place import Place
from field_app.domain.readiness import WORK_ZOOM
from field_app.domain.ticket import Ticket
from field_app.maps.packages import open_package
from field_app.maps.shelf import Shelf
from field_app.maps.squares import tile_at
from field_app.maps.tile_data import is_whole
from field_app.maps.tiles import TileKind, TilePackage
from field_app.queries.basemaps import offered_maps
from field_app.queries.desk import Desk

AROUND: Final = (-1, 0, 1)
"""Tiles to each side of a ticket's own that are opened."""
VECTOR_MORE: Final = 4
"""Levels beyond its last one at which a vector package is still drawn sharply."""


def packages_here(desk: Desk, bundled: Path | None, stack: ExitStack) -> Iterator[TilePackage]:
    """Yield every map that is here, open until the stack ends; what cannot be read is no map."""
    shelved = Shelf(desk.maps_folder).paths()
    for path in (*shelved, *([] if bundled is None else [bundled])):
        try:
            yield stack.enter_context(open_package(path))
        except MapUnreadable:
            continue


def depth_at(packages: Sequence[TilePackage], place: Place | None) -> int | None:
    """Return down to which zoom some map shows a place; None without one, or when none does."""
    if place is None:
        return None
    depths = [_depth_of(package, place) for package in packages]
    return max((depth for depth in depths if depth is not None), default=None)


def _depth_of(package: TilePackage, place: Place) -> int | None:
    """Return down to which zoom one map shows a place, every level from `WORK_ZOOM` on."""
    facts = package.facts
    west, south, east, north = facts.bounds
    if not (west <= place.longitude <= east and south <= place.latitude <= north):
        return None
    is_vector = facts.kind is TileKind.VECTOR
    more = VECTOR_MORE if is_vector else 0
    if facts.max_zoom + more < WORK_ZOOM:
        return None
    depth = None
    for zoom in range(min(WORK_ZOOM, facts.max_zoom), facts.max_zoom + 1):
        if not _shows(package, place, zoom):
            break
        depth = zoom + more
    return depth


def _shows(package: TilePackage, place: Place, zoom: int) -> bool:
    """Return whether a map's tile of a place is there and it and those around it are whole."""
    column, row = tile_at(place.latitude, place.longitude, zoom)
    is_there = False
    try:
        for x in AROUND:
            for y in AROUND:
                tile = package.tile(zoom, column + x, row + y)
                if tile is not None and not is_whole(tile, package.facts.media_type):
                    return False
                is_there |= tile is not None and x == y == 0
    except MapUnreadable:
        return False
    return is_there


def maps_to_want(
    desk: Desk, tickets: Sequence[Ticket], coming: Sequence[Basemap], bundled: Path | None
) -> tuple[Basemap, ...]:
    """Return maps of the hub that show tickets which nothing here shows, the fewest that do."""
    offered = offered_maps(desk)
    if not offered:
        return ()
    with ExitStack() as stack:
        packages = tuple(packages_here(desk, bundled, stack))
        without = [
            ticket.place
            for ticket in tickets
            if ticket.place is not None and depth_at(packages, ticket.place) is None
        ]
    without = [place for place in without if not any(each.covers(place) for each in coming)]
    wanted: list[Basemap] = []
    for each in sorted(offered, key=lambda known: -known.max_zoom):
        shown = [place for place in without if each.covers(place)]
        if shown and each.max_zoom >= WORK_ZOOM - VECTOR_MORE:
            wanted.append(each)
            without = [place for place in without if place not in shown]
    return tuple(wanted)
