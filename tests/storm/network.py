"""A simulated network: it loses, repeats, delays and cuts, and puts its own pages in between."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, Final
from unittest.mock import patch

import orjson
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

from tests.helpers.fakes import CutBytes
from tests.storm.chance import Chance

Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request as it travels."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool = False
    """Whether the line broke before the body's end."""

    @property
    def is_bytes(self) -> bool:
        """Whether it brings bytes of a photo, which nothing but their hash protects."""
        return self.headers.get("Content-Type") == "application/offset+octet-stream"

    @property
    def is_pack(self) -> bool:
        """Whether it brings a rescue pack, which is seldom and the last of a round."""
        return self.url.endswith("/v1/rescue-packs")


Hub = Callable[[Question], Answer]
"""Answers a request, or raises ConnectionError when the hub is down or goes down."""


def _problem(status: int, **headers: str) -> Answer:
    """Return a refusal as the hub would send it."""
    body = orjson.dumps({"title": "Not now.", "status": status})
    return status, {"Content-Type": "application/problem+json", **headers}, body


PAGES: Final[Mapping[str, Answer]] = {
    "proxy's page": (502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>"),
    "portal's page": (200, {"Content-Type": "text/html"}, b"<html>Welcome, sign in</html>"),
    "portal's JSON": (200, {"Content-Type": "application/json"}, b'{"results": []}'),
    "401": _problem(401),
    "413": _problem(413),
    "429": _problem(429, **{"Retry-After": "120"}),
    "503": _problem(503, **{"Retry-After": "5"}),
    "507": _problem(507),
}
"""What answers instead of the hub, which hears nothing of the request."""
LINE: Final = (
    "no line",
    "request cut",
    "request garbled",
    "reply lost",
    "twice",
    "late",
    "answer cut",
    "slow repeat",
)
FAULTS: Final = (*PAGES, *LINE)
PACKS_FAIL: Final = 0.3
"""How often something goes wrong with a pack, where anything ever does."""


@dataclass(slots=True)
class Network:
    """The way between all laptops and the hub."""

    chance: Chance
    hub: Hub
    tell: Callable[[str], None]
    rate: float = 0.0
    """How often something goes wrong with a request."""
    faults: tuple[str, ...] = FAULTS
    late: list[Question] = field(default_factory=list)
    """Requests that are still on their way."""

    def is_well(self) -> None:
        """End all trouble; what is on its way is lost."""
        self.rate = 0.0
        self.late.clear()

    def carry(self, question: Question) -> tuple[Answer, int | None]:
        """Bring a question to the hub, or what happens to it; return an answer and where it ends.

        Raises:
            ConnectionError: No answer comes.
        """
        if self.late and self.chance.happens(0.4):
            self._deliver_late()
        fault = self.chance.one_of(self.faults) if self.chance.happens(self.rate) else ""
        if question.is_bytes and self.chance.happens(self.rate / 3):
            fault = "request garbled"
        if question.is_pack and self.rate and self.chance.happens(PACKS_FAIL):
            fault = self.chance.one_of(self.faults)
        if fault:
            self.tell(f"  {question.method} {question.url.rpartition('/v1/')[2]}: {fault}")
        if fault in PAGES:
            return PAGES[fault], None
        if fault == "no line":
            raise no_line()
        return self._with_line(question, fault)

    def _with_line(self, question: Question, fault: str) -> tuple[Answer, int | None]:
        """Bring a question to the hub over a line that has a fault."""
        if fault == "late":
            self.late.append(question)
            raise broken("nothing comes back")
        if fault == "request cut" and question.body:
            at = self.chance.between(0, len(question.body) - 1)
            self.hub(_cut(question, at))
            raise broken("the request was cut")
        if fault == "request garbled" and question.is_bytes and question.body:
            at = self.chance.between(0, len(question.body) - 1)
            garbled = bytes([question.body[at] ^ 1])
            question = replace(
                question, body=question.body[:at] + garbled + question.body[at + 1 :]
            )
        answer = self.hub(question)
        if fault == "twice":
            answer = self.hub(question)
        if fault == "slow repeat":
            self.late.append(question)
        if fault == "reply lost":
            raise broken("the reply was lost")
        if fault == "answer cut" and answer[2]:
            return answer, self.chance.between(0, len(answer[2]) - 1)
        return answer, None

    def _deliver_late(self) -> None:
        """Bring a request to the hub long after the laptop gave it up."""
        question = self.late.pop(self.chance.between(0, len(self.late) - 1))
        self.tell(f"  late: {question.method} {question.url.rpartition('/v1/')[2]}")
        try:
            self.hub(question)
        except requests.exceptions.ConnectionError:
            return  # nobody waits for the answer


class Wire(HTTPAdapter):
    """Carries one laptop's requests over the simulated network."""

    def __init__(self, network: Network, is_online: Callable[[], bool]) -> None:
        """Take a network, and whether the laptop has any."""
        super().__init__()
        self._network = network
        self._is_online = is_online

    def send(self, request: requests.PreparedRequest, *_args: Any, **_options: Any) -> Any:
        """Send one request and return its answer."""
        if not self._is_online():
            raise no_line()
        body: Any = request.body
        whole = b"" if body is None else body if isinstance(body, bytes) else body.read()
        question = Question(
            method=str(request.method),
            url=str(request.url),
            headers=dict(request.headers),
            body=whole,
        )
        (status, headers, data), cut_at = self._network.carry(question)
        raw = HTTPResponse(
            body=BytesIO(data) if cut_at is None else CutBytes(data, cut_at),
            headers=headers,
            status=status,
            preload_content=False,
            decode_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _cut(question: Question, at: int) -> Question:
    """Return a request whose body breaks off."""
    return replace(question, body=question.body[:at], is_cut=True)


def broken(words: str) -> requests.exceptions.ConnectionError:
    """Return what the network library raises when a line breaks."""
    return requests.exceptions.ConnectionError(words)


def no_line() -> requests.exceptions.ConnectionError:
    """Return what the network library raises where nobody listens."""
    refused = NewConnectionError(HTTPConnection("127.0.0.1"), "Connection refused")
    pool = HTTPConnectionPool("127.0.0.1")
    return requests.exceptions.ConnectionError(MaxRetryError(pool, "/", refused))


@contextmanager
def heard() -> Iterator[list[Question]]:
    """Give a list that fills with what is sent."""
    real, asked = Network.carry, list[Question]()

    def carry(network: Network, question: Question) -> Any:
        asked.append(question)
        return real(network, question)

    with patch.object(Network, "carry", carry):
        yield asked
