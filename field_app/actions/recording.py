"""How anything a person does is written down: checked by the rules, then one transaction."""

from dataclasses import dataclass

from field_app.domain.changes import Changes
from field_app.domain.ids import OperationId, PhotoId, TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, durably written down on this laptop."""

    changes: Changes
    operation_id: OperationId
    """Also what undo is given."""
    ticket_id: TicketId
    photo_id: PhotoId | None = None
    """The photo that was attached or removed, if any."""
