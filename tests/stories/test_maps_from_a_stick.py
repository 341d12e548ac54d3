"""A map file of a stick: brought by one, there for everybody of the laptop, whatever goes wrong."""

from pathlib import Path

import pytest

from field_app.actions import basemaps
from field_app.domain.map_errors import MapCopyStopped, MapDamaged, MapKindUnknown
from field_app.maps.shelf import FOLDER, Shelf
from field_app.maps.tiles import RemarkKind
from field_app.queries.basemaps import AreaMaps, MapStanding, area_maps
from tests.helpers.map_packages import TOWN, a_picture, an_mbtiles, said_of_a_town, tiles_of
from tests.helpers.town import Laptop, Town

KHON_KAEN = (102.78, 16.38, 102.90, 16.48)


def go_on(_done: int, _whole: int) -> bool:
    return True


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A map file on a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    tiles = tiles_of(TOWN, (12, 13, 14), a_picture())
    return an_mbtiles(folder / "town.mbtiles", said_of_a_town("png"), tiles)


def listed(laptop: Laptop) -> AreaMaps:
    found: AreaMaps = laptop.app.see(area_maps)
    return found


def test_a_map_is_brought_and_stays_when_the_stick_is_pulled_out(ana: Laptop, stick: Path) -> None:
    brought = ana.app.do(basemaps.bring, stick, go_on, TOWN)
    stick.unlink()

    (known,) = listed(ana).maps
    assert known.standing is MapStanding.HERE
    assert known.name == "เมืองตัวอย่าง"
    assert known.path.parent == ana.folder / FOLDER
    assert known.path.is_file()
    assert brought.changes.maps
    assert brought.shelved.facts.remarks == ()


def test_a_map_of_the_hub_that_comes_on_a_stick_need_not_be_fetched(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    basemap = town.hub_hands_out_a_map()
    ana.syncs()
    copied = tmp_path / "from-the-office.bin"
    copied.write_bytes((town.folder / "hub" / "basemaps" / basemap.file_name).read_bytes())

    ana.app.do(basemaps.bring, copied, go_on, None)

    (known,) = listed(ana).maps
    assert known.basemap == basemap
    assert known.standing is MapStanding.HERE


def test_what_is_no_sound_map_changes_nothing(ana: Laptop, stick: Path) -> None:
    whole = stick.read_bytes()
    stick.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MapDamaged):
        ana.app.do(basemaps.bring, stick, go_on, TOWN)
    stick.write_bytes(b"a letter")
    with pytest.raises(MapKindUnknown):
        ana.app.do(basemaps.bring, stick, go_on, TOWN)
    stick.write_bytes(whole)
    with pytest.raises(MapCopyStopped):
        ana.app.do(basemaps.bring, stick, lambda _done, _whole: False, TOWN)

    assert listed(ana).maps == ()
    assert Shelf(ana.folder / FOLDER).paths() == ()
    assert stick.read_bytes() == whole


def test_a_map_of_another_city_is_kept_and_can_be_removed(ana: Laptop, stick: Path) -> None:
    brought = ana.app.do(basemaps.bring, stick, go_on, KHON_KAEN)
    assert [each.kind for each in brought.shelved.facts.remarks] == [RemarkKind.ELSEWHERE]
    assert len(listed(ana).maps) == 1

    ana.app.do(basemaps.remove, brought.shelved.sha256)
    assert listed(ana).maps == ()
    assert stick.is_file()
