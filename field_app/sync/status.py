"""How sync stands, for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId


class Reach(StrEnum):
    """Whether the hub can be had."""

    ONLINE = "online"
    WEAK = "weak"
    """It answers, but breaks off or asks to wait."""
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"
    """It answers and wants a sign-in first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """What the pill and the outbox show."""

    reach: Reach = Reach.OFFLINE
    is_running: bool = False
    """Whether a round is under way."""
    waiting_count: int = 0
    attention_count: int = 0
    total_bytes: int = 0
    """Of what is not done with and does not rest: operations and photos."""
    sent_bytes: int = 0
    last_success_at: datetime | None = None
    """When this laptop last agreed with the hub, as people see it; None for never."""
    clock_offset_ms: int = 0
    """Hub time minus this computer's time at their last contact, milliseconds."""
    must_sign_in: bool = False
    """Whether nothing is sent before another sign-in, also while the hub is out of reach."""
    last_error: FieldAppError | None = None
    """Of the last round; None when it went well."""
    is_resting: bool = False
    """Whether a person lets everything rest; then nothing is sent."""
    photos_rest: bool = False
    """Whether a person lets full photos rest until the depot."""
    resting_count: int = 0
    """Photos that rest, by any of a person's wishes; `waiting_count` counts them too."""
    resting_bytes: int = 0
    """What is left of them; not in `total_bytes`."""
    pack_count: int = 0
    """Colleagues' rescue packs that this laptop has and the hub did not take."""
    pack_bytes: int = 0
    """Of their files; not in `total_bytes`."""
    uploads: Mapping[PhotoId, int] = field(default_factory=lambda: MappingProxyType({}))
    """Bytes handed to the network of photos that are under way."""
    maps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Bytes that are here of the area map under way, by its hash."""

    def with_sent(self, photo_id: PhotoId, sent_bytes: int) -> "SyncStatus":
        """Return the status once so many bytes of a photo were handed to the network."""
        grown = max(0, sent_bytes - self.uploads.get(photo_id, 0))
        return replace(
            self,
            uploads={**self.uploads, photo_id: sent_bytes},
            sent_bytes=min(self.total_bytes, self.sent_bytes + grown),
        )

    def after(self, reach: Reach, error: FieldAppError | None) -> "SyncStatus":
        """Return the status once a round is over."""
        return replace(self, is_running=False, reach=reach, last_error=error, uploads={}, maps={})

    @property
    def unsent_count(self) -> int:
        """Return how much is still to reach the hub: one's own and colleagues' packs."""
        return self.waiting_count + self.pack_count
