"""Phones and cards are found by their camera folder; their files are listed, never touched."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from field_app.domain.plugged_errors import PulledOut
from field_app.photos.plugged import PictureFile, Plugged, Root, chosen, is_there, look, walk
from tests.helpers.card import Card
from tests.helpers.pictures import a_picture

NOON = datetime(2026, 11, 19, 5, tzinfo=UTC)


def listed(plugged: Plugged, at_most: int = 10_000) -> list[PictureFile]:
    return [file for step in walk(plugged, at_most) for file in step]


def test_a_card_is_known_by_its_camera_folder_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "card" / "Dcim").mkdir(parents=True)
    (tmp_path / "stick" / "backup" / "DCIM").mkdir(parents=True)

    card, stick = look(
        [Root(path=tmp_path / "card", name="SD"), Root(path=tmp_path / "stick", name="USB")]
    )

    assert card.folders == (tmp_path / "card" / "Dcim",)
    assert stick.folders == ()
    assert not stick.is_locked


def test_a_phone_has_it_below_its_stores_and_shows_nothing_while_it_is_locked(
    tmp_path: Path,
) -> None:
    root = Root(path=tmp_path / "mtp:host=Test", name="", is_phone=True)
    root.path.mkdir()
    (locked,) = look([root])
    for store in ("Internal storage", "SD card"):
        (root.path / store / "DCIM").mkdir(parents=True)
    (unlocked,) = look([root])

    assert locked.is_locked
    assert not unlocked.is_locked
    assert [folder.parent.name for folder in unlocked.folders] == ["Internal storage", "SD card"]


def test_what_cannot_be_asked_is_left_out(tmp_path: Path) -> None:
    assert look([Root(path=tmp_path / "gone", name="SD")]) == ()


def test_pictures_are_listed_and_nothing_else(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    card.take("IMG_1.JPG", NOON)
    card.take("IMG_2.heic", NOON)
    card.take("._IMG_1.JPG", NOON)
    (card.folder / "MOV_3.mp4").write_bytes(b"film")
    (card.folder / "empty.jpg").write_bytes(b"")
    (card.folder / ".thumbnails").mkdir()
    (card.folder / ".thumbnails" / "4.jpg").write_bytes(b"small")
    (card.folder / "link.jpg").symlink_to(card.folder / "IMG_1.JPG")
    (card.folder / "loop").symlink_to(card.folder)
    (card.folder / "folder.jpg").mkdir()

    assert sorted(f.path.name for f in listed(card.plugged)) == ["IMG_1.JPG", "IMG_2.heic"]


def test_another_content_has_another_key_and_the_same_file_the_same(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    path = card.take("IMG_1.JPG", NOON)
    (first,) = listed(card.plugged)
    (again,) = listed(card.plugged)
    path.write_bytes(path.read_bytes() + b"more")
    card.touch(path, NOON)
    (larger,) = listed(card.plugged)
    card.touch(path, NOON + timedelta(seconds=2))
    (later,) = listed(card.plugged)

    assert first == again
    assert len({first.key, larger.key, later.key}) == 3
    assert first.changed_at == NOON
    assert str(tmp_path) not in first.key


def test_of_too_many_files_the_newest_folders_and_last_names_are_looked_at(
    tmp_path: Path,
) -> None:
    card = Card(tmp_path / "card")
    older = card.folder.parent / "099TEST"
    older.mkdir()
    for number in range(150):
        (older / f"OLD_{number:04}.JPG").write_bytes(a_picture(8, 8))
        (card.folder / f"IMG_{number:04}.JPG").write_bytes(a_picture(8, 8))
    os.utime(older, (NOON.timestamp(), NOON.timestamp()))

    names = [file.path.name for file in listed(card.plugged, at_most=160)]

    assert len(names) == 160
    assert names[0] == "IMG_0149.JPG"
    assert names[-1] == "OLD_0140.JPG"


def test_no_step_asks_for_many_files(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    for number in range(250):
        (card.folder / f"IMG_{number:04}.JPG").write_bytes(b"x")

    assert max(len(step) for step in walk(card.plugged)) == 100


def test_a_card_that_is_pulled_out_between_two_steps_is_told(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    for number in range(250):
        (card.folder / f"IMG_{number:04}.JPG").write_bytes(b"x")
    plugged = card.plugged
    steps = walk(plugged)
    while not next(steps):
        pass
    card.pull_out()

    with pytest.raises(PulledOut):
        list(steps)
    assert not is_there(plugged)


def test_one_folder_that_cannot_be_read_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Card(tmp_path / "card")
    card.take("IMG_1.JPG", NOON)
    (card.folder.parent / "BROKEN").mkdir()
    real = os.scandir

    def scandir(path: Path) -> Any:
        if Path(path).name == "BROKEN":
            raise OSError(errno.EIO, "a bad sector")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)

    assert [file.path.name for file in listed(card.plugged)] == ["IMG_1.JPG"]


def test_a_card_that_is_gone_before_the_first_step_is_told(tmp_path: Path) -> None:
    card = Card(tmp_path / "card")
    plugged = card.plugged
    card.pull_out()

    with pytest.raises(PulledOut):
        list(walk(plugged))


def test_a_chosen_folder_needs_no_camera_folder(tmp_path: Path) -> None:
    (tmp_path / "from a friend").mkdir()
    (tmp_path / "from a friend" / "a.png").write_bytes(a_picture(form="PNG"))
    folder = chosen(tmp_path / "from a friend")

    assert folder.name == "from a friend"
    assert [file.path.name for file in listed(folder)] == ["a.png"]
