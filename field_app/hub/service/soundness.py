"""Soundness: what no operation of a real laptop says, refused before it can spoil a ticket."""

import base64
import binascii
import re
from datetime import datetime
from typing import Final

from field_app.domain.operation import AddPhoto, Assign, Operation, Work
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.protocol.codec import Malformed
from field_app.protocol.messages import PHOTO_LIMIT_BYTES

ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
YEARS: Final = range(1900, 2200)
"""Of a time; a laptop whose battery is empty thinks that it is 1970."""
NUMBER_LIMIT: Final = 1 << 48
OFFSET_LIMIT_MS: Final = 100 * 366 * 86_400_000
"""A century: largest difference between the hub's clock and a laptop's, milliseconds."""
PIXEL_LIMIT: Final = 100_000


def check_sound(operation: Operation) -> None:
    """Refuse an operation whose values no laptop can mean.

    Raises:
        Malformed: An id, number, time, place, hash or preview is impossible.
    """
    _check(ID.fullmatch(operation.id), "The operation's id is impossible.")
    _check(ID.fullmatch(operation.ticket_id), "The job's id is impossible.")
    _check(ID.fullmatch(operation.device_id), "The device's id is impossible.")
    for number in (operation.seq, operation.based_on):
        _check(0 <= number < NUMBER_LIMIT, "A number is impossible.")
    _check(abs(operation.clock_offset_ms) < OFFSET_LIMIT_MS, "The clock's offset is impossible.")
    _check_time(operation.made_at)
    _check_names(operation.work)
    if isinstance(operation.work, Assign):
        _check_time(operation.work.due_at)
    if isinstance(operation.work, AddPhoto):
        _check_photo(operation.work)


def preview_of(work: AddPhoto) -> bytes:
    """Return the preview's WebP bytes; may be empty.

    Raises:
        Malformed: It is no base64.
    """
    try:
        return base64.b64decode(work.preview.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed("The preview is no base64.") from error


def _check_names(work: Work) -> None:
    """Refuse work that speaks of what can have no such name."""
    names = [*getattr(work, "photo_ids", ()), getattr(work, "photo_id", None)]
    names.append(getattr(work, "duplicate_of", None))
    for name in names:
        _check(name is None or ID.fullmatch(name), "A photo's or job's id is impossible.")
    _check(getattr(work, "crew_id", "").isprintable(), "The crew's id is impossible.")


def _check_photo(work: AddPhoto) -> None:
    """Refuse a photo that cannot be one."""
    _check(SHA256.fullmatch(work.sha256), "The photo's hash is impossible.")
    _check(0 < work.size_bytes <= PHOTO_LIMIT_BYTES, "The photo's size is impossible.")
    for pixels in (work.width, work.height):
        _check(0 < pixels <= PIXEL_LIMIT, "The photo's width or height is impossible.")
    _check(work.role is not PhotoRole.CITIZEN, "A crew's photo is no citizen's photo.")
    _check_time(work.taken_at)
    if work.latitude is not None and work.longitude is not None:
        try:
            Place(latitude=work.latitude, longitude=work.longitude)
        except ValueError as error:
            raise Malformed("The photo's place is not on the earth.") from error
    preview_of(work)


def _check_time(at: datetime | None) -> None:
    """Refuse a time without a zone or of another age; None is no time."""
    if at is not None:
        _check(at.tzinfo is not None and at.year in YEARS, "A time is impossible.")


def _check(is_sound: object, words: str) -> None:
    """Raise Malformed with these words unless something is sound."""
    if not is_sound:
        raise Malformed(words)
