"""What is said of two photos that show the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from field_app.domain.ids import TicketId
from field_app.domain.photo import Photo, PhotoRole
from field_app.queries.repeats import Absence, Repeat
from field_app.texts import _, mark
from field_app.texts.dates import date_and_time
from field_app.ui.shared.words import photo_words

ABSENCES: Final[Mapping[Absence, str]] = {
    Absence.OTHER_CREWS: mark(
        "Only supervisors see this photo: a crew gets the pictures of its own jobs."
    ),
    Absence.NO_JOB: mark(
        "The job of this photo is not on this computer. It comes with the next exchange with the"
        " hub, if the hub still has it."
    ),
    Absence.TAKEN_BACK: mark("Its crew has taken this photo back."),
    Absence.NOT_FETCHED: mark(
        "Its picture is not on this computer yet. For open work and for work in review it comes"
        " by itself while the hub can be reached."
    ),
}


def job_and_role(ticket_id: TicketId, role: PhotoRole) -> str:
    """Return 'งาน 2026-K4T9XA · หลังทำ'."""
    job = _("Job {number}").format(number=ticket_id)
    return f"{job} · {photo_words(role)}"


def times_words(photo: Photo, now: datetime) -> str:
    """Return when a photo was added, and when it was taken if its file says so."""
    parts = []
    if photo.added_at is not None:
        parts.append(added_words(photo.added_at, now))
    if photo.taken_at is not None:
        parts.append(_("Taken {time}").format(time=date_and_time(photo.taken_at, now)))
    return " · ".join(parts)


def added_words(added_at: datetime | None, now: datetime) -> str:
    """Return when a photo was added; empty when nobody knows."""
    if added_at is None:
        return ""
    return _("Added {time}").format(time=date_and_time(added_at, now))


def file_words(repeat: Repeat) -> str:
    """Return whether both are one file."""
    if repeat.seen.is_same_file:
        return _("Both are the very same file, byte for byte")
    return _("Two files with the same picture: one may be turned, mirrored, cropped or saved again")
