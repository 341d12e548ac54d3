"""Requests whose method stands in a header, for networks that let only POST through (tus core)."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from field_app.hub.service.upload_standing import UPLOAD_PATH

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
OVERRIDE: Final = b"x-http-method-override"


class MethodOverride:
    """Gives requests to upload addresses the method that `X-HTTP-Method-Override` names."""

    def __init__(self, app: Application) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOAD_PATH):
            for name, value in scope["headers"]:
                if name == OVERRIDE:
                    scope = {**scope, "method": value.decode("latin-1").strip().upper()}
        await self._app(scope, receive, send)
