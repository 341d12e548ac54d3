"""The demo town's tickets: made up, lifelike, and the same every time for the same moment."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from field_app.cli.demo.plan import (
    BANGKOK,
    DemoDuty,
    DemoPlace,
    DemoText,
    TownPlan,
    crew_for,
    town_plan,
)

ID_ALPHABET: Final = "2346789ABCDEFGHJKLMNPQRTUVWXYZ"
"""Characters of a ticket id: none that looks like another."""

NO_PHOTO: Final = "https://storage.googleapis.com/traffy_public_bucket/"
"""What the platform writes where there is no photo: the root of its bucket."""

PROVINCE: Final = "กรุงเทพมหานคร"

WAITING: Final = "รอรับเรื่อง"
IN_PROGRESS: Final = "กำลังดำเนินการ"
FINISHED: Final = "เสร็จสิ้น"
FORWARDED: Final = "ส่งต่อ"
IRRELEVANT: Final = "ไม่เกี่ยวข้อง"
OPEN_STATUSES: Final = frozenset({WAITING, IN_PROGRESS})
CLOSED_STATUSES: Final = frozenset({FINISHED, FORWARDED, IRRELEVANT})

FINISHED_TODAY: Final = 4
"""How many of the signed-in crew's tickets were finished since midnight."""

SEED: Final = 2569
JITTER_DEGREES: Final = 0.0001
"""About 11 metres: how far a ticket lies from its spot on the street."""
SOON: Final = timedelta(minutes=30)
"""A deadline of today is at least this far away, while the day allows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTicket:
    """One made-up report. All times are aware."""

    id: str
    text: DemoText
    place: DemoPlace
    closing: str
    latitude: float
    longitude: float
    status: str
    reported_at: datetime
    due_at: datetime
    """When the rules of the town want it done."""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    star: int = 0
    """The citizen's verdict, 1 to 5; 0 for none."""

    @property
    def title(self) -> str:
        """The first line."""
        return f"{self.text.title} {self.place.label}"

    @property
    def words(self) -> str:
        """All that the citizen wrote."""
        return f"{self.title}\n{self.text.body} {self.closing}"

    @property
    def crew_id(self) -> str:
        """The crew that the rules choose; empty for none."""
        return crew_for(self.text.category, self.place.district)

    @property
    def is_open(self) -> bool:
        """Whether a crew still has to act."""
        return self.status not in CLOSED_STATUSES


def demo_tickets(now: datetime) -> tuple[DemoTicket, ...]:
    """Return the town's tickets as they stand at `now` (aware), oldest report first.

    The same moment gives the same tickets. The signed-in crew's featured ticket is the one
    whose id ends in the id of the first duty of the plan.
    """
    plan = town_plan()
    rng = Random(SEED)  # noqa: S311 - a made-up town, nothing secret
    local = now.astimezone(BANGKOK)
    taken = {(duty.text, duty.place) for duty in plan.shift}
    pairs = _Pairs(plan, rng, taken)
    tickets = [_duty(plan, duty, local, rng) for duty in plan.shift]
    tickets += list(_done_at_home(pairs, local))
    tickets += list(_elsewhere(pairs, local))
    return tuple(sorted(_numbered(plan, tickets), key=lambda ticket: ticket.reported_at))


def featured_id(now: datetime) -> str:
    """Return the id of the ticket that tops the signed-in crew's list at `now`."""
    suffix = town_plan().shift[0].id
    return next(ticket.id for ticket in demo_tickets(now) if ticket.id.endswith(f"-{suffix}"))


def demo_csv(now: datetime) -> bytes:
    """Return the tickets as the platform's download: UTF-8 with BOM, times UTC+7 without zone."""
    rows = [_row(ticket) for ticket in demo_tickets(now)]
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, tuple(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue().encode("utf-8-sig")


class _Pairs:
    """Hands out texts and places such that no pair comes twice and all are used alike."""

    def __init__(self, plan: TownPlan, rng: Random, taken: set[tuple[str, str]]) -> None:
        self.plan = plan
        self.rng = rng
        self._taken = taken
        self._uses = Counter(key for pair in taken for key in pair)

    def draw(self, category: str, *, at_home: bool) -> tuple[DemoText, DemoPlace]:
        """Return a text of `category` and a place inside or outside the home district."""
        home = self.plan.home_district
        free = [
            (text, place)
            for text in self.plan.texts.values()
            if text.category == category
            for place in self.plan.places.values()
            if (place.district == home) is at_home and (text.key, place.key) not in self._taken
        ]
        self.rng.shuffle(free)
        text, place = min(free, key=lambda it: (self._uses[it[0].key], self._uses[it[1].key]))
        self._taken.add((text.key, place.key))
        self._uses.update((text.key, place.key))
        return text, place


def _ticket(
    plan: TownPlan, rng: Random, where: tuple[DemoText, DemoPlace], status: str, due_at: datetime
) -> DemoTicket:
    """Return a ticket without an id, reported as many days before `due_at` as the rules give."""
    text, place = where
    reported_at = due_at - timedelta(days=plan.deadlines_days[text.category])
    north, east = rng.choice(place.spots)
    started_at = reported_at + timedelta(minutes=rng.randint(20, 200))
    return DemoTicket(
        id="",
        text=text,
        place=place,
        closing=rng.choice(plan.closings),
        latitude=round(north + rng.uniform(-JITTER_DEGREES, JITTER_DEGREES), 5),
        longitude=round(east + rng.uniform(-JITTER_DEGREES, JITTER_DEGREES), 5),
        status=status,
        reported_at=reported_at,
        due_at=due_at,
        started_at=None if status == WAITING else started_at,
    )


def _duty(plan: TownPlan, duty: DemoDuty, local: datetime, rng: Random) -> DemoTicket:
    """Return an open ticket of the signed-in crew."""
    where = plan.texts[duty.text], plan.places[duty.place]
    return replace(_ticket(plan, rng, where, duty.status, _deadline(duty, local)), id=duty.id)


def _deadline(duty: DemoDuty, local: datetime) -> datetime:
    """Return a deadline on the duty's day that is past, today's rest, or ahead, as planned."""
    midnight = datetime.combine(local.date(), time(), BANGKOK)
    wanted = datetime.combine(
        local.date() + timedelta(days=duty.due_day), time.fromisoformat(duty.due_time), BANGKOK
    )
    if duty.due_day < 0:
        latest = local + timedelta(days=duty.due_day)
        return wanted if wanted <= latest else midnight + timedelta(days=duty.due_day)
    if duty.due_day == 0 and wanted < local + SOON:
        rest = midnight + timedelta(days=1) - local
        share = 1 / 3 if duty.due_time < "16" else 2 / 3
        return local + rest * share
    return wanted


def _done_at_home(pairs: _Pairs, local: datetime) -> Iterator[DemoTicket]:
    """Yield what the signed-in crew has behind it; a few were finished today."""
    plan, rng = pairs.plan, pairs.rng
    midnight = datetime.combine(local.date(), time(), BANGKOK)
    home = [rule.category for rule in plan.rules if rule.area == plan.home_district]
    for number in range(plan.done_at_home):
        where = pairs.draw(home[number % len(home)], at_home=True)
        if number < FINISHED_TODAY:
            finished_at = midnight + (local - midnight) * (number + 1) / (FINISHED_TODAY + 1)
            late = timedelta(hours=rng.uniform(-6, 10))
            ticket = _ticket(plan, rng, where, FINISHED, finished_at + late)
            yield replace(ticket, finished_at=finished_at)
        else:
            status = IRRELEVANT if number % 11 == 0 else FORWARDED if number % 9 == 0 else FINISHED
            yield _closed(pairs, where, status, local)


def _elsewhere(pairs: _Pairs, local: datetime) -> Iterator[DemoTicket]:
    """Yield the tickets outside the home district, in every status."""
    plan, rng = pairs.plan, pairs.rng
    own = [(status, 2) for status in plan.own_statuses]
    shares = [(WAITING, 24), (IN_PROGRESS, 22), (FINISHED, 40), (FORWARDED, 7), (IRRELEVANT, 3)]
    statuses, weights = zip(*shares, *own, strict=True)
    for category, count in plan.quota.items():
        for _ in range(count):
            where = pairs.draw(category, at_home=False)
            status = rng.choices(statuses, weights)[0]
            if status in CLOSED_STATUSES:
                yield _closed(pairs, where, status, local)
            else:
                yield _open(pairs, where, status, local)


def _open(
    pairs: _Pairs, where: tuple[DemoText, DemoPlace], status: str, local: datetime
) -> DemoTicket:
    """Return an open ticket, late or in good time, reported some hours before `local`."""
    days = pairs.plan.deadlines_days[where[0].category]
    age = timedelta(hours=pairs.rng.triangular(1, 24 * days + 36, 8 * days))
    ticket = _ticket(pairs.plan, pairs.rng, where, status, local - age + timedelta(days=days))
    if ticket.started_at is not None and ticket.started_at > local:
        return replace(ticket, started_at=ticket.reported_at + age / 2)
    return ticket


def _closed(
    pairs: _Pairs, where: tuple[DemoText, DemoPlace], status: str, local: datetime
) -> DemoTicket:
    """Return a ticket that was done with on an earlier day, up to four weeks ago."""
    plan, rng = pairs.plan, pairs.rng
    span = timedelta(days=plan.deadlines_days[where[0].category])
    took = span * rng.uniform(0.3, 1.2)
    finished_at = local - timedelta(days=rng.uniform(1, 28))
    ticket = _ticket(plan, rng, where, status, finished_at - took + span)
    if status != FINISHED:
        return ticket
    return replace(ticket, finished_at=finished_at, star=rng.choice((0, 0, 0, 3, 4, 5, 5)))


def _numbered(plan: TownPlan, tickets: list[DemoTicket]) -> Iterator[DemoTicket]:
    """Yield the tickets with an id each, none twice; ids from the plan stay."""
    rng = Random(SEED)  # noqa: S311 - a made-up town, nothing secret
    used = {duty.id for duty in plan.shift}
    for ticket in tickets:
        suffix = ticket.id
        while not suffix or (suffix in used and not ticket.id):
            suffix = "".join(rng.choices(ID_ALPHABET, k=6))
        used.add(suffix)
        yield replace(ticket, id=f"{ticket.reported_at.astimezone(BANGKOK).year}-{suffix}")


def _row(ticket: DemoTicket) -> dict[str, str]:
    """Return a ticket as the platform's 21 columns, in its order."""
    moments = (ticket.reported_at, ticket.started_at, ticket.finished_at)
    place = ticket.place
    area = f"แขวง{place.subdistrict} เขต{place.district} {PROVINCE}"
    return {
        "ticket_id": ticket.id,
        "type": ticket.text.category,
        "organization": town_plan().organization,
        "description": ticket.words,
        "photo": NO_PHOTO,
        "latitude": f"{ticket.latitude:.5f}",
        "longitude": f"{ticket.longitude:.5f}",
        "address": f"{place.road} {area} {place.postcode}",
        "subdistrict": place.subdistrict,
        "district": place.district,
        "province": PROVINCE,
        "timestamp": _stamp(ticket.reported_at),
        "photo_after": NO_PHOTO,
        "timestamp_inprogress": _stamp(ticket.started_at),
        "timestamp_finished": _stamp(ticket.finished_at),
        "org_finished": town_plan().organization if ticket.finished_at else "",
        "status": ticket.status,
        "confirmed": "",
        "star": str(ticket.star),
        "count_reopen": "0",
        "last_activity": _stamp(max(moment for moment in moments if moment)),
    }


def _stamp(moment: datetime | None) -> str:
    """Return a time as the platform writes it (UTC+7 without zone), empty for none."""
    if moment is None:
        return ""
    return moment.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M:%S.%f")
