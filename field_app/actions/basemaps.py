"""What a person decides about area maps: to have one, to stop, to remove one."""

from dataclasses import dataclass
from pathlib import Path

from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.errors import Refused
from field_app.maps.incoming import Incoming
from field_app.maps.shelf import Progress, Shelf, ShelvedMap
from field_app.maps.tiles import Bounds
from field_app.photos.errors import folder_errors
from field_app.queries.basemaps import offered_maps
from field_app.queries.desk import Desk
from field_app.store import map_wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A map that came from a file."""

    shelved: ShelvedMap
    changes: Changes


def want(desk: Desk, sha256: str) -> Changes:
    """Let a map of the hub come; it comes after operations and photos.

    Raises:
        Refused: The hub hands out no such map.
        StoreFailed: It cannot be written down.
    """
    basemap = _offered(desk, sha256)
    with desk.db.atomic():
        map_wishes.put(desk.db, basemap.sha256)
    return Changes(maps=True)


def stop(desk: Desk, sha256: str) -> Changes:
    """Fetch a map no further, and throw away what came of it.

    Raises:
        StoreFailed: It cannot be written down, or what came cannot be removed.
    """
    with desk.db.atomic():
        map_wishes.take_back(desk.db, sha256)
    for each in offered_maps(desk):
        if each.sha256 == sha256:
            with folder_errors():
                Incoming(desk.maps_folder, each).forget()
    return Changes(maps=True)


def bring(desk: Desk, source: Path, progress: Progress, area: Bounds | None) -> Brought:
    """Copy a map file, as from a stick, to where everybody who uses this computer has it.

    Args:
        desk: Where the maps are.
        source: The file; it stays as it is.
        progress: Is told after each block; see `maps.shelf.Progress`.
        area: Where the tickets lie, degrees; None when that is not known.

    Raises:
        MapUnreadable: It is no sound map, could not be copied, or a person stopped it.
        NoRoomForMap: It would use the room that work needs.
    """
    shelved = Shelf(desk.maps_folder).add(source, progress, area)
    return Brought(shelved=shelved, changes=Changes(maps=True))


def remove(desk: Desk, sha256: str) -> Changes:
    """Remove a map from this computer, for everybody who uses it; the hub's stays.

    Raises:
        MapUnreadable: It cannot be removed, as while another program reads it.
        StoreFailed: It cannot be written down.
    """
    with desk.db.atomic():
        map_wishes.take_back(desk.db, sha256)
    Shelf(desk.maps_folder).remove(sha256)
    return Changes(maps=True)


def _offered(desk: Desk, sha256: str) -> Basemap:
    """Return a map that the hub hands out."""
    for each in offered_maps(desk):
        if each.sha256 == sha256:
            return each
    raise Refused(f"the hub hands out no map {sha256[:12]}")
