"""A laptop whose day is prepared: each round brings a part of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from field_app.actions.prepare import forget_damaged_copies, keep_sheet, want_maps
from field_app.domain.changes import Changes
from field_app.domain.ids import PersonId
from field_app.domain.readiness import Computer, DaySheet, Opened, judge
from field_app.queries.readiness import (
    Stopped,
    ToFetch,
    open_everything,
    sheet_of_today,
    to_fetch,
)
from tests.ui.laptop import MEMBER, NOW, FakeLaptop

WELL = Computer(
    fetched_at=NOW, must_sign_in=False, clock_offset_ms=0, room_photos=900, battery_percent=83
)
ALL_OPEN = Opened(tickets=34, photos=61, placed=34, map_zoom=17)


def a_plan(photos: int = 0, map_bytes: int = 0, **facts: Any) -> ToFetch:
    plain = ToFetch(
        tickets=34,
        photos=photos,
        pictures=2 * photos,
        map_bytes=map_bytes,
        maps=(),
        fetched_at=NOW - timedelta(hours=9),
        asked_at=NOW,
    )
    return replace(plain, **facts)


class PrepareLaptop(FakeLaptop):
    """Answers with the plans of a test, one after the other, the last one for ever."""

    def __init__(self, *plans: ToFetch, opened: Opened = ALL_OPEN, **computer: Any) -> None:
        super().__init__()
        self.plans = list(plans) or [a_plan(), a_plan(fetched_at=NOW)]
        self.opened = opened
        self.computer = replace(WELL, **computer)
        self.sheet: DaySheet | None = None
        self.was_offline: list[bool] = []
        self.after_each: Callable[[int], None] = lambda _done: None

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query is to_fetch:
            return self.plans[0]
        if query is sheet_of_today:
            return self.sheet
        if query is open_everything:
            return self._open(args[1])
        return super().see(query, *args)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        if action in {want_maps, forget_damaged_copies}:
            self.done.append((action, *args))
            return Changes()
        if action is keep_sheet:
            self.was_offline.append(self.is_offline)
            self.sheet = judge(NOW, NOW, args[0], self.computer)
            return self.sheet
        return super().do(action, *args)

    def a_round_ends(self) -> None:
        """Let the next plan be true."""
        if len(self.plans) > 1:
            self.plans.pop(0)

    def _open(self, pulse: Callable[[int, int], bool]) -> tuple[Opened, PersonId]:
        for done in range(1, 35):
            self.was_offline.append(self.is_offline)
            self.after_each(done)
            if not pulse(done, 34):
                raise Stopped("stopped")
        return self.opened, MEMBER.id
