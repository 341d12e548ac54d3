"""Where something that a person did stands on its way from this laptop to the hub."""

from enum import StrEnum


class LocalState(StrEnum):
    """The mark beside a ticket, a photo or a line of the outbox."""

    NONE = "none"
    """Nothing of it waits on this laptop."""
    QUEUED = "queued"
    SENDING = "sending"
    RETRY = "retry"
    """Sending failed; it is tried again by itself."""
    ATTENTION = "attention"
    """The hub did not take it as it was meant: a person has to look."""
