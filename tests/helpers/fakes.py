"""Stand-ins: a clock to turn, and a network in one process that fails when it is told to."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import anyio
import requests
from anyio.from_thread import BlockingPortal
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

Asgi = Callable[..., Awaitable[None]]
Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


class FakeClock:
    """A clock that only a test moves, or that goes on a little whenever it is read."""

    def __init__(self, start: datetime = datetime(2026, 11, 19, 1, 30, tzinfo=UTC)) -> None:
        self.at = start
        self.step = timedelta()
        """How far it goes on at each reading, as a real clock does."""

    def now(self) -> datetime:
        """Return the present."""
        self.at += self.step
        return self.at

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


class LaptopClock:
    """A laptop's own clock, which may be wrong."""

    def __init__(self, true: FakeClock) -> None:
        self._true = true
        self.fast = timedelta()
        """How far it is ahead of the true time; below nothing for a slow clock."""

    def now(self) -> datetime:
        """Return what it shows."""
        return self._true.now() + self.fast


class PowerCut(BaseException):
    """The laptop's power went; nothing of the program runs on."""


@dataclass
class Network:
    """What lies between the laptops and the hub, and what goes wrong there."""

    calls: int = 0
    """Requests so far."""
    reply_lost_at: set[int] = field(default_factory=set)
    """Requests whose answer never comes back, counted from 1 like `calls`."""
    power_cut_at: dict[int, bool] = field(default_factory=dict)
    """Requests at which the power goes; True after the hub did its part, False before."""
    request_cut_at: int | None = None
    """Bytes of a PATCH's body that still arrive; None for all. Holds for one request."""
    answer_cut_at: int | None = None
    """Bytes of an answer that still arrive; None for all. Holds for one answer with a body."""
    canned: tuple[int, dict[str, str], bytes] | None = None
    """What a portal or a broken hub answers to everything."""
    refuses_next: tuple[int, dict[str, str], bytes] | None = None
    """What the hub answers to the next request; holds for one."""
    refuses_upload: tuple[int, dict[str, str], bytes] | None = None
    """What the hub answers to the next new upload; holds for one."""
    gate: Callable[[requests.PreparedRequest], Answer | None] | None = None
    """Answers instead of the hub wherever it does not return None."""
    patched: list[tuple[str, int, int]] = field(default_factory=list)
    """Every upload request with bytes: path, offset, bytes that left the laptop."""

    def refusal(self, request: requests.PreparedRequest) -> Answer | None:
        """Return what answers a request instead of the hub; None for the hub itself."""
        if self.canned is not None:
            return self.canned
        gated = None if self.gate is None else self.gate(request)
        if gated is not None:
            return gated
        refusal, self.refuses_next = self.refuses_next, None
        return refusal

    def drops_replies(self, at: int) -> None:
        """Lose the answer to the `at`-th request from now; the hub does its part."""
        self.reply_lost_at.add(self.calls + at)

    def power_fails(self, at: int, *, after: bool) -> None:
        """Cut the power at the `at`-th request from now."""
        self.power_cut_at[self.calls + at] = after

    def cuts_request(self, at_byte: int) -> None:
        """Break the next upload off after so many bytes."""
        self.request_cut_at = at_byte

    def cuts_body(self, at_byte: int) -> None:
        """Break the next answer off after so many bytes."""
        self.answer_cut_at = at_byte

    def answers_as(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Let something that is not the hub answer everything."""
        self.canned = (status, headers, body)

    def is_well(self) -> None:
        """End every trouble."""
        self.reply_lost_at.clear()
        self.power_cut_at.clear()
        self.request_cut_at = self.answer_cut_at = self.canned = self.gate = None


class CutBytes(BytesIO):
    """A body that breaks off."""

    def __init__(self, data: bytes, at: int) -> None:
        super().__init__(data[:at])

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; at the cut the connection breaks."""
        data = super().read(size)
        if not data:
            raise ConnectionResetError("the line was cut")
        return data


class InProcess(HTTPAdapter):
    """Carries one laptop's requests to a web application in this process."""

    def __init__(
        self,
        portal: BlockingPortal,
        hub: Callable[[], Asgi | None],
        network: Network,
        is_online: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._portal = portal
        self._hub = hub
        self._network = network
        self._is_online = is_online

    def send(self, request: requests.PreparedRequest, *_args: Any, **_options: Any) -> Any:
        """Send one request and return its answer."""
        app = self._hub()
        if not self._is_online() or app is None:
            raise _no_network()
        network = self._network
        network.calls += 1
        number = network.calls
        if network.power_cut_at.get(number) is False:
            raise PowerCut
        refusal = network.refusal(request)
        if refusal is not None:
            return self._answer(request, refusal)
        if network.refuses_upload is not None and str(request.url).endswith("/photos/upload"):
            refusal, network.refuses_upload = network.refuses_upload, None
            return self._answer(request, refusal)
        body, is_cut = self._body(request)
        answer = self._portal.call(_call, app, request, body, is_cut)
        if is_cut or number in network.reply_lost_at:
            raise requests.exceptions.ConnectionError("the line was cut")
        if network.power_cut_at.get(number) is True:
            raise PowerCut
        return self._answer(request, answer)

    def _body(self, request: requests.PreparedRequest) -> tuple[bytes, bool]:
        """Return the request's body as far as it leaves the laptop, and whether it was cut."""
        whole: Any = request.body
        cut = self._network.request_cut_at if request.method == "PATCH" else None
        if whole is None or isinstance(whole, bytes):
            data = whole or b""
        else:
            parts = []
            left = cut
            while left is None or left > 0:
                piece = whole.read(4096 if left is None else min(4096, left))
                if not piece:
                    break
                parts.append(piece)
                left = None if left is None else left - len(piece)
            data = b"".join(parts)
            offset = int(request.headers.get("Upload-Offset", 0))
            self._network.patched.append((str(request.url), offset, len(data)))
        if cut is None:
            return data, False
        self._network.request_cut_at = None
        return data, True

    def _answer(
        self, request: requests.PreparedRequest, answer: tuple[int, dict[str, str], bytes]
    ) -> requests.Response:
        """Return an answer as the network library makes it."""
        status, headers, data = answer
        cut = self._network.answer_cut_at
        if cut is not None and data:
            self._network.answer_cut_at = None
            stream: BytesIO = CutBytes(data, cut)
        else:
            stream = BytesIO(data)
        raw = HTTPResponse(
            body=stream,
            headers=headers,
            status=status,
            preload_content=False,
            decode_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _no_network() -> requests.exceptions.ConnectionError:
    """Return what the network library raises where nobody listens."""
    refused = NewConnectionError(HTTPConnection("127.0.0.1"), "Connection refused")
    pool = HTTPConnectionPool("127.0.0.1")
    return requests.exceptions.ConnectionError(MaxRetryError(pool, "/", refused))


async def _call(
    app: Asgi, request: requests.PreparedRequest, body: bytes, is_cut: bool
) -> tuple[int, dict[str, str], bytes]:
    """Call a web application once (ASGI 3)."""
    parts = urlsplit(str(request.url))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(k.lower().encode(), v.encode()) for k, v in request.headers.items()],
        "client": ("127.0.0.1", 1),
        "server": (parts.hostname, parts.port or 80),
        "state": {},
    }
    asked = [{"type": "http.request", "body": body, "more_body": is_cut}]
    status = 0
    headers: dict[str, str] = {}
    data = bytearray()

    async def receive() -> MutableMapping[str, Any]:
        if not asked and not is_cut:
            await anyio.sleep_forever()
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update({k.decode(): v.decode() for k, v in message["headers"]})
        elif message["type"] == "http.response.body":
            data.extend(message.get("body", b""))

    await app(scope, receive, send)
    return status, headers, bytes(data)
