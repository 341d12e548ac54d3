"""Where something that a person did stands on its way from this laptop to the hub."""

from enum import StrEnum

from field_app.domain.ids import TicketId
from field_app.store import lists
from field_app.store.database import Database
from field_app.store.uploads import Upload, UploadState


class LocalState(StrEnum):
    """The mark beside a ticket, a photo or a line of the outbox."""

    NONE = "none"
    """Nothing of it waits on this laptop."""
    QUEUED = "queued"
    SENDING = "sending"
    PAUSED = "paused"
    """A person lets it rest."""
    RETRY = "retry"
    """Sending failed; it is tried again by itself."""
    ATTENTION = "attention"
    """The hub did not take it as it was meant: a person has to look."""


def local_states(db: Database) -> dict[TicketId, LocalState]:
    """Return the mark of every ticket of which something is not at the hub."""
    return {ticket_id: _of_mark(mark) for ticket_id, mark in lists.marks(db).items()}


def of_upload(upload: Upload | None, *, is_resting: bool = False) -> LocalState:
    """Return the mark of a photo.

    Args:
        upload: None is a photo that is not this laptop's to send.
        is_resting: Whether a person lets it rest.
    """
    if upload is None or upload.state is UploadState.ARRIVED:
        return LocalState.NONE
    if upload.state is UploadState.REFUSED:
        return LocalState.ATTENTION
    if is_resting:
        return LocalState.PAUSED
    if upload.last_error:
        return LocalState.RETRY
    return LocalState.SENDING if upload.sent_bytes else LocalState.QUEUED


def _of_mark(mark: lists.Mark) -> LocalState:
    """Return the worst of what a ticket has."""
    if mark.needs_person:
        return LocalState.ATTENTION
    if mark.is_resting:
        return LocalState.PAUSED
    if mark.is_failing:
        return LocalState.RETRY
    return LocalState.SENDING if mark.is_moving else LocalState.QUEUED
