"""Writes a rescue pack: sealed, on the disk, read back, and only then under its name."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from field_app.domain.errors import FileUnreadable
from field_app.domain.pack_errors import NoRoomThere, PackNotWritten
from field_app.packs import form, sealing
from field_app.packs.errors import writing_errors
from field_app.packs.reading import open_pack
from field_app.protocol.codec import dump
from field_app.protocol.pack import (
    PACK_FORMAT,
    PACK_VERSION,
    PackedPhoto,
    PackHeader,
    PackManifest,
)

Tell = Callable[[int, int], None]
"""Is told bytes done and bytes in all; whatever it raises breaks the writing off."""
ENTRY_DATE: Final = (1980, 1, 1, 0, 0, 0)
SPARE_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What is to open a pack: one of both at least."""

    passphrase: str = ""
    """Empty for none."""
    device: str = ""
    """The device's key; empty when the hub never issued one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A photo to pack and the file with its bytes."""

    photo: PackedPhoto
    path: Path | None
    """None when the file is not there."""


def write_pack(
    path: Path, manifest: PackManifest, originals: Sequence[Original], keys: Keys, tell: Tell
) -> tuple[PackManifest, int]:
    """Write a pack; when this returns, it is whole, on the disk, and was read back.

    Args:
        path: Its file; an older one is replaced. The folder is there.
        manifest: Without photos: they are added here, in the order of `originals`.
        originals: An original that cannot be read, or is another one by now, is named as missing.
        keys: What opens it.
        tell: Is told how far it is: writing is the first half, reading back the second.

    Returns:
        The manifest as it was written, and the bytes of the file.

    Raises:
        PassphraseTooShort: Nothing was written.
        NoRoomThere: The stick or disk is full; nothing is left of the pack.
        PackNotWritten: It failed otherwise, or the pack read back is not the one written.
    """
    if keys.passphrase or not keys.device:
        sealing.check_passphrase(keys.passphrase)
    _check_room(path.parent, manifest, originals)
    part = path.with_name(f"{path.name}.part")
    total = 2 * sum(original.photo.size_bytes for original in originals)
    writer = _Writer(key=sealing.new_key(), tell=tell, total=total)
    try:
        with writing_errors(), part.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                written = writer.fill(archive, manifest, originals, keys)
            file.flush()
            os.fsync(file.fileno())
        _read_back(part, writer)
        with writing_errors():
            size_bytes = part.stat().st_size
            part.replace(path)
            _keep_name(path)
    finally:
        _remove(part)
    return written, size_bytes


def _keep_name(path: Path) -> None:
    """Put a pack's new name on the disk; what may not be there later is not left there now."""
    try:
        sync_folder(path.parent)
    except OSError:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    """Remove what is no pack; a stick that was pulled out keeps it, and what went wrong is told."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Fills one archive."""

    key: str
    tell: Tell
    total: int
    done: int = 0

    def fill(
        self,
        archive: zipfile.ZipFile,
        manifest: PackManifest,
        originals: Sequence[Original],
        keys: Keys,
    ) -> PackManifest:
        """Write all entries and return the manifest with the photos that are in the pack."""
        photos: list[PackedPhoto] = []
        missing = list(manifest.missing)
        for original in originals:
            if self._is_added(archive, original, len(photos)):
                photos.append(original.photo)
            else:
                missing.append(original.photo.id)
        whole = _slim(replace(manifest, photos=tuple(photos), missing=tuple(missing)))
        _add(archive, form.MANIFEST, sealing.seal(self.key, dump(whole)))
        _add(archive, form.HEADER, dump(_header(whole, self.key, keys)))
        return whole

    def _is_added(self, archive: zipfile.ZipFile, original: Original, number: int) -> bool:
        """Add a photo's pieces; nothing of it stays unless its bytes are what they should be."""
        if original.path is None or not _is_as_it_was(original):
            return False
        for piece, data in enumerate(_pieces(original.path)):
            _add(archive, form.piece_name(number, piece), sealing.seal(self.key, data))
            self.advance(len(data))
        return True

    def advance(self, count: int) -> None:
        """Tell that more is done."""
        self.done += count
        self.tell(min(self.done, self.total), self.total)


def _slim(manifest: PackManifest) -> PackManifest:
    """Return a manifest that every hub opens: a very large one leaves out what is for showing."""
    limit = form.manifest_limit(len(manifest.operations), len(manifest.photos))
    limit = min(limit, form.SERVED_MANIFEST_LIMIT_BYTES)
    if form.sealed_bytes(len(dump(manifest))) <= limit:
        return manifest
    bare = tuple(replace(operation, mine={}) for operation in manifest.operations)
    return replace(manifest, operations=bare)


def _header(manifest: PackManifest, key: str, keys: Keys) -> PackHeader:
    """Return the header of a pack, its key sealed for whoever may open it."""
    price, salt = sealing.costs(), sealing.new_salt() if keys.passphrase else ""
    by_passphrase = by_device = b""
    if keys.passphrase:
        wrap = sealing.key_of(keys.passphrase, salt, price)
        by_passphrase = sealing.seal(wrap, key.encode())
    if keys.device:
        by_device = sealing.seal(keys.device, key.encode())
    return PackHeader(
        format=PACK_FORMAT,
        version=PACK_VERSION,
        device_id=manifest.device_id,
        made_at=manifest.made_at,
        operations=len(manifest.operations),
        photos=len(manifest.photos),
        salt=salt,
        costs=price,
        by_passphrase=by_passphrase.decode(),
        by_device=by_device.decode(),
    )


def _read_back(part: Path, writer: _Writer) -> None:
    """Read a pack as it lies on the stick.

    Raises:
        PackNotWritten: It is not what was written.
    """
    try:
        with open_pack(part) as sealed:
            pack = sealed.with_key(writer.key)
            for photo in pack.manifest.photos:
                for data in pack.bytes_of(photo):
                    writer.advance(len(data))
    except FileUnreadable as error:
        raise PackNotWritten(f"the pack cannot be read back: {error.detail}") from error


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add an entry that says nothing of this computer."""
    archive.writestr(zipfile.ZipInfo(name, ENTRY_DATE), data)


def _is_as_it_was(original: Original) -> bool:
    """Return whether the file has the photo's bytes."""
    digest = hashlib.sha256()
    try:
        for data in _pieces(original.path):
            digest.update(data)
    except FileUnreadable:
        return False
    return digest.hexdigest() == original.photo.sha256


def _pieces(path: Path | None) -> Iterator[bytes]:
    """Yield a file's bytes, each piece as large as it is sealed."""
    if path is None:
        return
    try:
        with path.open("rb") as file:
            data = file.read(form.PIECE_BYTES)
            yield data
            while len(data) == form.PIECE_BYTES and (data := file.read(form.PIECE_BYTES)):
                yield data
    except OSError as error:
        raise FileUnreadable(f"{type(error).__name__} while reading an original") from error


def _check_room(folder: Path, manifest: PackManifest, originals: Sequence[Original]) -> None:
    """Raise NoRoomThere before anything is written when it surely does not fit."""
    need = SPARE_BYTES + len(dump(manifest)) * 4 // 3
    need += sum(form.sealed_bytes(original.photo.size_bytes) for original in originals)
    with writing_errors():
        free = shutil.disk_usage(folder).free
    if free < need:
        raise NoRoomThere(f"{need} bytes are needed, {free} are free")


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
