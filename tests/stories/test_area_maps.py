"""An area map's way: added at the hub, fetched through breaks, checked, shared, kept, removed."""

import hashlib
import random
from pathlib import Path

import pytest
import requests

from field_app.actions import basemaps, outbox
from field_app.domain.basemap import Basemap
from field_app.domain.basemap_errors import MapArrivedDamaged, MapWaitsForRoom
from field_app.domain.errors import NotTheHub, Refused, Unreachable
from field_app.hub_client.package import PIECE_BYTES
from field_app.maps.incoming import SYNC_BYTES
from field_app.maps.shelf import FOLDER
from field_app.photos.room import LOW_BYTES
from field_app.queries.basemaps import AreaMap, AreaMaps, MapStanding, area_maps
from tests.helpers.fakes import PowerCut
from tests.helpers.town import PASSWORD, URL, Laptop, Town
from tests.stories.test_little_room import has_free

LARGE = 3 * SYNC_BYTES


def listed(laptop: Laptop) -> AreaMaps:
    found: AreaMaps = laptop.app.see(area_maps)
    return found


def only(laptop: Laptop) -> AreaMap:
    (found,) = listed(laptop).maps
    return found


def wants(laptop: Laptop, basemap: Basemap) -> None:
    laptop.syncs()
    laptop.app.do(basemaps.want, basemap.sha256)


def package_of(laptop: Laptop, basemap: Basemap) -> Path:
    return laptop.folder / "basemaps" / basemap.file_name


def is_whole(laptop: Laptop, basemap: Basemap) -> bool:
    data = package_of(laptop, basemap).read_bytes()
    return hashlib.sha256(data).hexdigest() == basemap.sha256


def test_a_map_comes_when_somebody_wants_it_and_not_before(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    ana.syncs()
    assert only(ana).standing is MapStanding.OFFERED
    assert only(ana).basemap == basemap
    assert not (ana.folder / "basemaps").exists()

    wants(ana, basemap)
    report = ana.syncs()

    assert report.tally.maps == 1
    assert ana.folder / FOLDER == package_of(ana, basemap).parent
    assert only(ana).standing is MapStanding.HERE
    assert is_whole(ana, basemap)
    calls = town.network.calls
    ana.syncs()
    assert town.network.calls == calls + 1  # the pull: nobody asks for maps


def breaks_off(town: Town, cuts: list[int]) -> list[int]:
    """Break each answer with a map's bytes off as told; return where each one was to begin."""
    asked: list[int] = []

    def gate(request: requests.PreparedRequest) -> None:
        if "/basemaps/" in str(request.url):
            asked.append(int(request.headers.get("Range", "bytes=0-")[6:-1]))
            if cuts:
                town.network.cuts_body(cuts.pop(0))

    town.network.gate = gate
    return asked


def test_it_comes_through_breaks_at_any_byte_and_no_break_costs_what_came_before(
    town: Town, ana: Laptop
) -> None:
    basemap = town.hub_hands_out_a_map(size=600_000)
    wants(ana, basemap)
    chance = random.Random(8)
    cuts = [chance.randrange(1, 80_000) for _break in range(9)]
    told = list(cuts)
    asked = breaks_off(town, cuts)
    held = []
    while only(ana).standing is MapStanding.COMING:
        ana.syncs()
        held.append(only(ana).held_bytes)

    assert is_whole(ana, basemap)
    assert asked == [0, *held[:-1]]
    gained = [after - before for before, after in zip([0, *held], held, strict=False)]
    assert all(cut - PIECE_BYTES < got <= cut for cut, got in zip(told, gained, strict=False))


def test_a_power_cut_costs_a_megabyte_at_most(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map(size=LARGE)
    wants(ana, basemap)
    asked = breaks_off(town, [2 * SYNC_BYTES + 500_000])
    assert isinstance(ana.syncs().error, Unreachable)
    town.network.power_fails(1, after=False)
    with pytest.raises(PowerCut):
        ana.syncs()
    ana.loses_power()
    ana.syncs()

    assert asked == [0, 2 * SYNC_BYTES]
    assert is_whole(ana, basemap)


def test_bytes_that_are_not_the_map_are_thrown_away_and_said(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    path = town.folder / "hub" / "basemaps" / basemap.file_name
    whole = path.read_bytes()
    path.write_bytes(whole[:-4] + b"rust")
    wants(ana, basemap)

    report = ana.syncs()

    assert isinstance(report.error, MapArrivedDamaged)
    assert (only(ana).standing, only(ana).failure) == (MapStanding.COMING, "MapArrivedDamaged")
    assert list((ana.folder / "basemaps").iterdir()) == []
    path.write_bytes(whole)
    ana.syncs()
    assert is_whole(ana, basemap)


def test_a_portal_s_page_is_no_map(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map(size=100_000)
    wants(ana, basemap)
    breaks_off(town, [50_000])
    ana.syncs()
    held = only(ana).held_bytes
    page = (200, {"Content-Type": "text/html"}, b"<html>Sign in to the Wi-Fi</html>")
    town.network.gate = lambda request: page if "/basemaps/" in str(request.url) else None
    assert isinstance(ana.syncs().error, NotTheHub)
    assert only(ana).held_bytes == held
    town.network.gate = None
    ana.syncs()
    assert is_whole(ana, basemap)


def test_a_hub_that_always_sends_the_whole_is_understood(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map(size=100_000)
    wants(ana, basemap)
    breaks_off(town, [50_000])
    ana.syncs()

    def gate(request: requests.PreparedRequest) -> None:
        if "/basemaps/" in str(request.url):
            del request.headers["Range"]

    town.network.gate = gate
    ana.syncs()
    assert is_whole(ana, basemap)


def test_a_map_that_does_not_fit_is_not_begun_and_says_so(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    wants(ana, basemap)
    has_free(ana, LOW_BYTES + basemap.size_bytes - 1)
    assert isinstance(ana.syncs().error, MapWaitsForRoom)
    assert only(ana).failure == "MapWaitsForRoom"
    assert not package_of(ana, basemap).with_suffix(".mbtiles.part").exists()
    has_free(ana, LOW_BYTES + basemap.size_bytes)
    ana.syncs()
    assert is_whole(ana, basemap)


def test_while_photos_rest_the_map_does_too(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    wants(ana, basemap)
    ana.app.do(outbox.pause_photos)
    ana.syncs()
    assert (listed(ana).is_resting, only(ana).standing) == (True, MapStanding.COMING)
    assert only(ana).held_bytes == 0
    ana.app.do(outbox.resume_photos)
    ana.syncs()
    assert is_whole(ana, basemap)


def test_work_and_photos_go_before_the_map(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    job = town.citizen_reports()
    wants(ana, basemap)
    order: list[str] = []
    town.network.gate = lambda request: order.append(
        str(request.url).split("/api/v1/")[1].split("/")[0].split("?")[0]
    )
    ana.repairs(job)
    ana.syncs()
    assert order.index("operations") < order.index("photos") < order.index("basemaps")
    assert order[-1] == "basemaps"


def test_a_map_removed_at_the_hub_stays_until_a_person_removes_it(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    wants(ana, basemap)
    ana.syncs()
    town.hub.basemaps.remove("Town")
    town.hub.refresh()
    ana.syncs()
    assert (only(ana).basemap, only(ana).standing) == (None, MapStanding.HERE)
    assert is_whole(ana, basemap)
    ana.app.do(basemaps.remove, basemap.sha256)
    assert listed(ana).maps == ()
    with pytest.raises(Refused):
        ana.app.do(basemaps.want, basemap.sha256)


def test_a_map_that_left_the_hub_half_fetched_leaves_nothing(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map(size=100_000)
    wants(ana, basemap)
    breaks_off(town, [50_000])
    ana.syncs()
    assert only(ana).held_bytes > 0
    town.hub.basemaps.remove("Town")
    town.hub.refresh()
    assert ana.syncs().error is None
    assert list((ana.folder / "basemaps").iterdir()) == []


def test_who_changes_their_mind_gets_nothing(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map(size=100_000)
    wants(ana, basemap)
    breaks_off(town, [50_000])
    assert isinstance(ana.syncs().error, Unreachable)
    ana.app.do(basemaps.stop, basemap.sha256)
    assert (only(ana).standing, only(ana).held_bytes) == (MapStanding.OFFERED, 0)
    ana.syncs()
    assert only(ana).standing is MapStanding.OFFERED


def test_all_people_of_a_laptop_share_its_maps(town: Town, ana: Laptop) -> None:
    basemap = town.hub_hands_out_a_map()
    wants(ana, basemap)
    ana.syncs()
    town.person("ben")
    ana.app.sign_in(URL, "ben", PASSWORD)
    ana.syncs()
    assert only(ana).standing is MapStanding.HERE
