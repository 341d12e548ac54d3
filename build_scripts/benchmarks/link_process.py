"""The process of a `Link`: forwards connections to a hub as slowly and as badly as it is told.

python -m build_scripts.benchmarks.link_process PORT PROFILE
"""

import asyncio
import json
import random
import socket
import struct
import sys
from dataclasses import dataclass, fields
from typing import Any, Final

from build_scripts.benchmarks.link import Counts, Profile, profile_of

QUEUE_S: Final = 0.25
"""How much waits before the bottleneck, for all connections together; a real one has some too."""
PIECE_S: Final = 0.01
LEAST_PIECE: Final = 1448
"""What one TCP segment carries."""
LARGEST_PIECE: Final = 64 * 1024
RECEIVE_BUFFER: Final = 16 * 1024
"""Of the laptop's connections here, so that little lies where neither side sees it."""
RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER that makes closing a reset."""


class Bottleneck:
    """One direction's narrowest place: first in, first out, whatever connection it is from."""

    def __init__(self, bits_per_s: float | None) -> None:
        """Open it; `run` serves it."""
        self.bits_per_s = bits_per_s
        self.held_until = 0.0
        self._queue: asyncio.Queue[tuple[Way, bytes]] = asyncio.Queue(round(QUEUE_S / PIECE_S))

    @property
    def piece_bytes(self) -> int:
        """How much enters at a time."""
        if self.bits_per_s is None:
            return LARGEST_PIECE
        own = round(self.bits_per_s / 8 * PIECE_S)
        return max(LEAST_PIECE, min(LARGEST_PIECE, own))

    async def enter(self, way: "Way", piece: bytes) -> None:
        """Queue up; returns once there is room in the queue."""
        await self._queue.put((way, piece))

    async def run(self) -> None:
        """Let one piece after the other pass at the rate."""
        now = asyncio.get_running_loop().time
        free_at = now()
        while True:
            if self._queue.empty():
                item = await self._queue.get()
                free_at = max(free_at, now())
            else:
                item = self._queue.get_nowait()
            way, piece = item
            if way.pair.is_cut:
                continue
            free_at = max(free_at, self.held_until)
            if self.bits_per_s is not None:
                free_at += len(piece) * 8 / self.bits_per_s
            await asyncio.sleep(max(0.0, free_at - now()))
            way.passed(piece)


@dataclass(slots=True)
class Pair:
    """A laptop's connection and the one to the hub that belongs to it."""

    laptop: socket.socket
    hub: socket.socket
    breaks_at: int | None
    """Bytes that go up before it is reset; None for never."""
    up_bytes: int = 0
    is_cut: bool = False
    is_mute: bool = False
    task: "asyncio.Task[None] | None" = None

    def cut(self) -> None:
        """End it, with whatever is under way."""
        self.is_cut = True
        if self.task is not None:
            self.task.cancel()

    def reset(self) -> None:
        """Hang up on both sides; nothing may be under way any more."""
        self.is_cut = True
        for side in (self.laptop, self.hub):
            side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            side.close()


class Way:
    """One direction of one connection."""

    def __init__(self, net: "Net", pair: Pair, *, is_up: bool) -> None:
        """Make it; `read` and `write` run it."""
        self.pair = pair
        self._net = net
        self._is_up = is_up
        self._source, self._goal = (pair.laptop, pair.hub) if is_up else (pair.hub, pair.laptop)
        self._neck = net.up if is_up else net.down
        self._under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def read(self) -> None:
        """Take what comes, as fast as the bottleneck does."""
        loop = asyncio.get_running_loop()
        piece = b"-"
        while piece:
            try:
                piece = await loop.sock_recv(self._source, self._neck.piece_bytes)
            except OSError:
                self.pair.cut()
                return
            if self.pair.is_mute:
                await asyncio.Event().wait()
            await self._neck.enter(self, piece)

    def passed(self, piece: bytes) -> None:
        """Send a piece on that came through the bottleneck; half a round trip is before it."""
        if self.pair.is_mute:
            return
        at = asyncio.get_running_loop().time() + self._net.profile.round_trip_s / 2
        self._net.count("up_carried" if self._is_up else "down_carried", len(piece))
        self._under_way.put_nowait((at, piece))
        if self._is_up:
            self.pair.up_bytes += len(piece)
            if self.pair.breaks_at is not None and self.pair.up_bytes >= self.pair.breaks_at:
                self._net.cut([self.pair])

    async def write(self) -> None:
        """Hand over what is due."""
        loop = asyncio.get_running_loop()
        piece = b"-"
        while piece:
            at, piece = await self._under_way.get()
            await asyncio.sleep(max(0.0, at - loop.time()))
            if self.pair.is_mute:
                return
            try:
                if piece:
                    await loop.sock_sendall(self._goal, piece)
                else:
                    self._goal.shutdown(socket.SHUT_WR)
            except OSError:
                self.pair.cut()
                return
            self._net.count("up_delivered" if self._is_up else "down_delivered", len(piece))


class Net:
    """All connections, and what is told to the one who measures."""

    def __init__(self, hub_port: int, profile: Profile) -> None:
        """Make it; `serve` runs it."""
        self.profile = profile
        self.up = Bottleneck(profile.up_bits_per_s)
        self.down = Bottleneck(profile.down_bits_per_s)
        self._hub_port = hub_port
        self._chance = random.Random(profile.seed)  # noqa: S311 - a bad network, nothing secret
        self._pairs: list[Pair] = []
        self._gone_until = 0.0
        self._counts = dict.fromkeys((each.name for each in fields(Counts)), 0)

    def count(self, name: str, size: int) -> None:
        """Count bytes."""
        self._counts[name] += size

    def cut(self, pairs: list[Pair]) -> None:
        """Reset connections."""
        for pair in pairs:
            if not pair.is_cut:
                self._counts["breaks"] += 1
                pair.cut()

    async def serve(self, listener: socket.socket) -> None:
        """Take connections until cancelled."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.up.run())
            group.create_task(self.down.run())
            group.create_task(self._break_now_and_then())
            while True:
                laptop, _address = await loop.sock_accept(listener)
                group.create_task(self._forward(laptop))

    def told(self, order: dict[str, Any]) -> Any:
        """Do what is asked and return the answer."""
        match order.pop("do"):
            case "counts":
                return self._counts
            case "change":
                self.profile = profile_of(order)
                self.up.bits_per_s = self.profile.up_bits_per_s
                self.down.bits_per_s = self.profile.down_bits_per_s
            case "break":
                self.cut(list(self._pairs))
            case "mute":
                for pair in self._pairs:
                    pair.is_mute = True
                self._counts["breaks"] += len(self._pairs)
            case "hush":
                until = asyncio.get_running_loop().time() + order["seconds"]
                self.up.held_until = self.down.held_until = until
            case unknown:
                raise ValueError(f"no such order: {unknown}")
        return {}

    async def _forward(self, laptop: socket.socket) -> None:
        """Carry one connection until it ends."""
        hub = socket.socket()
        hub.settimeout(0)
        span = self.profile.break_after_bytes
        pair = Pair(laptop, hub, None if span is None else self._chance.randint(*span))
        if asyncio.get_running_loop().time() >= self._gone_until:
            self._counts["connections"] += 1
            for side in (laptop, hub):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._pairs.append(pair)
            pair.task = asyncio.create_task(self._carry(pair))
            await asyncio.wait({pair.task})
            self._pairs = [each for each in self._pairs if each is not pair]
        pair.reset()

    async def _carry(self, pair: Pair) -> None:
        """Shake hands and run both directions of a connection."""
        await asyncio.sleep(self.profile.round_trip_s)
        try:
            await asyncio.get_running_loop().sock_connect(pair.hub, ("127.0.0.1", self._hub_port))
        except OSError:
            return
        ways = (Way(self, pair, is_up=True), Way(self, pair, is_up=False))
        await asyncio.gather(*(step for way in ways for step in (way.read(), way.write())))

    async def _break_now_and_then(self) -> None:
        """Reset everything every few seconds, in a network that does so."""
        while True:
            span = self.profile.break_every_s
            await asyncio.sleep(1.0 if span is None else self._chance.uniform(*span))
            if span is not None:
                self.cut(list(self._pairs))
                self._gone_until = asyncio.get_running_loop().time() + self.profile.gone_s


async def main() -> None:
    """Listen, say where, and do what standard input says until it ends."""
    net = Net(int(sys.argv[1]), profile_of(json.loads(sys.argv[2])))
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    listener.settimeout(0)
    serving = asyncio.create_task(net.serve(listener))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(net.told(json.loads(line))), flush=True)
    serving.cancel()


if __name__ == "__main__":
    asyncio.run(main())
