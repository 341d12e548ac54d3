"""A laptop with a day's jobs round a made-up town hall, answered from a database of its own."""

from datetime import timedelta
from math import cos, pi, radians
from pathlib import Path
from typing import Any

from field_app.domain.ids import Revision, TicketId
from field_app.domain.place import EARTH_RADIUS_M, Place
from field_app.domain.ticket import Ticket, TicketState
from field_app.store.tickets import accept
from tests.helpers.builders import a_ticket, an_arrival
from tests.ui.laptop import CREW, NOW
from tests.ui.tray_laptop import DRAIN, POTHOLE, TrayLaptop

HALL = Place(latitude=13.7563, longitude=100.5018)
"""Where the day begins."""


def off(north_m: float, east_m: float) -> Place:
    """Return a place so many metres from the town hall."""
    degrees = 180 / pi / EARTH_RADIUS_M
    return Place(
        latitude=HALL.latitude + north_m * degrees,
        longitude=HALL.longitude + east_m * degrees / cos(radians(HALL.latitude)),
    )


def a_visit(number: int, place: Place | None, words: str, **facts: Any) -> Ticket:
    """Return a job of the crew; `facts` replace its own."""
    plain: dict[str, Any] = {
        "id": TicketId(f"2026-VISIT{number}"),
        "words": words,
        "place": place,
        "address": "",
        "state": TicketState.WAITING,
        "crew_id": CREW,
        "revision": Revision(number),
        "reported_at": NOW - timedelta(days=4, hours=number),
        "due_at": None,
    }
    return a_ticket(number, **(plain | facts))


LATE = {"due_at": NOW - timedelta(days=2)}
TODAY = {"due_at": NOW + timedelta(hours=5)}
SOON = {"due_at": NOW + timedelta(days=3)}
VISITS = (
    a_visit(1, off(200, 100), "กิ่งไม้ใหญ่หักขวางถนน หน้าสวนสันติชัยปราการ",
            address="ถ.พระอาทิตย์ แขวงชนะสงคราม", categories=("ต้นไม้",), **SOON),
    a_visit(2, off(1400, -600), "หลุมลึกกลางถนน หน้าตลาดบางลำพู",
            address="ถ.จักรพงษ์ แขวงตลาดยอด", categories=("ถนน",), **LATE),
    a_visit(3, off(-900, 800), "ตะแกรงท่อระบายน้ำอุดตัน น้ำขังหน้าร้านค้าริมทาง",
            address="ถ.สามเสน ใกล้แยกบางลำพู", categories=("ท่อระบายน้ำ",), **TODAY),
    a_visit(4, off(-700, 1000), "แผ่นทางเท้าทรุด คนสูงอายุสะดุดล้ม",
            address="ถ.ราชดำเนินกลาง", categories=("ทางเท้า",)),
    a_visit(5, off(1500, -500), "ไฟส่องสว่างดับ 2 ต้น ริมคลองบางลำพู",
            address="ถ.ลำพู ฝั่งตะวันตก", categories=("แสงสว่าง",)),
    a_visit(6, None, "น้ำท่วมขังปากซอย รถเข้าออกไม่ได้",
            address="ซ.สามเสน 3", categories=("น้ำท่วม",), **TODAY),
)  # fmt: skip
"""One that is late, one due today, three later or open, and one whose place nobody told."""


class RouteLaptop(TrayLaptop):
    """Has these jobs and nothing else."""

    def __init__(self, folder: Path, visits: tuple[Ticket, ...] = VISITS) -> None:
        super().__init__(folder)
        with self.desk() as desk:
            arrivals = [an_arrival(visit) for visit in visits]
            accept(desk.db, arrivals, [POTHOLE, DRAIN], "d")
