"""Small answers about what this laptop holds: categories, crews and the agency."""

from field_app.protocol.messages import Reference
from field_app.queries.desk import Desk
from field_app.queries.snapshot import snapshot
from field_app.store import sync_state


def categories(desk: Desk) -> tuple[str, ...]:
    """Return the categories to filter by: the agency's in its order, then others that tickets have.

    Raises:
        StoreFailed: The database cannot be read.
    """
    known = sync_state.reference(desk.db).categories
    return (*known, *(name for name in snapshot(desk).categories() if name not in known))


def reference(desk: Desk) -> Reference:
    """Return what the hub told of the agency; empty before the first sync.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return sync_state.reference(desk.db)
