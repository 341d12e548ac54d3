"""A laptop for the windows' tests: the same answers as the app, without store and network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from field_app.actions.basemaps import want
from field_app.actions.position import keep_position
from field_app.actions.recording import Done
from field_app.actions.tickets import move_place, start, undo
from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.farewell import Farewell
from field_app.domain.ids import CrewId, OperationId, PersonId, PhotoId, Revision, TicketId
from field_app.domain.people import Person, Role
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place, distance_m
from field_app.domain.position import Position, PositionSource
from field_app.domain.ticket import Ticket, TicketState
from field_app.photos.room import Room
from field_app.queries.map_suggestion import maps_to_suggest
from field_app.queries.photos import PhotoCard, room
from field_app.queries.position import last_position
from field_app.queries.status import categories
from field_app.queries.tickets import (
    LocalState,
    TicketDetail,
    TicketFilter,
    TicketList,
    TicketRow,
    list_tickets,
    ticket_detail,
)
from field_app.queries.visits import CompanionRow, Companions, companions
from field_app.resources import resource
from field_app.sync.status import Reach, SyncStatus

NOW = datetime(2026, 11, 19, 3, 41, tzinfo=UTC)
"""10:41 in Bangkok."""
HERE = Place(latitude=13.7520, longitude=100.5010)
CREW = CrewId("crew-1")
MEMBER = Person(
    id=PersonId("p-1"), username="yotha3", name="Test crew member", role=Role.CREW, crew_id=CREW
)
CHIEF = Person(id=PersonId("p-2"), username="chief", name="Test supervisor", role=Role.SUPERVISOR)
HUB = "https://hub.example.go.th"
START = OperationId("op-start")


class StoppedClock:
    """It is always the same moment."""

    def now(self) -> datetime:
        return NOW


def a_row(number: int = 1, **facts: Any) -> TicketRow:
    """Return a row with made-up facts; `facts` replace them."""
    plain: dict[str, Any] = {
        "id": TicketId(f"2026-TEST{number:02}"),
        "title": f"Job {number}",
        "place_line": "Test Road",
        "category": "ถนน",
        "state": TicketState.WAITING,
        "foreign_state": "",
        "is_overdue": False,
        "due_at": NOW + timedelta(days=3),
        "reported_at": NOW - timedelta(days=4),
        "distance_m": 350.0 + 270 * number,
        "photo_count": 2,
        "local": LocalState.NONE,
        "latitude": 13.75 + number / 1000,
        "longitude": 100.5,
        "crew_id": CREW,
        "is_sent_back": False,
    }
    return TicketRow(**(plain | facts))


LATE = NOW - timedelta(days=2, hours=1)
TODAY = datetime(2026, 11, 19, 7, 0, tzinfo=UTC)
POTHOLE: dict[str, Any] = {
    "title": "หลุมลึกกลางถนน หน้าตลาดบางลำพู",
    "place_line": "ถ.จักรพงษ์ · แขวงตลาดยอด",
    "is_overdue": True,
    "due_at": LATE,
    "distance_m": 350.0,
}
DAY = (
    a_row(1, **POTHOLE),
    a_row(
        2,
        title="ตะแกรงท่อระบายน้ำอุดตัน น้ำขังหน้าร้านค้าริมทาง",
        place_line="ถ.สามเสน · ใกล้แยกบางลำพู",
        category="ท่อระบายน้ำ",
        state=TicketState.IN_PROGRESS,
        is_overdue=True,
        due_at=NOW - timedelta(days=1, hours=1),
        local=LocalState.QUEUED,
        distance_m=620.0,
        photo_count=3,
    ),
    a_row(
        3,
        title="กิ่งไม้ใหญ่หักขวางถนน",
        place_line="ถ.พระอาทิตย์ · หน้าสวนสันติชัยปราการ",
        category="ต้นไม้",
        state=TicketState.IN_PROGRESS,
        due_at=TODAY,
        local=LocalState.QUEUED,
        distance_m=880.0,
        photo_count=4,
    ),
    a_row(
        4,
        title="แผ่นทางเท้าทรุด คนสูงอายุสะดุดล้ม",
        place_line="ถ.ราชดำเนินกลาง",
        category="ทางเท้า",
        due_at=TODAY + timedelta(hours=2, minutes=30),
        distance_m=1400.0,
    ),
    a_row(
        5,
        title="ไฟส่องสว่างดับ 2 ต้น ริมคลองบางลำพู",
        place_line="ถ.ลำพู · ฝั่งตะวันตก",
        category="แสงสว่าง",
        state=TicketState.SENT_BACK,
        is_sent_back=True,
        due_at=TODAY + timedelta(hours=2, minutes=30),
        distance_m=1900.0,
        photo_count=5,
    ),
    a_row(
        6,
        title="น้ำท่วมขังปากซอย รถเข้าออกไม่ได้",
        place_line="ซ.สามเสน 3",
        category="น้ำท่วม",
        due_at=NOW + timedelta(days=1),
        distance_m=2200.0,
        photo_count=6,
    ),
)
"""A day's work with something of everything."""


class FakeLaptop:
    """Answers as the app does, from rows that a test chooses."""

    def __init__(self, rows: tuple[TicketRow, ...] = DAY, person: Person | None = MEMBER) -> None:
        self.person = person
        self.hub_url = HUB if person else ""
        self.last_username = person.username if person else ""
        self.farewell: Farewell | None = None
        self.known_people: tuple[Person, ...] = (person,) if person else ()
        self.rows = rows
        self.position: Place | None = HERE
        self.room = Room(free_bytes=50_000_000_000, photo_bytes=4_000_000)
        self.fetched_at: datetime | None = NOW - timedelta(minutes=5)
        self.done_count = 5
        self.sync_status = SyncStatus(reach=Reach.OFFLINE, waiting_count=3, total_bytes=12_400_000)
        self.companions: tuple[CompanionRow, ...] = ()
        self.change: Callable[[Ticket], Ticket] = lambda ticket: ticket
        self.failures: dict[Callable[..., Any], FieldAppError] = {}
        self.done: list[tuple[Any, ...]] = []
        self.syncs = 0
        self.is_syncing = False
        self.is_offline = False
        self.maps: tuple[Basemap, ...] = ()
        self.rescued_count: int | None = None
        self.passwords: list[str] = []
        self.renewed: Person | None = None
        self.unsent: dict[str, int] = {}
        self.sign_in_failure: FieldAppError | None = None
        self.before_answer: Callable[[TicketFilter], None] = lambda _filter: None

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query in self.failures:
            raise self.failures[query]
        known: dict[Callable[..., Any], Callable[..., Any]] = {
            list_tickets: self._list,
            ticket_detail: self._detail,
            last_position: self._last_position,
            companions: lambda ticket_id: Companions(ticket_id=ticket_id, rows=self.companions),
            room: lambda: self.room,
            maps_to_suggest: self._maps_not_told,
            categories: lambda: tuple(sorted({row.category for row in self.rows})),
        }
        if query not in known:
            raise NotImplementedError(query)
        return known[query](*args)

    def _maps_not_told(self, _bundled: object, told: frozenset[str]) -> tuple[Basemap, ...]:
        return tuple(each for each in self.maps if each.sha256 not in told)

    def _last_position(self) -> Position | None:
        if self.position is None:
            return None
        return Position(place=self.position, source=PositionSource.SAID, at=NOW)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        if action in self.failures:
            raise self.failures[action]
        self.done.append((action, *args))
        if action in (start, move_place):
            return Done(changes=Changes(), operation_id=START, ticket_id=args[0])
        if action is keep_position:
            self.position = args[0]
            return Changes(everything=True)
        if action is want:
            return Changes(maps=True)
        if action is undo:
            return Done(changes=Changes(), operation_id=args[0], ticket_id=self.rows[0].id)
        raise NotImplementedError(action)

    def sign_in(self, url: str, username: str, password: str, /) -> Person:
        if self.sign_in_failure is not None:
            raise self.sign_in_failure
        self.hub_url, self.last_username, self.person = url, username, MEMBER
        return MEMBER

    def sign_in_again(self, password: str, /) -> Person:
        if self.sign_in_failure is not None:
            raise self.sign_in_failure
        assert self.person is not None
        self.passwords.append(password)
        return self.renewed or self.person

    def sign_out(self) -> None:
        self.person = None

    def unsent_counts(self) -> dict[str, int]:
        return self.unsent

    @contextmanager
    def offline(self) -> Iterator[None]:
        self.is_offline = True
        try:
            yield
        finally:
            self.is_offline = False

    def start_sync(self) -> None:
        self.is_syncing = True

    def sync_now(self) -> None:
        self.syncs += 1

    def pop_rescue(self) -> int | None:
        count, self.rescued_count = self.rescued_count, None
        return count

    def status(self) -> SyncStatus:
        return self.sync_status

    def _list(self, ticket_filter: TicketFilter) -> TicketList:
        self.before_answer(ticket_filter)
        rows = tuple(
            row
            for row in self.rows
            if ticket_filter.words in row.title
            and (not ticket_filter.states or row.state in ticket_filter.states)
            and (not ticket_filter.categories or row.category in ticket_filter.categories)
            and (row.is_overdue or not ticket_filter.only_overdue)
        )
        return TicketList(
            rows=rows,
            done_count=self.done_count,
            all_count=self.done_count + len(self.rows),
            fetched_at=self.fetched_at,
            position=self.position,
        )

    def _detail(self, ticket_id: TicketId) -> TicketDetail:
        row = next(row for row in self.rows if row.id == ticket_id)
        assert row.latitude is not None
        assert row.longitude is not None
        place = Place(latitude=row.latitude, longitude=row.longitude)
        photo = Photo(
            id=PhotoId(f"photo-{ticket_id}"),
            role=PhotoRole.CITIZEN,
            sha256="0" * 64,
            size_bytes=1_000_000,
            width=1600,
            height=1200,
            taken_at=datetime(2026, 11, 15, 1, 12, tzinfo=UTC),
            place=place,
        )
        path: Path = resource("demo", "photos", "pothole_before.jpg")
        card = PhotoCard(
            photo=photo,
            local=LocalState.NONE,
            sent_bytes=0,
            thumb=path,
            screen=path,
            original=None,
            distance_m=distance_m(place, HERE),
        )
        ticket = Ticket(
            id=ticket_id,
            revision=Revision(7),
            words=f"{row.title}\nหลุมกว้างเกือบเต็มเลน ลึกเท่าข้อเท้า มอเตอร์ไซค์ล้มแล้ว 2 คัน "
            "ฝนตกแล้วมองไม่เห็น ช่วยรีบมาซ่อมด้วยครับ",
            categories=(row.category,),
            state=row.state,
            place=place,
            address=row.place_line,
            reported_at=datetime(2026, 11, 15, 1, 12, tzinfo=UTC),
            due_at=row.due_at,
            crew_id=CREW,
            photos=(photo,),
            send_back_reason="รูปหลังทำไม่ชัด" if row.is_sent_back else "",
        )
        return TicketDetail(
            ticket=self.change(ticket),
            row=row,
            unsent=frozenset(),
            photos=(card, card),
            draft="",
            crews={CREW: "ทีมโยธา 3"},
        )
