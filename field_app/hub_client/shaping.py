"""A worse network than there is: the demo's switch between good, slow, flapping and none."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, Final

import requests
import urllib3
from requests import exceptions as failures

from field_app.hub_client.session import LineAdapter

STEP_BYTES: Final = 4 * 1024
"""Bytes that pass at a time; at 1 Mbit/s that is 33 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a network is."""

    name: str
    bits_per_s: float | None = None
    """None for as fast as it goes."""
    latency_s: float = 0.0
    """Waited once before each request goes out."""
    up_s: float | None = None
    """Seconds that the link holds before it drops; None for ever."""
    down_s: float = 0.0
    """Seconds that it is then gone."""
    is_there: bool = True


GOOD: Final = Profile(name="good")
SLOW: Final = Profile(name="slow", bits_per_s=1_000_000, latency_s=0.3)
FLAPPING: Final = Profile(
    name="flapping", bits_per_s=2_000_000, latency_s=0.1, up_s=4.0, down_s=2.0
)
NONE: Final = Profile(name="none", is_there=False)


class Switch:
    """The network switch: one for all adapters of a program."""

    def __init__(
        self,
        wait: Callable[[float], object],
        profile: Profile = GOOD,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a switch.

        Args:
            wait: Waits so many seconds; an event's `wait`, so that closing is instant.
            profile: The network at first.
            tick: Seconds that only go up.
        """
        self.profile = profile
        self._wait = wait
        self._tick = tick
        self._since = tick()
        self._free_at = 0.0
        """When the network has passed on everything that it was given."""

    def to(self, profile: Profile) -> None:
        """Change the network; what is under way feels it too."""
        self.profile = profile
        self._since = self._tick()
        self._free_at = 0.0

    def begin(self) -> None:
        """Let a request go out.

        Raises:
            requests.exceptions.ConnectTimeout: There is no network now; nothing went out.
        """
        try:
            self._check()
        except failures.ConnectionError as error:
            raise failures.ConnectTimeout(str(error)) from error
        if self.profile.latency_s:
            self._wait(self.profile.latency_s)

    def carry(self, size: int) -> None:
        """Let so many bytes pass at the network's rate, which all connections share.

        Raises:
            requests.exceptions.ConnectionError: There is no network any more.
        """
        self._check()
        if self.profile.bits_per_s is not None:
            now = self._tick()
            self._free_at = max(self._free_at, now) + size * 8 / self.profile.bits_per_s
            self._wait(self._free_at - now)

    def _check(self) -> None:
        """Raise when there is no network at this moment."""
        profile = self.profile
        if not profile.is_there:
            raise failures.ConnectionError("the network switch is off")
        if profile.up_s is None:
            return
        phase = (self._tick() - self._since) % (profile.up_s + profile.down_s)
        if phase > profile.up_s:
            raise failures.ConnectionError("the network is gone for a moment")


class ShapedAdapter(LineAdapter):
    """Carries requests over the real network at the switch's rate."""

    def __init__(self, switch: Switch) -> None:
        """Obey this switch."""
        self._switch = switch
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """Send one request and return its answer; both bodies pass at the switch's rate."""
        self._switch.begin()
        if request.body:
            whole: Any = request.body
            body = BytesIO(whole) if isinstance(whole, bytes) else whole
            paced: Any = _PacedBody(body, len(whole), self._switch)
            request.body = paced
        response = super().send(request, *args, **kwargs)
        response.raw = _PacedAnswer(response.raw, self._switch)
        return response


class _PacedBody:
    """A request's body that the network takes at its own rate."""

    def __init__(self, body: BinaryIO, length: int, switch: Switch) -> None:
        self._body = body
        self._length = length
        self._switch = switch

    def __len__(self) -> int:
        return self._length

    def read(self, _size: int = -1, /) -> bytes:
        """Return a few bytes after the time they take."""
        piece = self._body.read(STEP_BYTES)
        if piece:
            self._switch.carry(len(piece))
        return piece


class _PacedAnswer:
    """An answer whose bytes come at the network's own rate."""

    def __init__(self, raw: urllib3.BaseHTTPResponse, switch: Switch) -> None:
        self._raw = raw
        self._switch = switch

    def stream(self, _amount: int = STEP_BYTES, *, decode_content: bool = True) -> Iterator[bytes]:
        """Yield the body bit by bit."""
        for piece in self._raw.stream(STEP_BYTES, decode_content=decode_content):
            self._switch.carry(len(piece))
            yield piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)
