"""The morning of every history: a hub, laptops with a first sync behind them, made once."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from field_app.domain.clock import Clock
from field_app.domain.ids import CrewId, Revision, TicketId
from field_app.domain.people import Role
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from field_app.hub.building import open_hub
from field_app.hub.service.tickets import add_ticket
from field_app.packs import sealing
from field_app.store import people
from tests.helpers.fakes import FakeClock
from tests.helpers.town import PASSWORD, QUICK, URL
from tests.storm.chance import Chance
from tests.storm.disks import Disks
from tests.storm.hooks import simulated
from tests.storm.machines import HubMachine, Laptop, web_site
from tests.storm.network import Network
from tests.storm.order import ordered

CREWS: Final = {
    "laptop-a": ("ana",),
    "laptop-b": ("nok",),
    "laptop-c": ("wit", "dao"),
    "laptop-d": ("boss",),
}
"""The laptops and who uses each; ana and nok are of one crew."""
PEOPLE: Final = {"ana": "roads", "nok": "roads", "wit": "lights", "dao": "lights", "boss": None}
MORNING_CREWS: Final = ("roads", "roads", "lights")
"""To whom the jobs of the morning belong, numbered from 1."""
MORNING: Final = 20261119
"""The seed of what happened before."""


def a_job(number: int, crew: str, at: datetime) -> Ticket:
    """Return a job as a citizen reports it."""
    return Ticket(
        id=TicketId(f"2026-T{number:05d}"),
        revision=Revision(0),
        words="A deep hole",
        categories=("ถนน",),
        crew_id=CrewId(crew),
        place=Place(latitude=13.75, longitude=100.5),
        address="1 Test Road",
        reported_at=at,
    )


def work_folder() -> Path:
    """Return a new folder, in memory where the system has such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return Path(tempfile.mkdtemp(prefix="storm-", dir=memory if memory.is_dir() else None))


class Template:
    """A town on the morning of its day; copied for every history."""

    def __init__(self) -> None:
        """Make it."""
        people.SCRYPT["n"] = sealing.SCRYPT["n"] = 2
        self._folder = work_folder()
        clock = FakeClock()
        hub_folder = self._folder / "hub" / "1"
        with ordered(Chance(MORNING), clock, Chance(MORNING)):
            first = open_hub(hub_folder, QUICK, clock)
        self.site = web_site(first)
        first.close()
        chance = Chance(MORNING)
        disks = Disks(self._folder)
        with simulated(disks), ordered(chance, clock, Chance(MORNING)):
            hub = HubMachine((disks, chance, hub_folder.parent, clock), self.site)
            self._fill(hub, clock)
            network = Network(chance, hub.answers, lambda _line: None)
            for name, users in CREWS.items():
                (self._folder / name / "1").mkdir(parents=True)
                laptop = Laptop((disks, chance, self._folder / name, clock), network)
                laptop.app.sign_in(URL, users[0], PASSWORD)
                clock.passes(60)
                laptop.app.sync_once()
                laptop.app.close()
            hub.closes()
        self.morning = clock.now()

    def _fill(self, hub: HubMachine, clock: Clock) -> None:
        """Let crews, persons and jobs be known at the hub."""
        for crew in ("roads", "lights"):
            hub.hub.accounts.add_crew(crew, crew.title())
        for username, crew_id in PEOPLE.items():
            role = Role.SUPERVISOR if crew_id is None else Role.CREW
            hub.hub.accounts.add_person(
                username, PASSWORD, name=username.title(), role=role, crew_id=crew_id
            )
        with hub.hub.database.write() as connection:
            for number, crew in enumerate(MORNING_CREWS, start=1):
                add_ticket(connection, a_job(number, crew, clock.now()))
        hub.hub.refresh()

    def copy_to(self, folder: Path) -> None:
        """Copy the morning to a new folder."""
        shutil.copytree(self._folder, folder, dirs_exist_ok=True)

    def remove(self) -> None:
        """Remove it."""
        shutil.rmtree(self._folder)
