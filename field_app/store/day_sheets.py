"""The day's sheet: what the last preparation found, kept until the next one."""

from typing import Final

from field_app.domain.readiness import DaySheet
from field_app.protocol.codec import Malformed, dump, load_as
from field_app.store import sync_state
from field_app.store.database import Database

_KEY: Final = "day-sheet"


def keep(db: Database, sheet: DaySheet) -> None:
    """Keep a sheet instead of the one before."""
    with db.atomic():
        sync_state.put(db, _KEY, dump(sheet).decode())


def last(db: Database) -> DaySheet | None:
    """Return the last sheet; None before the first one, or when another version wrote it."""
    text = sync_state.get(db, _KEY)
    if text is None:
        return None
    try:
        return load_as(DaySheet, text)
    except Malformed:
        return None
