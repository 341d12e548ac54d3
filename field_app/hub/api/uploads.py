"""Photos up by tus 1.0.0 (https://tus.io/protocols/resumable-upload)."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.hub.api import tus
from field_app.hub.api.description import BINARY, door, header
from field_app.hub.api.doors import TheHub, Who, pieces_of
from field_app.hub.problems import HubProblem

router = APIRouter(prefix="/photos/upload")
RESUMABLE: Final = header("Tus-Resumable", const=tus.SPOKEN)
LENGTH: Final = header("Upload-Length", pattern="^[0-9]+$")
OFFSET: Final = header("Upload-Offset", pattern="^[0-9]+$")
METADATA: Final = header("Upload-Metadata")
CHECKSUM: Final = header("Upload-Checksum", needed=False)
BYTES: Final = {tus.OFFSET_TYPE: BINARY}


@router.options("", **door({204: {}}, is_open=True))
@router.options("/{upload_id}", **door({204: {}}, is_open=True))
async def options() -> Response:
    """Say what is spoken here."""
    return Response(status_code=204, headers=tus.ABILITIES)


@router.post(
    "",
    response_class=Response,
    **door(
        {201: {}},
        (400, 404, 409, 412, 413, 423, 460),
        headers=(RESUMABLE, LENGTH, METADATA, CHECKSUM),
        body=BYTES,
    ),
)
async def create(request: Request, hub: TheHub, who: Who) -> Response:
    """Begin an upload or find it again; first bytes may travel along."""
    tus.check_version(request.headers)
    wish = tus.announcement_of(request.headers)
    upload = await run_in_threadpool(hub.uploads.create, wish, who)
    if upload.offset == 0 and tus.has_bytes(request.headers):
        checksum = tus.checksum_of(request.headers)
        upload = await hub.receiver.receive(upload, pieces_of(request), who, checksum)
    hub.news.tell()
    return Response(status_code=201, headers={"Location": upload.url, **tus.standing(upload)})


@router.head(
    "/{upload_id}",
    response_class=Response,
    **door({200: {}}, (404, 410, 412, 423), headers=(RESUMABLE,)),
)
async def head(upload_id: str, request: Request, hub: TheHub, who: Who) -> Response:
    """Answer how many bytes are here; a connection that hangs is ended first."""
    tus.check_version(request.headers)
    upload = await hub.receiver.find(upload_id, who)
    return Response(status_code=200, headers=tus.description(upload))


@router.patch(
    "/{upload_id}",
    response_class=Response,
    **door(
        {204: {}},
        (400, 404, 409, 410, 412, 415, 423, 460),
        headers=(RESUMABLE, OFFSET, CHECKSUM),
        body=BYTES,
    ),
)
async def send(upload_id: str, request: Request, hub: TheHub, who: Who) -> Response:
    """Take bytes from the offset on."""
    tus.check_version(request.headers)
    offset = tus.offset_of(request.headers)
    checksum = tus.checksum_of(request.headers)
    upload = await hub.receiver.find(upload_id, who)
    if offset != upload.offset:
        raise HubProblem(409, "The hub has another number of bytes.", f"It has {upload.offset}.")
    if not upload.is_complete:
        upload = await hub.receiver.receive(upload, pieces_of(request), who, checksum)
    hub.news.tell()
    return Response(status_code=204, headers=tus.standing(upload))


@router.delete(
    "/{upload_id}",
    response_class=Response,
    **door({204: {}}, (404, 409, 410, 412, 423), headers=(RESUMABLE,)),
)
async def cancel(upload_id: str, request: Request, hub: TheHub, who: Who) -> Response:
    """Throw an unfinished upload away."""
    tus.check_version(request.headers)
    await hub.receiver.find(upload_id, who)
    await run_in_threadpool(hub.uploads.cancel, upload_id, who)
    return Response(status_code=204, headers=tus.VERSION)
