"""What a supervisor sees of work that was handed in."""

from dataclasses import dataclass
from datetime import datetime

from field_app.domain.ids import TicketId
from field_app.queries.desk import Desk
from field_app.queries.photos import PhotoCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One handed-in ticket."""

    ticket_id: TicketId
    title: str
    place_line: str
    crew_name: str
    """Empty when nobody has it."""
    category: str
    handed_in_at: datetime | None
    is_declined: bool
    """Whether the crew says that there is nothing to do."""
    decline_reason: str
    """A `DeclineReason` value; empty unless declined."""
    before: PhotoCard | None
    """The last before photo, else the citizen's last one."""
    after: PhotoCard | None
    """The last after photo."""
    is_overdue: bool
    """Whether it was handed in after its deadline."""


def review_list(desk: Desk) -> tuple[ReviewRow, ...]:
    """Return what awaits a decision, longest waiting first; may be empty.

    Raises:
        StoreFailed: The database cannot be read.
    """
    raise NotImplementedError
