"""Photos of a ticket: what is known about each, never its bytes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from field_app.domain.ids import PersonId, PhotoId, Revision, TicketId
from field_app.domain.place import Place

PREVIEW_LIMIT_BYTES = 12 * 1024
"""Largest preview that travels inside an operation."""
MARKS_LIMIT = 100
"""Most marks on one photo."""
MARK_TEXT_LIMIT = 200
"""Longest words of a mark, characters."""

CAMERA_WORDS_LIMIT = 200
"""Longest name of a camera or program in a picture file, characters."""


class PhotoRole(StrEnum):
    """What a photo shows."""

    CITIZEN = "citizen"
    """Sent by the citizen with the report."""
    BEFORE = "before"
    PROGRESS = "progress"
    AFTER = "after"


EARLIER: Final = frozenset({PhotoRole.CITIZEN, PhotoRole.BEFORE})
"""Roles of photos from before the work."""


class PhotoSign(StrEnum):
    """What a picture or its file looks like; a hint for a person, never a proof."""

    SCREENSHOT = "screenshot"
    """Made by a screen, not by a camera."""
    SAVED_AGAIN = "saved_again"
    """A program left its own part in the file (APP13), as editors and some websites do."""
    CHANGED_LATER = "changed_later"
    """The file names a later time for itself than for the shot."""
    RESIZED = "resized"
    """The camera wrote other sides down than the picture has."""
    STRIPPED = "stripped"
    """Of a form that no camera writes, with no word of a camera: messengers and websites do so."""
    ODD_TIME = "odd_time"
    """The file names a time that cannot be; it was left out."""
    ODD_PLACE = "odd_place"
    """The file names a position that cannot be; it was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoEvidence:
    """What a picture file and its pixels say beside time and place; read once, when it came in."""

    camera: str = ""
    """Maker and model as the file names them; empty when it names none."""
    software: str = ""
    """The program that the file names as its last writer; empty when it names none."""
    has_zone: bool = False
    """Whether the zone of `taken_at` stands in the file; else it is the laptop's."""
    accuracy_m: float | None = None
    """Radius in which the position is; None when the file does not say."""
    brightness: float | None = None
    """Mean luma of the pixels, 0 (black) to 255 (white); None when it was not measured."""
    sharpness: float | None = None
    """Variance of the Laplacian of the luma at 512 px; None when it was not measured."""
    signs: tuple[PhotoSign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBefore:
    """An earlier photo that shows the same picture."""

    ticket_id: TicketId
    photo_id: PhotoId
    role: PhotoRole
    added_at: datetime | None = None
    is_same_file: bool = False
    """Whether the originals are equal byte for byte."""


class MarkKind(StrEnum):
    """What a mark is."""

    ARROW = "arrow"
    """From the first point to the second, where its head is."""
    BOX = "box"
    TEXT = "text"
    """Words that begin at the first point."""
    BLUR = "blur"
    """A region that nobody can recognise in a rendered copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark on a photo, kept beside the untouched original.

    Points are parts of the upright picture's width and height, 0 to 1 from the top left corner.
    """

    kind: MarkKind
    x1: float
    y1: float
    x2: float
    y2: float
    text: str = ""
    """Of `MarkKind.TEXT`; at most `MARK_TEXT_LIMIT` characters."""


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
    has_screen_copy: bool = False
    """Whether the hub holds a smaller picture of it, sent before the original; proves nothing."""
    evidence: PhotoEvidence | None = None
    """None for citizens' photos and those of earlier versions."""
    retakes: PhotoId | None = None
    """The earlier photo of the same thing that this one is shown instead of; both stay."""
    pair_id: PhotoId | None = None
    """Of an after photo: the photo from before the work that shows the same spot."""
    pair_matches: int | None = None
    """How many points of the two pictures of the pair fit together; None when not compared."""
    marks: tuple[Mark, ...] = ()
    seen_before: SeenBefore | None = None
    """The hub's word that the same picture was there before; None when it found none."""


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
