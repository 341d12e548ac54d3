"""The building: joins one hub's database, vault and rules."""

import logging
from dataclasses import dataclass
from pathlib import Path

from field_app.domain.clock import Clock
from field_app.hub.database import Database
from field_app.hub.news import News
from field_app.hub.service.accounts import Accounts
from field_app.hub.service.arrivals import Arrivals
from field_app.hub.service.backfill import Backfill
from field_app.hub.service.basemaps import Basemaps
from field_app.hub.service.feed import Feed
from field_app.hub.service.ledger import Ledger
from field_app.hub.service.photos import Photos
from field_app.hub.service.receiver import Receiver
from field_app.hub.service.reference import refresh_reference
from field_app.hub.service.rescue import Rescue
from field_app.hub.service.roll_call import Attendance
from field_app.hub.service.runs import Runs
from field_app.hub.service.sweep import sweep
from field_app.hub.service.tries import Tries
from field_app.hub.service.uploads import Uploads
from field_app.hub.service.vault import Vault
from field_app.hub.settings import HubSettings, database_url

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Everything that one hub is made of."""

    folder: Path
    settings: HubSettings
    clock: Clock
    database: Database
    vault: Vault
    news: News
    accounts: Accounts
    tries: Tries
    ledger: Ledger
    feed: Feed
    photos: Photos
    basemaps: Basemaps
    uploads: Uploads
    receiver: Receiver
    rescue: Rescue
    arrivals: Arrivals
    backfill: Backfill
    runs: Runs
    attendance: Attendance

    def refresh(self) -> None:
        """Let laptops know when the crews or settings changed, and wake those who wait."""
        refresh_reference(self.database, self.settings)
        self.news.tell()

    def close(self) -> None:
        """Let everybody go who waits, and close the database."""
        self.news.close()
        self.database.close()


def open_hub(folder: Path, settings: HubSettings, clock: Clock) -> Hub:
    """Open the hub whose data are in `folder`, and bring them to this release.

    Raises:
        DatabaseClosed: The database cannot be opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(database_url(folder, settings))
    vault = Vault(folder)
    uploads = Uploads(database, vault, clock)
    ledger = Ledger(database, clock)
    runs = Runs(database)
    hub = Hub(
        folder=folder,
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        news=News(),
        accounts=Accounts(database, settings, clock),
        tries=Tries(clock),
        ledger=ledger,
        feed=Feed(database, clock),
        photos=Photos(database, vault),
        basemaps=Basemaps(database, folder, clock),
        uploads=uploads,
        receiver=Receiver(uploads, vault),
        rescue=Rescue(database, vault, ledger, clock),
        arrivals=Arrivals(vault),
        backfill=Backfill(database, vault),
        runs=runs,
        attendance=Attendance(database, vault, runs),
    )
    hub.refresh()
    hub.basemaps.tidy()
    log.info("hub open, %d late uploads thrown away", sweep(database, vault, clock.now()))
    return hub
