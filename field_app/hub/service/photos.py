"""Photos down: who may see which, and in what size."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import and_, select

from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.problems import HubProblem, not_found
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.screen_copies import FILETYPE
from field_app.hub.service.vault import Vault

PICTURE_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/gif"}
)
"""Types that are told to whoever asks; any other file is only bytes."""
_COPY = tables.screen_copy.c.sha256.label("copy_sha256")
_IS_HERE = and_(
    tables.screen_copy.c.photo_id == tables.photo.c.id,
    tables.screen_copy.c.arrived_at.is_not(None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What answers a request for a photo: a file, or a preview's bytes."""

    etag: str
    filetype: str
    path: Path | None = None
    preview: bytes = b""


class Photos:
    """Gives photos to those who may see their ticket."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def find(self, photo_id: str, size: str, who: SignedInPerson) -> Picture:
        """Return a photo in a size.

        Args:
            photo_id: The photo.
            size: `thumb` is the announced preview if there is one; `screen` is the screen copy
                if its laptop sent one; else, as `original`, it is the original file, because the
                hub makes no renditions.
            who: The person who asks.

        Raises:
            HubProblem: 404 when it is not here or not for this person; 400 for another size.
        """
        if size not in {"thumb", "screen", "original"}:
            raise HubProblem(400, "A photo comes as thumb, screen or original.")
        found = (
            select(tables.photo, tables.ticket.c.crew_id, _COPY)
            .join(tables.ticket, tables.ticket.c.id == tables.photo.c.ticket_id)
            .join(tables.screen_copy, _IS_HERE, isouter=True)
            .where(tables.photo.c.id == photo_id)
        )
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        if row is None or not who.may_see(row.crew_id):
            raise not_found("photo")
        if size == "thumb" and row.preview:
            return Picture(
                etag=f"{row.sha256}-thumb", filetype="image/webp", preview=bytes(row.preview)
            )
        if size == "screen" and row.copy_sha256 and self._vault.has(row.copy_sha256):
            return Picture(
                etag=row.copy_sha256, filetype=FILETYPE, path=self._vault.path(row.copy_sha256)
            )
        if not self._vault.has(row.sha256):
            raise HubProblem(404, "This photo has not arrived yet.")
        known = row.filetype in PICTURE_TYPES
        return Picture(
            etag=row.sha256,
            filetype=row.filetype if known else "application/octet-stream",
            path=self._vault.path(row.sha256),
        )
