"""`GET /changes`: what changed since a cursor, as a stream of lines."""

import zlib
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Annotated, Final

import zstandard
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from field_app.hub.api.description import door, named
from field_app.hub.api.doors import SameRun, TheHub, Who
from field_app.hub.building import Hub
from field_app.hub.news import RECHECK_S
from field_app.hub.service.feed import Place
from field_app.hub.service.ledger import SignedInPerson
from field_app.protocol.messages import CHANGES_TYPE
from field_app.protocol.roll_call import RUN_HEADER

router = APIRouter()
ZSTD_LEVEL: Final = 3
GZIP_LEVEL: Final = 6
LONGEST_WAIT_S: Final = 25


@router.get(
    "/changes",
    response_class=StreamingResponse,
    dependencies=[SameRun],
    **door({200: {CHANGES_TYPE: named("ChangeLine")}}, (410, 412, 422)),
)
async def changes(
    request: Request,
    hub: TheHub,
    who: Who,
    cursor: str | None = None,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S)] = 0,
) -> Response:
    """Send everything that changed; with `wait`, hold the line until something does."""
    place = await run_in_threadpool(hub.feed.find, cursor, who.person)
    await _wait(hub, place, who, wait)
    packing = _packing(request.headers.get("Accept-Encoding", ""))
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store", RUN_HEADER: hub.runs.current}
    if packing:
        headers["Content-Encoding"] = packing
    lines = _packed(hub.feed.lines(place, who.person), packing)
    return StreamingResponse(lines, media_type=CHANGES_TYPE, headers=headers)


async def _wait(hub: Hub, place: Place, who: SignedInPerson, wait_s: float) -> None:
    """Return when there is something for this person, or when the time is up."""
    until = monotonic() + wait_s
    while (left_s := until - monotonic()) > 0 and not hub.news.is_closed:
        if await run_in_threadpool(hub.feed.has_news, place, who.person):
            return
        await hub.news.wait(min(left_s, RECHECK_S))


def _packing(accepted: str) -> str:
    """Return the best packing that the laptop takes; nothing for none."""
    names = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.strip().partition(";")
        names[name.strip()] = quality.replace(" ", "")
    for packing in ("zstd", "gzip"):
        if names.get(packing, "q=0") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            return packing
    return ""


def _packed(batches: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Pack each batch so that the laptop can read all its lines at once."""
    if packing == "zstd":
        zstd = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compressobj()
        for batch in batches:
            yield zstd.compress(batch) + zstd.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        yield zstd.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)
    elif packing == "gzip":
        gzip = zlib.compressobj(GZIP_LEVEL, wbits=zlib.MAX_WBITS | 16)
        for batch in batches:
            yield gzip.compress(batch) + gzip.flush(zlib.Z_SYNC_FLUSH)
        yield gzip.flush(zlib.Z_FINISH)
    else:
        yield from batches
