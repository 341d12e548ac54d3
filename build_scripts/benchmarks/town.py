"""Made-up but lifelike tickets by the thousand, as the platform's CSV file; always the same."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from field_app.cli.demo.plan import BANGKOK, DemoPlace, DemoText, town_plan

SEED: Final = 2569
CHANGE_MARK: Final = "แจ้งซ้ำครั้งที่"
"""Stands in the title of a ticket that came a second time, with the number of the round."""
SPAN: Final = timedelta(days=60)
"""How far back the reports go."""
STATUSES: Final = (
    *("รอรับเรื่อง",) * 11,
    *("กำลังดำเนินการ",) * 4,
    *("เสร็จสิ้น",) * 4,
    "ไม่เกี่ยวข้อง",
)
COLUMNS: Final = (
    "ticket_id",
    "type",
    "organization",
    "description",
    "photo",
    "latitude",
    "longitude",
    "address",
    "subdistrict",
    "district",
    "province",
    "timestamp",
    "status",
    "last_activity",
)


def tickets_csv(numbers: Iterable[int], now: datetime, *, change: int = 0) -> bytes:
    """Return tickets as the platform's CSV file.

    Args:
        numbers: Which tickets; the same number is always the same ticket.
        now: The present (aware); reports lie up to 60 days before it.
        change: 0 for the tickets as they were reported, n for the n-th news of them.
    """
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(number, now, change) for number in numbers)
    return sheet.getvalue().encode("utf-8-sig")


def _row(number: int, now: datetime, change: int) -> dict[str, str]:
    """Return one ticket."""
    rng = Random(f"{SEED}-{number}")  # noqa: S311 - made up, nothing secret
    plan = town_plan()
    text = rng.choice(tuple(plan.texts.values()))
    place = rng.choice(tuple(plan.places.values()))
    more = rng.choice([t for t in plan.texts.values() if t.category == text.category])
    latitude, longitude = rng.choice(place.spots)
    reported_at = now - timedelta(days=2) - SPAN * rng.random()
    active_at = reported_at + timedelta(hours=rng.uniform(0, 40))
    if change:
        active_at = now - timedelta(hours=1) + timedelta(minutes=change)
    return {
        "ticket_id": f"2026-{number:06d}",
        "type": text.category,
        "organization": plan.organization,
        "description": _words(text, more, place, change, rng),
        "photo": "https://storage.googleapis.com/traffy_public_bucket/",
        "latitude": f"{latitude + rng.uniform(-0.004, 0.004):.5f}",
        "longitude": f"{longitude + rng.uniform(-0.004, 0.004):.5f}",
        "address": f"{rng.randint(1, 999)} {place.road} แขวง{place.subdistrict} "
        f"เขต{place.district} กรุงเทพมหานคร {place.postcode}",
        "subdistrict": place.subdistrict,
        "district": place.district,
        "province": "กรุงเทพมหานคร",
        "timestamp": _stamp(reported_at),
        "status": rng.choice(STATUSES),
        "last_activity": _stamp(active_at),
    }


def _words(text: DemoText, more: DemoText, place: DemoPlace, change: int, rng: Random) -> str:
    """Return what the citizen wrote."""
    again = f" {CHANGE_MARK} {change}" if change else ""
    closing = rng.choice(town_plan().closings)
    return f"{text.title}{again} {place.label}\n{text.body} {more.body} {closing}"


def _stamp(moment: datetime) -> str:
    """Return a time as the platform writes it, UTC+7 without zone."""
    return moment.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M:%S.%f")
