"""Status words of the platform and what they mean here; what no table knows is never guessed."""

from collections.abc import Mapping
from typing import Final

from field_app.domain.ticket import TicketState

STATES_BY_TYPE: Final[Mapping[str, TicketState]] = {
    "start": TicketState.WAITING,
    "report": TicketState.WAITING,
    "waiting": TicketState.WAITING,
    "inprogress": TicketState.IN_PROGRESS,
    "finish": TicketState.FINISHED,
    "forward": TicketState.FORWARDED,
    "irrelevant": TicketState.IRRELEVANT,
}
"""The platform's status types; `follow` is missing because it says nothing about the work."""

TYPES_BY_WORDS: Final[Mapping[str, str]] = {
    "รอรับเรื่อง": "waiting",
    "กำลังดำเนินการ": "inprogress",
    "เสร็จสิ้น": "finish",
    "ส่งต่อ": "forward",
    "ส่งต่อ(ใหม่)": "forward",
    "ไม่เกี่ยวข้อง": "irrelevant",
}
"""The platform's own status words; an agency's own stand in its settings."""


def state_of(words: str, own: Mapping[str, TicketState]) -> TicketState:
    """Return what status words mean; `OTHER` when nobody says.

    Args:
        words: As the platform shows them.
        own: The agency's own words, which go first.
    """
    if words in own:
        return own[words]
    return STATES_BY_TYPE.get(TYPES_BY_WORDS.get(words, ""), TicketState.OTHER)
