"""What photos prove: where and when they were taken, and whether any is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.queries.photos import PhotoCard
from field_app.texts import _, ngettext
from field_app.texts.dates import short_date
from field_app.ui.photos.words import NEAR_ENOUGH_M, near_distance
from field_app.ui.shared.words import photo_words

WORK_ROLES = (PhotoRole.BEFORE, PhotoRole.PROGRESS, PhotoRole.AFTER)
"""Roles of the photos that a crew takes, in the order of the work."""


class Tone(StrEnum):
    """How a fact looks; every tone has its own glyph."""

    OK = "ok"
    WARN = "warn"
    MISSING = "missing"

    @property
    def glyph(self) -> str:
        """Name of the icon."""
        return {"ok": "status-finished", "warn": "status-attention"}.get(self, "status-waiting")

    @property
    def colour(self) -> str:
        """Colour token of glyph and words."""
        return {"ok": "okText", "warn": "warnText"}.get(self, "text3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is true about the evidence."""

    tone: Tone
    title: str
    text: str = ""


def cards_of(cards: Sequence[PhotoCard], role: PhotoRole) -> tuple[PhotoCard, ...]:
    """Return the photos of a role that were not taken back, in their order."""
    return tuple(c for c in cards if c.photo.role is role and not c.photo.is_withdrawn)


def is_far(card: PhotoCard) -> bool:
    """Whether the photo says that it was taken somewhere else."""
    return card.distance_m is not None and card.distance_m > NEAR_ENOUGH_M


def is_too_old(card: PhotoCard, reported_at: datetime) -> bool:
    """Whether the photo says that it was taken before the citizen reported."""
    taken_at = card.photo.taken_at
    return taken_at is not None and taken_at < reported_at


def slot_badge(cards: Sequence[PhotoCard], reported_at: datetime) -> Fact:
    """Return the one thing to say above a slot, the most worrying first."""
    if not cards:
        return Fact(tone=Tone.MISSING, title=_("No photo yet"))
    known = [card.distance_m for card in cards if card.distance_m is not None]
    if any(is_far(card) for card in cards):
        words = _("{distance} away").format(distance=near_distance(max(known)))
        return Fact(tone=Tone.WARN, title=words)
    if any(is_too_old(card, reported_at) for card in cards):
        return Fact(tone=Tone.WARN, title=_("Taken before the report"))
    if known:
        words = _("On the spot, {distance}").format(distance=near_distance(max(known)))
        return Fact(tone=Tone.OK, title=words)
    return Fact(tone=Tone.MISSING, title=_("No position in the photo"))


def evidence(ticket: Ticket, cards: Sequence[PhotoCard], now: datetime) -> tuple[Fact, ...]:
    """Return what a supervisor should know before deciding: place, time, completeness."""
    work = [card for role in WORK_ROLES for card in cards_of(cards, role)]
    if not work:
        return (completeness(ticket, cards),)
    return (place_fact(work), time_fact(work, ticket.reported_at, now), completeness(ticket, cards))


def place_fact(work: Sequence[PhotoCard]) -> Fact:
    """Return where the photos were taken; `work` is not empty."""
    far = [card for card in work if is_far(card)]
    known = [card.distance_m for card in work if card.distance_m is not None]
    unknown = len(work) - len(known)
    if far:
        worst = max(far, key=lambda card: card.distance_m or 0.0)
        text = _("{role} photo: {distance} from the reported place").format(
            role=photo_words(worst.photo.role), distance=near_distance(worst.distance_m or 0.0)
        )
        return Fact(tone=Tone.WARN, title=_("Taken somewhere else"), text=text)
    if not known:
        return Fact(
            tone=Tone.MISSING,
            title=_("Place unknown"),
            text=_("The photos say nothing about where they were taken"),
        )
    text = _("Within {distance} of the reported place").format(distance=near_distance(max(known)))
    if unknown:
        more = ngettext(
            "{count} photo has no position", "{count} photos have no position", unknown
        ).format(count=unknown)
        text = f"{text} · {more}"
    return Fact(tone=Tone.OK, title=_("Right place"), text=text)


def time_fact(work: Sequence[PhotoCard], reported_at: datetime, now: datetime) -> Fact:
    """Return when the photos were taken; `work` is not empty."""
    old = [card for card in work if is_too_old(card, reported_at)]
    if old:
        first = min(card.photo.taken_at for card in old if card.photo.taken_at is not None)
        text = ngettext(
            "{count} photo was taken before the report ({date})",
            "{count} photos were taken before the report ({date})",
            len(old),
        ).format(count=len(old), date=short_date(first, now))
        return Fact(tone=Tone.WARN, title=_("Too old"), text=text)
    unknown = sum(1 for card in work if card.photo.taken_at is None)
    if unknown == len(work):
        return Fact(
            tone=Tone.MISSING,
            title=_("Time unknown"),
            text=_("The photos say nothing about when they were taken"),
        )
    text = _("Every photo was taken after the report")
    if unknown:
        text = ngettext(
            "{count} photo has no time, the others were taken after the report",
            "{count} photos have no time, the others were taken after the report",
            unknown,
        ).format(count=unknown)
    return Fact(tone=Tone.OK, title=_("Right time"), text=text)


def completeness(ticket: Ticket, cards: Sequence[PhotoCard]) -> Fact:
    """Return whether before, after and words for the citizen are there."""
    counts = {role: len(cards_of(cards, role)) for role in WORK_ROLES}
    missing = [
        photo_words(role).lower()
        for role in (PhotoRole.BEFORE, PhotoRole.AFTER)
        if not counts[role]
    ]
    if not ticket.resolution_note:
        missing.append(_("words to the citizen"))
    if missing:
        text = _("Missing: {things}").format(things=", ".join(missing))
        return Fact(tone=Tone.WARN, title=_("Not complete"), text=text)
    parts = [f"{photo_words(role)} {count}" for role, count in counts.items() if count]
    parts.append(_("words to the citizen"))
    return Fact(tone=Tone.OK, title=_("Complete"), text=" · ".join(parts))
