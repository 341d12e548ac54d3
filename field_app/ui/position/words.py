"""How a position and its source are told: by whom, how exact, and how old."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from field_app.domain.position import Position, PositionSource
from field_app.texts import _, mark
from field_app.texts.dates import date_and_time, duration, time_of_day
from field_app.ui.position.sources import PositionWay, Trouble
from field_app.ui.position.whereabouts import Reception, Whereabouts
from field_app.ui.shared.words import is_same_day

SOURCES: Final[Mapping[PositionSource, str]] = {
    PositionSource.SAID: mark("You said so"),
    PositionSource.SYSTEM: mark("This computer's location"),
    PositionSource.RECEIVER: mark("GPS receiver"),
    PositionSource.PHOTO: mark("Your last photo"),
}
WAYS: Final[Mapping[PositionWay, str]] = {
    PositionWay.OFF: mark("By hand"),
    PositionWay.SYSTEM: mark("This computer"),
    PositionWay.SERIAL: mark("GPS at a port"),
    PositionWay.NETWORK: mark("GPS by network"),
}
MEANINGS: Final[Mapping[PositionWay, str]] = {
    PositionWay.OFF: mark("You click your place on the map. Nothing is measured."),
    PositionWay.SYSTEM: mark(
        "The system's location service, where this computer has one. Without a GPS of its own it"
        " may ask its maker's server, which Field App cannot prevent."
    ),
    PositionWay.SERIAL: mark(
        "A GPS mouse that is plugged in (NMEA). Choose its port; most speak at 9600."
    ),
    PositionWay.NETWORK: mark(
        "A receiver, or a phone's app, that sends NMEA over TCP. Write its address and port."
    ),
}
TROUBLES: Final[Mapping[Trouble, str]] = {
    Trouble.MISSING: mark("This computer has no such source."),
    Trouble.REFUSED: mark("The system does not allow it. Look into its privacy settings."),
    Trouble.CLOSED: mark(
        "It cannot be opened. Is it plugged in and switched on? Tried again soon."
    ),
    Trouble.NOISE: mark("What comes from there is no GPS. Another port or speed may be right."),
}
RECEPTIONS: Final[Mapping[Reception, str]] = {
    Reception.OFF: "",
    Reception.SEARCHING: mark("Nothing heard yet"),
    Reception.NO_FIX: mark("Heard, and looking for satellites: stand under open sky"),
    Reception.FIXED: mark("Your position is measured"),
}


def position_words(position: Position, now: datetime) -> str:
    """Return who told a position, how exact and when; with its age once it is old."""
    parts = [_(SOURCES[position.source])]
    if position.place.accuracy_m is not None:
        parts.append(_("±{count} m").format(count=f"{position.place.accuracy_m:,.0f}"))
    if position.at is not None:
        is_today = is_same_day(position.at, now)
        parts.append(time_of_day(position.at) if is_today else date_and_time(position.at, now))
    age = position.age(now)
    if position.is_stale(now):
        parts.append(_("nobody knows when") if age is None else age_words(age))
    return " · ".join(parts)


def age_words(age: timedelta) -> str:
    """Return '1 h 29 min ago'."""
    return _("{time} ago").format(time=duration(age))


def reception_words(whereabouts: Whereabouts) -> str:
    """Return how the chosen source stands; empty while none is wanted."""
    if whereabouts.trouble is not None:
        return _(TROUBLES[whereabouts.trouble])
    words = RECEPTIONS[whereabouts.reception]
    return _(words) if words else ""
