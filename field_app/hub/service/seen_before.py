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
from field_app.hub.service.tickets import find_ticket, put_ticket

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
        return _after_withdrawal(connection, ticket, work)
    if not isinstance(work, AddPhoto):
        return ticket
    mine = next((p for p in ticket.photos if p.id == work.photo_id), None)
    if mine is None or mine.seen_before is not None:
        return ticket
    earlier = next(_earlier(connection, ticket, mine, preview_of(work)), None)
    if earlier is None:
        return ticket
    told = replace(mine, seen_before=earlier)
    return replace(ticket, photos=tuple(told if p.id == mine.id else p for p in ticket.photos))


def _after_withdrawal(connection: Connection, ticket: Ticket, work: RemovePhoto) -> Ticket:
    """Return a ticket whose photos repeat nothing that was just withdrawn; others follow.

    A crew that finds out that a photo stands on the wrong job often adds it to the right one
    first. Of other tickets, those with the same file are told anew.
    """
    gone = next((p for p in ticket.photos if p.id == work.photo_id and p.is_withdrawn), None)
    if gone is None:
        return ticket
    same = select(tables.photo.c.ticket_id).where(
        tables.photo.c.sha256 == gone.sha256, tables.photo.c.ticket_id != ticket.id
    )
    for ticket_id in set(connection.execute(same.limit(SAME_FILES)).scalars()):
        other = find_ticket(connection, TicketId(ticket_id))
        changed = None if other is None else _told_anew(connection, other, gone)
        if changed is not None and changed != other:
            put_ticket(connection, changed, former_crew=changed.crew_id)
    return _told_anew(connection, ticket, gone)


def _told_anew(connection: Connection, ticket: Ticket, gone: Photo) -> Ticket:
    """Return a ticket whose photos that were said to repeat a withdrawn one are looked at again."""
    photos = []
    for photo in ticket.photos:
        told = photo
        if photo.seen_before is not None and photo.seen_before.photo_id == gone.id:
            named = select(tables.photo.c.preview).where(tables.photo.c.id == photo.id)
            preview = bytes(connection.execute(named).scalar_one_or_none() or b"")
            left = (
                seen
                for seen in _earlier(connection, ticket, photo, preview)
                if seen.photo_id != gone.id and not _is_later(seen, photo)
            )
            told = replace(photo, seen_before=next(left, None))
        photos.append(told)
    return replace(ticket, photos=tuple(photos))


def _is_later(seen: SeenBefore, photo: Photo) -> bool:
    """Return whether what a photo is said to repeat was added after it."""
    if seen.added_at is None or photo.added_at is None:
        return False
    return seen.added_at > photo.added_at


def _earlier(
    connection: Connection, ticket: Ticket, mine: Photo, preview: bytes
) -> Iterator[SeenBefore]:
    """Give the earlier photos that show the same picture, the most certain first."""
    for photo in ticket.photos:
        if photo.sha256 == mine.sha256 and must_differ(mine, photo):
            yield _word(ticket, photo, mine)
    yield from _word_of(connection, _same_files(connection, ticket, mine), mine)
    found = preview_print(preview)
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
