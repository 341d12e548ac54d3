"""Pins of a list's jobs, and the jobs that have no place on the map; made in the back room."""

from collections.abc import Sequence
from dataclasses import dataclass

from field_app.domain.astray import without_place
from field_app.domain.ids import TicketId
from field_app.maps.pins import Pin
from field_app.queries.tickets import TicketRow
from field_app.ui.shared.words import STATE_KEYS, category_icon


@dataclass(frozen=True, slots=True, kw_only=True)
class MapJobs:
    """The jobs of a list, as the map has them."""

    pins: Sequence[Pin] = ()
    placeless: Sequence[TicketRow] = ()
    """Jobs that are not on the map, in the list's order."""


class PinMaker:
    """Makes the pins of jobs; for one thread."""

    def __init__(self) -> None:
        self._made: dict[TicketId, tuple[TicketRow, Pin]] = {}

    def sort_out(self, rows: Sequence[TicketRow]) -> MapJobs:
        """Return pins, the same ones for jobs that are as they were, and jobs without a place."""
        lost = without_place((row.id, row.latitude, row.longitude) for row in rows)
        made = {row.id: self._made_of(row) for row in rows if row.id not in lost}
        self._made = made
        return MapJobs(
            pins=[pin for _row, pin in made.values()],
            placeless=[row for row in rows if row.id in lost] if lost else (),
        )

    def _made_of(self, row: TicketRow) -> tuple[TicketRow, Pin]:
        known = self._made.get(row.id)
        return known if known is not None and known[0] is row else (row, pin_of(row))


def pin_of(row: TicketRow) -> Pin:
    """Return the pin of a job that has a place."""
    return Pin(
        ticket_id=row.id,
        latitude=row.latitude or 0.0,
        longitude=row.longitude or 0.0,
        icon=category_icon(row.category),
        status=STATE_KEYS[row.state],
        is_overdue=row.is_overdue,
        title=row.title,
    )
