"""Pins: days on which people find problems elsewhere than the citizen's point says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from field_app.domain.ids import OperationId
from field_app.domain.operation import MovePlace, Operation
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from tests.helpers.fakes import PowerCut
from tests.storm.cases import MANY
from tests.storm.chance import Chance
from tests.storm.lost import demand

if TYPE_CHECKING:
    from tests.storm.world import World

PART: Final = 0.25
"""Part of the histories in which pins are moved."""
OWN_STREAM: Final = 53
"""As `cases.OWN_STREAM`, of a fourth stream of chance: other days are as they were, and among them
all of `test_seeds`."""
BESIDE: Final = 0.3
"""How often a pin is moved after a step."""
CITIZENS: Final = Place(latitude=13.75, longitude=100.5)
"""What citizens say; see `template.a_job`."""
SPREAD: Final = 9
"""Steps of about 11 m to each side; the citizen's point itself is one of the places."""


class Pins:
    """Whether a day has moved pins, and a stream of chance for them."""

    def __init__(self, seed: int) -> None:
        """Draw whether it has."""
        self.chance = Chance(seed * MANY + OWN_STREAM)
        self.has_moves = self.chance.happens(PART)

    def goes_on(self, world: "World") -> None:
        """Let somebody move a pin now and then."""
        if not self.has_moves or not self.chance.happens(BESIDE):
            return
        laptop = self.chance.one_of(world.laptops)
        account = world.somebody_at(laptop)
        if account is None:
            return
        north, east = (self.chance.between(-SPREAD, SPREAD) / 10_000 for _ in range(2))
        place = Place(latitude=CITIZENS.latitude + north, longitude=CITIZENS.longitude + east)
        try:
            world.people.moves_pin(account, place)
        except PowerCut:
            world.breaks_off(laptop, "while a pin is moved")


def check_ticket(
    ticket: Ticket, mine: Mapping[OperationId, Any], operations: Mapping[OperationId, Operation]
) -> None:
    """Check that the move the hub heard last counts, and that every point can still be read."""
    demand(ticket.reported_place == CITIZENS, f"{ticket.id}: the citizen's point is gone")
    expected, newest = CITIZENS, -1
    for operation_id, row in mine.items():
        work = operations[operation_id].work
        if not isinstance(work, MovePlace):
            continue
        told = [e.text for e in ticket.timeline if e.operation_id == operation_id]
        words = f"{work.place.latitude:.6f}, {work.place.longitude:.6f}"
        demand(told == [words], f"{ticket.id}: the point of {operation_id} is not readable")
        if row.outcome == "applied" and row.revision > newest:
            expected, newest = work.place, row.revision
    demand(ticket.place == expected, f"{ticket.id}: its pin is not where it was moved last")
    is_moved = ticket.moved_pin is not None
    demand(is_moved == (expected != CITIZENS), f"{ticket.id}: moved or not, it says otherwise")
