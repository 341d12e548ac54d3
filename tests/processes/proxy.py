"""A hostile proxy: drops, throttles, delays, cuts at any byte, and repeats what it has seen."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

from tests.processes.messages import Head, answer_body_of, body_of
from tests.processes.record import Record

PAGE: Final = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
BAD_GATEWAY: Final = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE)
)
RATES: Final = (300_000, 1_500_000, 6_000_000)
"""Bytes a second that a connection may carry."""
REPEATED_BYTES: Final = 1024 * 1024
"""Largest request that is kept to be repeated."""
KEPT: Final = 30
"""Old requests that are kept to be repeated."""
LONGEST_DELAY_S: Final = 0.4
FATES: Final = {
    "passes": 58,
    "drops the line": 4,
    "cuts the request": 10,
    "cuts the answer": 10,
    "repeats it": 8,
    "repeats an old one": 4,
    "delays it": 4,
    "says 502": 2,
}
"""What may happen to a request, and how often in a hundred."""


class Dropped(ConnectionError):
    """The proxy ends a connection."""


@dataclass(slots=True)
class _Way:
    """One direction of a connection: a writer that stops at a byte, and a speed."""

    writer: asyncio.StreamWriter
    rate: float
    left: int | None = None
    """Bytes that still get through; None for all."""

    async def send(self, data: bytes) -> None:
        """Pass bytes on.

        Raises:
            Dropped: The last byte that was to get through is through.
        """
        part = data if self.left is None else data[: self.left]
        self.writer.write(part)
        await self.writer.drain()
        if self.left is not None:
            self.left -= len(part)
            if len(part) < len(data) or self.left == 0:
                raise Dropped
        await asyncio.sleep(len(part) / self.rate)


@dataclass(slots=True)
class HostileProxy:
    """Carries requests from 127.0.0.1 to the hub, in a thread of its own; use as a context."""

    seed: int
    hub_port: int = 0
    is_well: bool = False
    """Whether everything gets through as it is."""
    port: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    """How often what happened."""
    record: Record = field(default_factory=Record)
    _chance: random.Random = field(init=False)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _old: list[bytes] = field(default_factory=list)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _bytes: threading.Condition = field(default_factory=threading.Condition)
    _moved: int = 0
    _server: asyncio.Server = field(init=False)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait_for_bytes(self, count: int, longest_s: float) -> None:
        """Return once so many more bytes of requests went through, or when the time is up."""
        with self._bytes:
            goal = self._moved + count
            self._bytes.wait_for(lambda: self._moved >= goal, longest_s)

    async def _open(self) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _close(self) -> None:
        """Stop listening and end all connections."""
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's requests until one side has enough."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        rate = self._chance.choice(RATES)
        hub: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        try:
            while True:
                head = await Head.read(reader)
                if hub is None:
                    hub = await self._call_hub(writer)
                line = _Line(self, head, reader, _Way(hub[1], rate), hub[0], _Way(writer, rate))
                if not await line.carry():
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # one side is gone, or the proxy dropped the line or closes
        finally:
            self._tasks.discard(task)
            for end in (writer, *(hub[1:] if hub else ())):
                end.transport.abort()

    async def _call_hub(
        self, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection to the hub.

        Raises:
            OSError: It does not run; the laptop may be told by a page.
        """
        try:
            return await asyncio.open_connection("127.0.0.1", self.hub_port)
        except OSError:
            if self._chance.random() < 0.5:
                writer.write(BAD_GATEWAY)
                await writer.drain()
            raise

    def fate(self) -> str:
        """Draw what happens to a request."""
        name = "passes"
        if not self.is_well:
            name = self._chance.choices(list(FATES), list(FATES.values()))[0]
        self.fates[name] += 1
        return name

    def place_below(self, count: int) -> int:
        """Draw a byte."""
        return self._chance.randrange(count)

    def delay_s(self) -> float:
        """Draw a delay."""
        return self._chance.uniform(0, LONGEST_DELAY_S)

    def count(self, size: int) -> None:
        """Note that bytes went through."""
        with self._bytes:
            self._moved += size
            self._bytes.notify_all()

    def keep(self, request: bytes) -> None:
        """Keep a whole request, to repeat it some day."""
        self._old.append(request)
        if len(self._old) > KEPT:
            del self._old[self._chance.randrange(KEPT)]

    def repeat(self, request: bytes | None = None) -> None:
        """Send a request once more, an old one for None; nobody waits for the answer."""
        if request is None:
            if not self._old:
                return
            request = self._chance.choice(self._old)
        task = self._loop.create_task(self._repeat(request, self.delay_s()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _repeat(self, request: bytes, delay_s: float) -> None:
        """Send a request on a connection of its own."""
        await asyncio.sleep(delay_s)
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.hub_port)
            try:
                writer.write(request)
                await writer.drain()
                head = await Head.read(reader)
                self.record.answered(int(head.first[1]))
            finally:
                writer.close()


@dataclass(slots=True)
class _Line:
    """One request and its answer on their way."""

    proxy: HostileProxy
    head: Head
    laptop: asyncio.StreamReader
    to_hub: _Way
    hub: asyncio.StreamReader
    to_laptop: _Way
    life: int = 0
    fate: str = ""
    copy: bytearray = field(default_factory=bytearray)

    async def carry(self) -> bool:
        """Carry both; return whether another request may follow on this connection.

        Raises:
            OSError: One side is gone, or the proxy dropped the line.
            asyncio.IncompleteReadError: One side ended in the middle.
        """
        self.life = self.proxy.record.life
        self.proxy.record.asks(self.head)
        await self._befall()
        asking = asyncio.create_task(self._ask())
        answering = asyncio.create_task(self._answer())
        try:
            await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                asking.result()
                await answering
            return answering.result() and asking.done()
        finally:
            for task in (asking, answering):
                task.cancel()
            await asyncio.gather(asking, answering, return_exceptions=True)

    async def _befall(self) -> None:
        """Let happen what is to happen before the first byte is passed on."""
        self.fate = self.proxy.fate()
        if self.fate == "drops the line":
            raise Dropped
        if self.fate == "says 502":
            await self.to_laptop.send(BAD_GATEWAY)
            raise Dropped
        if self.fate == "cuts the request":
            self.to_hub.left = 1 + self.proxy.place_below(len(self.head.raw) + self.head.length)
        elif self.fate == "delays it":
            await asyncio.sleep(self.proxy.delay_s())
        elif self.fate == "repeats an old one":
            self.proxy.repeat()

    async def _ask(self) -> None:
        """Pass the request on."""
        async for piece in self._request():
            self.copy += piece if len(self.copy) <= REPEATED_BYTES else b""
            await self.to_hub.send(piece)
            self.proxy.count(len(piece))
        if self.head.first[0] in {"POST", "PATCH"} and len(self.copy) <= REPEATED_BYTES:
            self.proxy.keep(bytes(self.copy))
            if self.fate == "repeats it":
                self.proxy.repeat(bytes(self.copy))

    async def _request(self) -> AsyncIterator[bytes]:
        """Yield the request's bytes as they come."""
        yield self.head.raw
        async for piece in body_of(self.head, self.laptop):
            yield piece

    async def _answer(self) -> bool:
        """Pass the answer on; return whether the hub keeps the connection."""
        head = await Head.read(self.hub)
        self.proxy.record.answered(int(head.first[1]))
        if self.fate == "cuts the answer":
            self.to_laptop.left = self.proxy.place_below(len(head.raw) + min(head.length, 4096)) + 1
        await self.to_laptop.send(head.raw)
        self.proxy.record.told(self.life, self.head, head)
        async for piece in answer_body_of(self.head.first[0], head, self.hub):
            await self.to_laptop.send(piece)
        return not head.closes
