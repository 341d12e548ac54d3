"""What operations, outbox states and the hub's reasons are called on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from field_app.domain.verdict import Reason
from field_app.texts import _, mark, ngettext

ACTS: Final[Mapping[str, str]] = {
    "start": mark("Start work"),
    "note": mark("Note"),
    "add_photo": mark("Photo"),
    "remove_photo": mark("Remove photo"),
    "mark_photo": mark("Mark up a photo"),
    "pair_photo": mark("Pair photos"),
    "move_place": mark("Move the pin"),
    "hold": mark("Put on hold"),
    "finish": mark("Finish job"),
    "call_back": mark("Call back"),
    "decline": mark("Not our job"),
    "approve": mark("Approve"),
    "send_back": mark("Send back"),
    "assign": mark("Assign"),
    "reopen": mark("Reopen"),
}
"""What a person did, by the operation's type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWords:
    """How a reason of the hub is told; msgids, to be looked up when shown."""

    title: str
    """What happened, for the head of the conflict card."""
    short: str
    """The same in a few words, for a row of the outbox."""


REASONS: Final[Mapping[Reason, ReasonWords]] = {
    Reason.REASSIGNED: ReasonWords(
        title=mark("This job was moved to another crew while you were offline"),
        short=mark("The hub moved this job to another crew while you were offline"),
    ),
    Reason.CLOSED: ReasonWords(
        title=mark("This job was closed while you were offline"),
        short=mark("The hub closed this job while you were offline"),
    ),
    Reason.MOVED_ON: ReasonWords(
        title=mark("This job's status changed while you were offline"),
        short=mark("The job had moved on, so this could not be done any more"),
    ),
    Reason.WITHDRAWN: ReasonWords(
        title=mark("This job is no longer at the hub"),
        short=mark("The hub no longer has this job"),
    ),
    Reason.NOT_ALLOWED: ReasonWords(
        title=mark("The hub does not allow you to do this on this job"),
        short=mark("You are not allowed to do this on this job"),
    ),
    Reason.UNKNOWN_TICKET: ReasonWords(
        title=mark("The hub does not know this job"),
        short=mark("The hub does not know this job number"),
    ),
    Reason.UNKNOWN_CREW: ReasonWords(
        title=mark("The hub does not know the crew you chose"),
        short=mark("The hub does not know this crew"),
    ),
    Reason.UNKNOWN_PHOTO: ReasonWords(
        title=mark("The hub does not know this photo"),
        short=mark("The photo is not on this job at the hub"),
    ),
    Reason.MALFORMED: ReasonWords(
        title=mark("The hub could not read this entry"),
        short=mark("The hub could not read this entry"),
    ),
}
"""What people are told for each reason."""


def act_name(operation_type: str) -> str:
    """Return what an operation of this type is called, 'Finish job'."""
    known = ACTS.get(operation_type)
    return _(known) if known else operation_type


def photos_count(count: int) -> str:
    """Return '3 photos'."""
    return ngettext("{count} photo", "{count} photos", count).format(count=count)


def speed_words(bytes_per_s: float) -> str:
    """Return '0.3 Mbps', as networks are sold."""
    megabits = bytes_per_s * 8 / 1_000_000
    if megabits < 0.05:  # noqa: PLR2004 - what would be rounded to nothing
        return _("under 0.1 Mbps")
    return f"{megabits:,.1f} Mbps"


def time_left_words(seconds: float, bytes_per_s: float) -> str:
    """Return 'About 6 minutes left at this speed (0.3 Mbps)', minutes rounded up."""
    minutes = int(seconds // 60) + 1
    speed = speed_words(bytes_per_s)
    if minutes == 1:
        return _("Less than a minute left at this speed ({speed})").format(speed=speed)
    if minutes < 120:  # noqa: PLR2004 - two hours are told as hours
        return _("About {count} minutes left at this speed ({speed})").format(
            count=minutes, speed=speed
        )
    return _("About {count} hours left at this speed ({speed})").format(
        count=round(minutes / 60), speed=speed
    )


def countdown(until: datetime, now: datetime) -> str:
    """Return '0:30', minutes and seconds rounded up, never below '0:00'."""
    left = max(0.0, (until - now).total_seconds())
    seconds = int(left) + (1 if left > int(left) else 0)
    return f"{seconds // 60}:{seconds % 60:02d}"


def reason_title(reason: Reason | None) -> str:
    """Return what happened at the hub, a sentence without its full stop."""
    if reason is None:
        return _("The hub did not accept this")
    return _(REASONS[reason].title)


def reason_short(reason: Reason | None) -> str:
    """Return what happened at the hub for a row of the outbox."""
    if reason is None:
        return _("The hub did not accept this")
    return _(REASONS[reason].short)
