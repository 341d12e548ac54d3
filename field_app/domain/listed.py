"""What a list says of a ticket: plain columns for ten thousand lines."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from field_app.domain.ticket import EntryKind, TicketState

NOT_FOR_CREW: Final = frozenset(
    {
        TicketState.IN_REVIEW,
        TicketState.FINISHED,
        TicketState.FORWARDED,
        TicketState.IRRELEVANT,
    }
)
"""States in which no crew has to act now."""
HANDING_IN: Final = frozenset({EntryKind.FINISH, EntryKind.DECLINE})

_AROUND: Final = re.compile(r"[ ,](?:แขวง|ตำบล|ต\.|เขต|อำเภอ|อ\.|จังหวัด|จ\.)")
"""Where an address goes on from the street to the places around it."""
_SUBDISTRICT: Final = re.compile(r"^(?:แขวง|ตำบล|ต\.)\s*")
_BANGKOK: Final = frozenset({"กรุงเทพมหานคร", "กรุงเทพฯ", "กทม."})


class Listed(NamedTuple):
    """A ticket's columns; times are stamps."""

    id: str
    revision: int
    title: str
    category: str
    """The most important one; may be empty."""
    categories: str
    """From `joined`."""
    state: str
    foreign_state: str
    is_for_crew: int
    due_at: str | None
    reported_at: str
    handed_in_at: str | None
    """When the work was last handed in; None while a crew has to act."""
    latitude: float | None
    longitude: float | None
    place_line: str
    crew_id: str | None
    photo_count: int
    """Without withdrawn ones."""


def joined(categories: list[str]) -> str:
    """Return categories in one text, each between line ends."""
    return "\n" + "".join([f"{category}\n" for category in categories])


def place_line(address: str, subdistrict: str, district: str, province: str) -> str:
    """Return street and subdistrict, as short as a row of a list wants them; may be empty.

    An address ends where it begins to name the places around it: `ถ.กลางเมือง · ต.ในเมือง`.
    """
    text = f" {address}"
    around = _AROUND.search(text)
    street = (text if around is None else text[: around.start()]).strip(" ,")
    if not subdistrict:
        return street or address or district
    name = _named(subdistrict, province)
    return f"{street} · {name}" if street else name


@lru_cache(maxsize=1024)
def _named(subdistrict: str, province: str) -> str:
    """Return a subdistrict with the word that is usual for it there."""
    kind = "แขวง" if province in _BANGKOK else "ต."
    return f"{kind}{_SUBDISTRICT.sub('', subdistrict.strip())}"
