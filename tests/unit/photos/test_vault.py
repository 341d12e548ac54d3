"""The vault keeps bytes as they are and survives a power cut."""

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from field_app.domain.errors import DiskFull, FileUnreadable, StoreFailed
from field_app.photos.vault import TEMPORARY, Size, Vault

FUTURE = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return an empty vault."""
    return Vault(tmp_path / "vault")


def files(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.folder.rglob("*") if path.is_file())


def test_an_original_is_kept_byte_for_byte_under_its_hash(vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(os.urandom(3_000_000))
    sha256 = vault.keep(source)
    path = vault.path(sha256)
    assert path is not None
    assert path.read_bytes() == source.read_bytes()
    assert path.relative_to(vault.folder) == Path(sha256[:2], f"{sha256}.jpg")
    assert hashlib.sha256(source.read_bytes()).hexdigest() == sha256


def test_the_same_photo_twice_is_one_file(vault: Vault) -> None:
    assert vault.keep(b"one") == vault.keep(b"one")
    assert len(files(vault)) == 1


def test_copies_lie_beside_the_original(vault: Vault) -> None:
    sha256 = vault.keep(b"one", ".png")
    assert vault.copy_path(sha256, Size.THUMB) is None
    vault.keep_copy(sha256, Size.THUMB, b"old")
    path = vault.keep_copy(sha256, Size.THUMB, b"new")
    assert vault.copy_path(sha256, Size.THUMB) == path
    assert path.read_bytes() == b"new"
    assert vault.copy_path(sha256, Size.SCREEN) is None


def test_a_crash_before_the_rename_leaves_only_what_is_swept(vault: Vault) -> None:
    sha256 = vault.keep(b"kept")
    leftover = vault.folder / f"{TEMPORARY}abc"
    leftover.write_bytes(b"half a pho")
    assert vault.sweep(frozenset({sha256}), FUTURE) == 1
    assert files(vault) == [f"{sha256}.jpg"]


def test_a_file_without_a_row_is_swept_with_its_copies(vault: Vault) -> None:
    stray = vault.keep(b"stray")
    vault.keep_copy(stray, Size.SCREEN, b"copy")
    (vault.folder / "notes.txt").write_text("not ours")
    assert vault.sweep(frozenset(), FUTURE) == 2
    assert files(vault) == ["notes.txt"]


def test_after_a_rescue_only_unfinished_files_are_swept(vault: Vault) -> None:
    vault.keep(b"stray")
    (vault.folder / f"{TEMPORARY}abc").write_bytes(b"")
    assert vault.sweep(None, FUTURE) == 1
    assert len(files(vault)) == 1


def test_a_photo_that_is_being_added_is_never_swept(vault: Vault) -> None:
    vault.keep(b"just now")
    assert vault.sweep(frozenset(), datetime.fromtimestamp(0, UTC) + timedelta(1)) == 0


def test_a_marked_copy_is_named_after_its_marks(vault: Vault) -> None:
    sha256 = vault.keep(b"one")
    assert vault.marked_path(sha256, "0" * 16) is None
    path = vault.keep_marked(sha256, "0" * 16, b"copy")
    assert vault.marked_path(sha256, "0" * 16) == path
    assert vault.marked_path(sha256, "1" * 16) is None
    with pytest.raises(ValueError, match="digest"):
        vault.marked_path(sha256, "../..")


def test_marked_copies_of_an_earlier_day_are_swept_and_newer_ones_stay(vault: Vault) -> None:
    sha256 = vault.keep(b"one")
    path = vault.keep_marked(sha256, "0" * 16, b"copy")
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert vault.sweep(frozenset({sha256}), made_at + timedelta(hours=23)) == 0
    assert vault.sweep(frozenset({sha256}), made_at + timedelta(hours=25)) == 1
    assert files(vault) == [f"{sha256}.jpg"]


def test_a_marked_copy_goes_with_its_photo(vault: Vault) -> None:
    path = vault.keep_marked("ab" * 32, "0" * 16, b"copy")
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert vault.sweep(frozenset(), made_at + timedelta(hours=1)) == 1


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31, "ab" * 32 + "/"])
def test_what_is_no_hash_leads_nowhere(vault: Vault, name: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        vault.path(name)


def test_a_full_disk_keeps_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        vault.keep(b"one")
    assert files(vault) == []


def test_a_vault_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreFailed):
        Vault(tmp_path / "file" / "vault")


def test_a_source_that_cannot_be_read_is_no_failure_of_the_vault(vault: Vault) -> None:
    with pytest.raises(FileUnreadable):
        vault.keep(vault.folder / "nowhere.jpg")
    assert files(vault) == []


def test_an_unknown_ending_is_refused(vault: Vault) -> None:
    with pytest.raises(ValueError, match="end in"):
        vault.keep(b"one", ".exe")
