"""Where photos of a phone land on this laptop, and what is seen of them."""

from pathlib import Path

from field_app.handoff.landing import Landing
from field_app.photos.room import COPIES_BYTES, RESERVE_BYTES
from field_app.photos.vault import TEMPORARY, Size
from field_app.queries.desk import Desk


def landing(desk: Desk) -> Landing:
    """Return where files may come in: on the vault's disk, which is tidied at every start."""
    vault = desk.vault
    return Landing(
        folder=vault.folder,
        prefix=TEMPORARY,
        free=lambda: vault.free_bytes,
        spare_bytes=RESERVE_BYTES + COPIES_BYTES,
    )


def thumb_of(desk: Desk, sha256: str) -> Path | None:
    """Return the small picture of a photo, or None when this laptop has none."""
    return desk.vault.copy_path(sha256, Size.THUMB)
