"""Days and times read as people in Thailand write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from field_app.texts import set_language
from field_app.texts.dates import (
    date_and_time,
    duration,
    lateness,
    plain_date,
    set_zone,
    short_date,
    time_of_day,
    weekday_date,
    year,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 19, 2, 18, tzinfo=UTC)
LAST_YEAR = datetime(2025, 11, 22, 3, 0, tzinfo=UTC)


def test_within_the_year_a_thai_date_has_no_year() -> None:
    set_language("th")

    assert short_date(NOW, NOW) == "22 พ.ย."
    assert short_date(LAST_YEAR, NOW) == "22 พ.ย. 2568"


def test_within_the_year_an_english_date_has_no_year() -> None:
    assert short_date(NOW, NOW) == "22 Nov"
    assert short_date(LAST_YEAR, NOW) == "22 Nov 2025"


def test_the_weekday_comes_first() -> None:
    assert weekday_date(MORNING) == "Thu 19 Nov 2026"
    set_language("th")
    assert weekday_date(MORNING) == "พฤ. 19 พ.ย. 2569"


def test_a_day_without_an_hour_is_the_same_day_everywhere() -> None:
    assert plain_date(date(2026, 11, 12)) == "12 Nov 2026"
    set_language("th")
    assert plain_date(date(2026, 1, 1)) == "1 ม.ค. 2569"
    set_zone(None)
    assert plain_date(date(2026, 12, 31)) == "31 ธ.ค. 2569"


def test_the_clock_has_twenty_four_hours() -> None:
    assert time_of_day(MORNING) == "09:18"
    set_language("th")
    assert time_of_day(MORNING) == "09:18 น."
    assert date_and_time(MORNING, NOW) == "19 พ.ย. 09:18 น."


def test_the_day_is_the_day_in_bangkok_not_in_greenwich() -> None:
    evening = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)

    assert weekday_date(evening) == "Fri 1 Jan 2027"
    assert year(evening) == "2027"
    set_zone(ZoneInfo("UTC"))
    assert weekday_date(evening) == "Thu 31 Dec 2026"


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        time_of_day(MORNING.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("length", "thai", "english"),
    [
        (timedelta(seconds=59), "0 น.", "0 min"),
        (timedelta(minutes=34), "34 น.", "34 min"),
        (timedelta(hours=1), "1 ชม.", "1 h"),
        (timedelta(hours=1, minutes=34), "1 ชม. 34 น.", "1 h 34 min"),
        (timedelta(days=1, minutes=5), "1 วัน", "1 day"),
        (timedelta(days=2, hours=3, minutes=9), "2 วัน 3 ชม.", "2 days 3 h"),
        (timedelta(minutes=-5), "0 น.", "0 min"),
    ],
)
def test_a_duration_has_at_most_two_units(length: timedelta, thai: str, english: str) -> None:
    assert duration(length) == english
    set_language("th")
    assert duration(length) == thai


@pytest.mark.parametrize(
    ("late", "thai"),
    [
        (timedelta(days=2, hours=23), "เกิน 2 วัน"),
        (timedelta(days=1445), "เกิน 1,445 วัน"),
        (timedelta(hours=3, minutes=50), "เกิน 3 ชม."),
        (timedelta(minutes=12), "เกิน 12 น."),
        (timedelta(0), ""),
        (timedelta(days=-1), ""),
    ],
)
def test_lateness_is_said_in_one_unit(late: timedelta, thai: str) -> None:
    set_language("th")

    assert lateness(NOW - late, NOW) == thai
