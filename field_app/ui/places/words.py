"""Places in words: reasons for moving a pin, why jobs are one visit."""

from collections.abc import Mapping, Sequence
from typing import Final

from field_app.domain.place import Place, distance_m
from field_app.domain.ticket import Ticket
from field_app.domain.visits import Bond
from field_app.queries.visits import CompanionRow
from field_app.texts import _, mark, ngettext
from field_app.texts.numbers import measured

MOVE_REASONS: Final = (
    mark("The problem is on the other side of the road"),
    mark("The citizen's photo shows another place"),
    mark("The address is right, the pin is not"),
    mark("The citizen was asked"),
)
"""Ready reasons for moving a pin."""
BONDS: Final[Mapping[Bond, str]] = {
    Bond.SAME_PHOTO: mark("the same in its photo"),
    Bond.SAME_KIND: mark("perhaps the same problem"),
}
"""Why a job belongs to a visit, besides that it is near."""


def away_words(place: Place, before: Place | None, reported: Place | None) -> str:
    """Return how far a new place is from the citizen's point, else from the pin; may be empty."""
    if reported is not None:
        away = measured(distance_m(place, reported))
        return _("{distance} from the citizen's point").format(distance=away)
    if before is not None:
        away = measured(distance_m(place, before))
        return _("{distance} from where it was").format(distance=away)
    return ""


def moved_words(ticket: Ticket) -> str:
    """Return that a pin was moved and how far; empty for one that was not."""
    if ticket.moved_pin is None or ticket.place is None:
        return ""
    reported = ticket.reported_place
    if reported is None:
        return _("Pin set by hand; the citizen gave no place")
    away = measured(distance_m(ticket.place, reported))
    return _("Pin moved {distance} from the citizen's point").format(distance=away)


def visit_words(rows: Sequence[CompanionRow]) -> str:
    """Return how many jobs could be done on the same visit."""
    count = len(rows)
    if all(row.bond is Bond.NEAR for row in rows):
        words = ngettext("{count} more job within 30 m", "{count} more jobs within 30 m", count)
    else:
        words = ngettext(
            "{count} more job for the same visit", "{count} more jobs for the same visit", count
        )
    return words.format(count=count)


def companion_words(row: CompanionRow) -> str:
    """Return how far a job of a visit is, what it is called, and why it belongs to it."""
    away = "" if row.distance_m is None else measured(row.distance_m)
    bond = _(BONDS[row.bond]) if row.bond in BONDS else ""
    return " · ".join(part for part in (away, row.row.id, bond) if part)
