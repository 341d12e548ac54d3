"""Photos of a ticket: what is known about each, never its bytes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from field_app.domain.ids import PersonId, PhotoId
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
