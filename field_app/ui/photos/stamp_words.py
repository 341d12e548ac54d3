"""What a stamp says: job, time, place and crew; what the photo does not know is never made up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from field_app.domain.checks import CheckKind, checks_of
from field_app.domain.ticket import Ticket
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.texts.dates import full_date_and_time
from field_app.ui.photos.words import near_distance
from field_app.ui.shared.words import photo_words

PARTS: Final = ("job", "time", "place", "crew")
"""What a stamp may say, in its order; a person chooses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFacts:
    """What a stamp is made of."""

    ticket: Ticket
    card: PhotoCard
    crew: str
    """Name of the crew; empty when there is none."""
    now: datetime


def stamp_lines(facts: StampFacts, parts: frozenset[str]) -> tuple[str, ...]:
    """Return the lines of a stamp in the language in use; none when nothing is chosen."""
    said = {
        "job": _job_line(facts),
        "time": time_line(facts),
        "place": place_line(facts),
        "crew": _("Crew: {name}").format(name=facts.crew) if facts.crew else _("No crew"),
    }
    return tuple(said[part] for part in PARTS if part in parts)


def time_line(facts: StampFacts) -> str:
    """Return when the photo was taken, as its file says, and whether that can be."""
    taken_at = facts.card.photo.taken_at
    if taken_at is None:
        return _("Time taken: the photo does not say")
    words = _("Taken: {time}").format(time=full_date_and_time(taken_at))
    checks = checks_of(facts.card.photo, facts.ticket, facts.now)
    kinds = {check.kind for check in checks}
    if CheckKind.FUTURE in kinds:
        return _("{words} (doubtful: in the future)").format(words=words)
    if CheckKind.BEFORE_REPORT in kinds:
        return _("{words} (doubtful: before the report)").format(words=words)
    return words


def place_line(facts: StampFacts) -> str:
    """Return where the photo was taken, as its file says."""
    place = facts.card.photo.place
    if place is None:
        return _("Place taken: the photo does not say")
    words = _("Taken at: {latitude}, {longitude}").format(
        latitude=f"{place.latitude:.5f}", longitude=f"{place.longitude:.5f}"
    )
    if facts.card.distance_m is None:
        return words
    far = _("{distance} from the reported place")
    return f"{words} · {far.format(distance=near_distance(facts.card.distance_m))}"


def _job_line(facts: StampFacts) -> str:
    """Return which job it is and what the photo shows."""
    line = _("Job {number}").format(number=facts.ticket.id)
    return f"{line} · {photo_words(facts.card.photo.role)}"
