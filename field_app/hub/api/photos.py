"""Photos down, and where my uploads stand."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from field_app.hub.api.description import BINARY, JSON, door, header, named
from field_app.hub.api.doors import TheHub, Who
from field_app.hub.api.ranges import check_range
from field_app.protocol.codec import dump
from field_app.protocol.messages import UploadOffsets

router = APIRouter()
Size = Annotated[str, Query(json_schema_extra={"enum": ["thumb", "screen", "original"]})]
ANY_PICTURE: Final = {"image/*": BINARY, "application/octet-stream": BINARY}


@router.get("/photos/uploads", **door({200: {JSON: named("UploadOffsets")}}))
def uploads(hub: TheHub, who: Who) -> Response:
    """Answer the offsets of all my open uploads."""
    mine = UploadOffsets(uploads=tuple(hub.uploads.open_ones(who)))
    return Response(dump(mine), media_type=JSON)


@router.get(
    "/photos/{photo_id}",
    response_class=Response,
    **door(
        {200: ANY_PICTURE, 206: ANY_PICTURE, 304: {}},
        (400, 404, 416, 422),
        headers=(header("Range", needed=False), header("If-None-Match", needed=False)),
    ),
)
def photo(
    photo_id: str, request: Request, hub: TheHub, who: Who, size: Size = "original"
) -> Response:
    """Send a photo; its bytes never change, so a laptop may keep it."""
    picture = hub.photos.find(photo_id, size, who)
    headers = {
        "ETag": f'"{picture.etag}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if picture.path is None:
        return Response(picture.preview, media_type=picture.filetype, headers=headers)
    check_range(request.scope, picture.path.stat().st_size)
    return FileResponse(picture.path, media_type=picture.filetype, headers=headers)
