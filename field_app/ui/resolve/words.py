"""What happens on a ticket in words: the timeline, reasons, and what is still missing."""

from collections.abc import Mapping
from typing import Final

from field_app.domain.ids import CrewId
from field_app.domain.operation import DeclineReason, HoldReason, NoPhotoReason
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import EntryKind, TimelineEntry
from field_app.texts import _, mark

HOLD_REASONS: Final[Mapping[HoldReason, str]] = {
    HoldReason.PARTS: mark("Waiting for parts"),
    HoldReason.OTHER_TEAM: mark("Needs another team"),
    HoldReason.ACCESS: mark("Cannot get to the place"),
    HoldReason.WEATHER: mark("Weather"),
}
DECLINE_REASONS: Final[Mapping[DeclineReason, str]] = {
    DeclineReason.NOT_OURS: mark("Another agency is responsible"),
    DeclineReason.NOT_FOUND: mark("The problem was not found"),
    DeclineReason.DUPLICATE: mark("Same as another job"),
    DeclineReason.ALREADY_FIXED: mark("Already repaired"),
}
NO_PHOTO_REASONS: Final[Mapping[NoPhotoReason, str]] = {
    NoPhotoReason.NOTHING_TO_SEE: mark("Nothing to see in a photo"),
    NoPhotoReason.CAMERA: mark("The camera or phone failed"),
    NoPhotoReason.DARK: mark("Too dark, wet or dangerous"),
    NoPhotoReason.PRIVATE: mark("It would show people or a home"),
    NoPhotoReason.OTHER: mark("No after photo: the words say why"),
}
DECLINE_EFFECTS: Final[Mapping[DeclineReason, str]] = {
    DeclineReason.NOT_OURS: mark("After approval it is forwarded."),
    DeclineReason.NOT_FOUND: mark("After approval it is closed as not relevant."),
    DeclineReason.DUPLICATE: mark("Name the job that it repeats."),
    DeclineReason.ALREADY_FIXED: mark("After approval it is closed as finished."),
}
HAPPENINGS: Final[Mapping[EntryKind, str]] = {
    EntryKind.REPORTED: mark("Citizen reported"),
    EntryKind.IMPORTED: mark("Updated by the platform"),
    EntryKind.START: mark("Work started"),
    EntryKind.NOTE: mark("Note added"),
    EntryKind.ADD_PHOTO: mark("Photo added"),
    EntryKind.REMOVE_PHOTO: mark("Photo removed"),
    EntryKind.MARK_PHOTO: mark("Photo marked up"),
    EntryKind.PAIR_PHOTO: mark("Before and after paired"),
    EntryKind.MOVE_PLACE: mark("Pin moved"),
    EntryKind.HOLD: mark("Put on hold"),
    EntryKind.FINISH: mark("Handed in for review"),
    EntryKind.CALL_BACK: mark("Called back"),
    EntryKind.DECLINE: mark("Declined by the crew"),
    EntryKind.APPROVE: mark("Approved"),
    EntryKind.SEND_BACK: mark("Sent back to the crew"),
    EntryKind.ASSIGN: mark("Assigned to a crew"),
    EntryKind.REOPEN: mark("Reopened"),
}
PHOTOS_ADDED: Final[Mapping[PhotoRole, str]] = {
    PhotoRole.CITIZEN: mark("Citizen's photo added"),
    PhotoRole.BEFORE: mark("Before photo added"),
    PhotoRole.PROGRESS: mark("Progress photo added"),
    PhotoRole.AFTER: mark("After photo added"),
}
ENTRY_ICONS: Final[Mapping[EntryKind, str]] = {
    EntryKind.REPORTED: "message-square-text",
    EntryKind.IMPORTED: "building-2",
    EntryKind.START: "play",
    EntryKind.NOTE: "pencil-line",
    EntryKind.ADD_PHOTO: "camera",
    EntryKind.REMOVE_PHOTO: "image-off",
    EntryKind.MARK_PHOTO: "pencil-line",
    EntryKind.PAIR_PHOTO: "images",
    EntryKind.MOVE_PLACE: "map-pin",
    EntryKind.HOLD: "pause",
    EntryKind.FINISH: "circle-check-big",
    EntryKind.CALL_BACK: "undo-2",
    EntryKind.DECLINE: "forward",
    EntryKind.APPROVE: "badge-check",
    EntryKind.SEND_BACK: "undo-2",
    EntryKind.ASSIGN: "users",
    EntryKind.REOPEN: "rotate-cw",
}
"""A Lucide icon for each kind of line."""


def happening(entry: TimelineEntry, crews: Mapping[CrewId, str]) -> str:
    """Return what a line of the timeline tells, 'Given to ทีมโยธา 3'."""
    if entry.kind is EntryKind.ASSIGN and entry.crew_id is not None:
        crew = crews.get(entry.crew_id, entry.crew_id)
        return _("Given to {crew}").format(crew=crew)
    if entry.kind is EntryKind.ADD_PHOTO:
        role = _role(entry.text)
        added = PHOTOS_ADDED.get(role) if role is not None else None
        return _(added) if added else _(HAPPENINGS[entry.kind])
    return _(HAPPENINGS[entry.kind])


def entry_words(entry: TimelineEntry) -> str:
    """Return the free words and reasons of a line; empty when there are none."""
    match entry.kind:
        case EntryKind.ADD_PHOTO | EntryKind.REPORTED:
            return ""
        case EntryKind.HOLD:
            return _joined(hold_reason(entry.reason), entry.text)
        case EntryKind.DECLINE:
            return _joined(decline_reason(entry.reason), entry.text)
        case EntryKind.FINISH:
            return _joined(no_photo_reason(entry.reason), entry.text)
        case _:
            return _joined(entry.reason, entry.text)


def hold_reason(value: str) -> str:
    """Return why work rests; a reason of the agency's own stays as it is."""
    known = {reason.value: words for reason, words in HOLD_REASONS.items()}
    return _(known[value]) if value in known else value


def decline_reason(value: str) -> str:
    """Return why a crew declined; a reason of the agency's own stays as it is."""
    known = {reason.value: words for reason, words in DECLINE_REASONS.items()}
    return _(known[value]) if value in known else value


def no_photo_reason(value: str) -> str:
    """Return why there is no after photo; empty when there is one."""
    known = {reason.value: words for reason, words in NO_PHOTO_REASONS.items()}
    return _(known[value]) if value in known else value


def _role(text: str) -> PhotoRole | None:
    """Return the photo role that a timeline entry names, if it is one."""
    return PhotoRole(text) if text in set(PhotoRole) else None


def _joined(*parts: str) -> str:
    """Return the parts that say something, with a dot between."""
    return " · ".join(part for part in parts if part)
