"""What the tray says: of photos, groups, what was added, and why there is nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from field_app.domain.errors import FileUnreadable
from field_app.domain.photo import PhotoRole
from field_app.photos.plugged import Plugged
from field_app.queries.tray import NewPhoto
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time
from field_app.ui.photos.words import AddedFiles, added_sentence, near_distance
from field_app.ui.shared.words import photo_words
from field_app.ui.tray.adding import Added


class Nothing(StrEnum):
    """Why the tray is empty."""

    READING = "reading"
    UNPLUGGED = "unplugged"
    LOCKED = "locked"
    NO_FOLDER = "no_folder"
    NO_NEWS = "no_news"
    ALL_ADDED = "all_added"


def why_nothing(plugged: Sequence[Plugged], *, is_reading: bool, has_added: bool) -> Nothing:
    """Return why there is no new photo.

    Args:
        plugged: What is plugged in or was chosen.
        is_reading: Whether names are still being read.
        has_added: Whether photos were added or hidden since it was plugged in.
    """
    if any(one.folders for one in plugged):
        if is_reading:
            return Nothing.READING
        return Nothing.ALL_ADDED if has_added else Nothing.NO_NEWS
    if any(one.is_locked for one in plugged):
        return Nothing.LOCKED
    return Nothing.NO_FOLDER if plugged else Nothing.UNPLUGGED


def nothing_words(why: Nothing) -> tuple[str, str, str]:
    """Return icon, title and sentence of an empty tray."""
    match why:
        case Nothing.READING:
            return "smartphone", _("Looking for new photos"), _("You can go on working meanwhile.")
        case Nothing.LOCKED:
            return (
                "lock",
                _("The phone shows no photos yet"),
                _("Unlock it, and allow file transfer when it asks. They then appear here."),
            )
        case Nothing.NO_FOLDER:
            return (
                "folder-open",
                _("No camera folder is plugged in"),
                _("What is plugged in has no folder DCIM. If its photos are elsewhere, choose it."),
            )
        case Nothing.NO_NEWS:
            return (
                "circle-check-big",
                _("Nothing new"),
                _("No photo of the last days that is not on this computer already."),
            )
        case Nothing.ALL_ADDED:
            return (
                "circle-check-big",
                _("All new photos have their place"),
                _("The phone or card can be pulled out. Nothing on it was changed."),
            )
        case _:
            return (
                "usb",
                _("Plug in a phone or a memory card"),
                _("New photos appear here by themselves, beside the jobs they may belong to."),
            )


def names_words(names: Iterable[str]) -> str:
    """Return what is plugged in, 'Phone · CANON_DC'; a phone has no name."""
    return " · ".join(dict.fromkeys(name or _("Phone") for name in names))


def count_words(count: int) -> str:
    """Return '23 new photos'."""
    return ngettext("{count} new photo", "{count} new photos", count).format(count=f"{count:,}")


def news_words(names: Iterable[str], count: int) -> str:
    """Return 'Phone: 23 new photos'."""
    return f"{names_words(names)}: {count_words(count)}"


def where_words(photo: NewPhoto) -> str:
    """Return how the photo was matched: '6 m from the job'."""
    match = photo.match
    if match is None:
        return _("No job of today is near") if photo.shot.place else _("No position in the photo")
    if match.distance_m is None:
        return _("By its time only")
    return _("{distance} from the job").format(distance=near_distance(match.distance_m))


def when_words(photo: NewPhoto, now: datetime) -> str:
    """Return '19 Nov 10:32'; the file's time is named as such."""
    words = date_and_time(photo.shot.at, now)
    return words if photo.shot.taken_at else _("File of {time}").format(time=words)


def add_words(role: PhotoRole) -> str:
    """Return what the button of a row does: 'Add as after'."""
    match role:
        case PhotoRole.BEFORE:
            return _("Add as before")
        case PhotoRole.PROGRESS:
            return _("Add as during")
        case _:
            return _("Add as after")


def add_all_words(count: int) -> str:
    """Return what the button of a group does: 'Add all 4'."""
    return _("Add all {count}").format(count=count)


def spoken(photo: NewPhoto, now: datetime) -> str:
    """Return everything about a row for a screen reader."""
    parts = [when_words(photo, now), where_words(photo)]
    if photo.match is not None:
        parts.insert(1, photo_words(photo.match.role))
    return ", ".join(parts)


def added_words(added: Added, titles: dict[str, str]) -> str:
    """Return what became of an act: '4 after photos saved · Pothole', and what was not added.

    Args:
        added: The act.
        titles: Titles of jobs by their id.
    """
    roles = {assignment.role for assignment, _operation in added.done}
    jobs = {assignment.ticket_id for assignment, _operation in added.done}
    files = AddedFiles(
        role=roles.pop() if len(roles) == 1 else PhotoRole.CITIZEN,
        added=len(added.done),
        refused=added.refused,
        repeated=added.repeated,
    )
    parts = [added_sentence(files)]
    if len(jobs) == 1:
        parts.append(titles.get(next(iter(jobs)), ""))
    elif jobs:
        parts.append(ngettext("{count} job", "{count} jobs", len(jobs)).format(count=len(jobs)))
    if added.left:
        parts.append(_left_words(added))
    return " · ".join(part for part in parts if part)


def hidden_words(count: int) -> str:
    """Return '3 photos hidden'."""
    return ngettext("{count} photo hidden", "{count} photos hidden", count).format(count=count)


def _left_words(added: Added) -> str:
    """Return how many were not tried, and why."""
    words = ngettext("{count} not added", "{count} not added", added.left)
    left = words.format(count=added.left)
    if isinstance(added.failure, FileUnreadable):
        return _("{left}: the phone or card does not answer").format(left=left)
    return left
