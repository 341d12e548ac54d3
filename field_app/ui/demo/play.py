"""What the demo's day is played with, and what the laptops know at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from field_app.domain.clock import Clock
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from field_app.ui.start import OpenApp
from field_app.ui.tray.watch import FindPlugged


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What the day is played with."""

    open_app: Callable[[str], OpenApp]
    """Opens the laptop of a user name."""
    data_dir: Callable[[str], Path]
    switch: Callable[[str], object]
    """Changes the network: `good`, `slow`, `flapping`, `none`."""
    hub_url: str
    crew: str
    """User name."""
    supervisor: str
    """User name."""
    password: str = field(repr=False)
    ticket_id: TicketId
    before: Path
    after: Path
    find_plugged: FindPlugged
    """Finds the demo's made-up phone."""
    position: Place
    tiles: Path | None
    clock: Clock


@dataclass(slots=True, kw_only=True)
class DayFacts:
    """What the laptops know at the end of the day."""

    tickets_synced: int = 0
    tickets_today: int = 0
    operations_made: list[tuple[OperationId, str]] = field(default_factory=list)
    """Id and type, in the order made."""
    photos: dict[PhotoId, Path] = field(default_factory=dict)
    """Originals in the laptop's vault."""
    bytes_waiting: int = 0
    """Size of the outbox before the network came back."""
    crew_tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    """All of the crew's laptop, at the end."""
    supervisor_ticket: Ticket | None = None
    """The day's ticket on the supervisor's laptop, at the end."""
