"""What a crew does with photos of a ticket; each function is one transaction."""

from pathlib import Path

from field_app.actions.recording import Done
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.queries.desk import Desk


def attach(desk: Desk, ticket_id: TicketId, role: PhotoRole, source: Path | bytes) -> Done:
    """Keep a photo byte for byte and put it on the ticket; takes about 0.2 s, mostly decoding.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        role: What the photo shows; not CITIZEN.
        source: A picture file, or its bytes as pasted.

    Returns:
        What was done, with the new photo's id.

    Raises:
        PhotoUnreadable: It is no complete picture (or PhotoTooLarge, over 40 MB).
        PhotoRepeated: The ticket has this very photo in this role.
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written (DiskFull: no room); nothing changed.
    """
    raise NotImplementedError


def remove(desk: Desk, ticket_id: TicketId, photo_id: PhotoId) -> Done:
    """Take a photo back before the work is handed in; the file itself is kept.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    raise NotImplementedError
