"""Reads a rescue pack; believes nothing in it that its seals and hashes do not prove."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from field_app.domain.pack_errors import (
    NotAPack,
    NotThisKey,
    PackDamaged,
    PackTooNew,
    WrongPassphrase,
)
from field_app.packs import form, sealing
from field_app.packs.directory import check_directory
from field_app.packs.errors import reading_errors
from field_app.protocol.codec import Malformed
from field_app.protocol.pack import (
    PACK_FORMAT,
    PACK_VERSION,
    PackedPhoto,
    PackHeader,
    PackManifest,
    load_pack_header,
    load_pack_manifest,
    pack_kind,
)

_NAME: Final = re.compile(r"header\.json|manifest|photo-[0-9]{1,6}-[0-9]{1,3}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """An opened pack."""

    manifest: PackManifest
    sealed: "SealedPack"
    key: str

    def bytes_of(self, photo: PackedPhoto) -> Iterator[bytes]:
        """Yield a photo's bytes, piece by piece; only after the last one they are proven.

        Raises:
            PackDamaged: They are not the photo's; forget what came before.
            FileUnreadable: The file cannot be read any more.
        """
        number = self.manifest.photos.index(photo)
        digest, size = hashlib.sha256(), 0
        for piece in range(form.pieces_of(photo.size_bytes)):
            token = self.sealed.entry(form.piece_name(number, piece), form.TOKEN_LIMIT_BYTES)
            try:
                data = sealing.unseal(self.key, token)
            except NotThisKey as error:
                raise PackDamaged(f"piece {piece} of photo {photo.id}: {error.detail}") from error
            digest.update(data)
            size += len(data)
            yield data
        if size != photo.size_bytes or digest.hexdigest() != photo.sha256:
            raise PackDamaged(f"photo {photo.id} has other bytes than its hash says")


class SealedPack:
    """A pack's file before anybody opened it; use as a context."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        """See `open_pack`."""
        self.path = path
        self._archive = archive
        self._check_entries()
        self.header = self._header()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._archive.close()

    def with_passphrase(self, passphrase: str) -> Pack:
        """Open it with a passphrase; takes half a second.

        Raises:
            WrongPassphrase: It is another one, or the pack has none.
            PackDamaged: It is not as it was written.
        """
        header = self.header
        if not header.by_passphrase:
            raise WrongPassphrase("this pack was sealed without a passphrase")
        wrap = sealing.key_of(passphrase, header.salt, header.costs)
        try:
            key = sealing.unseal(wrap, header.by_passphrase.encode())
        except NotThisKey as error:
            raise WrongPassphrase(error.detail) from error
        return self.with_key(key.decode())

    def with_device_key(self, device_key: str) -> Pack:
        """Open it with the key that the hub issued to the device.

        Raises:
            NotThisKey: It is another one, or the pack has none.
            PackDamaged: It is not as it was written.
        """
        if not self.header.by_device:
            raise NotThisKey("this pack was sealed without a device's key")
        return self.with_key(sealing.unseal(device_key, self.header.by_device.encode()).decode())

    def with_key(self, key: str) -> Pack:
        """Open it with its own key.

        Raises:
            PackDamaged: It is not as it was written.
        """
        counts = (self.header.operations, self.header.photos)
        token = self.entry(form.MANIFEST, form.manifest_limit(*counts))
        try:
            manifest = load_pack_manifest(sealing.unseal(key, token))
        except (NotThisKey, Malformed) as error:
            raise PackDamaged(f"the manifest cannot be read: {error}") from error
        if manifest.device_id != self.header.device_id:  # whose key it is proves who made it
            raise PackDamaged("header and manifest name two devices")
        if (len(manifest.operations), len(manifest.photos)) != counts:
            raise PackDamaged("header and manifest count differently")
        self._check_manifest(manifest)
        return Pack(manifest=manifest, sealed=self, key=key)

    @property
    def manifest_bytes(self) -> int:
        """The bytes of the sealed manifest, which is read as a whole.

        Raises:
            PackDamaged: There is none.
        """
        with reading_errors():
            return self._archive.getinfo(form.MANIFEST).file_size

    def entry(self, name: str, limit_bytes: int) -> bytes:
        """Return an entry's bytes.

        Raises:
            PackDamaged: It is missing, larger than the limit, or broken.
        """
        with reading_errors():
            info = self._archive.getinfo(name)
            if info.file_size > limit_bytes:
                raise PackDamaged(f"the entry {name} is larger than {limit_bytes} bytes")
            return self._archive.read(info)

    def _check_entries(self) -> None:
        """Raise PackDamaged unless the archive has the entries of a pack, each once and stored."""
        infos = self._archive.infolist()
        names = {info.filename for info in infos}
        is_sound = len(names) == len(infos) <= form.MOST_ENTRIES and all(
            _NAME.fullmatch(info.filename)
            and info.compress_type == zipfile.ZIP_STORED
            and info.file_size == info.compress_size
            for info in infos
        )
        if not is_sound:
            raise PackDamaged("the archive has entries that no pack has")

    def _header(self) -> PackHeader:
        """Return the header.

        Raises:
            NotAPack: There is none.
            PackTooNew: It is a later version's.
            PackDamaged: It cannot be read.
        """
        if form.HEADER not in self._archive.namelist():
            raise NotAPack("the archive has no header")
        data = self.entry(form.HEADER, form.HEADER_LIMIT_BYTES)
        try:
            name, version = pack_kind(data)
            if name != PACK_FORMAT:
                raise NotAPack("the archive is another kind of file")
            if version > PACK_VERSION:
                raise PackTooNew(f"version {version}, known is {PACK_VERSION}")
            return load_pack_header(data)
        except Malformed as error:
            raise PackDamaged(f"the header cannot be read: {error}") from error

    def _check_manifest(self, manifest: PackManifest) -> None:
        """Raise PackDamaged when photos or pieces are there that cannot be."""
        photos = manifest.photos
        if not all(
            form.is_sound_size(photo.size_bytes) and _SHA256.fullmatch(photo.sha256)
            for photo in photos
        ) or len({photo.id for photo in photos}) != len(photos):
            raise PackDamaged("the manifest names photos that cannot be")
        known = {form.HEADER, form.MANIFEST} | {
            form.piece_name(number, piece)
            for number, photo in enumerate(photos)
            for piece in range(form.pieces_of(photo.size_bytes))
        }
        if not known.issuperset(self._archive.namelist()):
            raise PackDamaged("there are pieces that the manifest does not name")


def open_pack(path: Path) -> SealedPack:
    """Open a pack's file; the caller closes it.

    Raises:
        NotAPack: The file is something else, or only the beginning of a pack.
        PackTooNew: A later version of the program wrote it.
        PackDamaged: It is a pack, and not as it was written.
        FileUnreadable: The file cannot be read.
    """
    with reading_errors():
        if path.stat().st_size > form.PACK_LIMIT_BYTES or not zipfile.is_zipfile(path):
            raise NotAPack("the file is no archive, or was cut off")
        check_directory(path)
        archive = zipfile.ZipFile(path)
    try:
        return SealedPack(path, archive)
    except BaseException:
        archive.close()
        raise
