"""The desk at which one person works in one thread: what every query and action is given."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from field_app.domain.clock import Clock
from field_app.domain.ids import DeviceId
from field_app.domain.people import Person
from field_app.photos.vault import Vault
from field_app.store.database import Database
from field_app.texts.dates import local


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a query or an action works with; one per thread, because of the database connection."""

    db: Database
    vault: Vault
    clock: Clock
    person: Person
    """Who is signed in on this laptop."""
    device_id: DeviceId


def start_of_day(now: datetime) -> datetime:
    """Return when today began by the local zone, in UTC."""
    here = local(now)
    return datetime.combine(here.date(), time(), here.tzinfo).astimezone(UTC)
