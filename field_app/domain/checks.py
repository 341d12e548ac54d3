"""Checks: what is worth a look about a photo, each with the fact behind it.

They inform and never block: a basement has no satellites, a borrowed phone a wrong clock. They are
computed from what is known of photo and ticket, whenever somebody looks, and stored nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from field_app.domain.ids import PhotoId
from field_app.domain.photo import Photo, PhotoEvidence, PhotoRole, PhotoSign, SeenBefore
from field_app.domain.place import distance_m
from field_app.domain.ticket import EntryKind, Ticket

NEAR_ENOUGH_M: Final = 50.0
"""A photo taken this close to the ticket's place, in metres, counts as taken there."""
VAGUE_M: Final = 500.0
"""A position known less exactly than this says little about the place."""
CLOCKS_APART: Final = timedelta(minutes=10)
"""Clocks of cameras, laptops and citizens' phones differ so much without anybody's fault."""
CAMERA_YEARS_FROM: Final = 2000
"""A photo from before that year comes from a camera whose clock was never set."""
DARK_BELOW: Final = 32.0
"""Mean luma, 0 to 255, below which hardly anything can be made out."""
BLURRED_BELOW: Final = 12.0
"""Variance of the Laplacian at 512 px below which no edge is sharp."""
PAIR_MATCHES_LEAST: Final = 12
"""With fewer points that fit together, two pictures may show different spots."""

EDITORS: Final = re.compile(
    r"\b(?:adobe|photoshop|lightroom|snapseed|gimp|picsart|pixlr|photopea|canva|affinity photo"
    r"|paint\.net|paintshop|corel|photoscape|photofiltre|polarr|fotor|befunky|vsco|facetune"
    r"|meitu|beautyplus|b612|ulike|airbrush|remini|youcam|photodirector|luminar|capture one"
    r"|darktable|rawtherapee|digikam|krita|acdsee|picasa|photo editor|imagemagick)\b",
    re.IGNORECASE,
)
"""Programs that change pictures, as they write themselves into a file.

What cameras and phones write there (`HDR+ 1.0`, `A556EXXS7`, `17.5.1`) names none of them, and
neither do those that only number, copy or stamp; what is not known here is not called an editor.
"""


class CheckKind(StrEnum):
    """What is worth a look; what weighs most comes first."""

    SAME_PICTURE = "same_picture"
    """Another photo of this very ticket shows the same picture."""
    SEEN_BEFORE = "seen_before"
    """A photo of another ticket shows the same picture."""
    SCREENSHOT = "screenshot"
    FAR = "far"
    BEFORE_REPORT = "before_report"
    BEFORE_START = "before_start"
    """Of progress and after photos: taken before this round of work began."""
    FUTURE = "future"
    """The camera's time is later than the moment when the photo was added."""
    ODD_TIME = "odd_time"
    ODD_PLACE = "odd_place"
    EDITED = "edited"
    OTHER_SPOT = "other_spot"
    """Before and after have so little in common that they may show different spots."""
    DARK = "dark"
    BLURRED = "blurred"
    CHANGED_LATER = "changed_later"
    RESIZED = "resized"
    SAVED_AGAIN = "saved_again"
    STRIPPED = "stripped"
    NO_CAMERA = "no_camera"
    NO_TIME = "no_time"
    NO_PLACE = "no_place"
    VAGUE_PLACE = "vague_place"

    @property
    def weight(self) -> int:
        """Where it stands among the others; 0 is looked at first."""
        return _WEIGHTS[self]

    @property
    def is_odd(self) -> bool:
        """Whether somebody should look; the others only say what is not known, or how it came."""
        return self.weight <= CheckKind.BLURRED.weight


_WEIGHTS: Final = {kind: place for place, kind in enumerate(CheckKind)}
_BY_SIGN: Final = {
    PhotoSign.SCREENSHOT: CheckKind.SCREENSHOT,
    PhotoSign.SAVED_AGAIN: CheckKind.SAVED_AGAIN,
    PhotoSign.CHANGED_LATER: CheckKind.CHANGED_LATER,
    PhotoSign.RESIZED: CheckKind.RESIZED,
    PhotoSign.STRIPPED: CheckKind.STRIPPED,
}
"""Signs of time and place are told with these, so that nothing is told twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is worth a look about one photo, with the values behind it."""

    kind: CheckKind
    photo_id: PhotoId
    role: PhotoRole
    at: datetime | None = None
    """The photo's own time, where the check is about time."""
    than: datetime | None = None
    """What that time is compared with: the report, the start, the moment it was added."""
    metres: float | None = None
    """Distance to the ticket, or how exactly the position is known."""
    program: str = ""
    """The program that the file names."""
    measure: float | None = None
    """Brightness, sharpness, or how many points fit together."""
    seen: SeenBefore | None = None
    """The earlier photo that shows the same picture."""


def checks_of(photo: Photo, ticket: Ticket, now: datetime) -> tuple[Check, ...]:
    """Return what is worth a look about a photo of a crew, what weighs most first.

    Args:
        photo: One of the ticket's; of a citizen's nothing is said, it came from the platform.
        ticket: With the hub's copy and the waiting operations.
        now: The present, corrected by the hub's clock; used when it is unknown when the photo
            was added.
    """
    if photo.role is PhotoRole.CITIZEN:
        return ()
    found = [
        *_seen(photo, ticket),
        *_time(photo, ticket, now),
        *_place(photo, ticket),
        *_pair(photo),
    ]
    if photo.evidence is not None:
        found += _file(photo, photo.evidence)
        found += _pixels(photo, photo.evidence)
    return sorted_by_weight(found)


def sorted_by_weight(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks with what weighs most first; equal ones stay in their order."""
    return tuple(sorted(checks, key=lambda check: check.kind.weight))


def _about(photo: Photo) -> partial[Check]:
    """Return what makes a check of this photo."""
    return partial(Check, photo_id=photo.id, role=photo.role)


def _signs(photo: Photo) -> tuple[PhotoSign, ...]:
    """Return what is known of the file's signs; nothing for photos of earlier versions."""
    return () if photo.evidence is None else photo.evidence.signs


def _seen(photo: Photo, ticket: Ticket) -> list[Check]:
    """Return where the same picture was before: the hub's word, or the same file here."""
    seen = _same_file(photo, ticket) or photo.seen_before
    if seen is None:
        return []
    if seen.ticket_id != ticket.id:
        return [_about(photo)(kind=CheckKind.SEEN_BEFORE, seen=seen)]
    is_another_shot = seen.role is photo.role or seen.photo_id == photo.retakes
    return [] if is_another_shot else [_about(photo)(kind=CheckKind.SAME_PICTURE, seen=seen)]


def _same_file(photo: Photo, ticket: Ticket) -> SeenBefore | None:
    """Return an earlier photo of the ticket that is the same file, byte for byte."""
    for other in ticket.photos:
        if other.id == photo.id:
            return None
        if other.sha256 == photo.sha256 and not other.is_withdrawn:
            return SeenBefore(
                ticket_id=ticket.id,
                photo_id=other.id,
                role=other.role,
                added_at=other.added_at,
                is_same_file=True,
            )
    return None


def _time(photo: Photo, ticket: Ticket, now: datetime) -> list[Check]:
    """Return what the photo's time says; at most one thing, the plainest."""
    at, added_at = photo.taken_at, photo.added_at or now
    if at is None:
        is_odd = PhotoSign.ODD_TIME in _signs(photo)
        return [_about(photo)(kind=CheckKind.ODD_TIME if is_odd else CheckKind.NO_TIME)]
    if at.year < CAMERA_YEARS_FROM:
        return [_about(photo)(kind=CheckKind.ODD_TIME, at=at)]
    if at > added_at + CLOCKS_APART:
        return [_about(photo)(kind=CheckKind.FUTURE, at=at, than=added_at)]
    if at < ticket.reported_at - CLOCKS_APART:
        return [_about(photo)(kind=CheckKind.BEFORE_REPORT, at=at, than=ticket.reported_at)]
    started_at = work_start(ticket, added_at)
    is_after_start = photo.role is PhotoRole.BEFORE or started_at is None
    if not is_after_start and started_at is not None and at < started_at - CLOCKS_APART:
        return [_about(photo)(kind=CheckKind.BEFORE_START, at=at, than=started_at)]
    return []


def work_start(ticket: Ticket, until: datetime) -> datetime | None:
    """Return when the round of work began in which a photo was added; None before it began.

    A round ends when a supervisor sends the work back or opens the ticket again; a pause in
    between begins no new one.
    """
    started_at: datetime | None = None
    for entry in ticket.timeline:
        if entry.at > until or entry.is_only_recorded:
            continue
        if entry.kind in {EntryKind.SEND_BACK, EntryKind.REOPEN}:
            started_at = None
        elif entry.kind is EntryKind.START and started_at is None:
            started_at = entry.at
    return started_at


def distance_of(photo: Photo, ticket: Ticket) -> float | None:
    """Return the metres between a photo and its ticket; None when either place is unknown."""
    if photo.place is None or ticket.place is None:
        return None
    return distance_m(photo.place, ticket.place)


def near_enough_m(photo_m: float | None, ticket_m: float | None) -> float:
    """Return how many metres apart photo and ticket may be, by how exactly each place is known."""
    return max(NEAR_ENOUGH_M, 2 * (photo_m or 0.0), 2 * (ticket_m or 0.0))


def _place(photo: Photo, ticket: Ticket) -> list[Check]:
    """Return what the photo's place says, as far as it is known exactly enough."""
    if photo.place is None:
        is_odd = PhotoSign.ODD_PLACE in _signs(photo)
        return [_about(photo)(kind=CheckKind.ODD_PLACE if is_odd else CheckKind.NO_PLACE)]
    accuracy_m = photo.place.accuracy_m or 0.0
    if photo.evidence is not None and photo.evidence.accuracy_m is not None:
        accuracy_m = photo.evidence.accuracy_m
    far_m = distance_of(photo, ticket)
    own_m = ticket.place.accuracy_m or 0.0 if ticket.place is not None else 0.0
    if far_m is not None and far_m > near_enough_m(accuracy_m, own_m):
        return [_about(photo)(kind=CheckKind.FAR, metres=far_m)]
    if accuracy_m > VAGUE_M:
        return [_about(photo)(kind=CheckKind.VAGUE_PLACE, metres=accuracy_m)]
    return []


def _pair(photo: Photo) -> list[Check]:
    """Return whether before and after may show different spots."""
    matches = photo.pair_matches
    if photo.pair_id is None or matches is None or matches >= PAIR_MATCHES_LEAST:
        return []
    return [_about(photo)(kind=CheckKind.OTHER_SPOT, measure=float(matches))]


def _file(photo: Photo, evidence: PhotoEvidence) -> list[Check]:
    """Return what the file says of programs and cameras."""
    kinds = [_BY_SIGN[sign] for sign in evidence.signs if sign in _BY_SIGN]
    if EDITORS.search(evidence.software):
        kinds.append(CheckKind.EDITED)
    if not evidence.camera and PhotoSign.STRIPPED not in evidence.signs:
        kinds.append(CheckKind.NO_CAMERA)
    return [_about(photo)(kind=kind, program=evidence.software) for kind in kinds]


def _pixels(photo: Photo, evidence: PhotoEvidence) -> list[Check]:
    """Return whether a picture is too dark or too blurred to show anything."""
    found = []
    if evidence.brightness is not None and evidence.brightness < DARK_BELOW:
        found.append(_about(photo)(kind=CheckKind.DARK, measure=evidence.brightness))
    elif evidence.sharpness is not None and evidence.sharpness < BLURRED_BELOW:
        found.append(_about(photo)(kind=CheckKind.BLURRED, measure=evidence.sharpness))
    return found
