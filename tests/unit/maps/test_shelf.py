"""Maps of a computer: copied from a stick, checked, listed, chosen for a place and removed."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from field_app.domain.map_errors import (
    MapCopyStopped,
    MapDamaged,
    MapKindUnknown,
    MapNotCopied,
    NoRoomForMap,
)
from field_app.maps import shelf as shelves
from field_app.maps.shelf import Shelf, best_for
from field_app.maps.tiles import Bounds, RemarkKind
from tests.helpers.map_packages import (
    TOWN,
    a_picture,
    a_pmtiles,
    an_mbtiles,
    said_of_a_town,
    tiles_of,
)

PROVINCE = (100.3, 13.5, 100.9, 14.0)
FAR = (102.78, 16.38, 102.90, 16.48)


def go_on(_done: int, _whole: int) -> bool:
    return True


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder like a stick's."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data" / "basemaps")


def a_map(path: Path, bounds: Bounds = TOWN, zooms: tuple[int, ...] = (9, 10)) -> Path:
    said = said_of_a_town("png", bounds, name=path.stem)
    return an_mbtiles(path, said, tiles_of(bounds, zooms, a_picture()))


def test_a_map_of_a_stick_is_copied_under_its_hash(shelf: Shelf, stick: Path) -> None:
    source = a_map(stick / "town.mbtiles")
    told: list[tuple[int, int]] = []

    def tell(done: int, whole: int) -> bool:
        told.append((done, whole))
        return True

    added = shelf.add(source, tell)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    assert added.sha256 == sha256
    assert [path.name for path in shelf.folder.iterdir()] == [f"{sha256}.mbtiles"]
    assert added.path.read_bytes() == source.read_bytes()
    assert shelf.maps() == (added,)
    assert shelf.has(sha256)
    assert told[-1] == (2 * source.stat().st_size, 2 * source.stat().st_size)


def test_the_same_map_twice_is_there_once_whatever_it_is_called(shelf: Shelf, stick: Path) -> None:
    first = shelf.add(a_map(stick / "town.mbtiles"), go_on)
    shutil.copy(stick / "town.mbtiles", stick / "other.bin")
    again = shelf.add(stick / "other.bin", go_on)
    assert again == first
    assert len(shelf.paths()) == 1


def test_both_formats_stand_on_one_shelf(shelf: Shelf, stick: Path) -> None:
    shelf.add(a_map(stick / "a"), go_on)
    tiles = tiles_of(TOWN, (9, 10), a_picture())
    shelf.add(a_pmtiles(stick / "b", said_of_a_town("png"), tiles), go_on)
    assert sorted(path.suffix for path in shelf.paths()) == [".mbtiles", ".pmtiles"]
    assert len(shelf.maps()) == 2


def test_a_person_can_stop_the_copying(shelf: Shelf, stick: Path) -> None:
    with pytest.raises(MapCopyStopped):
        shelf.add(a_map(stick / "a"), lambda done, whole: 2 * done < whole)
    assert list(shelf.folder.iterdir()) == []


def test_a_file_that_is_no_map_leaves_nothing(shelf: Shelf, stick: Path) -> None:
    (stick / "a.mbtiles").write_bytes(b"photos")
    with pytest.raises(MapKindUnknown):
        shelf.add(stick / "a.mbtiles", go_on)
    assert shelf.paths() == ()


def test_a_stick_that_is_pulled_out_leaves_nothing(shelf: Shelf, stick: Path) -> None:
    source = a_map(stick / "a")

    def pull_out(_done: int, _whole: int) -> bool:
        raise OSError(5, "Input/output error")

    with pytest.raises(MapNotCopied, match="EIO"):
        shelf.add(source, pull_out)
    assert list(shelf.folder.iterdir()) == []


def test_a_file_that_becomes_shorter_meanwhile_is_not_taken(shelf: Shelf, stick: Path) -> None:
    source = a_map(stick / "a", zooms=(9, 10, 11, 12, 13, 14))
    with source.open("ab") as file:
        file.truncate(3 * shelves.BLOCK_BYTES)

    def cut(_done: int, _whole: int) -> bool:
        os.truncate(source, shelves.BLOCK_BYTES)
        return True

    with pytest.raises(MapNotCopied, match="bytes of"):
        shelf.add(source, cut)
    assert list(shelf.folder.iterdir()) == []


def test_a_copy_that_reads_back_otherwise_is_not_taken(shelf: Shelf, stick: Path) -> None:
    source = a_map(stick / "a")
    size = source.stat().st_size

    def rot(done: int, _whole: int) -> bool:
        if done == size:
            (shelf.folder / "copy.unfinished").write_bytes(b"rot")
        return True

    with pytest.raises(MapNotCopied):
        shelf.add(source, rot)
    assert list(shelf.folder.iterdir()) == []


def test_the_last_room_of_the_disk_is_kept_for_work(
    shelf: Shelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "SPARE_BYTES", 10**18)
    with pytest.raises(NoRoomForMap):
        shelf.add(a_map(stick / "a"), go_on)


def test_what_a_killed_copy_left_is_no_map_and_is_replaced(shelf: Shelf, stick: Path) -> None:
    shelf.folder.mkdir(parents=True)
    (shelf.folder / "copy.unfinished").write_bytes(b"half")
    (shelf.folder / f"{'a' * 64}.part").write_bytes(b"half a download")
    assert shelf.maps() == ()
    shelf.add(a_map(stick / "a"), go_on)
    assert len(shelf.paths()) == 1
    assert not (shelf.folder / "copy.unfinished").exists()
    assert (shelf.folder / f"{'a' * 64}.part").exists()


def test_a_download_is_taken_in_only_with_its_hash(shelf: Shelf) -> None:
    shelf.folder.mkdir(parents=True)
    part = a_map(shelf.folder / "x.part")
    sha256 = hashlib.sha256(part.read_bytes()).hexdigest()
    taken = shelf.take_in(part, sha256, FAR)
    assert [remark.kind for remark in taken.facts.remarks] == [RemarkKind.ELSEWHERE]
    assert [path.name for path in shelf.folder.iterdir()] == [f"{sha256}.mbtiles"]

    wrong = a_map(shelf.folder / "y.part", PROVINCE)
    with pytest.raises(MapDamaged, match="SHA-256"):
        shelf.take_in(wrong, sha256)
    assert not wrong.exists()


def test_a_damaged_package_on_the_shelf_hides_no_other(shelf: Shelf, stick: Path) -> None:
    good = shelf.add(a_map(stick / "a"), go_on)
    (shelf.folder / f"{'0' * 64}.mbtiles").write_bytes(b"SQLite format 3\0 and rubbish")
    assert shelf.maps() == (good,)


def test_a_map_is_removed_and_removing_it_again_is_no_failure(shelf: Shelf, stick: Path) -> None:
    added = shelf.add(a_map(stick / "a"), go_on)
    shelf.remove(added.sha256)
    shelf.remove(added.sha256)
    assert shelf.maps() == ()
    assert not shelf.has(added.sha256)


def test_the_smallest_map_that_covers_the_jobs_comes_first(shelf: Shelf, stick: Path) -> None:
    for name, bounds in (("province", PROVINCE), ("far", FAR), ("town", TOWN)):
        shelf.add(a_map(stick / name, bounds), go_on)
    jobs = (100.49, 13.73, 100.55, 13.77)
    wide = (100.4, 13.6, 100.7, 13.9)

    def names(area: Bounds | None) -> list[str]:
        return [shelved.facts.name for shelved in best_for(shelf.maps(), area)]

    assert names(jobs) == ["town", "province", "far"]
    assert names(wide) == ["province", "town", "far"]
    assert names(FAR)[0] == "far"
    assert names(None)[0] == "town"
