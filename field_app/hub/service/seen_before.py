"""Seen before: whether a photo's picture is in the agency's history already.

It informs a supervisor and stops nothing. So that it does not cry wolf: what was withdrawn counts
nowhere, so a photo that was put onto the wrong job, withdrawn there and added here is no
repetition. On one job only a photo counts that must differ (`domain/repeats`), and only if nothing
in it is different: it is meant to show the same spot.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, select

from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.operation import AddPhoto, Operation, RemovePhoto
from field_app.domain.photo import Photo, SeenBefore
from field_app.domain.repeats import must_differ
from field_app.domain.ticket import Ticket
from field_app.hub import tables
from field_app.hub.service.fingerprints import preview_print, search
from field_app.hub.service.soundness import preview_of
from field_app.hub.service.tickets import find_ticket

SAME_FILES: Final = 16
"""Photos of other jobs with the same hash that are looked at; more of them say nothing new."""


def told_of_sameness(connection: Connection, ticket: Ticket, operation: Operation) -> Ticket:
    """Return a ticket that says of a new photo where its picture was before.

    Args:
        connection: In the transaction that applies the operation.
        ticket: As the operation made it.
        operation: What was applied.
    """
    work = operation.work
    if isinstance(work, RemovePhoto):
        return _without(ticket, work)
    if not isinstance(work, AddPhoto):
        return ticket
    mine = next((p for p in ticket.photos if p.id == work.photo_id), None)
    if mine is None or mine.seen_before is not None:
        return ticket
    earlier = next(_earlier(connection, ticket, mine, work), None)
    if earlier is None:
        return ticket
    told = replace(mine, seen_before=earlier)
    return replace(ticket, photos=tuple(told if p.id == mine.id else p for p in ticket.photos))


def _without(ticket: Ticket, work: RemovePhoto) -> Ticket:
    """Return a ticket whose photos are not said to repeat the one that was just withdrawn."""
    photos = tuple(
        replace(p, seen_before=None)
        if p.seen_before is not None and p.seen_before.photo_id == work.photo_id
        else p
        for p in ticket.photos
    )
    return replace(ticket, photos=photos)


def _earlier(
    connection: Connection, ticket: Ticket, mine: Photo, work: AddPhoto
) -> Iterator[SeenBefore]:
    """Give the earlier photos that show the same picture, the most certain first."""
    for photo in ticket.photos:
        if photo.sha256 == mine.sha256 and must_differ(mine, photo):
            yield _word(ticket, photo, mine)
    yield from _word_of(connection, _same_files(connection, ticket, mine), mine)
    found = preview_print(preview_of(work))
    if found is None:
        return
    here = {photo.id: photo for photo in ticket.photos}
    for each in search(connection, found):
        near = here.get(PhotoId(each.photo_id))
        if near is None:
            yield from _word_of(connection, [each.photo_id], mine)
        elif each.likeness.is_unchanged and must_differ(mine, near):
            yield _word(ticket, near, mine)


def _same_files(connection: Connection, ticket: Ticket, mine: Photo) -> list[str]:
    """Return the photos of other tickets whose originals are equal byte for byte."""
    photo = tables.photo
    same = select(photo.c.id).where(photo.c.sha256 == mine.sha256, photo.c.ticket_id != ticket.id)
    return list(connection.execute(same.limit(SAME_FILES)).scalars())


def _word_of(connection: Connection, ids: Iterable[str], mine: Photo) -> Iterator[SeenBefore]:
    """Give what is said of those photos of other tickets that were not withdrawn."""
    for photo_id in ids:
        named = select(tables.photo.c.ticket_id).where(tables.photo.c.id == photo_id)
        ticket_id = connection.execute(named).scalar_one_or_none()
        ticket = None if ticket_id is None else find_ticket(connection, TicketId(ticket_id))
        for photo in () if ticket is None else ticket.photos:
            if ticket is not None and photo.id == photo_id and not photo.is_withdrawn:
                yield _word(ticket, photo, mine)


def _word(ticket: Ticket, earlier: Photo, mine: Photo) -> SeenBefore:
    """Return what is said of an earlier photo."""
    return SeenBefore(
        ticket_id=ticket.id,
        photo_id=earlier.id,
        role=earlier.role,
        added_at=earlier.added_at,
        is_same_file=earlier.sha256 == mine.sha256,
    )
