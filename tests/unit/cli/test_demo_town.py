"""The demo town is lifelike, whole, and the same for the same moment."""

import csv
import io
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from field_app.cli.demo.plan import BANGKOK, crew_for, rules_toml, town_plan
from field_app.cli.demo.town import (
    CLOSED_STATUSES,
    FINISHED,
    FINISHED_TODAY,
    ID_ALPHABET,
    OPEN_STATUSES,
    DemoTicket,
    demo_csv,
    demo_tickets,
    featured_id,
)
from field_app.domain.place import Place, distance_m

MORNING = datetime(2026, 11, 19, 3, 48, 20, tzinfo=UTC)
COLUMNS = (
    "ticket_id,type,organization,description,photo,latitude,longitude,address,subdistrict,"
    "district,province,timestamp,photo_after,timestamp_inprogress,timestamp_finished,"
    "org_finished,status,confirmed,star,count_reopen,last_activity"
)
ANY_TIME_OF_DAY = [
    datetime(2026, 11, 19, hour, minute, 5, tzinfo=BANGKOK)
    for hour, minute in [(0, 0), (0, 40), (7, 0), (10, 48), (13, 45), (16, 20), (21, 0), (23, 59)]
]


def rows_at(now: datetime) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(demo_csv(now).decode("utf-8-sig"), newline="")))


def local(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=BANGKOK)


def open_of_civil_3(now: datetime) -> list[DemoTicket]:
    return [t for t in demo_tickets(now) if t.crew_id == "civil-3" and t.is_open]


def test_the_file_has_the_platforms_21_columns_and_a_mark_of_utf_8() -> None:
    raw = demo_csv(MORNING)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\n", 1)[0] == COLUMNS


def test_there_are_240_tickets_none_alike() -> None:
    rows = rows_at(MORNING)
    assert len(rows) == 240
    assert len({row["ticket_id"] for row in rows}) == 240
    first_lines = [row["description"].split("\n", 1)[0] for row in rows]
    assert len(set(first_lines)) == 240


def test_no_text_at_no_place_makes_a_long_title() -> None:
    plan = town_plan()
    title = max(len(text.title) for text in plan.texts.values())
    assert title + 1 + max(len(place.label) for place in plan.places.values()) <= 45


def test_citizens_write_in_many_ways_about_all_fourteen_categories() -> None:
    tickets = demo_tickets(MORNING)
    assert len({t.text.key for t in tickets}) >= 60
    assert len({t.words for t in tickets}) == 240
    assert {t.text.category for t in tickets} == set(town_plan().deadlines_days)
    assert len(town_plan().deadlines_days) == 14


def test_ids_use_only_characters_that_cannot_be_mistaken() -> None:
    for ticket in demo_tickets(MORNING):
        year, _, suffix = ticket.id.partition("-")
        assert int(year) == ticket.reported_at.astimezone(BANGKOK).year
        assert len(suffix) == 6
        assert set(suffix) <= set(ID_ALPHABET)


def test_the_same_moment_gives_the_same_file() -> None:
    assert demo_csv(MORNING) == demo_csv(MORNING)
    assert demo_csv(MORNING) == demo_csv(MORNING.astimezone(BANGKOK))
    assert demo_csv(MORNING) != demo_csv(MORNING + timedelta(hours=1))


def test_every_ticket_lies_in_the_demo_map() -> None:
    for row in rows_at(MORNING):
        assert 13.72 <= float(row["latitude"]) <= 13.78
        assert 100.48 <= float(row["longitude"]) <= 100.56
        assert f"แขวง{row['subdistrict']} เขต{row['district']}" in row["address"]


@pytest.mark.parametrize("now", ANY_TIME_OF_DAY, ids=lambda now: f"{now:%H:%M}")
def test_the_crew_finds_two_overdue_three_due_today_and_the_rest_later(now: datetime) -> None:
    duties = open_of_civil_3(now)
    assert 11 <= len(duties) <= 14
    overdue = [t for t in duties if t.due_at < now]
    today = [
        t for t in duties if t.due_at >= now and t.due_at.astimezone(BANGKOK).date() == now.date()
    ]
    assert len(overdue) == 2
    assert len(today) == 3
    assert {t.status for t in duties} == OPEN_STATUSES


@pytest.mark.parametrize("now", ANY_TIME_OF_DAY, ids=lambda now: f"{now:%H:%M}")
def test_nothing_happened_in_the_future_or_out_of_order(now: datetime) -> None:
    for row in rows_at(now):
        steps = [row["timestamp"], row["timestamp_inprogress"], row["timestamp_finished"]]
        moments = [local(step) for step in steps if step]
        assert moments == sorted(moments), row["ticket_id"]
        assert local(row["last_activity"]) == moments[-1] <= now, row["ticket_id"]


@pytest.mark.parametrize("now", ANY_TIME_OF_DAY, ids=lambda now: f"{now:%H:%M}")
def test_the_featured_pothole_is_two_days_late_and_tops_the_list(now: datetime) -> None:
    top = min(open_of_civil_3(now), key=lambda t: t.due_at)
    assert top.id == featured_id(now)
    assert top.id.endswith("-K4T9XA")
    assert top.title == "หลุมลึกกลางถนน หน้าตลาดนางเลิ้ง"
    assert (now - top.due_at).days == 2


def test_the_crews_open_tickets_are_near_each_other() -> None:
    here = town_plan().crew_position
    for ticket in open_of_civil_3(MORNING):
        there = Place(latitude=ticket.latitude, longitude=ticket.longitude)
        assert distance_m(here, there) < 1_000


def test_the_crew_has_finished_some_today() -> None:
    done = [t for t in demo_tickets(MORNING) if t.crew_id == "civil-3" and not t.is_open]
    assert len(done) == 23
    midnight = MORNING.astimezone(BANGKOK).replace(hour=0, minute=0, second=0)
    today = [t for t in done if t.finished_at is not None and t.finished_at >= midnight]
    assert len(today) == FINISHED_TODAY


def test_a_finished_ticket_says_when_and_by_whom_and_no_other_does() -> None:
    for row in rows_at(MORNING):
        is_finished = row["status"] == FINISHED
        assert bool(row["timestamp_finished"]) is is_finished
        assert bool(row["org_finished"]) is is_finished


def test_statuses_are_mixed_and_some_are_the_agencys_own() -> None:
    counts = Counter(t.status for t in demo_tickets(MORNING))
    own = set(town_plan().own_statuses)
    assert set(counts) == OPEN_STATUSES | CLOSED_STATUSES | own
    assert 2 <= sum(counts[status] for status in own) <= 15


def test_most_open_work_of_the_town_is_in_good_time() -> None:
    everything = [t for t in demo_tickets(MORNING) if t.is_open]
    late = [t for t in everything if t.due_at < MORNING]
    assert 0.1 < len(late) / len(everything) < 0.3


def test_the_deadline_is_the_report_plus_the_days_of_the_category() -> None:
    days = town_plan().deadlines_days
    for ticket in demo_tickets(MORNING):
        assert ticket.due_at - ticket.reported_at == timedelta(days=days[ticket.text.category])


def test_every_crew_has_open_work_and_some_waits_for_dispatch() -> None:
    counts = Counter(t.crew_id for t in demo_tickets(MORNING) if t.is_open)
    assert set(counts) == {crew.id for crew in town_plan().crews} | {""}
    assert min(counts.values()) >= 10


def test_the_rules_for_the_hub_say_what_the_town_expects() -> None:
    settings = tomllib.loads(rules_toml())
    assert settings["deadlines_days"] == town_plan().deadlines_days
    assert settings["rules"][0] == {
        "category": "ถนน",
        "area": "ป้อมปราบศัตรูพ่าย",
        "crew": "civil-3",
    }
    assert len(settings["rules"]) == len(town_plan().rules)
    assert crew_for("ต้นไม้", "ป้อมปราบศัตรูพ่าย") == "civil-3"
    assert crew_for("ต้นไม้", "บางรัก") == "green-2"
    assert crew_for("ถนน", "บางรัก") == ""


def test_every_person_belongs_to_a_crew_or_supervises() -> None:
    plan = town_plan()
    crews = {crew.id for crew in plan.crews}
    assert {person.crew_id for person in plan.people if person.role == "crew"} == crews
    assert [p.username for p in plan.people if p.role == "supervisor"] == ["wipha"]
