"""What a person decides about area maps: to have one, to stop, to remove one."""

from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.errors import Refused
from field_app.maps.incoming import Incoming
from field_app.maps.shelf import Shelf
from field_app.photos.errors import folder_errors
from field_app.queries.basemaps import offered_maps
from field_app.queries.desk import Desk
from field_app.store import map_wishes


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
