"""What a supervisor sees of work that was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.checks import Check, sorted_by_weight
from field_app.domain.clock import from_stamp
from field_app.domain.ids import CrewId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.protocol.listed import listed_of
from field_app.queries.desk import Desk, honest_now
from field_app.queries.photos import PhotoCard, pair_of, photo_cards
from field_app.store import lists, sync_state


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
    """The pair of the last after photo, else the last before photo, else the citizen's last one."""
    after: PhotoCard | None
    """The last after photo."""
    is_overdue: bool
    """Whether it was handed in after its deadline."""
    arrived_count: int
    """Photos of the work whose originals are at the hub, whole and checked."""
    announced_count: int
    """Photos of the work that the crew announced; the report counts when all have arrived."""
    is_decided: bool
    """Whether it is approved already and only waits for photos."""
    checks: tuple[Check, ...] = ()
    """What is worth a look about the photos of the work, what weighs most first."""
    no_photo_reason: str = ""
    """A `NoPhotoReason` value: why there is no after photo; empty when there is one."""

    @property
    def missing_count(self) -> int:
        """Return how many photos are still to come."""
        return self.announced_count - self.arrived_count


def review_list(desk: Desk) -> tuple[ReviewRow, ...]:
    """Return what awaits a decision, longest waiting first, then what awaits only photos.

    Raises:
        StoreFailed: The database cannot be read.
    """
    crews = {crew.id: crew.name for crew in sync_state.reference(desk.db).crews}
    worked_on = lists.worked_on(desk.db, desk.person)
    tickets = (*lists.in_review(desk.db, worked_on), *lists.awaited(desk.db, worked_on))
    rows = [_row(desk, ticket, crews) for ticket in tickets]
    now = honest_now(desk)
    return tuple(
        sorted(rows, key=lambda row: (row.is_decided, row.handed_in_at or now, row.ticket_id))
    )


def _row(desk: Desk, ticket: Ticket, crews: Mapping[CrewId, str]) -> ReviewRow:
    """Return one handed-in ticket."""
    every = photo_cards(desk, ticket)
    cards = [card for card in every if card.replaced_by is None]
    after = _last(cards, PhotoRole.AFTER)
    listed = listed_of(ticket)
    handed_in_at = None if listed.handed_in_at is None else from_stamp(listed.handed_in_at)
    is_overdue = (
        ticket.due_at is not None and handed_in_at is not None and ticket.due_at < handed_in_at
    )
    return ReviewRow(
        ticket_id=ticket.id,
        title=ticket.title,
        place_line=listed.place_line,
        crew_name="" if ticket.crew_id is None else crews.get(ticket.crew_id, ""),
        category=listed.category,
        handed_in_at=handed_in_at,
        is_declined=bool(ticket.decline_reason),
        decline_reason=ticket.decline_reason,
        before=(pair_of(every, after) if after is not None else None)
        or _last(cards, PhotoRole.BEFORE)
        or _last(cards, PhotoRole.CITIZEN),
        after=after,
        is_overdue=is_overdue,
        arrived_count=len(ticket.work_photos) - len(ticket.missing_photos),
        announced_count=len(ticket.work_photos),
        is_decided=ticket.is_closed,
        checks=sorted_by_weight(check for card in cards for check in card.checks),
        no_photo_reason=ticket.no_photo_reason,
    )


def _last(cards: Sequence[PhotoCard], role: PhotoRole) -> PhotoCard | None:
    """Return the newest photo of a role, or None."""
    return next((card for card in reversed(cards) if card.photo.role is role), None)
