"""`POST /rescue-packs`: a sealed pack that a colleague carried here."""

import base64
import binascii
import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.domain.errors import FileUnreadable, NewerVersionNeeded
from field_app.domain.pack_errors import NotThisKey
from field_app.hub.api.description import BINARY, JSON, door, header, named
from field_app.hub.api.doors import TheHub, Who, pieces_of
from field_app.hub.building import Hub
from field_app.hub.problems import HubProblem
from field_app.hub.service.receiver import NO_ROOM, disk_full
from field_app.hub.service.rescue import RescueRefused
from field_app.hub.service.vault import sync_file
from field_app.packs.form import SERVED_MANIFEST_LIMIT_BYTES
from field_app.packs.reading import open_pack
from field_app.protocol.codec import dump
from field_app.protocol.messages import CHECKSUM_MISMATCH
from field_app.protocol.pack import PackReceipt

router = APIRouter()
LIMIT_BYTES: Final = 4 * 1024 * 1024 * 1024
"""Largest pack that comes by network; a larger one is imported by command."""
_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


@router.post(
    "/rescue-packs",
    **door(
        {200: {JSON: named("PackReceipt")}},
        (400, 411, 413, 422, 460),
        headers=(header("Content-Digest", pattern=f"^{_DIGEST.pattern}$"),),
        body={"application/octet-stream": BINARY},
    ),
)
async def take(request: Request, hub: TheHub, _who: Who) -> Response:
    """Take a pack whole, open it with its device's key, and answer what was in it."""
    sha256 = _digest_of(request)
    length = _length_of(request)
    try:
        with hub.arrivals.expect(length) as part:
            await _receive(part, pieces_of(request), length, sha256)
            async with hub.arrivals.turn:
                receipt = await run_in_threadpool(_taken, hub, part, sha256)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise disk_full() from error
        raise
    hub.news.tell()
    return Response(dump(receipt), media_type=JSON)


def _taken(hub: Hub, part: Path, sha256: str) -> PackReceipt:
    """Import a pack that is here whole.

    Raises:
        HubProblem: 422 when it is none of this hub's, 413 when it would take too much memory.
    """
    try:
        sync_file(part)
        with open_pack(part) as sealed:
            if sealed.manifest_bytes > SERVED_MANIFEST_LIMIT_BYTES:
                raise _too_large()
            return hub.rescue.take(hub.rescue.opened(sealed)).receipt(sha256)
    except NotThisKey as error:
        raise HubProblem(422, "The hub has no key for this rescue pack.") from error
    except (FileUnreadable, NewerVersionNeeded, RescueRefused) as error:
        raise HubProblem(422, "The hub cannot take this rescue pack.", str(error)) from error


async def _receive(part: Path, pieces: AsyncIterator[bytes], length: int, sha256: str) -> None:
    """Write a pack's bytes as they come in.

    Raises:
        HubProblem: 400 for another number of bytes, 460 for other bytes than were announced.
        BrokenOff: The connection ended.
    """
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        async for piece in pieces:
            size += len(piece)
            if size > length:
                raise HubProblem(400, "More bytes came than were announced.")
            digest.update(piece)
            await run_in_threadpool(file.write, piece)
    if size < length:
        raise HubProblem(400, "Fewer bytes came than were announced.")
    if digest.hexdigest() != sha256:
        raise HubProblem(CHECKSUM_MISMATCH, "The pack arrived damaged; send it again.")


def _length_of(request: Request) -> int:
    """Return the announced number of bytes.

    Raises:
        HubProblem: 411 without one, 413 for too many.
    """
    text = request.headers.get("Content-Length", "")
    if not (text.isascii() and text.isdigit()):
        raise HubProblem(411, "A rescue pack must say how large it is.")
    if len(text) > len(str(LIMIT_BYTES)) or int(text) > LIMIT_BYTES:
        raise _too_large()
    return int(text)


def _too_large() -> HubProblem:
    """Return the problem of a pack that the hub cannot take while it serves laptops."""
    return HubProblem(413, "This rescue pack is too large.", "Import it at the hub by command.")


def _digest_of(request: Request) -> str:
    """Return the announced sha256 (RFC 9530), 64 hex digits.

    Raises:
        HubProblem: 400 without one.
    """
    found = _DIGEST.fullmatch(request.headers.get("Content-Digest", "").strip())
    try:
        if found is not None:
            return base64.b64decode(found.group(1), validate=True).hex()
    except binascii.Error as error:
        raise HubProblem(400, "Content-Digest is no base64.") from error
    raise HubProblem(400, "A rescue pack must come with its Content-Digest, sha-256.")
