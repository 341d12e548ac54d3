"""Operations: everything a person does, one frozen class per thing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from field_app.domain.ids import (
    CrewId,
    DeviceId,
    OperationId,
    PersonId,
    PhotoId,
    Revision,
    TicketId,
)
from field_app.domain.photo import Mark, PhotoEvidence, PhotoRole
from field_app.domain.place import Place

UNDO_WINDOW_S = 8.0
"""How long an operation waits before it is sent, so that undo can simply take it out."""
NOTE_LIMIT = 10_000
"""Largest note in characters."""


class HoldReason(StrEnum):
    """Why work rests."""

    PARTS = "parts"
    OTHER_TEAM = "other_team"
    ACCESS = "access"
    WEATHER = "weather"


class DeclineReason(StrEnum):
    """Why a crew says that there is nothing for it to do."""

    NOT_OURS = "not_ours"
    NOT_FOUND = "not_found"
    DUPLICATE = "duplicate"
    ALREADY_FIXED = "already_fixed"


class NoPhotoReason(StrEnum):
    """Why a crew hands work in without an after photo."""

    NOTHING_TO_SEE = "nothing_to_see"
    """The work is under ground, or only words and papers."""
    CAMERA = "camera"
    """The camera or phone failed."""
    DARK = "dark"
    """Too dark, too wet or too dangerous to take one."""
    PRIVATE = "private"
    """It would show people or a home."""
    OTHER = "other"
    """As the crew's words say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A crew begins work."""

    type: Literal["start"] = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words on the timeline; never changes the state."""

    type: Literal["note"] = "note"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhoto:
    """A photo belongs to the ticket; its bytes follow by themselves."""

    type: Literal["add_photo"] = "add_photo"
    photo_id: PhotoId
    role: PhotoRole
    sha256: str
    size_bytes: int
    width: int
    height: int
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    preview: str = ""
    """A WebP picture of at most 256 px and 12 kB in base64; empty when none could be made."""
    evidence: PhotoEvidence | None = None
    """None from earlier versions."""
    retakes: PhotoId | None = None
    pair_id: PhotoId | None = None
    pair_matches: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePhoto:
    """A photo is taken back before the work is handed in."""

    type: Literal["remove_photo"] = "remove_photo"
    photo_id: PhotoId
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPhoto:
    """The marks on a photo are these from now on; earlier ones stay in the operations."""

    type: Literal["mark_photo"] = "mark_photo"
    photo_id: PhotoId
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPhoto:
    """An after photo shows the same spot as this one from before the work, a person says."""

    type: Literal["pair_photo"] = "pair_photo"
    photo_id: PhotoId
    """An after photo."""
    pair_id: PhotoId
    """A before photo, or a citizen's."""
    pair_matches: int | None = None
    """How many points of the two pictures fit together; None when not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlace:
    """A ticket's pin is set where the problem really is; the citizen's point is kept beside it."""

    type: Literal["move_place"] = "move_place"
    place: Place
    reason: str
    """Why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Work rests for a reason."""

    type: Literal["hold"] = "hold"
    reason: HoldReason
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The crew hands the work in."""

    type: Literal["finish"] = "finish"
    note: str
    """Words for the citizen."""
    photo_ids: tuple[PhotoId, ...] = ()
    no_photo_reason: NoPhotoReason | None = None
    """Why there is no after photo; None when there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """The crew takes handed-in work back before anybody decided."""

    type: Literal["call_back"] = "call_back"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """The crew says that there is nothing for it to do."""

    type: Literal["decline"] = "decline"
    reason: DeclineReason
    note: str = ""
    duplicate_of: TicketId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """A supervisor accepts what was handed in."""

    type: Literal["approve"] = "approve"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """A supervisor wants it done again."""

    type: Literal["send_back"] = "send_back"
    reason: str
    photo_ids: tuple[PhotoId, ...] = ()
    """Photos that the reason speaks of; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """A supervisor gives the ticket to a crew."""

    type: Literal["assign"] = "assign"
    crew_id: CrewId
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """A closed ticket is to be done after all."""

    type: Literal["reopen"] = "reopen"
    reason: str


Work = (
    Start
    | Note
    | AddPhoto
    | RemovePhoto
    | MarkPhoto
    | PairPhoto
    | MovePlace
    | Hold
    | Finish
    | CallBack
    | Decline
    | Approve
    | SendBack
    | Assign
    | Reopen
)
"""What an operation does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that one person did on one device."""

    id: OperationId
    """Made on the device; the same id is never applied twice."""
    ticket_id: TicketId
    work: Work
    based_on: Revision
    """The ticket's revision that the person saw."""
    actor_id: PersonId
    device_id: DeviceId
    made_at: datetime
    """By the device's clock; for showing only."""
    clock_offset_ms: int = 0
    """Hub time minus device time at their last contact, milliseconds."""
    seq: int
    """Counts up per device and gives the order."""
