"""`POST /roll-call`: a laptop asks what of its work the hub still holds."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.hub.api.description import JSON, door, named
from field_app.hub.api.doors import TheHub, WhoWas, body_of
from field_app.protocol.codec import dump, load_roll_call

router = APIRouter()


@router.post(
    "/roll-call",
    **door({200: {JSON: named("Absent")}}, (400, 413, 415), body={JSON: named("RollCall")}),
)
async def call(request: Request, hub: TheHub, who: WhoWas) -> Response:
    """Say what is missing or only recorded; also to a blocked laptop, which seals that first."""
    names = load_roll_call(await body_of(request))
    absent = await run_in_threadpool(hub.attendance.check, names, who)
    return Response(dump(absent), media_type=JSON)
