"""The present moment, passed in so that tests may choose it."""

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

TRUSTED_MS: Final = 2 * 60 * 1000
"""A computer's clock that is at most so far from the hub's is shown as it is."""
YEARS: Final = range(1900, 2200)
"""Of a time that is taken in; a computer whose battery is empty thinks that it is 1970."""
SECONDS_ONLY: Final = 20
"""Length of a stamp without fractions of a second."""
HUB_STAMPS: Final = frozenset({SECONDS_ONLY, 24, 27})
"""Lengths of what a hub sends: seconds, milliseconds or microseconds, UTC, with `Z`."""


class Clock(Protocol):
    """Tells the present."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the real clock is read


class HonestClock:
    """The computer's clock as it is shown: set right by what the hub last said of it."""

    def __init__(self, clock: Clock) -> None:
        """Show a clock as it is until `offset_ms` is set."""
        self._clock = clock
        self.offset_ms = 0
        """Hub time minus this computer's time at their last contact, milliseconds."""

    def now(self) -> datetime:
        """Return the present as an aware datetime in UTC, corrected when the clock is far off."""
        return corrected(self._clock.now(), self.offset_ms)


def correction(offset_ms: int) -> timedelta:
    """Return what is added to times of a clock that the hub found off by `offset_ms`.

    Nothing up to `TRUSTED_MS`: so small a difference is the network's as much as the clock's.
    """
    return timedelta(milliseconds=offset_ms if abs(offset_ms) > TRUSTED_MS else 0)


def corrected(at: datetime, offset_ms: int) -> datetime:
    """Return a time of this computer's clock as it is shown to people.

    Args:
        at: By this computer's clock.
        offset_ms: What the hub's clock was ahead of it at that time, milliseconds.
    """
    return at + correction(offset_ms)


def to_stamp(at: datetime) -> str:
    """Return `at` as stored and sent: RFC 3339, UTC, milliseconds, `Z`."""
    stamp = at.isoformat(timespec="milliseconds")
    if stamp.endswith("+00:00"):  # nearly always: changing the zone would double the time
        return f"{stamp[:-6]}Z"
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stamp_of(text: str) -> str:
    """Return the stamp of an RFC 3339 text: what `to_stamp` makes of the same time.

    Text of the hub's own form is cut and not taken apart, as a first sync has ten thousands.

    Raises:
        ValueError: The text is no time or names no zone.
    """
    size = len(text)
    if size in HUB_STAMPS and text[10] == "T" and text[-1] == "Z" and text[7] == "-":
        datetime.fromisoformat(text)
        if size == SECONDS_ONLY:
            return f"{text[:-1]}.000Z"
        if text[19] == ".":
            return f"{text[:23]}Z"
    return to_stamp(from_stamp(text))


def from_stamp(stamp: str) -> datetime:
    """Return the aware UTC datetime of an RFC 3339 `stamp`.

    Raises:
        ValueError: The text is no such stamp or names no zone.
    """
    at = datetime.fromisoformat(stamp)
    if at.tzinfo is None:
        raise ValueError(f"no zone in {stamp!r}")
    return at.astimezone(UTC)
