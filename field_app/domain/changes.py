"""What is no longer as it was: the news that screens listen to."""

from dataclasses import dataclass, field

from field_app.domain.ids import PhotoId, TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Tickets and photos to look at again."""

    tickets: frozenset[TicketId] = field(default_factory=frozenset)
    photos: frozenset[PhotoId] = field(default_factory=frozenset)
    everything: bool = False
    """Whether any ticket may have changed, as after the first sync."""
    maps: bool = False
    """Whether an area map came, left, or got another standing."""

    def __bool__(self) -> bool:
        """Return whether anything changed at all."""
        return bool(self.tickets or self.photos or self.everything or self.maps)

    def __or__(self, other: "Changes") -> "Changes":
        """Return both changes together."""
        return Changes(
            tickets=self.tickets | other.tickets,
            photos=self.photos | other.photos,
            everything=self.everything or other.everything,
            maps=self.maps or other.maps,
        )
