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


def _is_covered(packages: Sequence[TilePackage], place: Place) -> bool:
    """Return whether some map has the tile of a place at the first work zoom; quick."""
    return any(
        _reaches(package, place)
        and _shows(package, place, min(WORK_ZOOM, package.facts.max_zoom), around=(0,))
        for package in packages
    )


def _reaches(package: TilePackage, place: Place) -> bool:
    """Return whether a place is within a map that goes as deep as crews work."""
    facts = package.facts
    west, south, east, north = facts.bounds
    if not (west <= place.longitude <= east and south <= place.latitude <= north):
        return False
    return facts.max_zoom + _more(package) >= WORK_ZOOM


def _more(package: TilePackage) -> int:
    """Return how many levels beyond its last one a map is drawn sharply."""
    return VECTOR_MORE if package.facts.kind is TileKind.VECTOR else 0


def _depth_of(package: TilePackage, place: Place) -> int | None:
    """Return down to which zoom one map shows a place, every level from `WORK_ZOOM` on."""
    if not _reaches(package, place):
        return None
    deepest = package.facts.max_zoom
    depth = None
    for zoom in range(min(WORK_ZOOM, deepest), deepest + 1):
        if not _shows(package, place, zoom, around=AROUND):
            break
        depth = zoom + _more(package)
    return depth


def _shows(package: TilePackage, place: Place, zoom: int, *, around: Sequence[int]) -> bool:
    """Return whether a map's tile of a place is there and it and those around it are whole."""
    column, row = tile_at(place.latitude, place.longitude, zoom)
    is_there = False
    try:
        for x in around:
            for y in around:
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
            if ticket.place is not None and not _is_covered(packages, ticket.place)
        ]
    without = [place for place in without if not any(each.covers(place) for each in coming)]
    wanted: list[Basemap] = []
    for each in sorted(offered, key=lambda known: -known.max_zoom):
        shown = [place for place in without if each.covers(place)]
        if shown and each.max_zoom >= WORK_ZOOM - VECTOR_MORE:
            wanted.append(each)
            without = [place for place in without if place not in shown]
    return tuple(wanted)
