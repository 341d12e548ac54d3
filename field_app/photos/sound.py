"""Whether a picture file can be looked at: read and decoded, not only there."""

from pathlib import Path
from typing import Final

from field_app.domain.errors import PhotoUnreadable
from field_app.photos.errors import picture_errors
from field_app.photos.intake import opened

DRAFT: Final = (256, 256)
"""A JPEG is decoded at a part of its size, which reads every byte of it all the same."""


def is_sound(path: Path) -> bool:
    """Return whether a picture can be decoded to its end."""
    try:
        data = path.read_bytes()
        with opened(data) as picture, picture_errors():
            picture.draft(None, DRAFT)
            picture.load()
    except (OSError, PhotoUnreadable):
        return False
    return True
