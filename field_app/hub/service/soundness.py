"""Soundness: what no operation of a real laptop says, refused before it can spoil a ticket."""

import base64
import binascii
import re
from datetime import datetime
from typing import Final

from field_app.domain.clock import YEARS
from field_app.domain.operation import (
    NOTE_LIMIT,
    AddPhoto,
    Assign,
    MarkPhoto,
    MovePlace,
    Operation,
    PairPhoto,
    Work,
)
from field_app.domain.photo import (
    CAMERA_WORDS_LIMIT,
    MARK_TEXT_LIMIT,
    MARKS_LIMIT,
    Mark,
    PhotoEvidence,
    PhotoRole,
)
from field_app.domain.place import Place
from field_app.protocol.codec import Malformed
from field_app.protocol.messages import PHOTO_LIMIT_BYTES

ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")
NUMBER_LIMIT: Final = 1 << 48
OFFSET_LIMIT_MS: Final = 100 * 366 * 86_400_000
"""A century: largest difference between the hub's clock and a laptop's, milliseconds."""
PIXEL_LIMIT: Final = 100_000
MEASURE_LIMIT: Final = 1e9
"""Larger than anything that is measured in or around a picture."""


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
    if isinstance(operation.work, MarkPhoto):
        _check_marks(operation.work.marks)
    if isinstance(operation.work, PairPhoto):
        _check_matches(operation.work.pair_matches)
    if isinstance(operation.work, MovePlace):
        _check_move(operation.work)


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
    names += [getattr(work, name, None) for name in ("duplicate_of", "retakes", "pair_id")]
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
    _check_matches(work.pair_matches)
    if work.evidence is not None:
        _check_evidence(work.evidence)


def _check_matches(matches: int | None) -> None:
    """Refuse a number of points that fit which none can be."""
    _check(matches is None or 0 <= matches < NUMBER_LIMIT, "The photo's pair is impossible.")


def _check_evidence(evidence: PhotoEvidence) -> None:
    """Refuse what no picture says of itself."""
    for words in (evidence.camera, evidence.software):
        is_short = len(words) <= CAMERA_WORDS_LIMIT and words.isprintable()
        _check(is_short, "The photo's camera or program is impossible.")
    for measure in (evidence.accuracy_m, evidence.brightness, evidence.sharpness):
        is_sound = measure is None or 0 <= measure < MEASURE_LIMIT
        _check(is_sound, "A measure of the photo is impossible.")
    is_once = len(set(evidence.signs)) == len(evidence.signs)
    _check(is_once, "A sign of the photo is named twice.")


def _check_marks(marks: tuple[Mark, ...]) -> None:
    """Refuse marks outside the picture, or more than anybody draws."""
    _check(len(marks) <= MARKS_LIMIT, f"A photo may have {MARKS_LIMIT} marks.")
    for mark in marks:
        is_inside = all(0 <= part <= 1 for part in (mark.x1, mark.y1, mark.x2, mark.y2))
        _check(is_inside, "A mark is outside the photo.")
        _check(len(mark.text) <= MARK_TEXT_LIMIT, "A mark's words are too long.")


def _check_move(work: MovePlace) -> None:
    """Refuse to move a pin without a reason; that the place is on the earth is checked before."""
    _check(0 < len(work.reason.strip()) <= NOTE_LIMIT, "A pin is moved for a reason in words.")
    accuracy_m = work.place.accuracy_m
    _check(accuracy_m is None or 0 <= accuracy_m < MEASURE_LIMIT, "The accuracy is impossible.")


def _check_time(at: datetime | None) -> None:
    """Refuse a time without a zone or of another age; None is no time."""
    if at is not None:
        _check(at.tzinfo is not None and at.year in YEARS, "A time is impossible.")


def _check(is_sound: object, words: str) -> None:
    """Raise Malformed with these words unless something is sound."""
    if not is_sound:
        raise Malformed(words)
