"""Preparing a day: fetch until nothing more comes, then go offline and open everything."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from field_app.actions.prepare import keep_sheet
from field_app.battery import battery
from field_app.domain.readiness import DaySheet
from field_app.queries.readiness import Pulse, Surroundings, ToFetch, open_everything


class Laptop(Protocol):
    """What this needs of `field_app.app.App`."""

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        """Return `query(desk, *args)`."""
        ...

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        """Return `action(desk, *args)`."""
        ...

    def offline(self) -> AbstractContextManager[None]:
        """Let nothing reach the network meanwhile."""
        ...


@dataclass(slots=True)
class Fetching:
    """Decides whether waiting for the hub makes sense: only while each round brings something."""

    started_at: datetime
    """By this computer's clock."""
    _before: tuple[object, ...] | None = field(default=None, init=False)
    """What was to come when the last round ended."""

    def is_all_here(self, plan: ToFetch) -> bool:
        """Return whether everything is here, and the hub was asked since the start."""
        at = plan.fetched_at
        return plan.is_nothing and at is not None and at >= self.started_at

    def is_over(self, plan: ToFetch) -> bool:
        """Return whether nothing more is to be expected; asked once after each round.

        Args:
            plan: What is still to come after the round.
        """
        if self.is_all_here(plan):
            return True
        now = (plan.pictures, plan.map_bytes, plan.maps, plan.fetched_at is not None)
        is_stuck = now == self._before
        self._before = now
        return is_stuck


def surroundings(bundled: Path | None) -> Surroundings:
    """Return what is around the desk: the map that came along, and the battery."""
    found = battery()
    return Surroundings(
        bundled=bundled,
        battery_percent=None if found is None else found.percent,
        is_charging=found is not None and found.is_charging,
    )


def check_day(laptop: Laptop, bundled: Path | None, pulse: Pulse) -> DaySheet:
    """Do `check` with what is around the desk now; the arguments are those of both."""
    return check(laptop, surroundings(bundled), pulse)


def check(laptop: Laptop, around: Surroundings, pulse: Pulse) -> DaySheet:
    """Go offline, open everything, come back whatever happens, and keep the day's sheet.

    Args:
        laptop: Whose day it is.
        around: What is around the desk.
        pulse: Is told how far it is; returns whether to go on.

    Raises:
        Stopped: `pulse` said so, or somebody else came to this laptop; the sheet before stays.
        FieldAppError: What the store says.
    """
    with laptop.offline():
        opened, person_id = laptop.see(open_everything, around, pulse)
    sheet: DaySheet = laptop.do(keep_sheet, opened, around, person_id)
    return sheet
