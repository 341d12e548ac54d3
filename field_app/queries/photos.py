"""What a person sees of photos: facts, files on this laptop, and how far the upload is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from field_app.domain.checks import Check, checks_of, distance_of
from field_app.domain.ids import PhotoId
from field_app.domain.photo import Mark, Photo, PhotoRole, SeenBefore
from field_app.domain.repeats import must_differ
from field_app.domain.ticket import Ticket
from field_app.photos.room import USUAL_PHOTO_BYTES, Room
from field_app.photos.shapes import digest
from field_app.photos.vault import Size, Vault
from field_app.queries.desk import Desk, honest_now
from field_app.queries.local_state import LocalState, of_upload
from field_app.store import fingerprints, pauses, photos, tickets, uploads
from field_app.store.fingerprints import Like

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
    take: int = 1
    """How often what it shows was taken, itself included."""
    replaced_by: PhotoId | None = None
    """The photo that was taken instead of it and is shown; None when it is the one in sight."""

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


def pair_of(cards: Iterable[PhotoCard], card: PhotoCard) -> PhotoCard | None:
    """Return the photo from before the work that a photo is paired with, or what it was retaken as.

    None when it has no pair, or none that is still there.
    """
    known = {one.photo.id: one for one in cards}
    found = known.get(card.photo.pair_id) if card.photo.pair_id is not None else None
    if found is not None and found.replaced_by is not None:
        return known.get(found.replaced_by, found)
    return found


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
    likes = fingerprints.likes_of(desk.db, ticket.id)
    replacements = ticket.replacements
    return tuple(
        replace(
            _card(desk, ticket, photo, going_up.get(photo.id), is_resting=is_resting),
            checks=checks_of(_told(desk, ticket, photo, likes), ticket, now),
            take=1 + sum(newest == photo.id for newest in replacements.values()),
            replaced_by=replacements.get(photo.id),
        )
        for photo in ticket.photos
        if not photo.is_withdrawn
    )


def _told(desk: Desk, ticket: Ticket, photo: Photo, likes: tuple[Like, ...]) -> Photo:
    """Return a photo that says where this laptop saw its picture, unless the hub said it."""
    if photo.seen_before is not None or photo.role is PhotoRole.CITIZEN:
        return photo
    for like in likes:
        if like.photo_id == photo.id:
            seen = _earlier(desk, ticket, photo, like)
            if seen is not None:
                return replace(photo, seen_before=seen)
    return photo


def _earlier(desk: Desk, ticket: Ticket, photo: Photo, like: Like) -> SeenBefore | None:
    """Return what is said of another photo with the same picture; None when it does not count."""
    is_here = like.other_ticket_id == ticket.id
    other_ticket = (
        ticket if is_here else tickets.visible_copy(desk.db, like.other_ticket_id, desk.person)
    )
    photos_there = () if other_ticket is None else other_ticket.photos
    other = next((p for p in photos_there if p.id == like.other_id and not p.is_withdrawn), None)
    if other is None or (is_here and not (like.is_unchanged and must_differ(photo, other))):
        return None
    if photo.added_at is None or other.added_at is None or other.added_at > photo.added_at:
        return None  # the later one repeats
    return SeenBefore(
        ticket_id=like.other_ticket_id,
        photo_id=other.id,
        role=other.role,
        added_at=other.added_at,
        is_same_file=other.sha256 == photo.sha256,
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
