"""Folders that a person gives are walked in small steps, whatever is in them."""

import os
import shutil
from pathlib import Path

import pytest

from field_app.domain.photo_errors import FileGone
from field_app.photos import folders
from field_app.photos.folders import Gathering


def gathered(*paths: Path, at_most: int = 10_000) -> Gathering:
    found = Gathering(paths, at_most)
    while found.step():
        pass
    return found


def names(found: Gathering) -> list[str]:
    return [file.path.name for file in found.files]


def touch(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def test_pictures_are_found_in_subfolders_too_and_other_things_are_only_counted(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "b.JPG", "a.heic", "Thumbs.db", ".DS_Store", "._b.JPG", "film.mp4", "words.txt")
    touch(tmp_path / "later" / "deep", "c.webp", "คลองแสนแสบ.png")

    found = gathered(tmp_path)

    assert names(found) == ["a.heic", "b.JPG", "c.webp", "คลองแสนแสบ.png"]
    assert found.others == 5
    assert not found.is_cut
    assert found.size_bytes == 4


def test_a_file_that_is_given_by_itself_counts_whatever_its_name_says(tmp_path: Path) -> None:
    touch(tmp_path, "words.txt", "no ending")
    gone = tmp_path / "gone.jpg"
    found = gathered(tmp_path / "words.txt", tmp_path / "no ending", gone)
    assert names(found) == ["words.txt", "no ending", "gone.jpg"]


def test_what_is_given_twice_counts_once(tmp_path: Path) -> None:
    touch(tmp_path / "a", "1.jpg", "2.jpg")
    one = tmp_path / "a" / "1.jpg"
    assert names(gathered(one, one, tmp_path / "a", tmp_path)) == ["1.jpg", "2.jpg"]


def test_nobody_walks_in_a_circle(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "b", "1.jpg")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self.jpg").symlink_to(tmp_path / "a" / "self.jpg")
    found = gathered(tmp_path)
    assert names(found) == ["self.jpg", "1.jpg"]
    assert found.others == 1


def test_a_folder_that_is_only_pointed_at_is_walked_when_it_was_given(tmp_path: Path) -> None:
    touch(tmp_path / "real", "1.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(gathered(tmp_path / "link")) == ["1.jpg"]


def test_a_huge_folder_is_looked_at_in_small_steps_and_not_to_its_end(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{number:04}.jpg" for number in range(350)))
    found, counts = Gathering([tmp_path], at_most=320), []
    while found.step():
        counts.append(len(found.files))
    assert counts == [100, 200, 300, 320, 320]
    assert found.is_cut


def test_folders_are_looked_into_only_so_deep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "DEEPEST", 2)
    touch(tmp_path / "1" / "2", "near.jpg")
    touch(tmp_path / "1" / "2" / "3", "far.jpg")
    assert names(gathered(tmp_path)) == ["near.jpg"]


def test_a_folder_that_vanishes_while_it_is_walked_is_named_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "0.jpg")
    touch(tmp_path / "card", "1.jpg")
    touch(tmp_path / "disk", "2.jpg")
    found = Gathering([tmp_path])
    assert found.step()
    shutil.rmtree(tmp_path / "card")
    while found.step():
        pass
    assert names(found) == ["0.jpg", "2.jpg"]
    ((path, failure),) = found.refused
    assert (path.name, type(failure)) == ("card", FileGone)


def test_the_newest_keep_their_order(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    for name, time_s in (("a.jpg", 40), ("b.jpg", 10), ("c.jpg", 30), ("d.jpg", 20)):
        os.utime(tmp_path / name, (time_s, time_s))
    newest = gathered(tmp_path).newest(2)
    assert [file.path.name for file in newest] == ["a.jpg", "c.jpg"]
