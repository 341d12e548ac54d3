"""Tickets, photos, people and operations with everything filled in that a test does not say."""

from datetime import UTC, datetime, timedelta
from typing import Any

from field_app.domain.ids import (
    CrewId,
    DeviceId,
    OperationId,
    PersonId,
    PhotoId,
    Revision,
    TicketId,
    new_id,
)
from field_app.domain.operation import AddPhoto, Operation, Start, Work
from field_app.domain.people import Person, Role
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Outcome, Receipt, Verdict
from field_app.protocol.changes import TicketLine
from field_app.protocol.codec import dump
from field_app.protocol.listed import listed_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten in the morning in Bangkok."""
CREW_ID = CrewId("crew-1")
OTHER_CREW_ID = CrewId("crew-2")


class FakeClock:
    """A clock that a test moves."""

    def __init__(self, at: datetime = NOW) -> None:
        """Start at a time."""
        self.at = at

    def now(self) -> datetime:
        """Return the time that the test has chosen."""
        return self.at

    def passes(self, seconds: float) -> datetime:
        """Let time pass and return the present."""
        self.at += timedelta(seconds=seconds)
        return self.at


def a_crew_member(crew_id: CrewId = CREW_ID) -> Person:
    """Return somebody who goes out."""
    return Person(
        id=PersonId("person-1"), username="crew", name="Crew One", role=Role.CREW, crew_id=crew_id
    )


def a_supervisor() -> Person:
    """Return somebody who decides."""
    return Person(id=PersonId("person-9"), username="boss", name="Boss", role=Role.SUPERVISOR)


def a_ticket(number: int = 1, **facts: Any) -> Ticket:
    """Return a ticket of `CREW_ID` that waits for it."""
    plain: dict[str, Any] = {
        "id": TicketId(f"2026-{number:06d}"),
        "revision": Revision(number),
        "words": f"หลุมลึกกลางถนน เลขที่ {number}",
        "categories": ("ถนน",),
        "address": "หน้าตลาด",
        "reported_at": NOW - timedelta(days=3, minutes=-number),
        "crew_id": CREW_ID,
    }
    return Ticket(**{**plain, **facts})


def a_photo(role: PhotoRole = PhotoRole.AFTER, **facts: Any) -> Photo:
    """Return what is known about a photo."""
    plain: dict[str, Any] = {
        "id": PhotoId(new_id()),
        "role": role,
        "sha256": "ab" * 32,
        "size_bytes": 1000,
        "width": 64,
        "height": 48,
    }
    return Photo(**{**plain, **facts})


def an_add_photo(role: PhotoRole = PhotoRole.AFTER, **facts: Any) -> AddPhoto:
    """Return the work of adding a photo."""
    plain: dict[str, Any] = {
        "photo_id": PhotoId(new_id()),
        "role": role,
        "sha256": "ab" * 32,
        "size_bytes": 1000,
        "width": 64,
        "height": 48,
    }
    return AddPhoto(**{**plain, **facts})


def an_operation(work: Work | None = None, **facts: Any) -> Operation:
    """Return an operation of the crew member on ticket 1."""
    plain: dict[str, Any] = {
        "id": OperationId(new_id()),
        "ticket_id": TicketId("2026-000001"),
        "work": work or Start(),
        "based_on": Revision(1),
        "actor_id": PersonId("person-1"),
        "device_id": DeviceId("device-1"),
        "made_at": NOW,
        "seq": 1,
    }
    return Operation(**{**plain, **facts})


def a_verdict(
    operation_id: OperationId, outcome: Outcome = Outcome.APPLIED, **facts: Any
) -> Verdict:
    """Return the hub's answer; with a receipt unless it is a refusal."""
    plain: dict[str, Any] = {"operation_id": operation_id, "outcome": outcome}
    if outcome is not Outcome.REFUSED:
        plain["receipt"] = Receipt(id="7F2A-19", received_at=NOW)
        plain["revision"] = Revision(100)
    return Verdict(**{**plain, **facts})


def an_arrival(ticket: Ticket) -> TicketLine:
    """Return a ticket as the pull brings it."""
    return TicketLine(cursor="c", listed=listed_of(ticket), doc=dump(ticket))


def a_broken_arrival(number: int) -> TicketLine:
    """Return a ticket that the pull never brings: it cannot be stored."""
    sound = an_arrival(a_ticket(number))
    return sound._replace(listed=sound.listed._replace(title=None))  # type: ignore[arg-type]  # a bug on purpose
