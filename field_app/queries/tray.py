"""New photos and today's jobs: what is new, and which job each photo may belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.ids import TicketId
from field_app.domain.lifecycle import may_do
from field_app.domain.matching import Match, Site, matches, rounds_of
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.photos.plugged import PictureFile
from field_app.photos.shots import Shot
from field_app.queries.desk import Desk
from field_app.queries.tickets import Scope, TicketFilter, TicketRow, list_tickets
from field_app.store import shots, tickets
from field_app.store.shots import Known

__all__ = ["Known", "NewPhoto", "PhotoGroup", "TrayFacts", "grouped", "is_new", "tray_facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayFacts:
    """What a tray of new photos is made with."""

    jobs: tuple[TicketRow, ...]
    """Of today, those that take photos now, in the order of Today's list."""
    sites: tuple[Site, ...]
    """The same jobs, in the same order."""
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhoto:
    """A new photo and where it may belong."""

    shot: Shot
    matches: tuple[Match, ...]
    """The best first; empty when no job is likely."""

    @property
    def key(self) -> str:
        """Tells it from all others."""
        return self.shot.file.key

    @property
    def match(self) -> Match | None:
        """The best job for it; None when none is likely."""
        return self.matches[0] if self.matches else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGroup:
    """New photos that may belong to one job, the first taken first."""

    job: TicketRow | None
    """None for photos that fit no job."""
    photos: tuple[NewPhoto, ...]

    @property
    def sure(self) -> tuple[NewPhoto, ...]:
        """Those whose place speaks for the job: they may be added together."""
        return tuple(p for p in self.photos if p.match is not None and not p.match.is_by_time_only)


def tray_facts(desk: Desk) -> TrayFacts:
    """Return today's jobs and what tells a new photo from others.

    Raises:
        StoreFailed: The database cannot be read.
    """
    rows = list_tickets(desk, TicketFilter(scope=Scope.TODAY)).rows
    jobs = tuple(row for row in rows if may_do("add_photo", row.state, desk.person.role))
    touched = shots.jobs_with_photos(desk.db)
    read: dict[TicketId, Ticket] = {}
    for row in jobs:  # most of a long list only wait: their documents say nothing more
        if row.state is not TicketState.WAITING or row.id in touched:
            ticket = tickets.visible_copy(desk.db, row.id, desk.person)
            if ticket is not None:
                read[row.id] = ticket
    withdrawn = {p.id for ticket in read.values() for p in ticket.photos if p.is_withdrawn}
    return TrayFacts(
        jobs=jobs,
        sites=tuple(_site(row, read.get(row.id)) for row in jobs),
        known=shots.known(desk.db, withdrawn),
    )


def _site(row: TicketRow, ticket: Ticket | None) -> Site:
    """Return what of a job says which photos may be its own."""
    if ticket is not None:
        return Site(ticket_id=row.id, place=ticket.place, rounds=rounds_of(ticket))
    if row.latitude is None or row.longitude is None:
        return Site(ticket_id=row.id)
    return Site(ticket_id=row.id, place=Place(latitude=row.latitude, longitude=row.longitude))


def is_new(file: PictureFile, known: Known) -> bool | None:
    """Return whether a file is not on this laptop; None when only its content can tell.

    What has another size than every photo here is another photo, so most files need no reading.
    """
    if file.key in known.hidden:
        return False
    if file.size_bytes not in known.sizes:
        return True
    sha256 = known.by_key.get(file.key)
    return None if sha256 is None else sha256 not in known.hashes


def grouped(found: Iterable[Shot], facts: TrayFacts, now: datetime) -> tuple[PhotoGroup, ...]:
    """Return new photos by the job that fits each best; those that fit none come last.

    Args:
        found: New photos in any order.
        facts: Today's jobs.
        now: The present.

    Returns:
        The group with the newest photo first.
    """
    by_job: dict[TicketId | None, list[NewPhoto]] = {}
    for shot in sorted(found, key=lambda shot: (shot.at, shot.file.key)):
        photo = NewPhoto(shot=shot, matches=matches(shot.taken_at, shot.place, facts.sites, now))
        by_job.setdefault(photo.match.ticket_id if photo.match else None, []).append(photo)
    rows: Mapping[TicketId, TicketRow] = {row.id: row for row in facts.jobs}
    groups = [
        PhotoGroup(job=None if ticket_id is None else rows[ticket_id], photos=tuple(photos))
        for ticket_id, photos in by_job.items()
    ]
    groups.sort(key=lambda group: group.photos[-1].shot.at, reverse=True)
    return tuple(sorted(groups, key=lambda group: group.job is None))
