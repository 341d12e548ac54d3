"""Where the person is, as far as they said or something measured."""

from field_app.domain.changes import Changes
from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.queries.desk import Desk, honest_now
from field_app.store import positions


def keep_position(desk: Desk, place: Place) -> Changes:
    """Keep where the person says they are; lists show distances from there.

    Raises:
        StoreFailed: It could not be written.
    """
    said = Position(place=place, source=PositionSource.SAID, at=honest_now(desk))
    return keep_measured(desk, said)


def keep_measured(desk: Desk, position: Position) -> Changes:
    """Keep where something measured that the person is, or where their photo was taken.

    Raises:
        StoreFailed: It could not be written.
    """
    positions.keep(desk.db, position)
    return Changes(everything=True)
