"""What every door needs: the hub behind it, who knocks, and a body of bounded size."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from field_app.hub.building import Hub
from field_app.hub.problems import HubProblem
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.receiver import BrokenOff
from field_app.protocol.roll_call import OTHER_RUN, RUN_HEADER

SILENCE_S = 120.0
"""How long a body may bring no byte; a laptop that vanished holds nothing for ever."""
BODY_LIMIT_BYTES: Final = 16 * 1024 * 1024
"""Largest JSON body, unpacked."""


def hub_of(request: Request) -> Hub:
    """Return the hub that serves this request."""
    hub: Hub = request.app.state.hub
    return hub


async def the_hub(request: Request) -> Hub:
    """Return the hub; a plain function would cost every request a change of threads."""
    return hub_of(request)


async def signed_in(request: Request) -> SignedInPerson:
    """Return who speaks.

    Raises:
        HubProblem: 401 without a token that the hub knows.
    """
    return await run_in_threadpool(hub_of(request).accounts.who, _token_of(request))


async def once_signed_in(request: Request) -> SignedInPerson:
    """Return who speaks, also of a device that was blocked: for questions that change nothing.

    Raises:
        HubProblem: 401 without a token that the hub knows.
    """
    return await run_in_threadpool(hub_of(request).accounts.who_was, _token_of(request))


def _token_of(request: Request) -> str:
    """Return the token that a request brings; 401 when it brings none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise HubProblem(401, "Sign in first.", headers={"WWW-Authenticate": "Bearer"})
    return token


async def pieces_of(request: Request) -> AsyncIterator[bytes]:
    """Give the body's bytes as they come in.

    Raises:
        BrokenOff: The connection ended, or fell silent, before the body did.
    """
    is_more = True
    while is_more:
        try:
            async with asyncio.timeout(SILENCE_S):
                message = await request.receive()
        except TimeoutError as error:
            raise BrokenOff("no byte came any more") from error
        if message["type"] == "http.disconnect":
            raise BrokenOff
        if message.get("body"):
            yield message["body"]
        is_more = message.get("more_body", False)


async def body_of(request: Request) -> bytes:
    """Return the whole body, unpacked when it is gzip.

    Raises:
        HubProblem: 413 when it is too large, 400 when it is no gzip, 415 for another packing.
        BrokenOff: The connection ended before the body did.
    """
    packing = request.headers.get("Content-Encoding", "identity").lower()
    if packing not in {"identity", "gzip"}:
        raise HubProblem(415, "A body may be packed with gzip only.")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    body = bytearray()
    async for piece in pieces_of(request):
        body += piece if packing == "identity" else _unpack(unpacker, piece)
        if len(body) > BODY_LIMIT_BYTES:
            raise HubProblem(413, "The request is too large.")
    if packing == "gzip" and not unpacker.eof:
        raise HubProblem(400, "The request's gzip is not complete.")
    return bytes(body)


def _unpack(unpacker: "zlib._Decompress", piece: bytes) -> bytes:
    """Return unpacked bytes, a little more than the limit at most."""
    try:
        return unpacker.decompress(piece, BODY_LIMIT_BYTES + 1)
    except zlib.error as error:
        raise HubProblem(400, "The request is no gzip.") from error


async def same_run(request: Request) -> None:
    """Let nobody in who does not know that the hub was started anew.

    Raises:
        HubProblem: 412 when the laptop names another run; it calls the roll and comes again.
    """
    told = request.headers.get(RUN_HEADER, "")
    if told and told != hub_of(request).runs.current:
        raise HubProblem(OTHER_RUN, "The hub was started anew.", "Call the roll first.")


TheHub = Annotated[Hub, Depends(the_hub)]
Who = Annotated[SignedInPerson, Depends(signed_in)]
WhoWas = Annotated[SignedInPerson, Depends(once_signed_in)]
SameRun = Depends(same_run)
