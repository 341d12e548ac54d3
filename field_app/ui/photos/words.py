"""What photos, their roles and what happened to added files are called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from field_app.domain.checks import NEAR_ENOUGH_M
from field_app.domain.photo import PhotoRole
from field_app.photos.room import Room
from field_app.queries.photos import PhotoCard, at_hub
from field_app.texts import _, ngettext
from field_app.texts.numbers import count as number_words
from field_app.texts.numbers import distance

SHOWN_NAMES = 3
"""So many names of files stand in one sentence."""


MANY_PHOTOS = 500
"""While there is room for so many, nobody at work has to read about it."""


def room_words(room: Room) -> str:
    """Return 'Room for about 340 photos'."""
    if room.is_full:
        return _("No room for photos on this computer")
    left = room.photo_count
    words = ngettext("Room for about {count} photo", "Room for about {count} photos", left)
    return words.format(count=number_words(left))


class Fate(StrEnum):
    """What became of one file."""

    ADDED = "added"
    HERE = "here"
    """The job had this very picture already."""
    REFUSED = "refused"
    """It is no complete picture, or too large."""
    UNREADABLE = "unreadable"
    """The disk, card or network failed."""
    LEFT = "left"
    """It was not tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file that a person gave, and what became of it."""

    name: str
    fate: Fate
    why: str = ""
    """A sentence to be translated; empty for what was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFiles:
    """What became of files that a person dropped, chose or pasted."""

    role: PhotoRole
    added: int = 0
    refused: tuple[str, ...] = ()
    """Names of files that are no complete picture, in the order they were tried."""
    repeated: tuple[str, ...] = ()
    """Names of pictures that the ticket had already."""
    unreadable: tuple[str, ...] = ()
    """Names of files and folders that the disk, card or network did not give."""
    left: tuple[str, ...] = ()
    """Names of files that were not tried."""
    others: int = 0
    """How many things in folders are no pictures."""
    rows: tuple[FileRow, ...] = ()
    """Every file, in the order they were tried; empty when nobody asks for a list."""

    def plus(self, row: FileRow) -> "AddedFiles":
        """Return this with one more file."""
        more = replace(self, rows=(*self.rows, row))
        match row.fate:
            case Fate.ADDED:
                return replace(more, added=self.added + 1)
            case Fate.HERE:
                return replace(more, repeated=(*self.repeated, row.name))
            case Fate.REFUSED:
                return replace(more, refused=(*self.refused, row.name))
            case Fate.UNREADABLE:
                return replace(more, unreadable=(*self.unreadable, row.name))
            case Fate.LEFT:
                return replace(more, left=(*self.left, row.name))
            case _:
                assert_never(row.fate)


def saved_sentence(role: PhotoRole, count: int) -> str:
    """Return '2 after photos saved'."""
    match role:
        case PhotoRole.BEFORE:
            words = ngettext("{count} before photo saved", "{count} before photos saved", count)
        case PhotoRole.PROGRESS:
            words = ngettext("{count} progress photo saved", "{count} progress photos saved", count)
        case PhotoRole.AFTER:
            words = ngettext("{count} after photo saved", "{count} after photos saved", count)
        case PhotoRole.CITIZEN:
            words = ngettext("{count} photo saved", "{count} photos saved", count)
        case _:
            assert_never(role)
    return words.format(count=count)


def added_sentence(result: AddedFiles) -> str:
    """Return what became of several files, '2 after photos saved · not a picture: notes.txt'."""
    parts = []
    if result.added:
        parts.append(saved_sentence(result.role, result.added))
    if result.repeated:
        parts.append(_("already in the job: {names}").format(names=names_words(result.repeated)))
    if result.refused:
        parts.append(_("not a complete picture: {names}").format(names=names_words(result.refused)))
    if result.unreadable:
        parts.append(_("cannot be read: {names}").format(names=names_words(result.unreadable)))
    if result.left:
        words = ngettext("{count} not added", "{count} not added", len(result.left))
        parts.append(words.format(count=number_words(len(result.left))))
    if result.others:
        words = ngettext("{count} no picture", "{count} no pictures", result.others)
        parts.append(words.format(count=number_words(result.others)))
    return " · ".join(parts)


def at_hub_words(arrived: int, count: int) -> str:
    """Return '2 of 4 photos at the hub'."""
    return ngettext(
        "{arrived} of {count} photo at the hub", "{arrived} of {count} photos at the hub", count
    ).format(arrived=arrived, count=count)


def missing_at_hub(cards: Sequence[PhotoCard]) -> str:
    """Return '2 of 4 photos at the hub' while some of a crew's are not there, else nothing."""
    arrived, count = at_hub(cards)
    return at_hub_words(arrived, count) if arrived < count else ""


def near_distance(metres: float) -> str:
    """Return '6 ม.' to the metre where it matters, '850 ม.' in steps of 10 farther away."""
    if metres < NEAR_ENOUGH_M:
        return _("{count} m").format(count=round(metres))
    return distance(metres)


def names_words(names: tuple[str, ...]) -> str:
    """Return the first few names and how many more there are."""
    shown = ", ".join(names[:SHOWN_NAMES])
    rest = len(names) - SHOWN_NAMES
    return _("{names} and {count} more").format(names=shown, count=rest) if rest > 0 else shown
