"""Figures: how the hub stands, for those who look after it."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from field_app.domain.clock import from_stamp
from field_app.hub import tables
from field_app.hub.building import Hub
from field_app.hub.database import latest_revision

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
