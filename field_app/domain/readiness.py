"""Whether a laptop is ready for a day without network, and what is missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from field_app.domain.clock import TRUSTED_MS

WORK_ZOOM: Final = 14
"""From here on a map shows lanes; crews look at tickets at this zoom and deeper."""
ENOUGH_PHOTOS: Final = 100
"""A day's photos; with room for fewer a crew would have to choose."""
LOW_BATTERY: Final = 50
"""Per cent, without a charger."""
FRESH_FOR: Final = timedelta(minutes=30)
"""So long ago the hub may have been asked last."""


class Lack(StrEnum):
    """Something that is missing; the order is that of the sheet."""

    SIGN_IN = "sign_in"
    """The hub wants a sign-in before anything is sent or fetched."""
    NOT_FETCHED = "not_fetched"
    """The hub was not asked just now; jobs may be missing."""
    TICKETS = "tickets"
    """Tickets that cannot be opened."""
    PHOTOS = "photos"
    """Photos that are not here, or whose files are damaged."""
    RESTING = "resting"
    """Nothing large is fetched because a person lets photos rest."""
    MAP = "map"
    """Tickets round which no map shows the streets."""
    HELP = "help"
    """Help pages that cannot be opened."""
    ROOM = "room"
    CLOCK = "clock"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is missing."""

    lack: Lack
    count: int = 0
    """How many of them; photos that fit, seconds of the clock, per cent of the battery."""
    ticket_ids: tuple[str, ...] = ()
    """The tickets it concerns; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What was found when everything was opened without network."""

    tickets: int
    photos: int
    """Files that were opened and are whole."""
    bad_tickets: tuple[str, ...] = ()
    bad_photos: int = 0
    tickets_without_photos: tuple[str, ...] = ()
    """Tickets of which photos are missing or damaged."""
    placed: int = 0
    """Tickets that have a place."""
    unmapped: tuple[str, ...] = ()
    """Tickets with a place that no map shows at work zooms."""
    map_zoom: int | None = None
    """Down to where the map shows every ticket's surroundings; None without any."""
    bad_pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Computer:
    """How the computer itself is."""

    fetched_at: datetime | None
    """When the hub was last asked, by this computer's clock; None for never."""
    must_sign_in: bool
    clock_offset_ms: int
    """Hub time minus this computer's."""
    room_photos: int
    """About how many photos fit."""
    is_resting: bool = False
    """Whether nothing large is fetched because a person lets photos rest."""
    battery_percent: int | None = None
    """None when there is none, or nobody tells."""
    is_charging: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The day's sheet: what was opened, and what was missing."""

    at: datetime
    """When, as people see it."""
    opened: Opened
    room_photos: int
    findings: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.findings


def judge(now: datetime, shown_at: datetime, opened: Opened, computer: Computer) -> DaySheet:
    """Return the day's sheet.

    Args:
        now: By this computer's clock.
        shown_at: The same moment as people see it.
        opened: What was found when everything was opened.
        computer: How the computer is.
    """
    found = [*_of_the_hub(now, computer), *_of_the_work(opened), *_of_the_computer(computer)]
    if computer.is_resting and (opened.bad_photos or opened.unmapped):
        found.append(Finding(lack=Lack.RESTING))
    order = tuple(Lack)
    return DaySheet(
        at=shown_at,
        opened=opened,
        room_photos=computer.room_photos,
        findings=tuple(sorted(found, key=lambda finding: order.index(finding.lack))),
    )


def _of_the_hub(now: datetime, computer: Computer) -> list[Finding]:
    """Return what the hub and this computer have not agreed on."""
    found = []
    if computer.must_sign_in:
        found.append(Finding(lack=Lack.SIGN_IN))
    at = computer.fetched_at
    if at is None or not abs(now - at) <= FRESH_FOR:
        found.append(Finding(lack=Lack.NOT_FETCHED))
    return found


def _of_the_work(opened: Opened) -> list[Finding]:
    """Return what of the work is not here."""
    found = []
    if opened.bad_tickets:
        bad = opened.bad_tickets
        found.append(Finding(lack=Lack.TICKETS, count=len(bad), ticket_ids=bad))
    if opened.bad_photos:
        ids = opened.tickets_without_photos
        found.append(Finding(lack=Lack.PHOTOS, count=opened.bad_photos, ticket_ids=ids))
    if opened.unmapped:
        without = opened.unmapped
        found.append(Finding(lack=Lack.MAP, count=len(without), ticket_ids=without))
    if opened.bad_pages:
        found.append(Finding(lack=Lack.HELP, count=opened.bad_pages))
    return found


def _of_the_computer(computer: Computer) -> list[Finding]:
    """Return what the computer itself lacks."""
    found = []
    if computer.room_photos < ENOUGH_PHOTOS:
        found.append(Finding(lack=Lack.ROOM, count=computer.room_photos))
    if abs(computer.clock_offset_ms) > TRUSTED_MS:
        found.append(Finding(lack=Lack.CLOCK, count=round(computer.clock_offset_ms / 1000)))
    percent = computer.battery_percent
    if percent is not None and percent < LOW_BATTERY and not computer.is_charging:
        found.append(Finding(lack=Lack.BATTERY, count=percent))
    return found
