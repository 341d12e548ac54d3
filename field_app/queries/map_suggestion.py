"""Which area map a person is to be told of; light, because every start of the window asks."""

from pathlib import Path

from field_app.domain.basemap import Basemap
from field_app.queries.desk import Desk
from field_app.store import sync_state


def maps_to_suggest(desk: Desk, bundled: Path | None, told: frozenset[str]) -> tuple[Basemap, ...]:
    """Return maps of the hub that the day needs and that nobody was told of; quick when none is.

    Args:
        desk: The desk.
        bundled: The map that came along; None for none.
        told: The hashes of maps that a person was told of.

    Raises:
        StoreFailed: The database cannot be read.
    """
    offered = sync_state.reference(desk.db).basemaps
    if all(each.sha256 in told for each in offered):
        return ()
    from field_app.queries.readiness import to_fetch  # noqa: PLC0415 - loads what opens photos

    return tuple(each for each in to_fetch(desk, bundled).maps if each.sha256 not in told)
