"""Photos down, and where my uploads stand."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from field_app.hub.api.doors import TheHub, Who
from field_app.protocol.codec import dump
from field_app.protocol.messages import UploadOffsets

router = APIRouter()


@router.get("/photos/uploads")
def uploads(hub: TheHub, who: Who) -> Response:
    """Answer the offsets of all my open uploads."""
    mine = UploadOffsets(uploads=tuple(hub.uploads.open_ones(who)))
    return Response(dump(mine), media_type="application/json")


@router.get("/photos/{photo_id}")
def photo(
    photo_id: str, request: Request, hub: TheHub, who: Who, size: str = "original"
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
    return FileResponse(picture.path, media_type=picture.filetype, headers=headers)
