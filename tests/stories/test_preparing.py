"""Preparing a day: fetched, taken offline for real, opened, and told honestly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from field_app.actions import outbox
from field_app.actions.prepare import want_maps
from field_app.app import App
from field_app.domain.clock import TRUSTED_MS
from field_app.domain.errors import NoConnection
from field_app.domain.ids import TicketId
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.readiness import DaySheet, Lack
from field_app.photos.room import RESERVE_BYTES
from field_app.photos.vault import Size
from field_app.preparing import Fetching, check
from field_app.queries.map_suggestion import maps_to_suggest
from field_app.queries.readiness import (
    Stopped,
    Surroundings,
    open_everything,
    to_fetch,
)
from field_app.store import day_sheets
from field_app.sync.status import Reach
from field_app.ui.prepare.words import sheet_facts
from tests.helpers.maps import a_package
from tests.helpers.town import PASSWORD, URL, Laptop, Town
from tests.stories.test_little_room import has_free

NOTHING: Final = Surroundings()


def go_on(_done: int, _total: int) -> bool:
    return True


def prepares(laptop: Laptop, around: Surroundings = NOTHING) -> DaySheet:
    """Do what the button does."""
    fetching = Fetching(laptop.clock.now())
    while True:
        laptop.syncs()
        laptop.app.do(want_maps, around.bundled)
        if fetching.is_over(laptop.app.see(to_fetch, around.bundled)):
            return check(laptop.app, around, go_on)


def lacks(sheet: DaySheet) -> list[Lack]:
    return [finding.lack for finding in sheet.findings]


@pytest.fixture
def day(town: Town, ana: Laptop) -> Town:
    """A day of three jobs with photos in two, and an area map at the hub."""
    ben = town.person("ben")
    for number in range(3):
        job = town.citizen_reports()
        ben.syncs()
        if number:
            ben.starts(job)
            ben.adds_photo(job, PhotoRole.BEFORE)
    ben.syncs()
    town.hub_hands_out_a_map()
    return town


def test_a_laptop_is_ready_once_everything_is_here_and_opens(day: Town, ana: Laptop) -> None:
    sheet = prepares(ana)
    assert lacks(sheet) == []
    assert sheet.is_ready
    assert (sheet.opened.tickets, sheet.opened.photos, sheet.opened.map_zoom) == (3, 2, 16)
    assert sheet_facts(sheet).startswith("3 jobs, 2 photos, map to zoom 16, room for about ")


def test_the_sheet_is_there_later_that_day(day: Town, ana: Laptop) -> None:
    sheet = prepares(ana)
    ana.loses_power()
    assert ana.app.see(lambda desk: day_sheets.last(desk.db)) == sheet


def test_nothing_leaves_the_laptop_while_everything_is_opened(day: Town, ana: Laptop) -> None:
    ana.syncs()
    seen: list[str] = []

    def tries(done: int, total: int) -> bool:
        report = ana.app.sync_once()
        assert isinstance(report.error, NoConnection)
        assert report.reach is Reach.OFFLINE
        seen.append(f"{done}/{total}")
        return True

    calls = day.network.calls
    check(ana.app, NOTHING, tries)
    assert day.network.calls == calls
    assert seen == ["1/4", "2/4", "3/4", "4/4"]
    assert ana.syncs().error is None


def test_whatever_happens_the_laptop_is_online_again(day: Town, ana: Laptop) -> None:
    ana.syncs()

    def stops(_done: int, _total: int) -> bool:
        return False

    def breaks(_done: int, _total: int) -> bool:
        raise RuntimeError("a bug")

    with pytest.raises(Stopped):
        check(ana.app, NOTHING, stops)
    assert ana.syncs().error is None
    with pytest.raises(RuntimeError):
        check(ana.app, NOTHING, breaks)
    assert ana.syncs().error is None
    assert ana.app.see(lambda desk: day_sheets.last(desk.db)) is None


class ShiftChange:
    """Ana's laptop, at which Ben signs in as soon as everything was opened for her."""

    def __init__(self, app: App) -> None:
        self.see, self.offline, self._app = app.see, app.offline, app

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        self._app.sign_in(URL, "ben", PASSWORD)
        return self._app.do(action, *args)


def test_what_was_opened_for_one_person_is_no_sheet_of_another(day: Town, ana: Laptop) -> None:
    ana.syncs()
    with pytest.raises(Stopped):
        check(ShiftChange(ana.app), NOTHING, go_on)
    assert ana.app.see(lambda desk: (desk.person.username, day_sheets.last(desk.db))) == (
        "ben",
        None,
    )


def test_what_is_on_its_way_breaks_off_when_the_door_is_shut(day: Town, ana: Laptop) -> None:
    ana.syncs()
    ana.app.do(want_maps, None)
    door = ana.app._network

    def gate(request: requests.PreparedRequest) -> None:
        if "/basemaps/" in str(request.url):
            door._shut_by += 1  # while the answer is on its way

    day.network.gate = gate
    report = ana.syncs()
    assert report.error is not None
    assert "offline by a person's wish" in report.error.detail
    door._shut_by -= 1
    day.network.gate = None
    assert ana.syncs().tally.maps == 1


def test_a_photo_that_is_missing_or_damaged_is_named_with_its_job(day: Town, ana: Laptop) -> None:
    prepares(ana)
    found = ana.app.see(lambda desk: sorted(desk.vault.folder.glob("*/*.screen.jpg")))
    found[0].write_bytes(found[0].read_bytes()[:200])
    sheet = check(ana.app, NOTHING, go_on)
    assert lacks(sheet) == [Lack.PHOTOS]
    assert sheet.findings[0].count == 1
    (job,) = sheet.findings[0].ticket_ids
    assert [photo.sha256 for photo in ana.sees(TicketId(job)).photos] == [
        found[0].name.split(".")[0]
    ]
    found[1].unlink()
    sheet = check(ana.app, NOTHING, go_on)
    assert sheet.findings[0].count == 2
    assert job in sheet.findings[0].ticket_ids
    assert ana.app.see(to_fetch, None).photos == 1


def test_a_map_is_suggested_where_the_day_needs_it_and_nobody_was_told(
    day: Town, ana: Laptop, tmp_path: Path
) -> None:
    ana.syncs()
    (suggested,) = ana.app.see(maps_to_suggest, None, frozenset())
    assert suggested.name == "Town"
    assert ana.app.see(maps_to_suggest, None, frozenset({suggested.sha256})) == ()
    here = a_package(tmp_path / "here.mbtiles")
    assert ana.app.see(maps_to_suggest, here, frozenset()) == ()
    prepares(ana)
    assert ana.app.see(maps_to_suggest, None, frozenset()) == ()


def test_without_a_map_the_jobs_that_it_lacks_are_counted(town: Town, ana: Laptop) -> None:
    town.citizen_reports()
    sheet = prepares(ana)
    assert lacks(sheet) == [Lack.MAP]
    assert sheet.findings[0].count == 1
    assert sheet.opened.map_zoom is None


def test_the_map_that_came_along_counts_and_one_of_another_city_does_not(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    town.citizen_reports()
    elsewhere = a_package(tmp_path / "else.mbtiles", centre=(16.43, 102.83))
    assert lacks(prepares(ana, Surroundings(bundled=elsewhere))) == [Lack.MAP]
    coarse = a_package(tmp_path / "coarse.mbtiles", zooms=(10, 11, 12))
    assert lacks(prepares(ana, Surroundings(bundled=coarse))) == [Lack.MAP]
    here = a_package(tmp_path / "here.mbtiles", zooms=(14, 15, 17))
    sheet = prepares(ana, Surroundings(bundled=here))
    assert (lacks(sheet), sheet.opened.map_zoom) == ([], 15)


def test_a_map_whose_tiles_are_damaged_is_no_map(town: Town, ana: Laptop, tmp_path: Path) -> None:
    town.citizen_reports()
    path = a_package(tmp_path / "a.mbtiles", picture=b"\x89PNG\r\n\x1a\n and no more")
    assert lacks(prepares(ana, Surroundings(bundled=path))) == [Lack.MAP]


def test_while_photos_rest_it_says_why_nothing_large_comes(day: Town, ana: Laptop) -> None:
    ana.app.do(outbox.pause_photos)
    sheet = prepares(ana)
    assert lacks(sheet) == [Lack.PHOTOS, Lack.RESTING, Lack.MAP]
    ana.app.do(outbox.resume_photos)
    assert prepares(ana).is_ready


def test_without_a_network_it_says_that_the_hub_was_not_asked(day: Town, ana: Laptop) -> None:
    prepares(ana)
    day.clock.passes(8 * 3600)
    ana.goes_offline()
    assert lacks(prepares(ana)) == [Lack.NOT_FETCHED]
    ana.goes_online()
    assert prepares(ana).is_ready


def test_a_sign_in_that_has_run_out_is_said(day: Town, ana: Laptop) -> None:
    prepares(ana)
    day.hub_forgets_tokens()
    assert Lack.SIGN_IN in lacks(prepares(ana))


def test_a_clock_that_is_off_and_little_room_are_said(day: Town, ana: Laptop) -> None:
    ana.clock.fast = timedelta(milliseconds=10 * TRUSTED_MS)
    has_free(ana, RESERVE_BYTES + 300_000_000)
    sheet = prepares(ana)
    assert lacks(sheet) == [Lack.ROOM, Lack.CLOCK]
    clock = next(finding for finding in sheet.findings if finding.lack is Lack.CLOCK)
    assert clock.count == pytest.approx(-10 * TRUSTED_MS / 1000, abs=2)


def test_a_battery_that_will_not_last_is_said_unless_it_is_charging(day: Town, ana: Laptop) -> None:
    low = Surroundings(battery_percent=31)
    sheet = prepares(ana, low)
    assert [(finding.lack, finding.count) for finding in sheet.findings] == [(Lack.BATTERY, 31)]
    assert prepares(ana, replace(low, is_charging=True)).is_ready


def test_a_supervisor_s_day_is_what_waits_for_review(day: Town, ana: Laptop) -> None:
    job = day.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    ana.syncs()
    boss = day.person("boss", Role.SUPERVISOR, None)
    sheet = prepares(boss)
    assert (sheet.opened.tickets, sheet.opened.photos) == (1, 2)


def test_opening_reads_each_photo_by_the_picture_that_is_shown(day: Town, ana: Laptop) -> None:
    prepares(ana)
    opened: Callable[..., object] = open_everything
    before = ana.app.see(opened, NOTHING, go_on)
    thumbs = ana.app.see(lambda desk: list(desk.vault.folder.glob(f"*/*.{Size.THUMB}.webp")))
    for thumb in thumbs:
        thumb.unlink()
    assert ana.app.see(opened, NOTHING, go_on) == before
