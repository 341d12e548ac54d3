"""A ticket: what a citizen reported and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from field_app.domain.ids import CrewId, OperationId, PersonId, PhotoId, Revision, TicketId
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place

TITLE_LENGTH = 60
"""Characters of the citizen's words that serve as a title."""


def title_of(words: str) -> str:
    """Return the first line of a citizen's words, cut at a space when it is long."""
    first = words.strip().split("\n", 1)[0].strip()
    if len(first) <= TITLE_LENGTH:
        return first
    cut = first[: TITLE_LENGTH + 1].rsplit(" ", 1)[0]
    return cut if TITLE_LENGTH // 2 <= len(cut) <= TITLE_LENGTH else first[:TITLE_LENGTH]


class TicketState(StrEnum):
    """Where a ticket stands in the agency's work."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    FINISHED = "finished"
    FORWARDED = "forwarded"
    IRRELEVANT = "irrelevant"
    OTHER = "other"
    """A state of the agency's own that no rule maps; `Ticket.foreign_state` has its words."""


CLOSED_STATES = frozenset({TicketState.FINISHED, TicketState.FORWARDED, TicketState.IRRELEVANT})
"""States in which no crew has anything to do."""


class EntryKind(StrEnum):
    """What a line of the timeline tells."""

    REPORTED = "reported"
    IMPORTED = "imported"
    """The platform changed the ticket."""
    START = "start"
    NOTE = "note"
    ADD_PHOTO = "add_photo"
    REMOVE_PHOTO = "remove_photo"
    MARK_PHOTO = "mark_photo"
    PAIR_PHOTO = "pair_photo"
    MOVE_PLACE = "move_place"
    HOLD = "hold"
    FINISH = "finish"
    CALL_BACK = "call_back"
    DECLINE = "decline"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ASSIGN = "assign"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened to a ticket."""

    kind: EntryKind
    at: datetime
    person_id: PersonId | None = None
    """Who did it; None for the platform and citizens."""
    person_name: str = ""
    crew_id: CrewId | None = None
    """The doer's crew, or for `assign` the crew that got the ticket."""
    text: str = ""
    """Note or further words; may be empty."""
    reason: str = ""
    """A `HoldReason` or `DeclineReason` value, or a supervisor's own words; may be empty."""
    operation_id: OperationId | None = None
    is_only_recorded: bool = False
    """The ticket had moved on: kept as evidence, changed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPin:
    """What is kept when somebody moves a ticket's pin."""

    reported_place: Place | None = None
    """The citizen's point; None when they gave none."""
    reason: str = ""
    """Why the pin was moved last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One reported problem, as the hub knows it or as it will be after my waiting operations."""

    id: TicketId
    revision: Revision
    words: str
    """The citizen's own words; the first line serves as title."""
    categories: tuple[str, ...] = ()
    """In the agency's language, most important first; may be empty."""
    state: TicketState = TicketState.WAITING
    foreign_state: str = ""
    """The state's words on the platform it came from, verbatim; empty for none."""
    place: Place | None = None
    """Where the pin stands: the citizen's point, or where somebody moved it; None for none."""
    address: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    reported_at: datetime
    due_at: datetime | None = None
    crew_id: CrewId | None = None
    """The crew that has it now; None when nobody was told yet."""
    former_crew_ids: tuple[CrewId, ...] = ()
    """Crews that had it before, oldest first."""
    photos: tuple[Photo, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    """Oldest first."""
    send_back_reason: str = ""
    """Why a supervisor wants it done again; empty unless `sent_back`."""
    decline_reason: str = ""
    """Why the crew declined; decides what approval makes of it; empty unless declined."""
    resolution_note: str = ""
    """The crew's words for the citizen at the last `finish`."""
    no_photo_reason: str = ""
    """A `NoPhotoReason` value: why the last `finish` had no after photo; empty when it had."""
    moved_pin: MovedPin | None = None
    """None while the pin stands where the citizen's point is."""

    @property
    def title(self) -> str:
        """Return the first line of the words, cut at a space when it is long."""
        return title_of(self.words)

    @property
    def reported_place(self) -> Place | None:
        """Return the citizen's point, wherever the pin stands now; None when they gave none."""
        return self.place if self.moved_pin is None else self.moved_pin.reported_place

    def with_pin_at(self, place: Place, reason: str) -> "Ticket":
        """Return the ticket with its pin moved; at the citizen's point it counts as unmoved."""
        reported = self.reported_place
        moved = None if place == reported else MovedPin(reported_place=reported, reason=reason)
        return replace(self, place=place, moved_pin=moved)

    def with_reported_place(self, place: Place | None) -> "Ticket":
        """Return the ticket with another point of the citizen; a pin that was moved stays."""
        if self.moved_pin is None:
            return replace(self, place=place)
        return replace(self, moved_pin=replace(self.moved_pin, reported_place=place))

    @property
    def is_closed(self) -> bool:
        """Whether no crew has anything to do here."""
        return self.state in CLOSED_STATES

    def is_overdue(self, now: datetime) -> bool:
        """Return whether the deadline has passed and the crew still has to act."""
        waits_for_crew = not self.is_closed and self.state is not TicketState.IN_REVIEW
        return waits_for_crew and self.due_at is not None and self.due_at < now

    @property
    def work_photos(self) -> tuple[Photo, ...]:
        """Return the photos that crews announced and did not take back, oldest first."""
        return tuple(
            p for p in self.photos if p.role is not PhotoRole.CITIZEN and not p.is_withdrawn
        )

    @property
    def missing_photos(self) -> tuple[Photo, ...]:
        """Return the announced photos whose originals the hub has not got whole and checked."""
        return tuple(p for p in self.work_photos if not p.has_arrived)

    @property
    def is_complete(self) -> bool:
        """Whether the hub holds every announced photo: only then does a report count as whole."""
        return not self.missing_photos

    def photos_of(self, role: PhotoRole) -> tuple[Photo, ...]:
        """Return the photos of `role` that were not withdrawn, oldest first."""
        return tuple(p for p in self.photos if p.role is role and not p.is_withdrawn)

    def current_photos_of(self, role: PhotoRole) -> tuple[Photo, ...]:
        """Return those of `photos_of` that were not taken again since."""
        replaced = self.replacements
        return tuple(p for p in self.photos_of(role) if p.id not in replaced)

    @property
    def replacements(self) -> dict[PhotoId, PhotoId]:
        """Return, by earlier photo, the newest one that was taken instead and not withdrawn.

        A photo replaces only one that was there before it, with the same role.
        """
        found: dict[PhotoId, PhotoId] = {}
        place = {photo.id: number for number, photo in enumerate(self.photos)}
        for newest in reversed(self.photos):
            later = newest
            while not newest.is_withdrawn and later.retakes in place:
                earlier = self.photos[place[later.retakes]]
                if earlier.role is not later.role or place[earlier.id] >= place[later.id]:
                    break
                found.setdefault(earlier.id, newest.id)
                later = earlier
        return found
