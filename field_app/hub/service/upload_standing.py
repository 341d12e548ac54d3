"""What an upload is, and where it stands, made of the hub's rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from field_app.domain.clock import from_stamp
from field_app.domain.ids import PhotoId, Revision
from field_app.domain.photo import PhotoReceipt
from field_app.hub.service.ledger import receipt_number
from field_app.protocol.messages import BASE_PATH

UPLOAD_PATH: Final = f"{BASE_PATH}/photos/upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a laptop says of the photo that it wants to send."""

    photo_id: str
    ticket_id: str
    sha256: str
    filetype: str
    size_bytes: int
    is_copy: bool = False
    """Whether it is the photo's screen copy; hash, type and size are the copy's then."""
    metadata: str = ""
    """All that was said at the creation, as tus sends it; empty when that was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Where one upload stands."""

    id: str
    photo: Announcement
    offset: int
    expires_at: datetime | None
    """None once the photo is safe."""
    receipt: PhotoReceipt | None = None
    """Set once the photo is safe; the same whenever it is asked for."""

    @property
    def url(self) -> str:
        """Return the upload's path on the hub."""
        return f"{UPLOAD_PATH}/{self.id}"

    @property
    def is_complete(self) -> bool:
        """Whether the hub holds the whole photo for good."""
        return self.expires_at is None


def finished(photo: Row[Any]) -> Upload:
    """Return the upload of a photo that is safe, with its receipt; of facts that stay.

    A screen copy that is here has none: whoever has a receipt may let the original go.
    """
    return Upload(
        id=photo.upload_id,
        photo=announcement_of(photo),
        offset=photo.size_bytes,
        expires_at=None,
        receipt=_receipt(photo) if hasattr(photo, "arrived_revision") else None,
    )


def _receipt(photo: Row[Any]) -> PhotoReceipt:
    """Return the receipt of an original that is safe."""
    revision = Revision(photo.arrived_revision or 0)
    return PhotoReceipt(
        id=receipt_number(photo.id, revision),
        photo_id=PhotoId(photo.id),
        received_at=from_stamp(photo.arrived_at),
        revision=revision,
        sha256=photo.sha256,
    )


def announcement_of(row: Row[Any]) -> Announcement:
    """Return what is known of the photo in a row."""
    return Announcement(
        photo_id=row.id,
        ticket_id=row.ticket_id,
        sha256=row.sha256,
        filetype=row.filetype,
        size_bytes=row.size_bytes,
        metadata=row.upload_metadata or "",
    )
