"""The hub as a web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

from field_app.domain.clock import Clock, SystemClock
from field_app.hub.api import (
    basemaps,
    changes,
    failures,
    operations,
    photos,
    rescue,
    roll_call,
    session,
    uploads,
)
from field_app.hub.api.description import add_description
from field_app.hub.api.overriding import MethodOverride
from field_app.hub.building import Hub, open_hub
from field_app.hub.settings import HubSettings, load_settings
from field_app.protocol.messages import BASE_PATH


def create_app(
    folder: Path, settings: HubSettings | None = None, clock: Clock | None = None
) -> FastAPI:
    """Open the hub in `folder` and return its web application; `app.state.hub` is the hub.

    Args:
        folder: The hub's data; made when missing.
        settings: What the agency chose; None reads `hub.toml` in the folder.
        clock: Tells the present; None is the computer's clock.

    Raises:
        FileUnreadable: `hub.toml` is wrong.
        DatabaseClosed: The database cannot be opened.
    """
    chosen = load_settings(folder) if settings is None else settings
    return app_of(open_hub(folder, chosen, clock or SystemClock()))


def app_of(hub: Hub) -> FastAPI:
    """Return the web application of an open hub; the hub is closed when it stops."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        hub.close()

    app = FastAPI(
        title="Field App hub", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.hub = hub
    hub.runs.begin()
    hub.arrivals.tidy()
    failures.add_handlers(app)
    add_description(app)
    app.add_middleware(MethodOverride)
    for part in (session, changes, operations, uploads, photos, basemaps, rescue, roll_call):
        app.include_router(part.router, prefix=BASE_PATH)
    return app
