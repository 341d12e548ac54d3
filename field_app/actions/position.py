"""Where the person is, as far as they said."""

from field_app.domain.changes import Changes
from field_app.domain.place import Place
from field_app.queries.desk import Desk
from field_app.store import sync_state


def keep_position(desk: Desk, place: Place) -> Changes:
    """Keep where the laptop is; lists show distances from there.

    Raises:
        StoreFailed: It could not be written.
    """
    sync_state.keep_position(desk.db, place)
    return Changes(everything=True)
