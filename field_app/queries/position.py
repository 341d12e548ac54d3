"""Where the person was last, and where their last photo was taken."""

from typing import Final

from field_app.domain.position import Position, PositionSource, is_somewhere
from field_app.domain.replay import visible
from field_app.queries.desk import Desk
from field_app.store import copies, outbox, photos, positions

LOOKED_AT: Final = 12
"""Own photos in which a place is looked for, newest first."""


def last_position(desk: Desk) -> Position | None:
    """Return the kept position; None when there is none.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return positions.last(desk.db)


def photo_position(desk: Desk) -> Position | None:
    """Return where the newest photo of this laptop that names a place was taken; None for none.

    Raises:
        StoreFailed: The database cannot be read.
    """
    for photo in photos.newest(desk.db, LOOKED_AT):
        position = _position_of(desk, photo)
        if position is not None:
            return position
    return None


def _position_of(desk: Desk, kept: photos.LocalPhoto) -> Position | None:
    """Return where and when a photo was taken, by its file."""
    copy = copies.server_copy(desk.db, kept.ticket_id)
    if copy is None:
        return None
    ticket = visible(copy, outbox.waiting_of(desk.db, kept.ticket_id), desk.person)
    for photo in ticket.photos:
        is_it = photo.id == kept.id and not photo.is_withdrawn
        if is_it and photo.place is not None and is_somewhere(photo.place):
            at = photo.taken_at or kept.added_at
            return Position(place=photo.place, source=PositionSource.PHOTO, at=at)
    return None
