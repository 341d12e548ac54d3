"""Preparing a day: what is wanted from the hub, and the sheet that is kept."""

from pathlib import Path

from field_app.actions import basemaps
from field_app.domain.changes import Changes
from field_app.domain.ids import PersonId
from field_app.domain.readiness import DaySheet, Opened, judge
from field_app.photos.errors import folder_errors
from field_app.queries.desk import Desk, honest_now
from field_app.queries.readiness import (
    Stopped,
    Surroundings,
    computer,
    damaged_copies,
    to_fetch,
)
from field_app.store import day_sheets


def want_maps(desk: Desk, bundled: Path | None) -> Changes:
    """Want the maps of the hub that show the day's tickets, where nothing here does.

    Raises:
        StoreFailed: It cannot be written down.
    """
    changes = Changes()
    for each in to_fetch(desk, bundled).maps:
        changes |= basemaps.want(desk, each.sha256)
    return changes


def forget_damaged_copies(desk: Desk) -> Changes:
    """Remove pictures of the day that do not open, so that they come again; never an original.

    Raises:
        StoreFailed: One cannot be removed.
    """
    for path in damaged_copies(desk):
        with folder_errors():
            path.unlink(missing_ok=True)
    return Changes()


def keep_sheet(desk: Desk, opened: Opened, around: Surroundings, person_id: PersonId) -> DaySheet:
    """Judge what was found when everything was opened, keep the sheet and return it.

    Args:
        desk: Where the sheet is kept.
        opened: What was found.
        around: What is around the desk.
        person_id: Whose day was opened.

    Raises:
        Stopped: This is somebody else's desk.
        StoreFailed: It cannot be written down.
    """
    if desk.person.id != person_id:
        raise Stopped("somebody else signed in meanwhile")
    sheet = judge(desk.clock.now(), honest_now(desk), opened, computer(desk, around))
    day_sheets.keep(desk.db, sheet)
    return sheet
