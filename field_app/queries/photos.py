"""What a person sees of photos: facts, files on this laptop, and how far the upload is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from field_app.domain.checks import Check, checks_of, distance_of
from field_app.domain.photo import Mark, Photo, PhotoRole
from field_app.domain.ticket import Ticket
from field_app.photos.room import USUAL_PHOTO_BYTES, Room
from field_app.photos.shapes import digest
from field_app.photos.vault import Size, Vault
from field_app.queries.desk import Desk, honest_now
from field_app.queries.local_state import LocalState, of_upload
from field_app.store import pauses, photos, uploads

SHARPEST: Final = (Size.SCREEN, Size.THUMB)
"""Copies for looking at, the sharpest first."""


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
    marked: Path | None = None
    """The sharpest picture with its marks drawn in; None when it has none or has to be made."""
    checks: tuple[Check, ...] = ()
    """What is worth a look, what weighs most first."""

    @property
    def is_marked_up(self) -> bool:
        """Whether somebody drew marks on it."""
        return bool(self.photo.marks)


def room(desk: Desk) -> Room:
    """Return how much more this laptop can hold.

    Raises:
        StoreFailed: The disk or the database cannot be read.
    """
    average = photos.average_bytes(desk.db)
    return Room(
        free_bytes=desk.vault.free_bytes,
        photo_bytes=USUAL_PHOTO_BYTES if average is None else average,
    )


def marked_source(vault: Vault, sha256: str) -> Size | None:
    """Return the copy that marks are drawn on: the sharpest one; None when there is none."""
    return next((size for size in SHARPEST if vault.copy_path(sha256, size) is not None), None)


def marked_path(vault: Vault, sha256: str, marks: tuple[Mark, ...]) -> Path | None:
    """Return the file of a photo with these marks drawn in, or None when it has to be made."""
    source = marked_source(vault, sha256) if marks else None
    return None if source is None else vault.marked_path(sha256, digest(marks, source))


def at_hub(cards: Iterable[PhotoCard]) -> tuple[int, int]:
    """Return how many of a crew's photos the hub holds whole, and how many there are."""
    mine = [card for card in cards if card.photo.role is not PhotoRole.CITIZEN]
    return sum(_is_at_hub(card) for card in mine), len(mine)


def _is_at_hub(card: PhotoCard) -> bool:
    """Return whether the hub holds a photo, by its own word or by its receipt."""
    is_sent = card.local is LocalState.NONE and card.sent_bytes >= card.photo.size_bytes
    return card.photo.has_arrived or is_sent


def photo_cards(desk: Desk, ticket: Ticket) -> tuple[PhotoCard, ...]:
    """Return the photos of a visible ticket that were not withdrawn, oldest first.

    Raises:
        StoreFailed: The database cannot be read.
    """
    going_up = {upload.photo_id: upload for upload in uploads.of_ticket(desk.db, ticket.id)}
    is_resting = pauses.read(desk.db).rests(ticket.id)
    now = honest_now(desk)
    return tuple(
        replace(
            _card(desk, ticket, photo, going_up.get(photo.id), is_resting=is_resting),
            checks=checks_of(photo, ticket, now),
        )
        for photo in ticket.photos
        if not photo.is_withdrawn
    )


def _card(
    desk: Desk, ticket: Ticket, photo: Photo, upload: uploads.Upload | None, *, is_resting: bool
) -> PhotoCard:
    """Return one photo as a screen shows it, not looked at yet."""
    if upload is not None:
        sent_bytes = upload.sent_bytes
    else:
        sent_bytes = photo.size_bytes if photo.has_arrived else 0
    vault = desk.vault
    return PhotoCard(
        photo=photo,
        local=of_upload(upload, is_resting=is_resting),
        sent_bytes=sent_bytes,
        thumb=vault.copy_path(photo.sha256, Size.THUMB),
        screen=vault.copy_path(photo.sha256, Size.SCREEN),
        original=vault.path(photo.sha256),
        distance_m=distance_of(photo, ticket),
        marked=marked_path(vault, photo.sha256, photo.marks),
    )
