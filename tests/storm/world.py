"""A world: a town of machines and people, and one history of it, drawn from one seed."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from field_app.domain.errors import DiskFull, FieldAppError, SignedOut, StoreFailed
from field_app.domain.ids import TicketId
from field_app.domain.ticket import Ticket, TicketState
from field_app.hub.building import Hub
from field_app.hub.database import latest_revision
from field_app.hub.service.tickets import find_ticket
from field_app.sync import engine
from tests.helpers.fakes import FakeClock, PowerCut
from tests.helpers.town import PASSWORD, URL
from tests.storm import road
from tests.storm.cases import Depot
from tests.storm.chance import Chance
from tests.storm.disks import Disks
from tests.storm.evidence import Evidence
from tests.storm.hooks import simulated
from tests.storm.machines import HubMachine, Laptop
from tests.storm.network import FAULTS, Network
from tests.storm.order import ordered
from tests.storm.people import Account, People
from tests.storm.pins import Pins
from tests.storm.promises import check_wiped, look_at_blocked, round_watched
from tests.storm.road import Road
from tests.storm.template import CREWS, MORNING_CREWS, Template

LONG_ENOUGH_S: Final = 700.0
"""After every undo window and pause."""
RATES: Final = (0.0, 0.05, 0.1, 0.2, 0.35)
"""How often something goes wrong with a request, from a good day to a bad one."""
FETCHES: Final = 0.1
"""Part of the histories in which pictures are fetched; they cost time and carry no work."""


class World:
    """Everything in one history."""

    def __init__(self, seed: int, template: Template, folder: Path) -> None:
        """Begin the day."""
        self.chance = Chance(seed)
        self.trace: list[str] = []
        self.listener: Callable[[str], None] | None = None
        self.clock = FakeClock(template.morning)
        self.outside: list[tuple[int, TicketId, TicketState]] = []
        """Revision, job and new state of each change that no operation made."""
        self.crews = list(MORNING_CREWS)
        """To which crew each job of the town came, in the order of their numbers."""
        self.depot = Depot(seed, folder / "sticks")
        self.road, self.pins, self.evidence = Road(seed), Pins(seed), Evidence(seed)
        self._stack = ExitStack()
        template.copy_to(folder)
        if self.depot.has_packs:
            self.depot.folder.mkdir()
            for name in CREWS:
                (folder / name / "1" / "documents").mkdir()
        disks = Disks(folder)
        self._stack.enter_context(simulated(disks))
        self._stack.enter_context(ordered(self.chance, self.clock, self.depot.chance))
        if not self.chance.happens(FETCHES):
            self._stack.enter_context(patch.object(engine, "prefetch", lambda *_, **__: None))
        self.hub = HubMachine(
            (disks, self.chance, folder / "hub", self.clock), template.site, self.road.settings()
        )
        self.network = self._network()
        self.laptops = tuple(
            Laptop((disks, self.chance, folder / name, self.clock), self.network) for name in CREWS
        )
        self.accounts = tuple(
            Account(username, laptop) for laptop in self.laptops for username in CREWS[laptop.name]
        )
        self.people = People(self.chance, self.tell)

    def _network(self) -> Network:
        """Make the network of a good or a bad day."""
        network = Network(self.chance, self.hub.answers, self.tell)
        network.rate = self.chance.one_of(RATES)
        if self.chance.happens(0.5):
            count = self.chance.between(1, 4)
            network.faults = tuple(self.chance.one_of(FAULTS) for _ in range(count))
        return network

    def tell(self, line: str) -> None:
        """Write down what happened."""
        self.trace.append(line)
        if self.listener is not None:
            self.listener(line)

    def fingerprint(self) -> str:
        """Return a hash of everything that happened."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    def closes(self) -> None:
        """Switch everything off."""
        for laptop in self.laptops:
            laptop.app.close()
        self.hub.closes()
        self._stack.close()

    # the people

    def account_of(self, laptop: Laptop) -> Account | None:
        """Return who is signed in on a laptop."""
        person = laptop.app.person
        if person is None:
            return None
        return next(
            a for a in self.accounts if a.laptop is laptop and a.username == person.username
        )

    def somebody_at(self, laptop: Laptop) -> Account | None:
        """Return who is signed in; if nobody is, its owner tries to."""
        known = self.account_of(laptop)
        if known is not None:
            return known
        owner = next(a for a in self.accounts if a.laptop is laptop)
        return owner if self.signs_in(owner) else None

    def signs_in(self, account: Account) -> bool:
        """Let somebody sign in; return whether they are in."""
        try:
            account.laptop.app.sign_in(URL, account.username, PASSWORD)
        except PowerCut:
            self.breaks_off(account.laptop, "signing in")
            return False
        except FieldAppError as error:
            self.tell(f"{account.username} signs in: {type(error).__name__}")
            return False
        self.tell(f"{account.username} signs in")
        return True

    def breaks_off(self, laptop: Laptop, what: str) -> None:
        """Let a laptop start again after it lost its power, or its program was killed."""
        is_power = self.chance.happens(0.6)
        self.tell(f"{laptop.name} {'loses power' if is_power else 'is killed'} {what}")
        laptop.dies(loses_power=is_power)

    def acts(self, laptop: Laptop, kind: str = "") -> None:
        """Let somebody do something on a laptop; anything when no kind is named."""
        account = self.somebody_at(laptop)
        if account is None:
            return
        try:
            self.people.acts(account, kind)
            if self.depot.has_packs:
                look_at_blocked(account)
        except PowerCut:
            self.breaks_off(laptop, "in the middle of that")

    def syncs(self, laptop: Laptop) -> FieldAppError | None:
        """Run a round; return what ended it, or what it met."""
        with ExitStack() as watch:
            if self.road.has_policy:
                watch.enter_context(road.round_watched(self, laptop))
            if self.depot.has_packs:
                watch.enter_context(round_watched(self, laptop))
            error = self._runs_round(laptop)
        if self.depot.has_packs:
            check_wiped(self)
        return error

    def _runs_round(self, laptop: Laptop) -> FieldAppError | None:
        """Run a round."""
        try:
            error = laptop.app.sync_once().error
        except PowerCut:
            self.breaks_off(laptop, "while it syncs")
            return None
        except SignedOut as nobody:
            return nobody
        except StoreFailed as failure:
            if not isinstance(failure, DiskFull) or not laptop.disk.is_full:
                raise
            error = failure
        self.tell(f"{laptop.name} syncs{'' if error is None else f': {type(error).__name__}'}")
        return error

    # the hub

    def at_hub(self, work: Callable[[Hub], Any]) -> Any:
        """Do something at the hub; None when it goes down, or has no room, over it."""
        try:
            return self.hub.does(work)
        except Exception as error:
            if not self.hub.disk.is_full:
                raise
            self.tell(f"at the hub: {type(error).__name__}")
            return None

    def hub_revision(self) -> int:
        """Return the newest revision at the hub."""
        with self.hub.disk.looked_at(), self.hub.hub.database.read() as connection:
            return latest_revision(connection)

    def hub_job(self, job_id: TicketId) -> Ticket | None:
        """Return a job as the hub has it."""
        with self.hub.disk.looked_at(), self.hub.hub.database.read() as connection:
            return find_ticket(connection, job_id)
