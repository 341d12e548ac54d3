"""Where the person was last, as this laptop keeps it."""

from typing import Final

import orjson

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.position import Position, PositionSource
from field_app.store import sync_state
from field_app.store.database import Database

TOLD: Final = "position_told"
"""Source, time and heading of the place that stands under `position`."""


def keep(db: Database, position: Position) -> None:
    """Keep a position instead of the one before."""
    told = {
        "source": position.source.value,
        "at": None if position.at is None else to_stamp(position.at),
        "heading_deg": position.heading_deg,
    }
    with db.atomic(is_durable=False):
        sync_state.keep_position(db, position.place)
        sync_state.put(db, TOLD, orjson.dumps(told).decode())


def last(db: Database) -> Position | None:
    """Return the kept position; None when there is none.

    What an earlier version kept was said by the person, nobody knows when.
    """
    place = sync_state.position(db)
    if place is None:
        return None
    told = orjson.loads(sync_state.get(db, TOLD) or "{}")
    return Position(
        place=place,
        source=PositionSource(told.get("source", PositionSource.SAID)),
        at=from_stamp(told["at"]) if told.get("at") else None,
        heading_deg=told.get("heading_deg"),
    )
