"""Area maps down: the list, and each package whole or in part."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from field_app.hub.api.description import BINARY, JSON, door, header, named
from field_app.hub.api.doors import TheHub, Who
from field_app.hub.api.ranges import check_range
from field_app.protocol.codec import dump
from field_app.protocol.messages import Basemaps

router = APIRouter()
PACKAGE_TYPE: Final = "application/octet-stream"
PACKAGE: Final = {PACKAGE_TYPE: BINARY}


@router.get("/basemaps", **door({200: {JSON: named("Basemaps")}}))
def basemaps(hub: TheHub, _who: Who) -> Response:
    """Answer which area maps there are."""
    return Response(dump(Basemaps(basemaps=hub.basemaps.all())), media_type=JSON)


@router.get(
    "/basemaps/{sha256}",
    response_class=Response,
    **door(
        {200: PACKAGE, 206: PACKAGE, 304: {}},
        (400, 404, 416),
        headers=(header("Range", needed=False), header("If-None-Match", needed=False)),
    ),
)
def basemap(sha256: str, request: Request, hub: TheHub, _who: Who) -> Response:
    """Send a package, or the part that is asked for; its bytes never change."""
    known, path = hub.basemaps.file(sha256)
    headers = {
        "ETag": f'"{known.sha256}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    check_range(request.scope, path.stat().st_size)
    return FileResponse(path, media_type=PACKAGE_TYPE, headers=headers)
