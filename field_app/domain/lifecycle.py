"""The life of a ticket: which operation may be done in which state, by whom, and where it leads."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from field_app.domain.operation import DeclineReason
from field_app.domain.people import Role
from field_app.domain.ticket import TicketState

OPEN_STATES: Final = frozenset(
    {
        TicketState.WAITING,
        TicketState.IN_PROGRESS,
        TicketState.ON_HOLD,
        TicketState.IN_REVIEW,
        TicketState.SENT_BACK,
        TicketState.OTHER,
    }
)
ANY_STATE: Final = frozenset(TicketState)
CREWS: Final = frozenset({Role.CREW})
SUPERVISORS: Final = frozenset({Role.SUPERVISOR, Role.ADMIN})
EVERYBODY: Final = CREWS | SUPERVISORS

DOERS: Final[Mapping[str, frozenset[Role]]] = MappingProxyType(
    {
        "start": CREWS,
        "note": EVERYBODY,
        "add_photo": CREWS,
        "remove_photo": CREWS,
        "mark_photo": EVERYBODY,
        "pair_photo": EVERYBODY,
        "move_place": EVERYBODY,
        "hold": CREWS,
        "finish": CREWS,
        "call_back": CREWS,
        "decline": CREWS,
        "approve": SUPERVISORS,
        "send_back": SUPERVISORS,
        "assign": SUPERVISORS,
        "reopen": SUPERVISORS,
    }
)
"""Who may do an operation, by its type."""

STARTS: Final[Mapping[str, frozenset[TicketState]]] = MappingProxyType(
    {
        "start": frozenset({TicketState.WAITING, TicketState.SENT_BACK, TicketState.ON_HOLD}),
        "note": ANY_STATE,
        "add_photo": OPEN_STATES,
        "remove_photo": OPEN_STATES - {TicketState.IN_REVIEW},
        "mark_photo": OPEN_STATES,
        "pair_photo": OPEN_STATES,
        "move_place": OPEN_STATES,
        "hold": frozenset({TicketState.IN_PROGRESS}),
        "finish": frozenset(
            {
                TicketState.WAITING,
                TicketState.IN_PROGRESS,
                TicketState.ON_HOLD,
                TicketState.SENT_BACK,
            }
        ),
        "call_back": frozenset({TicketState.IN_REVIEW}),
        "decline": frozenset({TicketState.WAITING, TicketState.IN_PROGRESS}),
        "approve": frozenset({TicketState.IN_REVIEW}),
        "send_back": frozenset({TicketState.IN_REVIEW}),
        "assign": OPEN_STATES,
        "reopen": frozenset({TicketState.FINISHED}),
    }
)
"""States in which an operation is legal, by its type."""

GOALS: Final[Mapping[str, TicketState]] = MappingProxyType(
    {
        "start": TicketState.IN_PROGRESS,
        "hold": TicketState.ON_HOLD,
        "finish": TicketState.IN_REVIEW,
        "call_back": TicketState.IN_PROGRESS,
        "decline": TicketState.IN_REVIEW,
        "send_back": TicketState.SENT_BACK,
        "reopen": TicketState.WAITING,
    }
)
"""State after an operation, by its type; a type that is missing leaves the state alone."""

DECLINED_GOALS: Final[Mapping[str, TicketState]] = MappingProxyType(
    {
        "": TicketState.FINISHED,
        DeclineReason.NOT_OURS: TicketState.FORWARDED,
        DeclineReason.NOT_FOUND: TicketState.IRRELEVANT,
        DeclineReason.DUPLICATE: TicketState.IRRELEVANT,
        DeclineReason.ALREADY_FIXED: TicketState.FINISHED,
    }
)
"""State after approval, by the reason for which the crew declined (empty: it did the work)."""


def may_do(operation_type: str, state: TicketState, role: Role) -> bool:
    """Return whether `role` may do an operation of `operation_type` on a ticket in `state`."""
    return role in DOERS[operation_type] and state in STARTS[operation_type]
