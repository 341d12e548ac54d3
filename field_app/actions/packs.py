"""Saving unsent work to a rescue pack, and taking it out of one on another laptop."""

from dataclasses import dataclass
from pathlib import Path

from field_app.domain.changes import Changes
from field_app.domain.ids import PhotoId
from field_app.domain.pack_errors import (
    NoRoomForPack,
    NoRoomThere,
    NothingToPack,
    NotThisKey,
    PackDamaged,
    PackOfAnother,
    PackTooNew,
)
from field_app.packs.carrying import keep_copy, size_of
from field_app.packs.reading import Pack, open_pack
from field_app.packs.writing import Keys, Original, Tell, write_pack
from field_app.photos.room import check_pack
from field_app.protocol.codec import Malformed
from field_app.protocol.pack import PackedPhoto, PackManifest
from field_app.queries.desk import Desk, honest_now
from field_app.store import carried, unsent


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A rescue pack that is on the disk or stick and was read back."""

    path: Path
    operations: int
    photos: int
    missing: tuple[PhotoId, ...]
    """Photos whose originals are not on this laptop any more; seldom any."""
    size_bytes: int
    """Of the file."""
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came out of a pack."""

    operations: int
    """That were not here yet."""
    known_operations: int
    photos: int
    known_photos: int
    damaged_photos: int
    changes: Changes


def save(desk: Desk, path: Path, passphrase: str, tell: Tell) -> Saved:
    """Seal all that the hub does not hold into a pack; it stays in the outbox, but without undo.

    Args:
        desk: The person's.
        path: The pack's file; an older one is replaced.
        passphrase: Opens it; empty when only the hub is to, by the key that it issued.
        tell: Is told bytes done and in all; what it raises breaks off and leaves nothing behind.

    Raises:
        NothingToPack: Everything is at the hub.
        PassphraseTooShort: Nothing was written.
        PackNotWritten: The stick or folder failed; NoRoomThere when it is full.
        StoreFailed: The database cannot be read.
    """
    now = honest_now(desk)
    with desk.db.atomic():
        work, pictures = unsent.operations(desk.db), unsent.photos(desk.db, now)
        marked = unsent.begin_packing(desk.db, now)
    if not work and not pictures:
        raise NothingToPack("everything is at the hub")
    manifest = PackManifest(
        made_at=now,
        maker=desk.person,
        device_id=desk.device_id,
        hub_url=desk.hub_url,
        operations=work,
        photos=(),
    )
    originals = [Original(photo=photo, path=desk.vault.path(photo.sha256)) for photo in pictures]
    keys = Keys(passphrase=passphrase, device=desk.rescue_key())
    try:
        written, size_bytes = write_pack(path, manifest, originals, keys, tell)
    except BaseException:
        unsent.give_up_packing(desk.db, marked)
        raise
    unsent.note_packed(desk.db, now)
    return Saved(
        path=path,
        operations=len(written.operations),
        photos=len(written.photos),
        missing=written.missing,
        size_bytes=size_bytes,
        changes=Changes(),
    )


def take_in(desk: Desk, path: Path, passphrase: str, tell: Tell) -> Taken:
    """Put one's own work from a pack into the outbox of this laptop; twice is harmless.

    Args:
        desk: The person's who made the pack.
        path: The pack's file.
        passphrase: Opens it.
        tell: Is told bytes done and in all; what it raises breaks off and changes nothing.

    Raises:
        WrongPassphrase: It is another one.
        PackOfAnother: Somebody else made it.
        PackTooNew: A later version of the program made what is in it.
        FileUnreadable: It is no pack, or a damaged one.
        DiskFull: No room here; nothing changed.
        StoreFailed: This laptop's disk; nothing changed.
    """
    with open_pack(path) as sealed:
        pack = sealed.with_passphrase(passphrase)
        told = pack.manifest
        if told.maker.id != desk.person.id:
            raise PackOfAnother("made by another person")
        whole = _into_vault(desk, pack, tell)
    try:
        joined = unsent.join(desk.db, told.operations, whole)
    except Malformed as error:
        raise PackTooNew(f"an operation is none of this version: {error}") from error
    return Taken(
        operations=len(joined.operations),
        known_operations=len(told.operations) - len(joined.operations),
        photos=len(joined.photos),
        known_photos=len(whole) - len(joined.photos),
        damaged_photos=len(told.photos) - len(whole) + len(told.missing),
        changes=Changes(tickets=joined.tickets, photos=frozenset(joined.photos)),
    )


def carry(desk: Desk, path: Path, tell: Tell) -> Changes:
    """Keep a sealed copy of a colleague's pack, to hand it to the hub when there is a network.

    Args:
        desk: Whoever carries it; the pack stays closed to them.
        path: The pack's file.
        tell: Is told bytes done and in all; what it raises breaks off and changes nothing.

    Raises:
        NotThisKey: The hub could not open it without the passphrase.
        FileUnreadable: It is no pack, or a damaged one.
        NoRoomForPack: It would use the last room of this laptop; nothing is left of the copy.
        PackNotWritten: This laptop's disk.
        StoreFailed: It could not be written down; the copy is handed in all the same.
    """
    with open_pack(path) as sealed:
        if not sealed.header.by_device:
            raise NotThisKey("sealed with a passphrase only")
    check_pack(desk.vault.free_bytes, size_of(path))
    try:
        sha256 = keep_copy(desk.carried_folder, path, tell)
    except NoRoomThere as error:
        raise NoRoomForPack(error.detail) from error
    carried.note_kept(desk.db, sha256, path.name)
    return Changes(everything=True)


def _into_vault(desk: Desk, pack: Pack, tell: Tell) -> list[PackedPhoto]:
    """Keep the photos of a pack in the vault and return those that are whole."""
    whole: list[PackedPhoto] = []
    done, total = 0, pack.manifest.photo_bytes
    for photo in pack.manifest.photos:
        tell(done, total)
        try:
            data = b"".join(pack.bytes_of(photo))
        except PackDamaged:
            continue
        finally:
            done += photo.size_bytes
        desk.vault.keep(data, photo.suffix)
        whole.append(photo)
    tell(total, total)
    return whole
