"""Photos down: who may see which, and in what size."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.problems import HubProblem, not_found
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.vault import Vault

PICTURE_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/gif"}
)
"""Types that are told to whoever asks; any other file is only bytes."""


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
            size: `thumb` is the announced preview if there is one; `screen` and `original` are
                the original file, because the hub makes no renditions.
            who: The person who asks.

        Raises:
            HubProblem: 404 when it is not here or not for this person; 400 for another size.
        """
        if size not in {"thumb", "screen", "original"}:
            raise HubProblem(400, "A photo comes as thumb, screen or original.")
        found = (
            select(tables.photo, tables.ticket.c.crew_id)
            .join(tables.ticket, tables.ticket.c.id == tables.photo.c.ticket_id)
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
        if not self._vault.has(row.sha256):
            raise HubProblem(404, "This photo has not arrived yet.")
        known = row.filetype in PICTURE_TYPES
        return Picture(
            etag=row.sha256,
            filetype=row.filetype if known else "application/octet-stream",
            path=self._vault.path(row.sha256),
        )
