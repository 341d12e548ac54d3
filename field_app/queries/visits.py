"""One visit: which open jobs could be done on the same way as another."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.position import is_somewhere
from field_app.domain.visits import POLE, STEP_DEG, Bond, Neighbourhood, Spot
from field_app.queries.desk import Desk
from field_app.queries.snapshot import snapshot
from field_app.queries.ticket_rows import SortBy, TicketRow
from field_app.store.fingerprints import tickets_alike

NAME = "tickets_alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionRow:
    """A job that could be done on a visit to another."""

    row: TicketRow
    bond: Bond
    distance_m: float | None
    """Between the two jobs; None when one of them has no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """What could be done on a visit to one job."""

    ticket_id: TicketId
    rows: tuple[CompanionRow, ...]
    """The nearest first; may be empty."""


def companions(desk: Desk, ticket_id: TicketId) -> Companions:
    """Return what could be done on a visit to a job that waits for a crew.

    Raises:
        StoreFailed: The database cannot be read.
    """
    rows = _rows_for_crews(desk)
    here = rows.get(ticket_id)
    if here is None:
        return Companions(ticket_id=ticket_id, rows=())
    alike = _alike(desk)
    named = {pair[1 - end] for pair in alike for end in (0, 1) if pair[end] == ticket_id}
    near = [row for row in rows.values() if _may_be_near(here, row) or row.id in named]
    found = Neighbourhood(_spots((here, *near)), alike).companions(ticket_id)
    return Companions(
        ticket_id=ticket_id,
        rows=tuple(
            CompanionRow(row=rows[c.ticket_id], bond=c.bond, distance_m=c.distance_m) for c in found
        ),
    )


def visits_of(desk: Desk, ticket_ids: Iterable[TicketId]) -> tuple[tuple[TicketId, ...], ...]:
    """Return jobs by visits, each job once, in the order in which they are named.

    Of a visit of several jobs the first leads. Jobs that wait for no crew are left out.

    Raises:
        StoreFailed: The database cannot be read.
    """
    rows = _rows_for_crews(desk)
    wanted = [rows[name] for name in ticket_ids if name in rows]
    return Neighbourhood(_spots(wanted), _alike(desk)).visits()


def _rows_for_crews(desk: Desk) -> dict[TicketId, TicketRow]:
    """Return all jobs that wait for a crew."""
    lines = snapshot(desk).lines(SortBy.DEADLINE)
    return {row.id: row for listed, row in lines if listed.is_for_crew}


def _alike(desk: Desk) -> frozenset[tuple[TicketId, TicketId]]:
    """Return pairs of jobs with photos of one picture; read anew when the database changed."""
    return desk.db.remembered(NAME, lambda _before: tickets_alike(desk.db))


def _may_be_near(here: TicketRow, row: TicketRow) -> bool:
    """Return whether two jobs are not surely farther apart than any visit reaches."""
    if None in (here.latitude, here.longitude, row.latitude, row.longitude):
        return False
    north = abs((here.latitude or 0.0) - (row.latitude or 0.0))
    east = abs((here.longitude or 0.0) - (row.longitude or 0.0))
    width = max(cos(radians(here.latitude or 0.0)), POLE)
    return north <= STEP_DEG and east * width <= 2 * STEP_DEG


def _spots(rows: Iterable[TicketRow]) -> list[Spot]:
    """Return jobs as spots; a place that can be none counts as none."""
    return [Spot(ticket_id=row.id, place=_place(row), category=row.category) for row in rows]


def _place(row: TicketRow) -> Place | None:
    """Return a job's place, or None."""
    if row.latitude is None or row.longitude is None:
        return None
    place = Place(latitude=row.latitude, longitude=row.longitude)
    return place if is_somewhere(place) else None
