"""The present moment, passed in so that tests may choose it."""

from datetime import UTC, datetime
from typing import Protocol


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


def to_stamp(at: datetime) -> str:
    """Return `at` as stored and sent: RFC 3339, UTC, milliseconds, `Z`."""
    stamp = at.isoformat(timespec="milliseconds")
    if stamp.endswith("+00:00"):  # nearly always: changing the zone would double the time
        return f"{stamp[:-6]}Z"
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_stamp(stamp: str) -> datetime:
    """Return the aware UTC datetime of an RFC 3339 `stamp`.

    Raises:
        ValueError: The text is no such stamp or names no zone.
    """
    at = datetime.fromisoformat(stamp)
    if at.tzinfo is None:
        raise ValueError(f"no zone in {stamp!r}")
    return at.astimezone(UTC)
