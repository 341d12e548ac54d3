"""Rescue packs at the hub: the same ledger and the same vault as if the work had come by network.

Safe to repeat and safe against being killed: an operation is known by its id, a photo is in the
vault under its hash before anything says so, and a second import goes on where the first stopped.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, select, update

from field_app.domain.clock import Clock
from field_app.domain.ids import PhotoId, new_id
from field_app.domain.pack_errors import NotThisKey, PackDamaged
from field_app.domain.people import Person
from field_app.domain.verdict import Outcome, Verdict
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service.accounts import person_of
from field_app.hub.service.ledger import Ledger, SignedInPerson
from field_app.hub.service.tickets import mark_arrived
from field_app.hub.service.vault import Vault, sync_file
from field_app.packs.reading import Pack, SealedPack
from field_app.protocol.messages import BATCH_LIMIT
from field_app.protocol.pack import PackedPhoto, PackReceipt
from field_app.texts import mark

FILETYPES: Final = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
}


class RescueRefused(ValueError):
    """A pack that this hub does not take; the text is a msgid that says why."""


class UnknownLaptop(RescueRefused):
    """A pack of a laptop that this hub does not know, in the name of somebody whom it knows."""


class PhotoFate(StrEnum):
    """What became of a photo of a pack."""

    NEW = "new"
    HERE = "here"
    """The hub had it already."""
    DAMAGED = "damaged"
    """The pack does not have its bytes as they were."""
    REFUSED = "refused"
    """No operation that the hub took announces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReport:
    """What came of a pack."""

    maker: Person
    verdicts: tuple[Verdict, ...]
    """One for each operation, in their order."""
    photos: dict[PhotoId, PhotoFate]
    missing: int
    """Photos whose originals were lost before the pack was made."""

    def count(self, outcome: Outcome) -> int:
        """Return how many operations came out like this."""
        return sum(1 for verdict in self.verdicts if verdict.outcome is outcome)

    def photo_count(self, fate: PhotoFate) -> int:
        """Return how many photos met this fate."""
        return sum(1 for met in self.photos.values() if met is fate)

    @property
    def is_whole(self) -> bool:
        """Whether everything in the pack is at the hub now."""
        lost = self.photo_count(PhotoFate.DAMAGED) + self.photo_count(PhotoFate.REFUSED)
        return not lost and not self.missing and not self.count(Outcome.REFUSED)

    def receipt(self, sha256: str) -> PackReceipt:
        """Return the hub's word for whoever brought the pack's file of this hash."""
        return PackReceipt(
            sha256=sha256,
            applied=self.count(Outcome.APPLIED),
            duplicates=self.count(Outcome.DUPLICATE),
            recorded=self.count(Outcome.RECORDED),
            refused=self.count(Outcome.REFUSED),
            photos_new=self.photo_count(PhotoFate.NEW),
            photos_here=self.photo_count(PhotoFate.HERE),
            photos_damaged=self.photo_count(PhotoFate.DAMAGED) + self.missing,
            photos_refused=self.photo_count(PhotoFate.REFUSED),
        )


class Rescue:
    """Takes the work out of rescue packs."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._ledger = ledger
        self._clock = clock

    def opened(self, sealed: SealedPack) -> Pack:
        """Open a pack with the key that this hub issued to its device.

        Raises:
            NotThisKey: The hub issued none, or the pack is another hub's.
            PackDamaged: It is not as it was written.
        """
        named = select(tables.device.c.rescue_key).where(
            tables.device.c.id == sealed.header.device_id
        )
        with self._database.read() as connection:
            key = connection.execute(named).scalar_one_or_none()
        if not key:
            raise NotThisKey("no key was issued to this device")
        return sealed.with_device_key(key)

    def take(
        self, pack: Pack, *, is_dry_run: bool = False, is_vouched_for: bool = False
    ) -> PackReport:
        """Take everything out of a pack that is not here yet, also of a revoked device.

        Args:
            pack: An opened pack.
            is_dry_run: Find out what would happen, and change nothing.
            is_vouched_for: Whether somebody at the hub says that an unknown laptop is its maker's.

        Raises:
            RescueRefused: Nobody of this hub made it; UnknownLaptop when it may have been somebody.
            FileUnreadable: The file cannot be read any more; what was taken stays.
            OSError: The hub's disk; what was taken stays.
        """
        maker = self._maker(pack, is_vouched_for=is_vouched_for)
        who = SignedInPerson(person=maker, device_id=pack.manifest.device_id)
        items: list[object] = [dict(operation.wire) for operation in pack.manifest.operations]
        rehearsal = self._database.rehearse() if is_dry_run else nullcontext()
        with rehearsal as connection:
            verdicts: list[Verdict] = []
            for start in range(0, len(items), BATCH_LIMIT):
                batch = items[start : start + BATCH_LIMIT]
                with self._writing(connection) as inside:
                    verdicts += self._ledger.decide(inside, batch, who).results
            photos = {
                photo.id: self._photo(pack, photo, maker, connection)
                for photo in pack.manifest.photos
            }
        if is_dry_run:  # bytes are read when the rehearsal holds nobody up any more
            photos |= {
                photo.id: _proven(pack, photo)
                for photo in pack.manifest.photos
                if photos[photo.id] is PhotoFate.NEW
            }
        return PackReport(
            maker=maker,
            verdicts=tuple(verdicts),
            photos=photos,
            missing=len(pack.manifest.missing),
        )

    @contextmanager
    def _writing(self, rehearsal: Connection | None) -> Iterator[Connection]:
        """Give the rehearsal's connection, or one of a transaction of its own."""
        if rehearsal is not None:
            yield rehearsal
            return
        with self._database.write() as connection:
            yield connection

    def _maker(self, pack: Pack, *, is_vouched_for: bool) -> Person:
        """Return who made a pack: somebody of this hub, on a device of theirs or of nobody yet."""
        told = pack.manifest
        named = select(tables.person).where(tables.person.c.id == told.maker.id)
        device = select(tables.device.c.person_id).where(tables.device.c.id == told.device_id)
        with self._database.read() as connection:
            row = connection.execute(named).one_or_none()
            owner = connection.execute(device).scalar_one_or_none()
        if row is None or owner not in {None, told.maker.id}:
            raise RescueRefused(mark("The pack was made by nobody of this hub."))
        if owner is None and not is_vouched_for:
            raise UnknownLaptop(
                mark(
                    "This hub does not know the laptop that made the pack, as after a restore from"
                    " a backup. If you trust whoever brought it, start again with --unknown-laptop."
                )
            )
        return person_of(row)

    def _photo(
        self, pack: Pack, photo: PackedPhoto, maker: Person, rehearsal: Connection | None
    ) -> PhotoFate:
        """Take one photo; whatever is half done is done again by the next import."""
        with self._writing(rehearsal) as connection:
            row = _announced(connection, photo, maker)
            if row is None:
                return PhotoFate.REFUSED
            if self._vault.has(photo.sha256):
                self._settle(connection, row, photo)
                return PhotoFate.HERE
        if rehearsal is not None:
            return PhotoFate.NEW
        part = self._vault.part(f"rescue-{new_id()}")
        try:
            return self._received(pack, photo, part)
        except PackDamaged:
            return PhotoFate.DAMAGED
        finally:
            part.unlink(missing_ok=True)

    def _received(self, pack: Pack, photo: PackedPhoto, part: Path) -> PhotoFate:
        """Copy a photo's bytes, prove them, and note that the photo is safe."""
        with part.open("wb") as file:
            for data in pack.bytes_of(photo):
                file.write(data)
        sync_file(part)
        with self._database.write() as connection:
            row = connection.execute(_named(photo)).one()
            if not self._vault.has(photo.sha256):
                self._vault.keep(part, photo.sha256)
            self._settle(connection, row, photo)
        self._vault.part(row.upload_id).unlink(missing_ok=True)
        return PhotoFate.NEW

    def _settle(self, connection: Connection, row: Row[Any], photo: PackedPhoto) -> None:
        """Note that a photo is safe in the vault, and that no upload of it is awaited."""
        self._vault.confirm(photo.sha256)
        if not row.filetype:
            connection.execute(
                update(tables.photo)
                .where(tables.photo.c.id == row.id)
                .values(filetype=FILETYPES.get(photo.suffix, "application/octet-stream"))
            )
        mark_arrived(connection, row, self._clock.now())
        connection.execute(delete(tables.upload).where(tables.upload.c.id == row.upload_id))


def _proven(pack: Pack, photo: PackedPhoto) -> PhotoFate:
    """Return what would become of a photo whose bytes are wanted."""
    try:
        for _data in pack.bytes_of(photo):
            pass
    except PackDamaged:
        return PhotoFate.DAMAGED
    return PhotoFate.NEW


def _named(photo: PackedPhoto) -> Any:
    """Return the query of a photo's row."""
    return select(tables.photo).where(tables.photo.c.id == photo.id)


def _announced(connection: Connection, photo: PackedPhoto, maker: Person) -> Row[Any] | None:
    """Return the row of a photo that its maker announced like this, or None."""
    row = connection.execute(_named(photo)).one_or_none()
    if row is None:
        return None
    told = (photo.ticket_id, photo.sha256, photo.size_bytes, maker.id)
    return row if told == (row.ticket_id, row.sha256, row.size_bytes, row.added_by) else None
