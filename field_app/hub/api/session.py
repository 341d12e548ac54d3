"""Signing in, and whether the hub is well."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.domain.clock import to_stamp
from field_app.hub.api.description import JSON, door, named
from field_app.hub.api.doors import TheHub, body_of
from field_app.protocol.codec import dump, load_sign_in
from field_app.protocol.messages import PROTOCOL_VERSION

router = APIRouter()
HEALTH: Final = {
    "type": "object",
    "required": ["status", "agency", "protocol_version", "server_time"],
    "properties": {
        **{name: {"type": "string"} for name in ("status", "agency", "server_time")},
        "protocol_version": {"type": "integer"},
    },
}


@router.post(
    "/devices",
    **door(
        {200: {JSON: named("SignedIn")}},
        (400, 401, 413, 415, 429),
        body={JSON: named("SignIn")},
        is_open=True,
    ),
)
async def sign_in(request: Request, hub: TheHub) -> Response:
    """Check a password and give the device its token."""
    wish = load_sign_in(await body_of(request))
    address = request.client.host if request.client else ""
    hub.tries.count(wish.username, address)
    answer = await run_in_threadpool(hub.accounts.sign_in, wish)
    hub.tries.forget(wish.username, address)
    return Response(dump(answer), media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/health", **door({200: {JSON: HEALTH}}, is_open=True))
def health(hub: TheHub) -> dict[str, str | int]:
    """Say that the hub answers, and what it speaks."""
    return {
        "status": "ok",
        "agency": hub.settings.agency,
        "protocol_version": PROTOCOL_VERSION,
        "server_time": to_stamp(hub.clock.now()),
    }
