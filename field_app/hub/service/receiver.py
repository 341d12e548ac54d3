"""The receiver: writes an upload's bytes as they come in, so that a break loses none of them."""

import asyncio
import errno
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from fastapi.concurrency import run_in_threadpool

from field_app.hub.problems import HubProblem
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.upload_standing import Upload
from field_app.hub.service.uploads import Uploads
from field_app.hub.service.vault import Vault, size_of
from field_app.protocol.messages import CHECKSUM_MISMATCH

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
LOCKED: Final = 423


class BrokenOff(Exception):
    """The laptop's connection ended in the middle of its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """What a laptop says that the bytes of one request hash to."""

    algorithm: str
    """`sha1` or `sha256`."""
    digest: bytes


def disk_full() -> HubProblem:
    """Return the problem of a hub without room."""
    return HubProblem(
        507, "The hub has no room left.", "Tell your IT. The photo is kept for later."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Connection:
    """One connection that sends a photo's bytes."""

    writing: "asyncio.Task[None]"
    taking: "asyncio.Task[Upload]"
    """Ends after `writing`, once everything that came is on disk and a whole photo is checked."""


@dataclass(slots=True)
class Receiver:
    """Takes bytes of uploads, each upload from one connection at a time."""

    uploads: Uploads
    vault: Vault
    _active: dict[str, _Connection] = field(default_factory=dict)

    async def find(self, upload_id: str, who: SignedInPerson) -> Upload:
        """Return where an upload stands; a connection that may hang is ended first.

        Raises:
            HubProblem: As `Uploads.find`; a stranger ends nobody's connection.
        """
        upload = await run_in_threadpool(self.uploads.find, upload_id, who)
        if upload_id not in self._active:
            return upload
        await self._take_over(upload_id)
        return await run_in_threadpool(self.uploads.find, upload_id, who)

    async def receive(
        self,
        upload: Upload,
        pieces: AsyncIterator[bytes],
        who: SignedInPerson,
        checksum: Checksum | None,
    ) -> Upload:
        """Write bytes from the upload's offset on, and return where it stands then.

        Raises:
            HubProblem: 460 for wrong bytes, 400 for too many, 423 when another connection took
                over, 507 when the disk is full. Right bytes that came before stay.
            BrokenOff: The connection ended; what came before stays.
        """
        await self._take_over(upload.id)
        writing = asyncio.create_task(self._write(upload, pieces, checksum))
        taking = asyncio.create_task(self._take(writing, upload, who))
        self._active[upload.id] = _Connection(writing=writing, taking=taking)
        taking.add_done_callback(lambda _taken: self._active.pop(upload.id, None))
        try:
            await asyncio.wait({taking})
        finally:
            writing.cancel()
        return taking.result()

    async def _take_over(self, upload_id: str) -> None:
        """End an earlier connection of this upload; nobody writes to it when this returns."""
        while (earlier := self._active.get(upload_id)) is not None:
            if earlier.taking.get_loop() is not asyncio.get_running_loop():
                raise HubProblem(LOCKED, "Another connection sends this photo.")
            earlier.writing.cancel()
            await asyncio.wait({earlier.taking})

    async def _take(
        self, writing: "asyncio.Task[None]", upload: Upload, who: SignedInPerson
    ) -> Upload:
        """Return where an upload stands after one request's bytes were written."""
        await asyncio.wait({writing})
        try:
            reached = await run_in_threadpool(self.uploads.pause, upload.id, who)
            if writing.cancelled():
                raise HubProblem(LOCKED, "Another connection goes on with this photo.")
            writing.result()
        except OSError as error:
            if error.errno in NO_ROOM:
                raise disk_full() from error
            raise
        return reached

    async def _write(
        self, upload: Upload, pieces: AsyncIterator[bytes], checksum: Checksum | None
    ) -> None:
        """Write the bytes of one request."""
        part = self.vault.part(upload.id)
        with part.open("ab", buffering=0) as file:
            if file.tell() != upload.offset:
                raise HubProblem(LOCKED, "Another connection sends this photo.")
            digest = None if checksum is None else hashlib.new(checksum.algorithm)
            async for piece in pieces:
                if size_of(part) + len(piece) > upload.photo.size_bytes:
                    file.truncate(upload.offset)
                    raise HubProblem(400, "More bytes came than were announced.")
                _write_all(file, piece)
                if digest is not None:
                    digest.update(piece)
            if checksum is not None and digest is not None and digest.digest() != checksum.digest:
                file.truncate(upload.offset)
                raise HubProblem(CHECKSUM_MISMATCH, "The bytes arrived damaged; send them again.")


def _write_all(file: BinaryIO, piece: bytes) -> None:
    """Write a whole piece to an unbuffered file."""
    view = memoryview(piece)
    while view:
        view = view[file.write(view) :]
