"""A town: a hub, crews with laptops, a network between them, and one clock for all.

Everything is real but the network and the clock: SQLite files, the hub's web application, photos.
"""

import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from PIL import Image
from sqlalchemy import select

from field_app.actions import conflicts, photos, review, tickets
from field_app.actions.conflicts import Decided
from field_app.actions.outbox import send_all
from field_app.actions.recording import Done
from field_app.app import App
from field_app.cli.hub_basemap import facts_of
from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.ids import CrewId, OperationId, PhotoId, Revision, TicketId, new_id
from field_app.domain.moved_on import Decision, WayOn
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.hub import tables
from field_app.hub.main import create_app
from field_app.hub.service.basemaps import Added
from field_app.hub.service.tickets import add_ticket, find_ticket, put_ticket
from field_app.hub.settings import HubSettings
from field_app.packs import sealing
from field_app.queries.conflicts import ConflictView, conflict, decided
from field_app.queries.outbox import OutboxItem, outbox
from field_app.queries.tickets import Scope, TicketFilter, TicketRow, list_tickets, ticket_detail
from field_app.store import people, uploads
from field_app.store.copies import server_copy
from field_app.sync.engine import RoundReport
from field_app.unfinished import Unfinished
from tests.helpers.fakes import FakeClock, InProcess, LaptopClock, Network
from tests.helpers.maps import a_package

PASSWORD = "correct horse"
URL = "http://127.0.0.1:9"
"""Where nobody listens: whatever gets past the network of the town finds nothing."""
QUICK = HubSettings(password_memory_kib=8, password_rounds=1)
EVERYTHING = TicketFilter(scope=Scope.ALL)


def picture(seed: int, size: int = 24) -> bytes:
    """Return a small JPEG file of its own; noise, so that it does not shrink to nothing."""
    noise = random.Random(seed).randbytes(size * size * 3)
    file = BytesIO()
    Image.frombytes("RGB", (size, size), noise).save(file, "JPEG", quality=90)
    return file.getvalue()


class Laptop:
    """Somebody with a laptop."""

    def __init__(self, town: "Town", username: str, folder: Path) -> None:
        self.town = town
        self.username = username
        self.folder = folder
        self.is_online = True
        self.clock = LaptopClock(town.clock)
        self.told = 0
        self.confirmed: list[OperationId] = []
        self.photos: dict[PhotoId, str] = {}
        self.app = town.open_app(self)

    # the network and the power

    def goes_offline(self) -> None:
        self.is_online = False

    def goes_online(self) -> None:
        self.is_online = True

    def loses_power(self) -> None:
        """Lose everything that is not on the disk, and start again."""
        self.town.wreckage.append(self.app)
        self.app._lock.release()
        self.app = self.town.open_app(self)

    def closes(self) -> None:
        self.app.close()

    def syncs(self) -> RoundReport:
        """Run one round, after every undo window and pause that may be under way."""
        self.town.clock.passes(700)
        return self.app.sync_once()

    # work

    def does(self, action: Callable[..., Done], *args: Any) -> Done:
        done = self.app.do(action, *args)
        assert isinstance(done, Done)
        self.confirmed.append(done.operation_id)
        if action is photos.attach:
            assert done.photo_id is not None
            sent = args[2].read_bytes() if isinstance(args[2], Path) else args[2]
            self.photos[done.photo_id] = hashlib.sha256(sent).hexdigest()
        return done

    def starts(self, ticket_id: TicketId) -> Done:
        return self.does(tickets.start, ticket_id)

    def notes(self, ticket_id: TicketId, text: str) -> Done:
        return self.does(tickets.note, ticket_id, text)

    def adds_photo(
        self, ticket_id: TicketId, role: PhotoRole = PhotoRole.AFTER, size: int = 24
    ) -> Done:
        self.town.pictures += 1
        return self.does(photos.attach, ticket_id, role, picture(self.town.pictures, size))

    def finishes(self, ticket_id: TicketId, note: str = "Done.") -> Done:
        return self.does(tickets.finish, ticket_id, note)

    def repairs(self, ticket_id: TicketId) -> None:
        """Do a whole job."""
        self.starts(ticket_id)
        self.adds_photo(ticket_id, PhotoRole.BEFORE)
        self.adds_photo(ticket_id, PhotoRole.AFTER)
        self.finishes(ticket_id)

    def approves(self, ticket_id: TicketId) -> Done:
        return self.does(review.approve, ticket_id)

    def sends_back(self, ticket_id: TicketId, reason: str) -> Done:
        return self.does(review.send_back, ticket_id, reason, ())

    def assigns(self, ticket_id: TicketId, crew: str) -> Done:
        return self.does(review.assign, ticket_id, CrewId(crew), None)

    # looking

    def rows(self) -> tuple[TicketRow, ...]:
        rows: tuple[TicketRow, ...] = self.app.see(list_tickets, EVERYTHING).rows
        return rows

    def sees(self, ticket_id: TicketId) -> Ticket:
        ticket: Ticket = self.app.see(ticket_detail, ticket_id).ticket
        return ticket

    def outbox(self) -> tuple[OutboxItem, ...]:
        items: tuple[OutboxItem, ...] = self.app.see(outbox).items
        return items

    def waiting(self) -> int:
        return self.app.status().waiting_count

    def needs_you(self) -> int:
        return self.app.status().attention_count

    def card(self) -> ConflictView:
        """Look at the first thing that needs a person."""
        parked = next(item for item in self.outbox() if item.reason is not None)
        view: ConflictView = self.app.see(conflict, parked.operation_id)
        return view

    def decides(self, way: WayOn) -> Decided:
        """Decide about the first thing that needs a person."""
        view = self.card()
        done: Decided = self.app.do(conflicts.decide, view.ticket_id, view.operation_ids, way)
        self.confirmed += done.followed_by
        return done

    def takes_back(self, done: Decided) -> None:
        """Take a decision back."""
        self.app.do(conflicts.take_back, done.ticket_id, done.operation_ids)
        self.confirmed = [i for i in self.confirmed if i not in done.followed_by]

    def decisions(self) -> tuple[Decision, ...]:
        found: tuple[Decision, ...] = self.app.see(decided)
        return found

    def has_copy(self, ticket_id: TicketId) -> Ticket | None:
        copy: Ticket | None = self.app.see(lambda desk: server_copy(desk.db, ticket_id))
        return copy

    def open_uploads(self) -> tuple[uploads.Upload, ...]:
        found: tuple[uploads.Upload, ...] = self.app.see(lambda d: uploads.open_uploads(d.db))
        return found


class Town:
    """Everybody together; use as a context."""

    def __init__(self, folder: Path, portal: BlockingPortal) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.network = Network()
        self.pictures = 0
        self.laptops: list[Laptop] = []
        self.wreckage: list[App] = []
        self._portal = portal
        self._reports = 0
        self.settings = QUICK
        self.hub_app: FastAPI | None = None
        self.hub_opens()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for laptop in self.laptops:
            laptop.closes()
        for wreck in self.wreckage:
            wreck.close()
        self.hub_closes()

    # the hub

    @property
    def hub(self) -> Any:
        assert self.hub_app is not None
        return self.hub_app.state.hub

    def hub_opens(self) -> None:
        folder = self.folder / "hub"
        if not folder.exists():
            _copy_new_hub(folder)
        self.hub_app = create_app(folder, self.settings, self.clock)

    def hub_closes(self) -> None:
        if self.hub_app is not None:
            self.hub.close()
            self.hub_app = None

    def hub_restarts(self) -> None:
        self.hub_closes()
        self.hub_opens()

    def wants_screen_copies_first(self, *, is_on: bool = True) -> None:
        """Let IT change the hub's policy, which the hub reads at its start."""
        self.settings = QUICK.model_copy(update={"screen_copies_first": is_on})
        self.hub_restarts()

    def hub_is_backed_up(self) -> None:
        """Copy the hub aside."""
        self.hub_closes()
        shutil.copytree(self.folder / "hub", self.folder / "backup")
        self.hub_opens()

    def hub_is_restored(self) -> None:
        """Put the copy in the hub's place."""
        self.hub_closes()
        shutil.rmtree(self.folder / "hub")
        shutil.copytree(self.folder / "backup", self.folder / "hub")
        self.hub_opens()

    def hub_forgets_tokens(self) -> None:
        """Make every laptop sign in again."""
        with self.hub.database.write() as connection:
            connection.execute(tables.device.update().values(token_sha256=tables.device.c.id))

    def hub_forgets_its_name(self) -> None:
        """Make every cursor unknown, as after a hub was restored from a backup elsewhere."""
        with self.hub.database.write() as connection:
            connection.execute(
                tables.fact.update()
                .where(tables.fact.c.name == "hub")
                .values(value=new_id().encode())
            )

    def citizen_reports(self, words: str = "A deep hole", crew: str | None = "roads") -> TicketId:
        self._reports += 1
        ticket = Ticket(
            id=TicketId(f"2026-T{self._reports:05d}"),
            revision=Revision(0),
            words=words,
            categories=("ถนน",),
            crew_id=None if crew is None else CrewId(crew),
            place=Place(latitude=13.75, longitude=100.5),
            address="1 Test Road",
            reported_at=self.clock.now(),
        )
        with self.hub.database.write() as connection:
            add_ticket(connection, ticket)
        return ticket.id

    def hub_hands_out_a_map(self, name: str = "Town", size: int = 0) -> Basemap:
        """Let IT add an area map of the place where the tickets are."""
        path = a_package(self.folder / f"{name}.mbtiles", name=name, size=size)
        added: Added = self.hub.basemaps.add(path, facts_of, lambda _done, _total: None)
        self.hub.refresh()
        return added.basemap

    def platform_closes(self, ticket_id: TicketId) -> None:
        ticket = self.hub_ticket(ticket_id)
        with self.hub.database.write() as connection:
            closed = replace(ticket, state=TicketState.FINISHED)
            put_ticket(connection, closed, former_crew=ticket.crew_id)

    def hub_loses(self, ticket_id: TicketId) -> None:
        """Let the hub forget a ticket, as when the platform withdrew it."""
        with self.hub.database.write() as connection:
            connection.execute(tables.ticket.delete().where(tables.ticket.c.id == ticket_id))

    def gives_to_another_crew(self, ticket_id: TicketId) -> None:
        ticket = self.hub_ticket(ticket_id)
        with self.hub.database.write() as connection:
            moved = replace(ticket, crew_id=CrewId("lights"))
            put_ticket(connection, moved, former_crew=ticket.crew_id)

    def hub_ticket(self, ticket_id: TicketId) -> Ticket:
        with self.hub.database.read() as connection:
            ticket = find_ticket(connection, ticket_id)
        assert ticket is not None
        return ticket

    def hub_tickets(self) -> list[Ticket]:
        with self.hub.database.read() as connection:
            ids = list(connection.execute(select(tables.ticket.c.id)).scalars())
        return [self.hub_ticket(i) for i in ids]

    def hub_photos(self) -> set[str]:
        """Return the photos whose every byte the hub has."""
        arrived = select(tables.photo.c.id).where(tables.photo.c.arrived_at.is_not(None))
        with self.hub.database.read() as connection:
            return set(connection.execute(arrived).scalars())

    def hub_operations(self) -> dict[str, str]:
        """Return what the hub did with each operation it holds."""
        with self.hub.database.read() as connection:
            rows = connection.execute(select(tables.operation.c.id, tables.operation.c.outcome))
            return {row.id: row.outcome for row in rows}

    # the people

    def person(self, username: str, role: Role = Role.CREW, crew: str | None = "roads") -> Laptop:
        if crew is not None:
            self.hub.accounts.add_crew(crew, crew.title())
        known = {laptop.username for laptop in self.laptops}
        if username not in known:
            self.hub.accounts.add_person(
                username, PASSWORD, name=username.title(), role=role, crew_id=crew
            )
        laptop = Laptop(self, username, self.folder / f"laptop-{len(self.laptops)}")
        laptop.app.sign_in(URL, username, PASSWORD)
        self.laptops.append(laptop)
        return laptop

    def open_app(self, laptop: Laptop) -> App:
        def tell(_changes: Changes) -> None:
            laptop.told += 1

        Unfinished(laptop.folder, laptop.clock).go_on()
        return App.open(
            laptop.folder, tell, lambda _status: None, laptop.clock, self.network_of(laptop)
        )

    def network_of(self, laptop: Laptop) -> Callable[[], InProcess]:
        """Return what makes a laptop's way to the hub."""
        return lambda: InProcess(
            self._portal, lambda: self.hub_app, self.network, lambda: laptop.is_online
        )

    # the end of every story

    def everyone_agrees(self) -> None:
        """Bring everybody online, run quiet rounds, and compare everything with the hub."""
        self.network.is_well()
        for laptop in self.laptops:
            laptop.app.do(send_all)
        for _round in range(3):
            for laptop in self.laptops:
                laptop.goes_online()
                report = laptop.syncs()
                assert report.error is None, report.error.detail
        held = self.hub_operations()
        for laptop in self.laptops:
            _agrees(self, laptop, held)


def _agrees(town: Town, laptop: Laptop, held: dict[str, str]) -> None:
    """Compare one laptop with the hub."""
    assert laptop.waiting() == 0
    assert laptop.open_uploads() == ()
    person = laptop.app.person
    assert person is not None
    undecided = [item for item in laptop.outbox() if item.reason is not None]
    assert len({item.ticket_id for item in undecided}) == laptop.needs_you()
    parked = {item.operation_id for item in undecided}
    parked |= {work.operation.id for d in laptop.decisions() for work in d.works}
    for operation_id in laptop.confirmed:
        outcome = held.get(operation_id, "refused")
        assert outcome == "applied" or operation_id in parked, (operation_id, outcome)
    for ticket in town.hub_tickets():
        done = [entry.operation_id for entry in ticket.timeline if entry.operation_id]
        assert len(done) == len(set(done)), "an operation was applied twice"
        mine = laptop.has_copy(ticket.id)
        if person.is_supervisor or ticket.crew_id == person.crew_id:
            assert mine == ticket
    for photo_id, sha256 in laptop.photos.items():
        operation = next(p for t in town.hub_tickets() for p in t.photos if p.id == photo_id)
        assert operation.sha256 == sha256
        path = town.hub.vault.path(sha256)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """Open a town in a folder, with a thread for its hub."""
    people.SCRYPT["n"] = sealing.SCRYPT["n"] = 2
    with start_blocking_portal() as portal, Town(folder, portal) as town:
        yield town


_NEW_HUBS: list[tempfile.TemporaryDirectory[str]] = []
"""Made once in each process, and removed with it."""


def _copy_new_hub(folder: Path) -> None:
    """Copy a hub that was made once, because making its tables takes a while."""
    if not _NEW_HUBS:
        made = tempfile.TemporaryDirectory(prefix="new-hub-")
        create_app(Path(made.name), QUICK, FakeClock()).state.hub.close()
        _NEW_HUBS.append(made)
    shutil.copytree(_NEW_HUBS[0].name, folder)
