"""Whatever a crew drops: each bad file is told by its own words, and the rest goes on."""

import errno
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from field_app.actions import photos
from field_app.domain import photo_errors as bad
from field_app.domain.errors import (
    FieldAppError,
    FileUnreadable,
    PhotoRepeated,
    PhotoTooLarge,
    PhotoUnreadable,
)
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole, PhotoSign
from field_app.photos.vault import Size
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from field_app.queries.desk import Desk
from field_app.texts.catalogue import thai
from tests.helpers.bad_pictures import (
    a_head_of_300_megapixels,
    a_png,
    bomb,
    chunk,
    in_mode,
    moving,
    strange_but_sound,
)
from tests.helpers.pictures import a_picture
from tests.helpers.town import Laptop, Town

WHOLE = a_picture(640, 480)


@pytest.fixture
def job(town: Town, ana: Laptop) -> TicketId:
    """A job of Ana's."""
    made = town.citizen_reports()
    ana.syncs()
    ana.starts(made)
    return made


def in_vault(laptop: Laptop) -> list[str]:
    """Return the names of all files in the vault."""

    def names(desk: Desk) -> list[str]:
        return sorted(path.name for path in desk.vault.folder.rglob("*") if path.is_file())

    found: list[str] = laptop.app.see(names)
    return found


def refusal(laptop: Laptop, job: TicketId, source: Path | bytes) -> FieldAppError:
    """Return why a picture is not added; nothing of it may be left behind."""
    before, waiting = in_vault(laptop), laptop.waiting()
    with pytest.raises(FieldAppError) as caught:
        laptop.app.do(photos.attach, job, PhotoRole.AFTER, source)
    assert in_vault(laptop) == before
    assert laptop.waiting() == waiting
    return caught.value


BAD = {
    "empty.jpg": (b"", bad.EmptyFile),
    "cut.jpg": (WHOLE[:900], bad.CutOff),
    "cut.png": (a_picture(form="PNG")[:-20], bad.CutOff),
    "cut.webp": (a_picture(form="WEBP")[:-20], bad.CutOff),
    "cut.heic": (a_picture(form="HEIF")[:-20], bad.CutOff),
    "report.jpg": (b"%PDF-1.7\n" + bytes(900), bad.NoPicture),
    "moving.gif": (moving("GIF"), bad.NoPicture),
    "scan.tif": (in_mode("RGB", "TIFF"), bad.NoPicture),
    "words.heic": ("สวัสดี".encode(), bad.NoPicture),
    "bomb.jpg": (a_head_of_300_megapixels("JPEG"), bad.TooManyPixels),
    "bomb.png": (a_head_of_300_megapixels("PNG"), bad.TooManyPixels),
    "bomb.webp": (a_head_of_300_megapixels("WEBP"), bad.TooManyPixels),
    "bomb.heic": (a_head_of_300_megapixels("HEIF"), bad.TooManyPixels),
    "words bomb.png": (bomb(b"zTXt", b"Comment\0\0"), PhotoUnreadable),
    "colours bomb.png": (bomb(b"iCCP", b"sRGB\0\0"), PhotoUnreadable),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_by_words_of_its_own_and_leaves_nothing(
    ana: Laptop, job: TicketId, tmp_path: Path, name: str
) -> None:
    data, kind = BAD[name]
    (tmp_path / name).write_bytes(data)
    failure = refusal(ana, job, tmp_path / name)
    assert type(failure) is kind
    assert {kind.title, kind.hint} <= set(thai())


def test_a_file_over_the_limit_is_not_read_at_all(
    ana: Laptop, job: TicketId, tmp_path: Path
) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(PHOTO_LIMIT_BYTES + 1)
    assert type(refusal(ana, job, path)) is PhotoTooLarge


@pytest.mark.parametrize("name", strange_but_sound())
def test_a_strange_file_with_a_sound_picture_is_taken_whole(
    ana: Laptop, job: TicketId, tmp_path: Path, name: str
) -> None:
    data = strange_but_sound()[name]
    (tmp_path / name).write_bytes(data)
    ana.does(photos.attach, job, PhotoRole.AFTER, tmp_path / name)
    (photo,) = ana.sees(job).photos_of(PhotoRole.AFTER)

    def originals(desk: Desk) -> bytes:
        path = desk.vault.path(photo.sha256)
        assert path is not None
        return path.read_bytes()

    assert ana.app.see(originals) == data


def test_of_a_moving_picture_the_first_frame_is_shown(ana: Laptop, job: TicketId) -> None:
    ana.does(photos.attach, job, PhotoRole.AFTER, moving("WEBP"))
    (photo,) = ana.sees(job).photos_of(PhotoRole.AFTER)

    def screen(desk: Desk) -> bytes:
        path = desk.vault.copy_path(photo.sha256, Size.SCREEN)
        assert path is not None
        return path.read_bytes()

    shown = Image.open(io.BytesIO(ana.app.see(screen))).getpixel((32, 24))
    assert isinstance(shown, tuple)
    red, green, blue = shown
    assert red > 200
    assert max(green, blue) < 60


def test_a_name_of_odd_bytes_is_read(ana: Laptop, job: TicketId, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe \xe0.jpg"))
    path.write_bytes(WHOLE)
    ana.does(photos.attach, job, PhotoRole.AFTER, path)
    assert len(ana.sees(job).photos_of(PhotoRole.AFTER)) == 1


def test_zeros_as_a_position_are_no_place(ana: Laptop, job: TicketId) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0)
    ana.does(photos.attach, job, PhotoRole.AFTER, a_picture(exif=exif))
    (photo,) = ana.sees(job).photos_of(PhotoRole.AFTER)
    assert photo.place is None
    assert photo.evidence is not None
    assert PhotoSign.ODD_PLACE in photo.evidence.signs


def test_a_pipe_is_refused_without_waiting_for_its_other_end(
    ana: Laptop, job: TicketId, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert type(refusal(ana, job, tmp_path / "pipe.jpg")) is bad.NoFile


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda folder: folder / "gone.jpg", bad.FileGone),
        (lambda folder: folder, bad.NoFile),
        (lambda folder: Path("/dev/zero"), bad.NoFile),
        (lambda folder: linked(folder / "loop.jpg", folder / "loop.jpg"), bad.NoFile),
        (lambda folder: linked(folder / "nowhere.jpg", folder / "gone"), bad.FileGone),
        (lambda folder: folder / "a\0b.jpg", bad.NoFile),
    ],
)
def test_what_is_no_file_is_told_as_such(
    ana: Laptop,
    job: TicketId,
    tmp_path: Path,
    make: Callable[[Path], Path],
    kind: type[FieldAppError],
) -> None:
    assert type(refusal(ana, job, make(tmp_path))) is kind


def linked(path: Path, to: Path) -> Path:
    path.symlink_to(to)
    return path


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.EIO, FileUnreadable),
        (errno.ENODEV, bad.FileGone),
        (errno.EACCES, bad.NoRight),
        (errno.ETIMEDOUT, FileUnreadable),
    ],
)
def test_a_disk_that_fails_in_the_middle_is_told_by_what_it_says(
    ana: Laptop,
    job: TicketId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    kind: type[FieldAppError],
) -> None:
    (tmp_path / "a.jpg").write_bytes(WHOLE)

    def fail(_mode: int) -> bool:
        raise OSError(code, "the card was pulled out")

    monkeypatch.setattr(stat, "S_ISREG", fail)
    failure = refusal(ana, job, tmp_path / "a.jpg")
    monkeypatch.undo()
    assert type(failure) is kind
    assert {kind.title, kind.hint} <= set(thai())


@pytest.mark.parametrize("change", ["grows", "shrinks", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_not_taken(
    ana: Laptop,
    job: TicketId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(WHOLE)
    whole = stat.S_ISREG

    def write_meanwhile(mode: int) -> bool:
        size = {"grows": 900, "shrinks": -9, "is written over": 0}[change]
        os.truncate(path, len(WHOLE) + size)
        os.utime(path, (1, 1))
        return whole(mode)

    monkeypatch.setattr(stat, "S_ISREG", write_meanwhile)
    failure = refusal(ana, job, path)
    monkeypatch.undo()
    assert type(failure) is bad.StillWritten


def test_a_file_that_is_given_twice_is_told_and_not_even_decoded(
    ana: Laptop, job: TicketId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").write_bytes(WHOLE)
    ana.does(photos.attach, job, PhotoRole.AFTER, tmp_path / "a.jpg")
    monkeypatch.setattr(photos, "make_copies", None)
    assert type(refusal(ana, job, tmp_path / "a.jpg")) is PhotoRepeated


def test_words_of_twenty_megabytes_beside_a_sound_picture_do_no_harm(
    ana: Laptop, job: TicketId
) -> None:
    exif = chunk(b"eXIf", b"II*\0\x08\0\0\0" + b"\xff" * 20_000_000)
    ana.does(photos.attach, job, PhotoRole.AFTER, a_png(64, 48, exif))
    assert len(ana.sees(job).photos_of(PhotoRole.AFTER)) == 1
