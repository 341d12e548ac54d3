"""What photos of the camera are for."""

from dataclasses import dataclass

from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraErrand:
    """One visit to the camera."""

    ticket_id: TicketId
    role: PhotoRole
    cards: tuple[PhotoCard, ...] = ()
    """The job's photos; one of them may lie over the picture."""
    retakes: PhotoId | None = None
    """The photo that is taken again; None for a further one."""
