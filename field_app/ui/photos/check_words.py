"""What a check is called, in a few words for a badge, and the fact behind it in a sentence."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from field_app.domain.checks import Check, CheckKind
from field_app.domain.photo import SeenBefore
from field_app.texts import _, mark
from field_app.texts.dates import date_and_time, short_date
from field_app.ui.photos.words import near_distance
from field_app.ui.shared.words import photo_words

BADGES: Final[Mapping[CheckKind, str]] = {
    CheckKind.SAME_PICTURE: mark("Same picture twice"),
    CheckKind.SEEN_BEFORE: mark("Like another job's photo"),
    CheckKind.SCREENSHOT: mark("Screenshot"),
    CheckKind.FAR: mark("{distance} away"),
    CheckKind.BEFORE_REPORT: mark("Taken before the report"),
    CheckKind.BEFORE_START: mark("Taken before work started"),
    CheckKind.FUTURE: mark("Taken in the future"),
    CheckKind.ODD_TIME: mark("Time cannot be right"),
    CheckKind.ODD_PLACE: mark("Position cannot be right"),
    CheckKind.EDITED: mark("Edited by a program"),
    CheckKind.OTHER_SPOT: mark("Perhaps another spot"),
    CheckKind.DARK: mark("Too dark"),
    CheckKind.BLURRED: mark("Blurred"),
    CheckKind.CHANGED_LATER: mark("File changed later"),
    CheckKind.RESIZED: mark("Not in its full size"),
    CheckKind.SAVED_AGAIN: mark("Saved again"),
    CheckKind.STRIPPED: mark("Not straight from a camera"),
    CheckKind.NO_CAMERA: mark("No camera in the file"),
    CheckKind.NO_TIME: mark("No time in the photo"),
    CheckKind.NO_PLACE: mark("No position in the photo"),
    CheckKind.VAGUE_PLACE: mark("Position not exact"),
}
PLAIN_FACTS: Final[Mapping[CheckKind, str]] = {
    CheckKind.ODD_PLACE: mark("The file names a position that cannot be; it was left out"),
    CheckKind.CHANGED_LATER: mark("The file says that it was changed after the shot"),
    CheckKind.RESIZED: mark("The picture has other sides than the camera wrote down"),
    CheckKind.SAVED_AGAIN: mark("A program, and no camera, left its part in the file"),
    CheckKind.STRIPPED: mark("No word of a camera inside: chat apps and websites leave it out"),
    CheckKind.NO_CAMERA: mark("The file does not say which camera took it"),
    CheckKind.NO_TIME: mark("The file does not say when it was taken"),
    CheckKind.NO_PLACE: mark("The file does not say where it was taken"),
}
"""Facts without a value."""


def badge_words(check: Check) -> str:
    """Return what a check is called, 'ห่าง 850 ม.'."""
    words = _(BADGES[check.kind])
    return words.format(distance=near_distance(check.metres or 0.0))


def badges_words(checks: Iterable[Check]) -> str:
    """Return the badge of the first check and how many other kinds there are, 'Too dark +2'."""
    by_kind = {check.kind: check for check in reversed(tuple(checks))}
    ordered = sorted(by_kind, key=lambda kind: kind.weight)
    first = badge_words(by_kind[ordered[0]])
    return f"{first} +{len(ordered) - 1}" if len(ordered) > 1 else first


def fact_words(check: Check, now: datetime) -> str:
    """Return the fact behind a check, in one sentence."""
    plain = PLAIN_FACTS.get(check.kind)
    return _(plain) if plain is not None else _WITH_VALUES[check.kind](check, now)


def seen_words(check: Check) -> str:
    """Return which earlier photo shows the same; empty for a check that is not about one."""
    if check.seen is None:
        return ""
    role = photo_words(check.seen.role)
    if check.kind is CheckKind.SAME_PICTURE:
        return _("It shows the same as this job's photo “{role}”").format(role=role)
    return _("It shows the same as a photo of job {number}, “{role}”").format(
        number=check.seen.ticket_id, role=role
    )


def _seen_words(check: Check, now: datetime) -> str:
    more = () if check.seen is None else _seen_more(check.seen, now)
    return " · ".join(part for part in (seen_words(check), *more) if part)


def _seen_more(seen: SeenBefore, now: datetime) -> tuple[str, str]:
    """Return when the earlier photo was added, and whether it is the same file."""
    when = "" if seen.added_at is None else short_date(seen.added_at, now)
    return when, _("the very same file") if seen.is_same_file else ""


def _far_words(check: Check, _now: datetime) -> str:
    return _("{distance} from the reported place").format(
        distance=near_distance(check.metres or 0.0)
    )


def _vague_words(check: Check, _now: datetime) -> str:
    return _("The position is only known within {distance}").format(
        distance=near_distance(check.metres or 0.0)
    )


def _time_words(check: Check, now: datetime) -> str:
    sentences = {
        CheckKind.BEFORE_REPORT: _("Taken {time}, reported {other}"),
        CheckKind.BEFORE_START: _("Taken {time}, work started {other}"),
        CheckKind.FUTURE: _("The camera says {time}, the photo was added {other}"),
    }
    if check.at is None or check.than is None:
        return ""
    return sentences[check.kind].format(
        time=date_and_time(check.at, now), other=date_and_time(check.than, now)
    )


def _odd_time_words(check: Check, now: datetime) -> str:
    if check.at is None:
        return _("The file names a time that cannot be; it was left out")
    return _("The camera's clock says {date}").format(date=short_date(check.at, now))


def _program_words(check: Check, _now: datetime) -> str:
    if check.kind is CheckKind.EDITED:
        return _("The file was last saved by {program}").format(program=check.program)
    if check.program:
        return _("The file names {program}").format(program=check.program)
    return _("It looks like a picture of a program, not of a camera")


def _spot_words(check: Check, _now: datetime) -> str:
    return _("Before and after may show different spots: {count} points fit together").format(
        count=round(check.measure or 0.0)
    )


def _pixel_words(check: Check, _now: datetime) -> str:
    if check.kind is CheckKind.DARK:
        words = _("Hardly anything can be made out: brightness {value} of 255")
    else:
        words = _("No edge in the picture is sharp: sharpness {value}")
    return words.format(value=round(check.measure or 0.0))


_WITH_VALUES: Final[Mapping[CheckKind, Callable[[Check, datetime], str]]] = {
    CheckKind.SAME_PICTURE: _seen_words,
    CheckKind.SEEN_BEFORE: _seen_words,
    CheckKind.SCREENSHOT: _program_words,
    CheckKind.EDITED: _program_words,
    CheckKind.FAR: _far_words,
    CheckKind.VAGUE_PLACE: _vague_words,
    CheckKind.BEFORE_REPORT: _time_words,
    CheckKind.BEFORE_START: _time_words,
    CheckKind.FUTURE: _time_words,
    CheckKind.ODD_TIME: _odd_time_words,
    CheckKind.OTHER_SPOT: _spot_words,
    CheckKind.DARK: _pixel_words,
    CheckKind.BLURRED: _pixel_words,
}
