"""Days and times as people read them: local time, and in Thai the Buddhist year."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from field_app.texts.catalogue import Language, _, language, ngettext

BUDDHIST_ERA_YEARS: Final = 543
"""What the Thai calendar is ahead of the common era since 1941."""


THAILAND: Final = ZoneInfo("Asia/Bangkok")
"""The towns' clock, whatever zone a laptop was set to."""


class _Chosen:
    """Holds the zone in use; None is the computer's own."""

    zone: ZoneInfo | None = THAILAND


def set_zone(zone: ZoneInfo | None) -> None:
    """Show times in this zone from now on; None means the zone of the computer."""
    _Chosen.zone = zone


def local(at: datetime) -> datetime:
    """Return the same instant on the clock of the zone in use.

    Raises:
        ValueError: `at` has no zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"A time without a zone cannot be shown: {at.isoformat()}")
    return at.astimezone(_Chosen.zone)


def year(at: datetime) -> str:
    """Return '2569' in Thai, '2026' in English."""
    here = local(at)
    return str(here.year + BUDDHIST_ERA_YEARS if language() == "th" else here.year)


def short_date(at: datetime, now: datetime) -> str:
    """Return '22 พ.ย.' within the current year and '22 พ.ย. 2568' in any other."""
    day = f"{local(at).day} {_month(at)}"
    return day if local(at).year == local(now).year else f"{day} {year(at)}"


def plain_date(on: date) -> str:
    """Return '22 พ.ย. 2569' or '22 Nov 2026' for a day that has no hour."""
    at = datetime.combine(on, time(12), _Chosen.zone).astimezone()
    return f"{on.day} {_month(at)} {year(at)}"


def weekday_date(at: datetime) -> str:
    """Return 'พฤ. 19 พ.ย. 2569' or 'Thu 19 Nov 2026'."""
    here = local(at)
    return f"{_days(language())[here.weekday()]} {here.day} {_month(at)} {year(at)}"


def time_of_day(at: datetime) -> str:
    """Return '09:18 น.' or '09:18'; the clock has 24 hours in both languages."""
    clock = f"{local(at):%H:%M}"
    return f"{clock} น." if language() == "th" else clock


def date_and_time(at: datetime, now: datetime) -> str:
    """Return '22 พ.ย. 09:18 น.', with the year when it is not the current one."""
    return f"{short_date(at, now)} {time_of_day(at)}"


def full_date_and_time(at: datetime) -> str:
    """Return '19 พ.ย. 2569 10:32 น.' or '19 Nov 2026 (B.E. 2569) 10:32', for paper.

    The Buddhist year stands there in both languages, as Thai offices count.
    """
    here = local(at)
    era = here.year + BUDDHIST_ERA_YEARS
    years = f"{era}" if language() == "th" else f"{here.year} (B.E. {era})"
    return f"{here.day} {_month(at)} {years} {time_of_day(at)}"


def duration(length: timedelta) -> str:
    """Return '1 ชม. 34 น.': at most two units, whole minutes rounded down, never negative."""
    minutes = max(0, int(length / timedelta(minutes=1)))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        day_words = ngettext("{count} day", "{count} days", days).format(count=f"{days:,}")
        return f"{day_words} {_('{count} h').format(count=hours)}" if hours else day_words
    if hours:
        hour_words = _("{count} h").format(count=hours)
        return f"{hour_words} {_('{count} min').format(count=minutes)}" if minutes else hour_words
    return _("{count} min").format(count=minutes)


def lateness(due_at: datetime, now: datetime) -> str:
    """Return how late something is in words, 'เกิน 2 วัน'; empty while it is not late.

    One unit only, rounded down: days, below a day hours, below an hour minutes.
    """
    if now <= due_at:
        return ""
    return _("{time} overdue").format(time=_in_one_unit(now - due_at))


def clock_words(off: timedelta) -> str:
    """Return how wrong this computer's clock is, 'It is 3 h 12 min slow'.

    Args:
        off: Hub time minus this computer's time: above nothing for a slow clock.
    """
    is_slow = off > timedelta()
    words = (
        _("This computer's clock is {time} slow.")
        if is_slow
        else _("This computer's clock is {time} fast.")
    )
    return words.format(time=duration(abs(off)))


def _in_one_unit(length: timedelta) -> str:
    """Return a length of time in its largest unit, rounded down."""
    if length >= timedelta(days=1):
        return duration(timedelta(days=length.days))
    if length >= timedelta(hours=1):
        return duration(timedelta(hours=length // timedelta(hours=1)))
    return duration(length)


def _month(at: datetime) -> str:
    """Return the short name of the month, 'พ.ย.'."""
    return _months(language())[local(at).month]


@cache
def _months(of: Language) -> Mapping[int, str]:
    """Return the short names of the months, January is 1."""
    return dict(get_month_names("abbreviated", locale=of).items())


@cache
def _days(of: Language) -> Mapping[int, str]:
    """Return the short names of the days of the week, Monday is 0."""
    return dict(get_day_names("abbreviated", locale=of).items())
