"""What photos prove, as facts to read: checks that are worth a look, and what is in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from field_app.domain.checks import Check, CheckKind, sorted_by_weight
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoEvidence, PhotoRole
from field_app.domain.ticket import Ticket
from field_app.queries.photos import PhotoCard, pair_of
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time
from field_app.ui.photos.check_words import badge_words, badges_words, fact_words
from field_app.ui.photos.words import near_distance
from field_app.ui.shared.words import photo_words

WORK_ROLES = (PhotoRole.BEFORE, PhotoRole.PROGRESS, PhotoRole.AFTER)
"""Roles of the photos that a crew takes, in the order of the work."""
ABOUT_PLACE = frozenset({CheckKind.FAR, CheckKind.ODD_PLACE})
ABOUT_TIME = frozenset(
    {CheckKind.BEFORE_REPORT, CheckKind.BEFORE_START, CheckKind.FUTURE, CheckKind.ODD_TIME}
)
ABOUT_FILE = frozenset(
    {
        CheckKind.SCREENSHOT,
        CheckKind.EDITED,
        CheckKind.CHANGED_LATER,
        CheckKind.RESIZED,
        CheckKind.SAVED_AGAIN,
        CheckKind.STRIPPED,
        CheckKind.NO_CAMERA,
    }
)


class Tone(StrEnum):
    """How a fact looks; every tone has its own glyph."""

    OK = "ok"
    WARN = "warn"
    MISSING = "missing"
    PLAIN = "plain"
    """Only said, not judged."""

    @property
    def glyph(self) -> str:
        """Name of the icon."""
        glyphs = {"ok": "status-finished", "warn": "status-attention", "plain": "info"}
        return glyphs.get(self, "status-waiting")

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
    photo_id: PhotoId | None = None
    """The photo to look at; None when it is about no single one, or about the one in sight."""
    is_repeat: bool = False
    """Whether it is to be looked at beside the earlier photo that shows the same."""


def cards_of(cards: Sequence[PhotoCard], role: PhotoRole) -> tuple[PhotoCard, ...]:
    """Return the photos of a role that were neither taken back nor taken again, in their order."""
    return tuple(
        card
        for card in cards
        if card.photo.role is role and not card.photo.is_withdrawn and card.replaced_by is None
    )


def versions_of(cards: Sequence[PhotoCard], card: PhotoCard) -> tuple[PhotoCard, ...]:
    """Return the earlier photos that one is shown instead of, the newest first."""
    earlier = [c for c in cards if c.replaced_by == card.photo.id and not c.photo.is_withdrawn]
    return tuple(reversed(earlier))


def is_odd(card: PhotoCard) -> bool:
    """Whether something about the photo is worth a look."""
    return any(check.kind.is_odd for check in card.checks)


def slot_badge(cards: Sequence[PhotoCard]) -> Fact:
    """Return the one thing to say above a slot, with how many more there are."""
    if not cards:
        return Fact(tone=Tone.MISSING, title=_("No photo yet"))
    checks = sorted_by_weight(check for card in cards for check in card.checks)
    every = "\n".join(dict.fromkeys(badge_words(check) for check in checks))
    if checks and checks[0].kind.is_odd:
        return Fact(tone=Tone.WARN, title=badges_words(checks), text=every)
    known = [card.distance_m for card in cards if card.distance_m is not None]
    if known:
        words = _("On the spot, {distance}").format(distance=near_distance(max(known)))
        more = len({check.kind for check in checks})
        return Fact(tone=Tone.OK, title=f"{words} +{more}" if more else words, text=every)
    words = badges_words(checks) if checks else _("No position in the photo")
    return Fact(tone=Tone.MISSING, title=words, text=every)


def photo_facts(card: PhotoCard, now: datetime) -> tuple[Fact, ...]:
    """Return everything about one photo of a crew: its checks, then what its file says."""
    facts = [
        Fact(
            tone=_tone(check),
            title=badge_words(check),
            text=fact_words(check, now),
            photo_id=None if check.seen is None else check.photo_id,
            is_repeat=check.seen is not None,
        )
        for check in card.checks
    ]
    photo, evidence = card.photo, card.photo.evidence
    if photo.taken_at is not None:
        zone = "" if evidence is None else _zone_words(evidence)
        title = _("Taken {time}").format(time=date_and_time(photo.taken_at, now))
        facts.append(Fact(tone=Tone.PLAIN, title=title, text=zone))
    if card.distance_m is not None and not _has(card.checks, ABOUT_PLACE):
        title = _("{distance} from the reported place").format(
            distance=near_distance(card.distance_m)
        )
        facts.append(Fact(tone=Tone.PLAIN, title=title, text=_exactness(evidence)))
    if evidence is not None and evidence.camera:
        program = evidence.software
        text = _("Program: {program}").format(program=program) if program else ""
        facts.append(Fact(tone=Tone.PLAIN, title=evidence.camera, text=text))
    return tuple(facts)


def pair_facts(cards: Sequence[PhotoCard], card: PhotoCard, now: datetime) -> tuple[Fact, ...]:
    """Return which photo from before the work an after photo is compared with; none without."""
    pair = pair_of(cards, card)
    if pair is None:
        return ()
    at = pair.photo.taken_at or pair.photo.added_at
    what = photo_words(pair.photo.role)
    title = _("Pair: {photo}").format(
        photo=what if at is None else f"{what} {date_and_time(at, now)}"
    )
    count = card.photo.pair_matches
    text = _("The pictures were not compared")
    if count is not None:
        words = ngettext("{count} point fits", "{count} points fit", count)
        text = words.format(count=count)
    return (Fact(tone=Tone.PLAIN, title=title, text=text, photo_id=pair.photo.id),)


def evidence(ticket: Ticket, cards: Sequence[PhotoCard], now: datetime) -> tuple[Fact, ...]:
    """Return what a supervisor should know before deciding; what weighs most first."""
    work = [card for role in WORK_ROLES for card in cards_of(cards, role)]
    if not work:
        return (completeness(ticket, cards),)
    checks = sorted_by_weight(check for card in work for check in card.checks)
    by_kind: dict[CheckKind, list[Check]] = {}
    for check in checks:
        by_kind.setdefault(check.kind, []).append(check)
    facts = [_group(group, now) for group in by_kind.values()]
    return (*facts, *_in_order(work, frozenset(by_kind)), completeness(ticket, cards))


def completeness(ticket: Ticket, cards: Sequence[PhotoCard]) -> Fact:
    """Return whether before, after and words for the citizen are there.

    A missing after photo with its reason is said elsewhere, before everything.
    """
    counts = {role: len(cards_of(cards, role)) for role in WORK_ROLES}
    needed = [PhotoRole.BEFORE]
    if not ticket.no_photo_reason:
        needed.append(PhotoRole.AFTER)
    missing = [photo_words(role).lower() for role in needed if not counts[role]]
    if not ticket.resolution_note:
        missing.append(_("words to the citizen"))
    if missing:
        text = _("Missing: {things}").format(things=", ".join(missing))
        return Fact(tone=Tone.WARN, title=_("Not complete"), text=text)
    parts = [f"{photo_words(role)} {count}" for role, count in counts.items() if count]
    parts.append(_("words to the citizen"))
    is_whole = bool(counts[PhotoRole.AFTER])
    title = _("Complete") if is_whole else _("Everything else is there")
    return Fact(tone=Tone.OK, title=title, text=" · ".join(parts))


def _group(checks: Sequence[Check], now: datetime) -> Fact:
    """Return what several photos have in common, told by the one that shows it most."""
    worst = max(checks, key=lambda check: check.metres or 0.0)
    text = f"{photo_words(worst.role)}: {fact_words(worst, now)}"
    more = len(checks) - 1
    if more:
        words = ngettext("{count} more photo", "{count} more photos", more).format(count=more)
        text = f"{text} · {words}"
    is_far = worst.kind is CheckKind.FAR
    title = _("Taken somewhere else") if is_far else badge_words(worst)
    return Fact(
        tone=_tone(worst),
        title=title,
        text=text,
        photo_id=worst.photo_id,
        is_repeat=worst.seen is not None,
    )


def _in_order(work: Sequence[PhotoCard], kinds: frozenset[CheckKind]) -> list[Fact]:
    """Return what was looked at and found in order: place, time, file."""
    facts = []
    known = [card.distance_m for card in work if card.distance_m is not None]
    if known and not kinds & (ABOUT_PLACE | {CheckKind.VAGUE_PLACE}):
        text = _("Within {distance} of the reported place").format(
            distance=near_distance(max(known))
        )
        facts.append(Fact(tone=Tone.OK, title=_("Right place"), text=text))
    has_time = any(card.photo.taken_at is not None for card in work)
    if has_time and not kinds & ABOUT_TIME:
        facts.append(Fact(tone=Tone.OK, title=_("Right time"), text=_time_words(work)))
    if not kinds & ABOUT_FILE and all(card.photo.evidence is not None for card in work):
        text = _("The files name the camera and no picture editor")
        facts.append(Fact(tone=Tone.OK, title=_("Straight from the camera"), text=text))
    return facts


def _time_words(work: Sequence[PhotoCard]) -> str:
    """Return that the photos were taken after the report, as far as they say."""
    unknown = sum(1 for card in work if card.photo.taken_at is None)
    if not unknown:
        return _("Every photo was taken after the report")
    return ngettext(
        "{count} photo has no time, the others were taken after the report",
        "{count} photos have no time, the others were taken after the report",
        unknown,
    ).format(count=unknown)


def _tone(check: Check) -> Tone:
    return Tone.WARN if check.kind.is_odd else Tone.MISSING


def _has(checks: Sequence[Check], kinds: frozenset[CheckKind]) -> bool:
    return any(check.kind in kinds for check in checks)


def _zone_words(evidence: PhotoEvidence) -> str:
    if evidence.has_zone:
        return _("The zone stands in the file")
    return _("No zone in the file, so this computer's was taken")


def _exactness(evidence: PhotoEvidence | None) -> str:
    if evidence is None or evidence.accuracy_m is None:
        return ""
    return _("Position known within {distance}").format(distance=near_distance(evidence.accuracy_m))
