"""What a person sees of a photo that shows the same as an earlier one: both of them."""

from dataclasses import dataclass
from enum import StrEnum

from field_app.domain.checks import Check
from field_app.domain.errors import NotAllowed
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.people import Person, Role
from field_app.domain.photo import SeenBefore
from field_app.domain.ticket import Ticket
from field_app.queries.desk import Desk
from field_app.queries.photos import PhotoCard, photo_cards
from field_app.store import tickets


class Absence(StrEnum):
    """Why there is no earlier picture to look at."""

    OTHER_CREWS = "other_crews"
    """The job is not on this laptop, and a crew gets pictures of its own jobs only."""
    NO_JOB = "no_job"
    """The job is not on a supervisor's laptop (yet)."""
    TAKEN_BACK = "taken_back"
    """Its crew took the photo back."""
    NOT_FETCHED = "not_fetched"
    """The job is here, a picture of the photo is not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A photo beside the earlier one that shows the same."""

    ticket_id: TicketId
    """The photo's own ticket."""
    card: PhotoCard
    check: Check
    """What is said of it; its `seen` is never None."""
    seen: SeenBefore
    """The earlier photo, as far as it is known without its ticket."""
    earlier: PhotoCard | None
    """None unless this laptop knows the photo and it was not taken back."""
    absence: Absence | None
    """Why there is no earlier picture; None when there is one."""
    has_job: bool
    """Whether the earlier photo's ticket is on this laptop."""

    @property
    def is_other_job(self) -> bool:
        """Whether the earlier photo belongs to another ticket."""
        return self.seen.ticket_id != self.ticket_id


def repeat_of(desk: Desk, ticket_id: TicketId, photo_id: PhotoId) -> Repeat | None:
    """Return a photo with the earlier one; None when nothing like that is said of it (any more).

    Raises:
        NotAllowed: This laptop does not have the photo's ticket.
        StoreFailed: The database cannot be read.
    """
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    if ticket is None:
        raise NotAllowed(f"ticket {ticket_id} is not on this laptop")
    cards = photo_cards(desk, ticket)
    for card in cards:
        for check in card.checks if card.photo.id == photo_id else ():
            if check.seen is not None:
                return _repeat(desk, (ticket, cards), (card, check, check.seen))
    return None


def _repeat(
    desk: Desk,
    here: tuple[Ticket, tuple[PhotoCard, ...]],
    told: tuple[PhotoCard, Check, SeenBefore],
) -> Repeat:
    """Return the photo, what is said of it, and the earlier one as its ticket has it."""
    ticket, cards = here
    card, check, seen = told
    there: Ticket | None = ticket
    if seen.ticket_id != ticket.id:
        there = tickets.visible_copy(desk.db, seen.ticket_id, desk.person)
        cards = () if there is None else photo_cards(desk, there)
    earlier = next((c for c in cards if c.photo.id == seen.photo_id), None)
    return Repeat(
        ticket_id=ticket.id,
        card=card,
        check=check,
        seen=seen,
        earlier=earlier,
        absence=_absence(there, earlier, seen, desk.person),
        has_job=there is not None,
    )


def _absence(
    there: Ticket | None, earlier: PhotoCard | None, seen: SeenBefore, person: Person
) -> Absence | None:
    """Return why there is no earlier picture to look at; None when there is one."""
    if there is None:
        return Absence.OTHER_CREWS if person.role is Role.CREW else Absence.NO_JOB
    if earlier is not None:
        has_picture = earlier.screen is not None or earlier.thumb is not None
        return None if has_picture else Absence.NOT_FETCHED
    is_known = any(photo.id == seen.photo_id for photo in there.photos)
    return Absence.TAKEN_BACK if is_known else Absence.NOT_FETCHED
