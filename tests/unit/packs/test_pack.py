"""A pack gives back what was put in, or says plainly that it cannot; never something else."""

import errno
import os
import random
import shutil
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from field_app.domain.errors import FileUnreadable
from field_app.domain.pack_errors import (
    NoRoomThere,
    NotAPack,
    NotThisKey,
    PackCancelled,
    PackDamaged,
    PackNotWritten,
    PackTooNew,
    PassphraseTooShort,
    WrongPassphrase,
)
from field_app.packs import form, writing
from field_app.packs.reading import open_pack
from field_app.packs.sealing import new_key
from field_app.packs.writing import Keys, write_pack
from tests.helpers.packs import PASSPHRASE, a_manifest, a_pack, an_original, quiet, respelt

LARGE = random.Random(1).randbytes(9_000_000)
"""More than two pieces of a photo."""


def read_all(path: Path) -> list[bytes]:
    with open_pack(path) as sealed:
        pack = sealed.with_passphrase(PASSPHRASE)
        return [b"".join(pack.bytes_of(photo)) for photo in pack.manifest.photos]


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    path = a_pack(tmp_path, b"small", LARGE, b"")

    with open_pack(path) as sealed:
        assert (sealed.header.operations, sealed.header.photos) == (1, 3)
        manifest = sealed.with_passphrase(PASSPHRASE).manifest

    assert manifest.operations == a_manifest().operations
    assert manifest.maker == a_manifest().maker
    assert read_all(path) == [b"small", LARGE, b""]


def test_the_device_key_opens_it_without_a_passphrase(tmp_path: Path) -> None:
    key = new_key()

    with open_pack(a_pack(tmp_path, b"photo", device=key, passphrase="")) as sealed:
        pack = sealed.with_device_key(key)
        assert b"".join(pack.bytes_of(pack.manifest.photos[0])) == b"photo"
        with pytest.raises(NotThisKey):
            sealed.with_device_key(new_key())
        with pytest.raises(WrongPassphrase):
            sealed.with_passphrase(PASSPHRASE)


def test_a_wrong_passphrase_is_told(tmp_path: Path) -> None:
    with open_pack(a_pack(tmp_path)) as sealed:
        with pytest.raises(WrongPassphrase):
            sealed.with_passphrase("ฝนตกทั้งวัน 2570")
        with pytest.raises(NotThisKey):
            sealed.with_device_key(new_key())


def test_a_passphrase_typed_on_another_system_is_the_same(tmp_path: Path) -> None:
    composed, decomposed = "\u00e9tage no 3", "e\u0301tage no 3 "

    with open_pack(a_pack(tmp_path, passphrase=composed)) as sealed:
        assert sealed.with_passphrase(decomposed).manifest.photos == ()


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        a_pack(tmp_path, passphrase="1234567 ")

    assert list(tmp_path.iterdir()) == []


def test_nothing_of_people_can_be_read_without_a_key(tmp_path: Path) -> None:
    whole = a_pack(tmp_path, b"the bytes of a photo").read_bytes()

    for secret in (b"Crew One", b"hub.example", b"the bytes of a photo", b"photo-0.jpg"):
        assert secret not in whole


def test_a_pack_cut_anywhere_is_no_pack(tmp_path: Path) -> None:
    path = a_pack(tmp_path, b"photo" * 100)
    whole = path.read_bytes()

    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(FileUnreadable):
            read_all(path)


def test_no_flipped_bit_goes_unnoticed(tmp_path: Path) -> None:
    path = a_pack(tmp_path, b"photo" * 100)
    whole = path.read_bytes()
    noticed = 0

    for place in range(0, len(whole), 61):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            assert read_all(path) == [b"photo" * 100]
        except (FileUnreadable, WrongPassphrase, PackTooNew):
            noticed += 1

    assert noticed > len(whole) // 61 // 2  # some bytes of a zip mean nothing, as its dates


def test_another_kind_of_file_is_no_pack(tmp_path: Path) -> None:
    text = tmp_path / "letter.fieldrescue"
    text.write_text("Dear hub")
    archive = tmp_path / "other.fieldrescue"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("manifest", "{}")
    missing = tmp_path / "gone.fieldrescue"

    for path in (text, archive):
        with pytest.raises(NotAPack):
            open_pack(path)
    with pytest.raises(FileUnreadable):
        open_pack(missing)


class Spoiling(NamedTuple):
    """How somebody changed a pack's entries."""

    name: str
    moved: dict[str, str]
    """Entry → the entry whose bytes it gets."""
    dropped: tuple[str, ...] = ()


@pytest.mark.parametrize(
    "spoiling",
    [
        Spoiling("photos swapped", {"photo-0-0": "photo-2-0", "photo-2-0": "photo-0-0"}),
        Spoiling("pieces swapped", {"photo-1-0": "photo-1-1", "photo-1-1": "photo-1-0"}),
        Spoiling("a piece twice", {"photo-1-1": "photo-1-0"}),
        Spoiling("a piece dropped", {}, ("photo-1-2",)),
        Spoiling("a photo dropped", {}, ("photo-2-0",)),
        Spoiling("a photo more", {"photo-3-0": "photo-0-0"}),
        Spoiling("a piece more", {"photo-0-1": "photo-0-0"}),
        Spoiling("the manifest is a photo", {"manifest": "photo-0-0"}),
        Spoiling("no manifest", {}, ("manifest",)),
        Spoiling("a stranger's entry", {"../evil": "photo-0-0"}),
    ],
    ids=lambda spoiling: spoiling.name,
)
def test_no_change_of_entries_goes_unnoticed(tmp_path: Path, spoiling: Spoiling) -> None:
    path = a_pack(tmp_path, b"first", LARGE, b"third")

    respelt(
        path,
        lambda entries: {
            **{name: data for name, data in entries.items() if name not in spoiling.dropped},
            **{name: entries[source] for name, source in spoiling.moved.items()},
        },
    )

    with pytest.raises(PackDamaged):
        read_all(path)


def test_one_damaged_photo_spoils_no_other(tmp_path: Path) -> None:
    path = a_pack(tmp_path, b"first", b"second")
    respelt(path, lambda entries: {**entries, "photo-0-0": entries["photo-1-0"]})

    with open_pack(path) as sealed:
        pack = sealed.with_passphrase(PASSPHRASE)
        with pytest.raises(PackDamaged):
            list(pack.bytes_of(pack.manifest.photos[0]))
        assert b"".join(pack.bytes_of(pack.manifest.photos[1])) == b"second"


def test_a_later_version_is_told_as_such(tmp_path: Path) -> None:
    path = a_pack(tmp_path)
    respelt(path, lambda entries: {**entries, "header.json": _with(entries, version=2, extra=[])})

    with pytest.raises(PackTooNew):
        open_pack(path)


@pytest.mark.parametrize(
    "facts",
    [{"costs": {"n": 2**24, "r": 8, "p": 1}}, {"costs": {"n": 3, "r": 8, "p": 1}}, {"salt": "no"}],
)
def test_a_header_cannot_ask_for_the_impossible(tmp_path: Path, facts: dict[str, object]) -> None:
    path = a_pack(tmp_path)
    respelt(path, lambda entries: {**entries, "header.json": _with(entries, **facts)})

    with open_pack(path) as sealed, pytest.raises(PackDamaged):
        sealed.with_passphrase(PASSPHRASE)


def test_a_header_too_large_or_unreadable_is_refused(tmp_path: Path) -> None:
    for header in (b" " * (form.HEADER_LIMIT_BYTES + 1), b"{", b"[]", b'{"format":"x"}'):
        path = a_pack(tmp_path)
        respelt(path, _puts_header(header))
        with pytest.raises(PackDamaged):
            open_pack(path)


def test_a_compressed_entry_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = a_pack(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo-0-0", bytes(50_000_000))

    with pytest.raises(PackDamaged):
        open_pack(path)


@pytest.mark.parametrize("is_zip64", [False, True])
def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_zip64: bool
) -> None:
    size = 64 * 1024 * 1024
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0)
    if is_zip64:
        end = (
            struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 10**6, 10**6, size, 0)
            + struct.pack("<4sLQL", b"PK\6\7", 0, size, 1)
            + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 1, 0, 0)
        )
    path = tmp_path / "bomb.fieldrescue"
    with path.open("wb") as file:
        file.truncate(size)
        file.seek(size)
        file.write(end)
    assert zipfile.is_zipfile(path)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_a: pytest.fail("it was read"))

    with pytest.raises(PackDamaged):
        open_pack(path)


def a_pack_of(folder: Path, count: int, wire_bytes: int, mine_bytes: int = 0) -> Path:
    """Write a pack of so many operations, each so large."""
    path = folder / "work.fieldrescue"
    [one] = a_manifest().operations
    large = replace(one, wire={"note": "x" * wire_bytes}, mine={"words": "x" * mine_bytes})
    manifest = replace(a_manifest(), operations=(large,) * count)
    write_pack(path, manifest, [], Keys(passphrase=PASSPHRASE), quiet)
    return path


@pytest.mark.parametrize("told", [1, 13])
def test_a_manifest_that_is_not_of_as_many_things_as_the_header_says_is_refused(
    tmp_path: Path, told: int
) -> None:
    path = a_pack_of(tmp_path, 12, 250_000)
    assert read_all(path) == []

    def lie(entries: dict[str, bytes]) -> dict[str, bytes]:
        header = orjson.loads(entries["header.json"])
        return {**entries, "header.json": orjson.dumps({**header, "operations": told})}

    respelt(path, lie)
    with pytest.raises(PackDamaged) as found:
        read_all(path)
    assert ("is larger than" in found.value.detail) is (told == 1), "told to be less: not even read"


def test_a_manifest_that_would_be_too_large_leaves_out_what_is_for_showing(
    tmp_path: Path,
) -> None:
    with open_pack(a_pack_of(tmp_path, 2, 1000, 2_000_000)) as sealed:
        told = sealed.with_passphrase(PASSPHRASE).manifest.operations
    assert [(len(each.wire["note"]), each.mine) for each in told] == [(1000, {})] * 2


def test_a_pack_of_very_many_pieces_is_read(tmp_path: Path) -> None:
    """Beyond 65,535 entries the archive has the longer form of its end."""
    path = a_pack(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(66_000):
            archive.writestr(f"photo-{number}-0", b"")

    with open_pack(path) as sealed, pytest.raises(PackDamaged, match="does not name"):
        sealed.with_passphrase(PASSPHRASE)


def test_an_original_that_changed_is_named_as_missing(tmp_path: Path) -> None:
    good, changed, gone = (an_original(tmp_path, n, b"photo %d" % n) for n in range(3))
    assert changed.path is not None
    assert gone.path is not None
    changed.path.write_bytes(b"another")
    gone.path.unlink()
    path = tmp_path / "work.fieldrescue"

    written, size_bytes = write_pack(
        path, a_manifest(), [changed, gone, good], Keys(passphrase=PASSPHRASE), quiet
    )

    assert written.missing == ("photo-1", "photo-2")
    assert size_bytes == path.stat().st_size
    assert read_all(path) == [b"photo 0"]


def test_breaking_off_leaves_nothing_that_looks_like_a_pack(tmp_path: Path) -> None:
    class BrokenOff(Exception):
        pass

    def break_off(done: int, total: int) -> None:
        if done * 3 > total:
            raise BrokenOff

    path = tmp_path / "work.fieldrescue"
    original = an_original(tmp_path, 0, LARGE)
    with pytest.raises(BrokenOff):
        write_pack(path, a_manifest(), [original], Keys(passphrase=PASSPHRASE), break_off)

    assert [file.suffix for file in tmp_path.iterdir()] == [".jpg"]


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    original = an_original(tmp_path, 0, LARGE)
    write_pack(
        tmp_path / "a.fieldrescue",
        a_manifest(),
        [original],
        Keys(passphrase=PASSPHRASE),
        lambda done, total: told.append((done, total)),
    )

    assert told[-1] == (2 * len(LARGE), 2 * len(LARGE))
    assert told == sorted(told)


def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)

    with pytest.raises(NoRoomThere):
        a_pack(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "failure"), [(errno.ENOSPC, NoRoomThere), (errno.EIO, PackNotWritten)]
)
def test_a_stick_that_fills_up_or_is_pulled_out_leaves_the_old_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, failure: type[PackNotWritten]
) -> None:
    path = a_pack(tmp_path, b"old")

    def fail(_number: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(failure):
        a_pack(tmp_path, b"new")

    assert read_all(path) == [b"old"]
    assert not list(tmp_path.glob("*.part"))


PULLED: dict[str, tuple[object, str]] = {
    "syncing its bytes": (os, "fsync"),
    "reading it back": (zipfile, "is_zipfile"),
    "asking its size": (Path, "stat"),
    "renaming it": (Path, "replace"),
    "syncing its name": (writing, "sync_folder"),
}


@pytest.mark.parametrize("moment", PULLED)
def test_a_stick_that_is_pulled_out_at_the_very_end_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def pull(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "the stick is gone")

    with monkeypatch.context() as during:
        during.setattr(*PULLED[moment], pull)
        with pytest.raises(PackNotWritten):
            a_pack(tmp_path, b"photo")

    assert not list(tmp_path.glob("*.fieldrescue*"))


def test_a_stick_that_keeps_even_the_part_still_lets_what_went_wrong_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "the stick is gone")

    def break_off(_done: int, _total: int) -> None:
        raise PackCancelled("a person did")

    original = an_original(tmp_path, 0, b"photo")
    monkeypatch.setattr(Path, "unlink", pull)
    with pytest.raises(PackCancelled):
        write_pack(
            tmp_path / "work.fieldrescue",
            a_manifest(),
            [original],
            Keys(passphrase=PASSPHRASE),
            break_off,
        )


def test_a_stick_that_keeps_other_bytes_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "open_pack", _spoils_and_opens)

    with pytest.raises(PackNotWritten):
        a_pack(tmp_path, b"photo")

    assert not list(tmp_path.glob("*.fieldrescue*"))


def _spoils_and_opens(path: Path) -> object:
    respelt(path, lambda entries: {**entries, "photo-0-0": b"x"})
    return open_pack(path)


def _puts_header(header: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda entries: {**entries, "header.json": header}


def _with(entries: dict[str, bytes], **facts: object) -> bytes:
    return orjson.dumps({**orjson.loads(entries["header.json"]), **facts})
