"""Failures as problem documents (RFC 9457): plain words, never a stack trace."""

import logging
from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError

from field_app.hub.api import tus
from field_app.hub.problems import HubProblem
from field_app.hub.service.receiver import NO_ROOM, BrokenOff, disk_full
from field_app.hub.service.upload_standing import UPLOAD_PATH
from field_app.protocol.codec import Malformed, dump
from field_app.protocol.messages import PROBLEM_TYPE, Problem

log = logging.getLogger(__name__)
TITLES: Final = {
    404: "There is nothing at this address.",
    405: "This cannot be done at this address.",
}


def add_handlers(app: FastAPI) -> None:
    """Answer every failure with a problem document."""
    app.add_exception_handler(HubProblem, _known)
    app.add_exception_handler(Malformed, _malformed)
    app.add_exception_handler(RequestValidationError, _wrong_question)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(DataError, _no_data)
    app.add_exception_handler(BrokenOff, _broken_off)
    app.add_exception_handler(OSError, _disk)
    app.add_exception_handler(404, _nothing_there)
    app.add_exception_handler(405, _nothing_there)
    app.add_exception_handler(Exception, _bug)


def answer(request: Request, problem: HubProblem) -> Response:
    """Return the problem document of a problem."""
    document = Problem(
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        device_revoked=problem.device_revoked,
    )
    headers: Mapping[str, str] = problem.headers
    if request.url.path.startswith(UPLOAD_PATH):
        headers = {**tus.VERSION, **headers}
    body = b"" if request.method == "HEAD" else dump(document)
    return Response(body, problem.status, headers=headers, media_type=PROBLEM_TYPE)


async def _known(request: Request, error: Exception) -> Response:
    """Answer a known problem."""
    return answer(request, error if isinstance(error, HubProblem) else HubProblem(500, str(error)))


async def _malformed(request: Request, error: Exception) -> Response:
    """Answer a body that is not the message it should be."""
    return answer(request, HubProblem(400, "The request is not what the hub expects.", str(error)))


async def _wrong_question(request: Request, error: Exception) -> Response:
    """Answer parameters that the address does not take."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    detail = f"{where}: {first.get('msg', '')}"
    return answer(request, HubProblem(422, "A part of the address is not valid.", detail))


async def _nothing_there(request: Request, error: Exception) -> Response:
    """Answer an address or method that does not exist."""
    status: int = getattr(error, "status_code", 404)
    allowed = getattr(error, "headers", None)
    return answer(request, HubProblem(status, TITLES[status], headers=allowed))


async def _database(request: Request, error: Exception) -> Response:
    """Answer a database that is full or busy."""
    words = str(error).lower()
    if "full" in words or "no space" in words:
        return answer(request, disk_full())
    log.error("database: %s", error)
    problem = HubProblem(503, "The hub is busy.", headers={"Retry-After": "5"})
    return answer(request, problem)


async def _disk(request: Request, error: Exception) -> Response:
    """Answer a disk that is full, wherever it is met; anything else of the system is a bug."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return answer(request, disk_full())
    raise error


async def _no_data(request: Request, error: Exception) -> Response:
    """Answer words that no database keeps, as PostgreSQL refuses the sign of number nought."""
    log.info("no data: %s %s %s", request.method, request.url.path, type(error).__name__)
    return answer(request, HubProblem(400, "The request is not what the hub expects."))


async def _broken_off(request: Request, error: Exception) -> Response:
    """Answer a connection that is already gone; nobody reads this."""
    log.info("broken off: %s %s %s", request.method, request.url.path, error)
    return answer(request, HubProblem(400, "The connection ended."))


async def _bug(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw; the log has the trace."""
    log.error("bug in %s %s", request.method, request.url.path, exc_info=error)
    return answer(request, HubProblem(500, "Something went wrong at the hub."))
