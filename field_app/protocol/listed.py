"""What lists need of a ticket, taken from its JSON and checked: ten thousand in a moment."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

import orjson

from field_app.domain.clock import stamp_of
from field_app.domain.listed import HANDING_IN, NOT_FOR_CREW, Listed, joined, place_line
from field_app.domain.ticket import Ticket, TicketState, title_of
from field_app.protocol.codec import dump

Plain = Mapping[str, Any]

STATES: Final = frozenset(state.value for state in TicketState)
PARTS: Final = itemgetter(
    *("id", "words", "foreign_state", "address", "subdistrict", "district", "province"),
    *("revision", "state", "categories", "crew_id", "place", "reported_at", "due_at", "photos"),
)
ONLY_TEXT: Final = frozenset({str})
NUMBERS: Final = frozenset({float, int})
_new = tuple.__new__
"""Half the time of calling the class, which counts its arguments first."""


class NotListable(ValueError):
    """JSON that is no ticket in the form in which a hub writes it; it may still be one."""


def load_listed(doc: bytes | str) -> Listed:
    """Return a ticket's columns; the rest of it is read over and not checked.

    All that is needed must stand there in the form of `field_app.protocol.codec.dump`. What
    becomes of another form is for `load_ticket` to say, which checks everything and takes three
    times as long.

    Raises:
        NotListable: It is no ticket of this form.
    """
    try:
        plain: Plain = orjson.loads(doc)
        return _listed(plain)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NotListable(f"{type(error).__name__}: no ticket in the usual form") from error


def listed_of(ticket: Ticket) -> Listed:
    """Return the columns of a whole ticket, by the same way as all others."""
    return load_listed(dump(ticket))


def _listed(plain: Plain) -> Listed:
    """Return the columns; one of `load_listed`'s errors when something is not as it should be."""
    (
        ticket_id,
        words,
        foreign_state,
        address,
        subdistrict,
        district,
        province,
        revision,
        state,
        categories,
        crew_id,
        place,
        reported_at,
        due_at,
        photos,
    ) = PARTS(plain)
    is_sound = (
        type(ticket_id)
        is type(words)
        is type(foreign_state)
        is type(address)
        is type(subdistrict)
        is type(district)
        is type(province)
        is str
        and "\0" not in ticket_id  # SQLite's JSON would cut it there
        and type(revision) is int
        and state in STATES
        and type(categories) is list
        and ONLY_TEXT.issuperset(map(type, categories))
        and (crew_id is None or type(crew_id) is str)
    )
    if not is_sound:
        raise TypeError
    latitude, longitude = _degrees(place)
    is_for_crew = state not in NOT_FOR_CREW
    return _new(
        Listed,
        (
            ticket_id,
            revision,
            title_of(words),
            categories[0] if categories else "",
            joined(categories),
            state,
            foreign_state,
            int(is_for_crew),
            None if due_at is None else stamp_of(due_at),
            stamp_of(reported_at),
            None if is_for_crew else _handed_in(plain["timeline"]),
            latitude,
            longitude,
            place_line(address, subdistrict, district, province),
            crew_id,
            _shown(photos),
        ),
    )


def _degrees(place: Plain | None) -> tuple[float | None, float | None]:
    """Return latitude and longitude in degrees WGS 84; None for no place."""
    if place is None:
        return None, None
    latitude, longitude = place["latitude"], place["longitude"]
    if type(latitude) not in NUMBERS or type(longitude) not in NUMBERS:
        raise TypeError
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - degrees
        raise ValueError
    return latitude, longitude


def _handed_in(timeline: Sequence[Plain]) -> str | None:
    """Return when the work was last handed in."""
    if type(timeline) is not list:
        raise TypeError
    for entry in reversed(timeline):
        if entry["kind"] in HANDING_IN and not entry["is_only_recorded"]:
            return stamp_of(entry["at"])
    return None


def _shown(photos: Sequence[Plain]) -> int:
    """Return how many photos were not withdrawn."""
    if type(photos) is not list:
        raise TypeError
    return sum([not photo["is_withdrawn"] for photo in photos]) if photos else 0
