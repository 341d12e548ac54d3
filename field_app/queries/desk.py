"""The desk at which one person works in one thread: what every query and action is given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from field_app.domain.clock import Clock, corrected
from field_app.domain.ids import DeviceId
from field_app.domain.people import Person
from field_app.photos.vault import Vault
from field_app.store import sync_state
from field_app.store.database import Database
from field_app.texts.dates import local

CARRIED: Final = "carried"
"""Folder of colleagues' rescue packs in an account's folder."""
MAPS: Final = "basemaps"
"""Folder of area maps, named as in `maps/shelf`, which takes long to load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a query or an action works with; one per thread, because of the database connection."""

    db: Database
    vault: Vault
    clock: Clock
    """This computer's own, right or wrong: what is written down and when is tried again."""
    person: Person
    """Who is signed in on this laptop."""
    device_id: DeviceId
    maps_folder: Path
    """Area maps, for all people of this laptop; may not be there."""
    hub_url: str = ""
    """Where this person's work belongs."""
    rescue_key: Callable[[], str] = str
    """Returns what seals rescue packs for the hub; an empty text when the hub issued nothing."""

    @property
    def carried_folder(self) -> Path:
        """Return where colleagues' rescue packs wait for the hub; it may not be there."""
        return self.vault.folder.parent / CARRIED


def honest(desk: Desk, at: datetime) -> datetime:
    """Return a time of this computer's clock as people see it, by the offset known now.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return corrected(at, sync_state.clock_offset_ms(desk.db))


def honest_now(desk: Desk) -> datetime:
    """Return the present as people see it.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return honest(desk, desk.clock.now())


def start_of_day(now: datetime) -> datetime:
    """Return when today began by the local zone, in UTC."""
    here = local(now)
    return datetime.combine(here.date(), time(), here.tzinfo).astimezone(UTC)
