"""Words, glyphs and icons of statuses, categories and roles of photos."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final

from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import TicketState
from field_app.queries.tickets import LocalState
from field_app.texts import _, mark
from field_app.texts.dates import local

STATE_KEYS: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: "waiting",
    TicketState.IN_PROGRESS: "progress",
    TicketState.ON_HOLD: "paused",
    TicketState.IN_REVIEW: "review",
    TicketState.SENT_BACK: "sentback",
    TicketState.FINISHED: "finished",
    TicketState.FORWARDED: "forwarded",
    TicketState.IRRELEVANT: "irrelevant",
    TicketState.OTHER: "irrelevant",
}
"""Key of the design's status look by state."""
STATE_WORDS: Final[Mapping[TicketState, str]] = {
    TicketState.WAITING: mark("Waiting"),
    TicketState.IN_PROGRESS: mark("In progress"),
    TicketState.ON_HOLD: mark("On hold"),
    TicketState.IN_REVIEW: mark("Needs review"),
    TicketState.SENT_BACK: mark("Sent back"),
    TicketState.FINISHED: mark("Finished"),
    TicketState.FORWARDED: mark("Forwarded"),
    TicketState.IRRELEVANT: mark("Not relevant"),
    TicketState.OTHER: mark("Other status"),
}
LOCAL_KEYS: Final[Mapping[LocalState, str]] = {
    LocalState.QUEUED: "queued",
    LocalState.SENDING: "sending",
    LocalState.PAUSED: "paused",
    LocalState.RETRY: "retry",
    LocalState.ATTENTION: "attention",
}
"""Key of the design's status look by local state; NONE has none."""
LOCAL_WORDS: Final[Mapping[LocalState, str]] = {
    LocalState.QUEUED: mark("Queued"),
    LocalState.SENDING: mark("Sending"),
    LocalState.PAUSED: mark("Paused by you"),
    LocalState.RETRY: mark("Retrying soon"),
    LocalState.ATTENTION: mark("Needs attention"),
}
PHOTO_WORDS: Final[Mapping[PhotoRole, str]] = {
    PhotoRole.CITIZEN: mark("Citizen photo"),
    PhotoRole.BEFORE: mark("Before"),
    PhotoRole.PROGRESS: mark("During"),
    PhotoRole.AFTER: mark("After"),
}
CATEGORY_ICONS: Final[Sequence[tuple[str, str]]] = (
    ("ทางเท้า", "footprints"),
    ("น้ำท่วม", "waves"),
    ("ท่อ", "droplets"),
    ("แสงสว่าง", "lightbulb-off"),
    ("ไฟ", "lightbulb-off"),
    ("ต้นไม้", "tree-deciduous"),
    ("ความสะอาด", "trash-2"),
    ("ขยะ", "trash-2"),
    ("สายไฟ", "cable"),
    ("สายสื่อสาร", "cable"),
    ("กีดขวาง", "construction"),
    ("ป้าย", "signpost"),
    ("จราจร", "signpost"),
    ("สัตว์", "dog"),
    ("ปลอดภัย", "siren"),
    ("เสียง", "volume-2"),
    ("คลอง", "waves-ladder"),
    ("สะพาน", "construction"),
    ("คนจร", "users"),
    ("สอบถาม", "message-square-text"),
    ("เสนอแนะ", "message-square-text"),
    ("ร้องเรียน", "message-square-text"),
    ("เดินทาง", "truck"),
    ("ถนน", "road"),
)
"""Parts of agencies' category names and the icon for each, most telling first."""


def state_words(state: TicketState, foreign_state: str = "") -> str:
    """Return a ticket's state in the language in use; the platform's words when it is foreign."""
    if state is TicketState.OTHER and foreign_state:
        return foreign_state
    return _(STATE_WORDS[state])


def local_words(local_state: LocalState) -> str:
    """Return where my work on it stands; empty when nothing waits."""
    words = LOCAL_WORDS.get(local_state)
    return _(words) if words else ""


def photo_words(role: PhotoRole) -> str:
    """Return what a photo shows, in the language in use."""
    return _(PHOTO_WORDS[role])


@cache
def category_icon(category: str) -> str:
    """Return the name of the icon of a category of any agency; a pin when none fits."""
    if category == "สายไฟ":
        return "cable"
    return next((icon for part, icon in CATEGORY_ICONS if part in category), "map-pin")


def is_same_day(one: datetime, other: datetime) -> bool:
    """Return whether both lie on one day of the local calendar."""
    return local(one).date() == local(other).date()
