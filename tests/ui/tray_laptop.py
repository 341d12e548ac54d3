"""A laptop with a real database and vault, and a place to plug cards in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from pytestqt.qtbot import QtBot

from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import DeviceId, Revision, TicketId
from field_app.domain.people import Person
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.photos.plugged import Plugged, Root, look
from field_app.photos.vault import Vault
from field_app.queries.desk import Desk
from field_app.queries.tickets import ticket_detail
from field_app.store.database import open_database
from field_app.store.tickets import accept
from field_app.ui.main_window import MainWindow
from field_app.ui.tray.screen import TrayScreen
from field_app.ui.workplace import Workplace
from tests.helpers.builders import a_ticket, an_arrival
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import MEMBER, NOW, FakeLaptop, StoppedClock

POTHOLE = TicketId("2026-K4T9XA")
DRAIN = TicketId("2026-D2RA1N")
SPOT = Place(latitude=13.7612, longitude=100.4985)
FAR_SPOT = Place(latitude=13.7712, longitude=100.4985)
"""More than a kilometre north."""
STARTED = NOW - timedelta(hours=1)


def jobs() -> tuple[Ticket, ...]:
    """Return a job that is under way and one that waits, of the laptop's crew."""
    person = MEMBER.crew_id
    return (
        a_ticket(
            1,
            id=POTHOLE,
            words="หลุมลึกกลางถนน หน้าตลาดบางลำพู",
            place=SPOT,
            address="ถ.จักรพงษ์ หน้าตลาดบางลำพู",
            state=TicketState.IN_PROGRESS,
            crew_id=person,
            reported_at=NOW - timedelta(days=2),
            timeline=(TimelineEntry(kind=EntryKind.START, at=STARTED),),
        ),
        a_ticket(
            2,
            id=DRAIN,
            words="ตะแกรงท่อระบายน้ำอุดตัน น้ำขังหน้าร้านค้าริมทาง",
            categories=("ท่อระบายน้ำ",),
            place=FAR_SPOT,
            address="ถ.สามเสน ใกล้แยกบางลำพู",
            crew_id=person,
            revision=Revision(2),
            reported_at=NOW - timedelta(days=1),
        ),
    )


class TrayLaptop(FakeLaptop):
    """Answers from a database of its own; what is plugged in is a list that a test changes."""

    def __init__(self, folder: Path, person: Person = MEMBER) -> None:
        super().__init__(rows=(), person=person)
        self._member = person
        self.folder = folder
        self.roots: list[Root] = []
        self.looks = 0
        self.tell: Callable[[Changes], None] = lambda _changes: None
        self._gate = Lock()
        self.opened: list[Path] = []
        with self.desk() as desk:
            accept(desk.db, [an_arrival(job) for job in jobs()], [], "c")

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Lend a desk for one question or action; one at a time."""
        with self._gate:
            db = open_database(self.folder / "field.db")
            try:
                yield Desk(
                    db=db,
                    vault=Vault(self.folder / "vault"),
                    clock=StoppedClock(),
                    person=self._member,
                    device_id=DeviceId("device-1"),
                    maps_folder=self.folder / "basemaps",
                )
            finally:
                db.close()

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        with self.desk() as desk:
            return query(desk, *args)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        failure: FieldAppError | None = self.failures.get(action)
        if failure is not None:
            raise failure
        with self.desk() as desk:
            done = action(desk, *args)
        self.done.append((action, *args))
        self.tell(done if isinstance(done, Changes) else done.changes)
        return done

    def find_plugged(self) -> tuple[Plugged, ...]:
        """Return what is plugged in now."""
        self.looks += 1
        return look(self.roots)

    def ticket(self, ticket_id: TicketId) -> Ticket:
        """Return a job as it is now."""
        ticket: Ticket = self.see(ticket_detail, ticket_id).ticket
        return ticket

    def roles(self, ticket_id: TicketId) -> list[str]:
        """Return what the photos of a job show, oldest first."""
        return [photo.role.value for photo in self.ticket(ticket_id).photos]


@dataclass(slots=True)
class Bench:
    """A window over such a laptop, and what a person does there."""

    qtbot: QtBot
    laptop: TrayLaptop
    window: MainWindow

    @property
    def workplace(self) -> Workplace:
        """The workplace."""
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def screen(self) -> TrayScreen:
        """The tray."""
        screen = self.workplace.screen_of("tray")
        assert isinstance(screen, TrayScreen)
        return screen

    @property
    def notice(self) -> str:
        """What the strip says; empty while it is hidden."""
        return self.workplace.tray.notice.words

    def plug(self, *roots: Root) -> None:
        """Let exactly these be plugged in, and let the app look."""
        self.laptop.roots = list(roots)
        self.look()

    def look(self) -> None:
        """Let the app look at once, as it does every few seconds."""
        watch = self.workplace.tray.watch
        assert watch is not None
        before = self.laptop.looks
        watch.look()
        self.qtbot.waitUntil(lambda: self.laptop.looks > before)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(self._is_calm)

    def _is_calm(self) -> bool:
        screen = self.workplace.screen_of("tray")
        assert isinstance(screen, TrayScreen)
        return (
            self.window.office.background.is_idle
            and not screen.adding.is_busy
            and not screen.is_waiting
        )

    def open_tray(self) -> None:
        """Go to the tray and wait until everything is read."""
        self.workplace.go_to("tray")
        self.settle()

    def words(self) -> list[str]:
        """Return the list as a screen reader would."""
        model = self.screen.view.list.photos
        role = 11  # Qt.ItemDataRole.AccessibleTextRole
        return [str(model.data(model.index(row), role)) for row in range(model.rowCount())]


def a_bench(qtbot: QtBot, make_office: MakeOffice, laptop: TrayLaptop) -> Bench:
    """Return a window over a laptop that looks for cards only when it is told to."""
    office = replace(make_office(laptop), find_plugged=laptop.find_plugged)
    laptop.tell = office.bus.tell
    window = MainWindow(office)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    qtbot.waitUntil(lambda: window.office.background.is_idle)
    return Bench(qtbot, laptop, window)
