"""What is written on one photo: when it was taken and whether the hub has it."""

from datetime import datetime
from pathlib import Path

from field_app.queries.local_state import LocalState
from field_app.queries.photos import PhotoCard
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time
from field_app.ui.photos.check_words import badge_words
from field_app.ui.shared.words import local_words, photo_words

GLYPHS = {
    LocalState.QUEUED: "status-queued",
    LocalState.SENDING: "status-sending",
    LocalState.PAUSED: "status-paused",
    LocalState.RETRY: "status-retry",
    LocalState.ATTENTION: "status-attention",
}


def best_file(card: PhotoCard, *, with_marks: bool = False) -> Path | None:
    """Return the sharpest picture that this laptop has and that Qt reads quickly.

    Args:
        card: The photo.
        with_marks: Whether its marks are to be seen; until they are drawn in, it comes without.
    """
    marked = card.marked if with_marks else None
    return marked or card.screen or card.thumb


def waiting_glyph(card: PhotoCard) -> str:
    """Return the icon of where the photo stands on its way to the hub."""
    if card.local is LocalState.NONE and not card.photo.has_arrived:
        return "clock"
    return GLYPHS.get(card.local, "check-check")


def when_taken(card: PhotoCard, now: datetime) -> str:
    """Return '19 พ.ย. 09:21 น.'; the time it was added when the picture says nothing."""
    at = card.photo.taken_at or card.photo.added_at
    return date_and_time(at, now) if at is not None else _("No time")


def take_words(card: PhotoCard) -> str:
    """Return 'taken 2 times' of a photo that was taken again; empty for the first one."""
    return _("take {count}").format(count=card.take) if card.take > 1 else ""


def hub_words(card: PhotoCard) -> str:
    """Return 'รอส่ง', or that the hub has it, or only a picture of it."""
    if card.photo.has_screen_copy and not card.photo.has_arrived:
        if card.local is LocalState.NONE:
            return _("Smaller picture at the hub, original still to come")
        if card.local is LocalState.PAUSED:
            return _("Smaller picture at the hub, original only here")
    if card.local is not LocalState.NONE:
        return local_words(card.local)
    return _("At the hub") if card.photo.has_arrived else _("Full photo not at the hub yet")


def spoken(card: PhotoCard, now: datetime) -> str:
    """Return everything about a photo for a screen reader."""
    parts = [photo_words(card.photo.role), when_taken(card, now), hub_words(card)]
    if card.take > 1:
        parts.append(take_words(card))
    if card.is_marked_up:
        parts.append(mark_count(card))
    parts += [badge_words(check) for check in card.checks]
    return ", ".join(parts)


def mark_count(card: PhotoCard) -> str:
    """Return '4 marks'."""
    count = len(card.photo.marks)
    return ngettext("{count} mark", "{count} marks", count).format(count=count)
