"""Figures: how the hub stands, for those who look after it."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from field_app.domain.clock import from_stamp
from field_app.domain.ticket import CLOSED_STATES, TicketState
from field_app.hub import tables
from field_app.hub.building import Hub
from field_app.hub.database import latest_revision
from field_app.hub.service import backfill
from field_app.protocol.codec import load_ticket

HANDED_IN = frozenset({TicketState.IN_REVIEW, *CLOSED_STATES})
"""States of jobs whose report is at the hub, decided or not."""
LATEST = 5
"""Operations that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentOperation:
    """One of the last operations."""

    received_at: datetime
    type: str
    ticket_id: str
    person: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedReport:
    """A handed-in job of which photos are still to come."""

    ticket_id: str
    crew: str
    """The crew's name; its id when it has none, empty when nobody has the job."""
    arrived: int
    announced: int
    """Photos that crews announced and did not take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a hub stands."""

    revision: int
    tickets: dict[str, int]
    """How many by state."""
    people: int
    crews: int
    devices: int
    """Devices that may speak."""
    photos: int
    """Photos whose originals are here."""
    photos_awaited: int
    """Photos that were announced and have not arrived."""
    photos_unknown: int
    """Older photos that wait in the background for their fingerprint: not found again yet."""
    screen_copies: int
    """Of those awaited, how many can be looked at already, by a smaller picture."""
    reports: int
    """Jobs that were handed in with photos, decided or not, of which every photo is here."""
    reports_awaited: tuple[AwaitedReport, ...]
    """Handed-in jobs of which photos are still to come, by id; they do not count as complete."""
    open_uploads: int
    operations: int
    latest: tuple[RecentOperation, ...]
    """Newest first."""
    disk_free_bytes: int
    disk_total_bytes: int


def figures_of(hub: Hub) -> Figures:
    """Return how a hub stands now."""
    disk = shutil.disk_usage(hub.folder)
    with hub.database.read() as connection:
        states = connection.execute(
            select(tables.ticket.c.state, func.count()).group_by(tables.ticket.c.state)
        )

        def count(query: "Select[int]") -> int:
            return int(connection.execute(query).scalar_one())

        awaited = _awaited_reports(connection)
        photos = select(func.count()).select_from(tables.photo)
        arrived = tables.photo.c.arrived_at
        return Figures(
            revision=latest_revision(connection),
            tickets={row[0]: row[1] for row in states},
            people=count(select(func.count()).select_from(tables.person)),
            crews=count(select(func.count()).select_from(tables.crew)),
            devices=count(
                select(func.count())
                .select_from(tables.device)
                .where(tables.device.c.is_revoked.is_(False))
            ),
            photos=count(photos.where(arrived.is_not(None))),
            photos_awaited=count(photos.where(arrived.is_(None))),
            photos_unknown=backfill.left(connection),
            screen_copies=count(
                photos.join(
                    tables.screen_copy, tables.screen_copy.c.photo_id == tables.photo.c.id
                ).where(arrived.is_(None), tables.screen_copy.c.arrived_at.is_not(None))
            ),
            reports=count(_reports()) - len(awaited),
            reports_awaited=awaited,
            open_uploads=count(select(func.count()).select_from(tables.upload)),
            operations=count(select(func.count()).select_from(tables.operation)),
            latest=tuple(
                RecentOperation(
                    received_at=from_stamp(row.received_at),
                    type=row.type,
                    ticket_id=row.ticket_id,
                    person=row.name,
                    outcome=row.outcome,
                )
                for row in connection.execute(_latest())
            ),
            disk_free_bytes=disk.free,
            disk_total_bytes=disk.total,
        )


def _reports() -> "Select[int]":
    """Return the query of how many jobs were handed in with photos of a crew."""
    return (
        select(func.count(tables.ticket.c.id.distinct()))
        .join(tables.photo, tables.photo.c.ticket_id == tables.ticket.c.id)
        .where(tables.ticket.c.state.in_(HANDED_IN), tables.photo.c.added_by.is_not(None))
    )


def _awaited_reports(connection: Connection) -> tuple[AwaitedReport, ...]:
    """Return the handed-in jobs of which photos are still to come."""
    found = (
        select(tables.ticket.c.document, tables.crew.c.name)
        .join(tables.crew, tables.crew.c.id == tables.ticket.c.crew_id, isouter=True)
        .where(
            tables.ticket.c.state.in_(HANDED_IN),
            tables.ticket.c.id.in_(
                select(tables.photo.c.ticket_id).where(tables.photo.c.arrived_at.is_(None))
            ),
        )
        .order_by(tables.ticket.c.id)
    )
    tickets = [(load_ticket(bytes(row[0])), row[1]) for row in connection.execute(found)]
    return tuple(
        AwaitedReport(
            ticket_id=ticket.id,
            crew=name or ticket.crew_id or "",
            arrived=len(ticket.work_photos) - len(ticket.missing_photos),
            announced=len(ticket.work_photos),
        )
        for ticket, name in tickets
        if not ticket.is_complete
    )


def _latest() -> "Select[str, str, str, str, str]":
    """Return the query of the last operations."""
    done = tables.operation
    return (
        select(
            done.c.received_at, done.c.type, done.c.ticket_id, tables.person.c.name, done.c.outcome
        )
        .join(tables.person, tables.person.c.id == done.c.actor_id)
        .order_by(done.c.revision.desc())
        .limit(LATEST)
    )
