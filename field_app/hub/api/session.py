"""Signing in, and whether the hub is well."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.domain.clock import to_stamp
from field_app.hub.api.doors import TheHub, body_of
from field_app.protocol.codec import dump, load_sign_in
from field_app.protocol.messages import PROTOCOL_VERSION

router = APIRouter()
JSON = "application/json"


@router.post("/devices")
async def sign_in(request: Request, hub: TheHub) -> Response:
    """Check a password and give the device its token."""
    wish = load_sign_in(await body_of(request))
    address = request.client.host if request.client else ""
    hub.tries.count(wish.username, address)
    answer = await run_in_threadpool(hub.accounts.sign_in, wish)
    hub.tries.forget(wish.username, address)
    return Response(dump(answer), media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/health")
def health(hub: TheHub) -> dict[str, str | int]:
    """Say that the hub answers, and what it speaks."""
    return {
        "status": "ok",
        "agency": hub.settings.agency,
        "protocol_version": PROTOCOL_VERSION,
        "server_time": to_stamp(hub.clock.now()),
    }
