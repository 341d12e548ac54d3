"""Area maps at the hub: added by IT, listed, and handed out whole or in part."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection

from field_app.cli.hub_basemap import facts_of
from field_app.domain.basemap import BasemapFacts
from field_app.domain.errors import MapUnreadable
from field_app.hub.service.basemaps import BasemapRefused
from tests.helpers.maps import a_package
from tests.hub.world import API, Laptop, World


def quiet(_done: int, _total: int) -> None:
    """Nobody watches the copy."""


def files(world: World) -> list[str]:
    return sorted(path.name for path in (world.folder / "basemaps").iterdir())


def test_a_map_is_listed_with_everything_that_people_ask(world: World, roads: Laptop) -> None:
    known = world.has_basemap("เขตเทศบาล")
    listed = orjson.loads(roads.get("/basemaps").content)["basemaps"]
    assert [each["name"] for each in listed] == ["เขตเทศบาล"]
    assert listed[0]["bounds"] == pytest.approx([100.3, 13.55, 100.7, 13.95])
    assert (listed[0]["min_zoom"], listed[0]["max_zoom"]) == (14, 16)
    assert (listed[0]["sha256"], listed[0]["kind"]) == (known.sha256, "mbtiles")
    assert listed[0]["attribution"] == "© nobody"
    assert listed[0]["size_bytes"] == (world.folder / "basemaps" / files(world)[0]).stat().st_size


def test_laptops_hear_of_a_map_with_the_reference_and_not_by_asking(
    world: World, roads: Laptop
) -> None:
    before = roads.changes()
    assert "basemaps" not in before[0]["reference"]
    known = world.has_basemap()
    told = roads.changes(before[-1]["cursor"])
    assert [each["sha256"] for each in told[0]["reference"]["basemaps"]] == [known.sha256]
    world.hub.basemaps.remove("Town")
    world.hub.refresh()
    assert "basemaps" not in roads.changes(told[-1]["cursor"])[0]["reference"]


def test_a_package_comes_whole_in_part_or_not_at_all(world: World, roads: Laptop) -> None:
    known = world.has_basemap()
    data = (world.folder / "basemaps" / known.file_name).read_bytes()
    path = f"/basemaps/{known.sha256}"
    whole = roads.get(path)
    assert hashlib.sha256(whole.content).hexdigest() == known.sha256
    assert whole.headers["ETag"] == f'"{known.sha256}"'
    rest = roads.get(path, headers={"Range": "bytes=1000-"})
    assert (rest.status_code, rest.content) == (206, data[1000:])
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(data) - 1}/{len(data)}"
    beyond = roads.get(path, headers={"Range": f"bytes={len(data)}-"})
    assert beyond.status_code == 416
    again = roads.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert roads.get(f"/basemaps/{'0' * 64}").status_code == 404
    assert roads.get("/basemaps/..%2Fhub.db").status_code == 404


def test_nobody_gets_a_map_without_being_signed_in(world: World, roads: Laptop) -> None:
    known = world.has_basemap()
    for path in ("/basemaps", f"/basemaps/{known.sha256}"):
        assert world.client.get(f"{API}{path}").status_code == 401
    world.hub.accounts.revoke(roads.signed_in.device_id)
    assert roads.get(f"/basemaps/{known.sha256}").status_code == 401


def test_the_same_file_twice_is_one_map_and_may_get_another_name(world: World) -> None:
    known = world.has_basemap("Town")
    path = world.folder.parent / "Town.mbtiles"
    again = world.hub.basemaps.add(path, facts_of, quiet)
    assert (again.is_new, again.basemap) == (False, known)
    named = world.hub.basemaps.add(path, facts_of, quiet, "Old town")
    assert (named.is_new, named.basemap.name) == (False, "Old town")
    assert [each.name for each in world.hub.basemaps.all()] == ["Old town"]
    assert files(world) == [known.file_name]


def test_a_map_whose_file_is_gone_is_put_back_by_adding_it_again(
    world: World, roads: Laptop
) -> None:
    known = world.has_basemap("Town")
    (world.folder / "basemaps" / known.file_name).unlink()
    assert roads.get(f"/basemaps/{known.sha256}").status_code == 404
    world.hub.basemaps.add(world.folder.parent / "Town.mbtiles", facts_of, quiet)
    assert roads.get(f"/basemaps/{known.sha256}").status_code == 200


def test_what_is_kept_is_what_was_read_though_the_source_changes_meanwhile(
    world: World, tmp_path: Path
) -> None:
    path = a_package(tmp_path / "a.mbtiles", name="Before")
    whole = path.read_bytes()

    def read(copy: Path) -> BasemapFacts:
        path.write_bytes(b"something else")
        return facts_of(copy)

    added = world.hub.basemaps.add(path, read, quiet)
    assert added.basemap.sha256 == hashlib.sha256(whole).hexdigest()
    assert (world.folder / "basemaps" / added.basemap.file_name).read_bytes() == whole


def test_what_is_no_map_leaves_nothing(world: World, tmp_path: Path) -> None:
    words = tmp_path / "words.mbtiles"
    words.write_text("not a map")
    with pytest.raises(BasemapRefused, match="no tile package"):
        world.hub.basemaps.add(words, facts_of, quiet)
    cut = tmp_path / "cut.mbtiles"
    cut.write_bytes(a_package(tmp_path / "whole.mbtiles").read_bytes()[:3000])
    with pytest.raises(MapUnreadable):
        world.hub.basemaps.add(cut, facts_of, quiet)
    assert files(world) == []
    assert world.hub.basemaps.all() == ()


def test_a_hub_without_room_says_so_before_it_copies(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.hub.service.basemaps.SPARE_BYTES", 2**62)
    with pytest.raises(BasemapRefused, match="not enough room"):
        world.hub.basemaps.add(a_package(tmp_path / "a.mbtiles"), facts_of, quiet)
    assert files(world) == []


def test_what_a_crash_leaves_is_tidied_at_the_next_start(world: World) -> None:
    known = world.has_basemap()
    stray = world.folder / "basemaps" / f"{'0' * 64}.mbtiles"
    old, fresh = (world.folder / "basemaps" / f"new-{name}.mbtiles" for name in ("old", "fresh"))
    for path in (stray, old, fresh):
        path.write_bytes(b"half a map")
    for path, age in ((old, timedelta(days=2)), (fresh, timedelta())):
        at = (world.clock.now() - age).timestamp()
        os.utime(path, (at, at))
    world.opens_again()
    assert files(world) == sorted([known.file_name, fresh.name])


def test_two_maps_of_one_name_are_told_apart_by_their_hash(world: World, tmp_path: Path) -> None:
    world.has_basemap("Town")
    other = a_package(tmp_path / "b.mbtiles", name="Town", zooms=(12,))
    world.hub.basemaps.add(other, facts_of, quiet)
    with pytest.raises(BasemapRefused, match="More than one"):
        world.hub.basemaps.remove("Town")
    sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
    assert world.hub.basemaps.remove(sha256).sha256 == sha256


def test_a_map_that_comes_back_while_it_is_removed_keeps_its_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = a_package(tmp_path / "a.mbtiles")
    maps = world.hub.basemaps
    maps.add(package, facts_of, quiet)
    write, rounds = maps._database.write, count()

    @contextmanager
    def is_added_between() -> Iterator[Connection]:
        if next(rounds) == 1:  # it is forgotten, its file is still there
            monkeypatch.setattr(maps._database, "write", write)
            assert maps.add(package, facts_of, quiet).is_new
        with write() as connection:
            yield connection

    monkeypatch.setattr(maps._database, "write", is_added_between)
    removed = maps.remove(maps.all()[0].sha256)
    assert maps.file(removed.sha256)[1].is_file()
