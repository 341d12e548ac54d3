"""Photos up: resumable uploads whose last byte is acknowledged only when the photo is safe."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from field_app.domain.clock import Clock, from_stamp, to_stamp
from field_app.domain.ids import PhotoId
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.problems import HubProblem, not_found
from field_app.hub.service import screen_copies
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.sweep import KEPT_FOR
from field_app.hub.service.tickets import mark_arrived, upload_id_of
from field_app.hub.service.upload_standing import Announcement, Upload, announcement_of, finished
from field_app.hub.service.vault import Vault, hash_of, size_of, sync_file, sync_folder
from field_app.protocol.messages import (
    CHECKSUM_MISMATCH,
    PHOTO_LIMIT_BYTES,
    UploadOffset,
)


class Uploads:
    """The uploads of one hub. How far one is, is the size of its file on disk."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def create(self, wish: Announcement, who: SignedInPerson) -> Upload:
        """Begin an upload, find it again, or say that the photo is already here.

        Raises:
            HubProblem: 409 when the photo was not announced by an operation yet, or as another
                one; 413 when it is too large.
        """
        if wish.size_bytes > PHOTO_LIMIT_BYTES:
            raise HubProblem(413, f"A photo may have {PHOTO_LIMIT_BYTES} bytes.")
        if wish.is_copy:
            return self._create_copy(wish, who)
        upload_id = upload_id_of(wish.photo_id, wish.sha256)
        with self._database.write() as connection:
            photo = _announced(connection, wish, who)
            if not photo.filetype:
                connection.execute(
                    update(tables.photo)
                    .where(tables.photo.c.id == photo.id)
                    .values(filetype=wish.filetype[:64], upload_metadata=wish.metadata)
                )
            if self._vault.has(wish.sha256):
                self._settle(connection, upload_id, photo)
            else:
                self._begin(connection, upload_id, photo.id, who)
        return self.find(upload_id, who)

    def _create_copy(self, wish: Announcement, who: SignedInPerson) -> Upload:
        """Begin a screen copy's upload, find it again, or say that there is one already."""
        with self._database.write() as connection:
            _added_by(connection, wish, who)
            copy = screen_copies.announce(connection, wish, self._vault)
            if self._vault.has(copy.sha256):
                self._settle(connection, copy.upload_id, copy)
            else:
                self._begin(connection, copy.upload_id, copy.id, who)
        return screen_copies.held(self.find(copy.upload_id, who), wish)

    def find(self, upload_id: str, who: SignedInPerson) -> Upload:
        """Return where an upload stands; every byte it counts is on disk.

        Raises:
            HubProblem: 404 when there is none, or it is somebody else's; 410 when it expired.
        """
        with self._database.read() as connection:
            row = connection.execute(_find(upload_id)).one_or_none()
            if row is None:
                return _arrived(connection, upload_id, who)
        if row.person_id != who.person.id:
            raise not_found("upload")
        if from_stamp(row.expires_at) <= self._clock.now():
            raise HubProblem(410, "This upload was not continued for a week. Begin it again.")
        offset = self._offset(upload_id)
        if self._is_whole(row, offset):
            if self._finish(row):
                return self._safe(row)
            offset = 0
        return Upload(
            id=row.upload_id,
            photo=announcement_of(row),
            offset=offset,
            expires_at=from_stamp(row.expires_at),
        )

    def open_ones(self, who: SignedInPerson) -> Sequence[UploadOffset]:
        """Return all unfinished uploads of a person."""
        mine = _uploads().where(tables.upload.c.person_id == who.person.id)
        with self._database.read() as connection:
            rows = connection.execute(mine.order_by(tables.upload.c.id)).all()
        now = self._clock.now()
        standing = [
            self.find(row.upload_id, who) for row in rows if from_stamp(row.expires_at) > now
        ]
        return [
            UploadOffset(
                photo_id=PhotoId(upload.photo.photo_id),
                url=upload.url,
                offset=upload.offset,
                size_bytes=upload.photo.size_bytes,
                sha256=upload.photo.sha256,
            )
            for upload in standing
            if not upload.is_complete
        ]

    def pause(self, upload_id: str, who: SignedInPerson) -> Upload:
        """Put what arrived on disk, keep it for another week, and finish when it is whole.

        Raises:
            HubProblem: 460 when the whole file is not the announced one; it starts again from 0.
        """
        with self._database.read() as connection:
            row = connection.execute(_find(upload_id)).one_or_none()
        if row is None:
            return self.find(upload_id, who)
        offset = self._offset(upload_id)
        if self._is_whole(row, offset):
            if not self._finish(row):
                raise HubProblem(
                    CHECKSUM_MISMATCH,
                    "The photo arrived damaged and is sent again.",
                    "The bytes do not have the announced sha256.",
                )
            return self._safe(row)
        with self._database.write() as connection:
            connection.execute(
                update(tables.upload)
                .where(tables.upload.c.id == upload_id)
                .values(expires_at=to_stamp(self._clock.now() + KEPT_FOR))
            )
        return self.find(upload_id, who)

    def cancel(self, upload_id: str, who: SignedInPerson) -> None:
        """Throw an unfinished upload away.

        Raises:
            HubProblem: 404 or 410 as `find`; 409 when the photo has arrived.
        """
        if self.find(upload_id, who).is_complete:
            raise HubProblem(409, "The photo has arrived; it is not thrown away.")
        with self._database.write() as connection:
            connection.execute(delete(tables.upload).where(tables.upload.c.id == upload_id))
        self._vault.part(upload_id).unlink(missing_ok=True)

    def _begin(
        self, connection: Connection, upload_id: str, photo_id: str, who: SignedInPerson
    ) -> None:
        """Note an upload that is new, or that was not continued for too long."""
        now = self._clock.now()
        known = select(tables.upload.c.expires_at).where(tables.upload.c.id == upload_id)
        expires_at = connection.execute(known).scalar_one_or_none()
        if expires_at is not None and from_stamp(expires_at) > now:
            return
        connection.execute(delete(tables.upload).where(tables.upload.c.id == upload_id))
        self._vault.part(upload_id).unlink(missing_ok=True)
        connection.execute(
            insert(tables.upload).values(
                id=upload_id,
                photo_id=photo_id,
                person_id=who.person.id,
                expires_at=to_stamp(now + KEPT_FOR),
            )
        )

    def _is_whole(self, row: Row[Any], offset: int) -> bool:
        """Whether nothing of a photo is missing; it may still be another one."""
        return offset >= row.size_bytes or self._vault.has(row.sha256)

    def _finish(self, row: Row[Any]) -> bool:
        """Check a photo that is whole, move it into the vault and note it.

        Several may call this at once: the writing transaction lets one in after the other.

        Returns:
            Whether the photo is safe; if not, its bytes were another one's and are forgotten.
        """
        part = self._vault.part(row.upload_id)
        with self._database.write() as connection:
            if not self._vault.has(row.sha256):
                if size_of(part) < row.size_bytes:
                    return False
                if size_of(part) > row.size_bytes or hash_of(part) != row.sha256:
                    part.unlink()
                    return False
                self._vault.keep(part, row.sha256)
            self._settle(connection, row.upload_id, row)
        part.unlink(missing_ok=True)
        return True

    def _safe(self, row: Row[Any]) -> Upload:
        """Return an upload that was just finished, with the receipt of its photo."""
        with self._database.read() as connection:
            return finished(connection.execute(_named(row.upload_id)).one())

    def _settle(self, connection: Connection, upload_id: str, photo: Row[Any]) -> None:
        """Note that a photo, or its screen copy, is safe in the vault."""
        self._vault.confirm(photo.sha256)
        mark = screen_copies.mark_here if screen_copies.is_copy(upload_id) else mark_arrived
        mark(connection, photo, self._clock.now())
        connection.execute(delete(tables.upload).where(tables.upload.c.id == upload_id))

    def _offset(self, upload_id: str) -> int:
        """Return how many bytes are on disk for good."""
        part = self._vault.part(upload_id)
        try:
            sync_file(part)
        except FileNotFoundError:
            return 0
        sync_folder(part.parent)
        return size_of(part)


def _uploads() -> Any:
    """Return the query of originals' uploads with their photos; `id` is the photo's."""
    return select(
        tables.photo,
        tables.upload.c.person_id,
        tables.upload.c.expires_at,
    ).join(tables.upload, tables.upload.c.id == tables.photo.c.upload_id)


def _named(upload_id: str) -> Any:
    """Return the query of the photo, or screen copy, whose upload is or was called so."""
    if screen_copies.is_copy(upload_id):
        return screen_copies.copies().where(tables.screen_copy.c.upload_id == upload_id)
    return select(tables.photo).where(tables.photo.c.upload_id == upload_id)


def _find(upload_id: str) -> Any:
    """Return the query of one upload, of an original or of a screen copy."""
    if screen_copies.is_copy(upload_id):
        copies = screen_copies.copies().add_columns(
            tables.upload.c.person_id, tables.upload.c.expires_at
        )
        copies = copies.join(tables.upload, tables.upload.c.id == tables.screen_copy.c.upload_id)
        return copies.where(tables.upload.c.id == upload_id)
    return _uploads().where(tables.upload.c.id == upload_id)


def _announced(connection: Connection, wish: Announcement, who: SignedInPerson) -> Row[Any]:
    """Return the photo that an operation of this person announced, as it is wished."""
    row = _added_by(connection, wish, who)
    if (wish.sha256, wish.size_bytes) != (row.sha256, row.size_bytes):
        raise HubProblem(409, "The photo was announced as another one.")
    return row


def _added_by(connection: Connection, wish: Announcement, who: SignedInPerson) -> Row[Any]:
    """Return the photo that an operation of this person added to the job that is named."""
    found = select(tables.photo).where(tables.photo.c.id == wish.photo_id)
    row = connection.execute(found).one_or_none()
    if row is None:
        raise HubProblem(
            409,
            "The hub does not know this photo yet.",
            "Send the operation that adds it first, then try again.",
        )
    if row.added_by != who.person.id:
        raise not_found("photo")
    if wish.ticket_id != row.ticket_id:
        raise HubProblem(409, "The photo was announced as another one.")
    return row


def _arrived(connection: Connection, upload_id: str, who: SignedInPerson) -> Upload:
    """Return a finished upload, for a laptop that missed the last answer."""
    row = connection.execute(_named(upload_id)).one_or_none()
    if row is None or row.arrived_at is None or row.added_by != who.person.id:
        raise not_found("upload")
    return finished(row)
