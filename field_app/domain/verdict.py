"""Verdicts: what the hub said of an operation, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from field_app.domain.ids import OperationId, Revision
from field_app.domain.ticket import Ticket, TimelineEntry


class Outcome(StrEnum):
    """What became of an operation at the hub."""

    APPLIED = "applied"
    """It changed the ticket."""
    DUPLICATE = "duplicate"
    """It came before; the receipt is the same, and so is the reason if it was only recorded."""
    RECORDED = "recorded"
    """The ticket had moved on: kept on its timeline as evidence, its state unchanged."""
    REFUSED = "refused"
    """It can never apply."""


class Reason(StrEnum):
    """Why an operation was only recorded, or refused."""

    REASSIGNED = "reassigned"
    """Another crew has the ticket now."""
    CLOSED = "closed"
    """Somebody closed the ticket in the meantime."""
    MOVED_ON = "moved_on"
    """The ticket is in a state in which this cannot be done any more."""
    WITHDRAWN = "withdrawn"
    """The ticket is no longer at the hub."""
    NOT_ALLOWED = "not_allowed"
    """This person may never do this."""
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_CREW = "unknown_crew"
    UNKNOWN_PHOTO = "unknown_photo"
    MALFORMED = "malformed"
    """The operation breaks the protocol's form or limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The hub's word that it holds an operation."""

    id: str
    """Short text that a person can read out: `7F2A-19`."""
    received_at: datetime
    sha256: str = ""
    """Of the operation as the hub keeps it, 64 hex digits; empty from a hub that does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The hub's answer to one operation."""

    operation_id: OperationId
    outcome: Outcome
    revision: Revision | None = None
    """The ticket's revision after it; None when refused."""
    receipt: Receipt | None = None
    """None when refused."""
    reason: Reason | None = None
    """Set when recorded, now or before, or refused."""
    detail: str = ""
    """Plain words about the reason; may be empty."""
    ticket: Ticket | None = None
    """The ticket as the hub has it now, if this person may see it."""
    cause: TimelineEntry | None = None
    """What happened to the ticket meanwhile, when recorded; told also to whom it was taken from."""

    @property
    def is_as_meant(self) -> bool:
        """Whether the operation did what its person meant; if not, a person has to look."""
        return self.outcome in {Outcome.APPLIED, Outcome.DUPLICATE} and self.reason is None
