"""What a person sees of photos: facts, files on this laptop, and how far the upload is."""

from dataclasses import dataclass
from pathlib import Path

from field_app.domain.photo import Photo
from field_app.queries.local_state import LocalState


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoCard:
    """One photo as a screen shows it."""

    photo: Photo
    local: LocalState
    sent_bytes: int
    """Bytes that the hub acknowledged; the whole size when the photo arrived."""
    thumb: Path | None
    """A picture of at most 256 px; None when this laptop has none (yet)."""
    screen: Path | None
    """A picture for looking at on a screen; None when this laptop has none (yet)."""
    original: Path | None
    """The original's file; None unless this laptop has it."""
    distance_m: float | None
    """Metres between photo and ticket; None when either place is unknown."""
