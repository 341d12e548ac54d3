"""Photos of a ticket: what is known about each, never its bytes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from field_app.domain.ids import PersonId, PhotoId, Revision
from field_app.domain.place import Place

PREVIEW_LIMIT_BYTES = 12 * 1024
"""Largest preview that travels inside an operation."""


class PhotoRole(StrEnum):
    """What a photo shows."""

    CITIZEN = "citizen"
    """Sent by the citizen with the report."""
    BEFORE = "before"
    PROGRESS = "progress"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """What is known about one photo."""

    id: PhotoId
    role: PhotoRole
    sha256: str
    """Hash of the original's bytes, 64 lower-case hex digits."""
    size_bytes: int
    width: int
    """Pixels after rotation."""
    height: int
    taken_at: datetime | None = None
    """From the picture file; None when it says nothing."""
    place: Place | None = None
    """From the picture file; None when it says nothing."""
    added_at: datetime | None = None
    added_by: PersonId | None = None
    is_withdrawn: bool = False
    """Taken back by its crew; the bytes stay at the hub."""
    has_arrived: bool = False
    """Whether the hub holds the original and checked its hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReceipt:
    """The hub's word that it holds a photo's original, whole and checked."""

    id: str
    """Short text that a person can read out: `7F2A-19`."""
    photo_id: PhotoId
    received_at: datetime
    """When it was whole, by the hub's clock."""
    revision: Revision
    """The ticket's revision with which the hub told everybody."""
    sha256: str
    """What the hub found the original's bytes to be, 64 lower-case hex digits."""
