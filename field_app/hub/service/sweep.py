"""The sweep: throws away uploads that nobody continued, and files that belong to none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select

from field_app.domain.clock import to_stamp
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service.vault import Vault

KEPT_FOR: Final = timedelta(days=7)
"""How long an unfinished upload is kept after its last byte."""


def sweep(database: Database, vault: Vault, now: datetime) -> int:
    """Throw away what was not continued for a week; return how many uploads that were."""
    late = tables.upload.c.expires_at <= to_stamp(now)
    with database.write() as connection:
        gone = list(connection.execute(select(tables.upload.c.id).where(late)).scalars())
        connection.execute(delete(tables.upload).where(late))
        open_ones = set(connection.execute(select(tables.upload.c.id)).scalars())
    for upload_id in gone:
        vault.part(upload_id).unlink(missing_ok=True)
    for part in vault.parts():
        if part.name not in open_ones and _changed_at(part) <= now - KEPT_FOR:
            part.unlink(missing_ok=True)
    return len(gone)


def _changed_at(part: Path) -> datetime:
    """Return when a file was last written to."""
    return datetime.fromtimestamp(part.stat().st_mtime, UTC)
