"""The order of visits that a person chose for a day, as this laptop keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import orjson

from field_app.domain.ids import TicketId
from field_app.domain.route import RouteOrder
from field_app.store import sync_state
from field_app.store.database import Database

ROUTE: Final = "route"
"""Each person has a database of their own, and a day's order is of no use on the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRoute:
    """An order of visits."""

    order: RouteOrder
    """What it came from."""
    ticket_ids: tuple[TicketId, ...]
    """May name jobs that are done or gone meanwhile."""


def get(db: Database, day: date) -> KeptRoute | None:
    """Return the order of a day of the local calendar; None when none was kept for it."""
    kept = orjson.loads(sync_state.get(db, ROUTE) or "{}")
    if kept.get("day") != day.isoformat():
        return None
    ids = tuple(TicketId(name) for name in kept["ticket_ids"])
    return KeptRoute(order=RouteOrder(kept["order"]), ticket_ids=ids)


def keep(db: Database, day: date, order: RouteOrder, ticket_ids: Sequence[TicketId]) -> None:
    """Keep the order of a day instead of the one before."""
    kept = {"day": day.isoformat(), "order": order.value, "ticket_ids": list(ticket_ids)}
    with db.atomic(is_durable=False):
        sync_state.put(db, ROUTE, orjson.dumps(kept).decode())


def forget(db: Database) -> None:
    """Keep no order any more."""
    with db.atomic(is_durable=False):
        sync_state.forget(db, ROUTE)
