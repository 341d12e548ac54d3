"""What a person does with the route of the day: sort it anew, move jobs in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.domain.route import RouteOrder
from field_app.queries.desk import Desk, honest_now
from field_app.queries.route import day_of, sorted_anew
from field_app.store import routes
from field_app.store.routes import KeptRoute
from field_app.texts.dates import local


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteKept:
    """Another order is kept."""

    before: KeptRoute | None
    """The order before, for whoever takes it back; None when there was none for today."""
    changes: Changes = field(default_factory=Changes)
    """Of jobs nothing changed."""


def sort_anew(desk: Desk, order: RouteOrder) -> RouteKept:
    """Sort today's jobs by deadline or by the shortest way, and keep that.

    Raises:
        StoreFailed: It could not be written.
    """
    route = sorted_anew(day_of(desk), order)
    return keep_order(desk, order, [stop.ticket_id for stop in route])


def keep_order(desk: Desk, order: RouteOrder, ticket_ids: Sequence[TicketId]) -> RouteKept:
    """Keep an order of today's jobs.

    Raises:
        StoreFailed: It could not be written.
    """
    day = local(honest_now(desk)).date()
    before = routes.get(desk.db, day)
    routes.keep(desk.db, day, order, ticket_ids)
    return RouteKept(before=before)


def take_back(desk: Desk, before: KeptRoute | None) -> RouteKept:
    """Keep the order again that was there before.

    Raises:
        StoreFailed: It could not be written.
    """
    if before is not None:
        return keep_order(desk, before.order, before.ticket_ids)
    day = local(honest_now(desk)).date()
    now = routes.get(desk.db, day)
    routes.forget(desk.db)
    return RouteKept(before=now)
