"""`POST /operations`: what people did."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from field_app.hub.api.description import JSON, door, named
from field_app.hub.api.doors import SameRun, TheHub, Who, body_of
from field_app.protocol.codec import dump, load_batch_items

router = APIRouter()


@router.post(
    "/operations",
    dependencies=[SameRun],
    **door(
        {200: {JSON: named("Verdicts")}},
        (400, 412, 413, 415),
        body={JSON: named("OperationBatch")},
    ),
)
async def take(request: Request, hub: TheHub, who: Who) -> Response:
    """Decide about a batch and answer one verdict each."""
    items = load_batch_items(await body_of(request))
    verdicts = await run_in_threadpool(hub.ledger.take, items, who)
    hub.news.tell()
    return Response(dump(verdicts), media_type=JSON)
