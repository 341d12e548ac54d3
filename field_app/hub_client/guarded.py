"""What carries requests through the door, and breaks off those under way when it is shut."""

from collections.abc import Iterator
from typing import Any

import requests
import urllib3
from requests import exceptions as failures
from requests.adapters import HTTPAdapter

from field_app.hub_client.door import Door
from field_app.hub_client.session import LineAdapter

WORDS = "the program is offline by a person's wish"


class Guarded(HTTPAdapter):
    """Carries requests while the door is open."""

    def __init__(self, network: HTTPAdapter | None, door: Door) -> None:
        """Carry them over this network; None is the network itself."""
        self._door = door
        self._network = network or LineAdapter()
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """Send one request and return its answer.

        Raises:
            requests.exceptions.ConnectTimeout: The door is shut; nothing went out.
        """
        if self._door.is_shut:
            raise failures.ConnectTimeout(WORDS)
        body: Any = request.body
        if body is not None and not isinstance(body, bytes):
            guarded: Any = _Body(body, self._door)
            request.body = guarded
        response = self._network.send(request, *args, **kwargs)
        response.raw = _Answer(response.raw, self._door)
        return response

    def close(self) -> None:
        """Hang up."""
        super().close()
        self._network.close()


class _Body:
    """A request's body that ends with an error when the door is shut."""

    def __init__(self, body: Any, door: Door) -> None:
        self._body = body
        self._door = door

    def __len__(self) -> int:
        return len(self._body)

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end."""
        _check(self._door)
        data: bytes = self._body.read(size)
        return data


class _Answer:
    """An answer of which nothing more comes when the door is shut."""

    def __init__(self, raw: urllib3.BaseHTTPResponse, door: Door) -> None:
        self._raw = raw
        self._door = door

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[bytes]:
        """Yield the body bit by bit."""
        for piece in self._raw.stream(*args, **kwargs):
            _check(self._door)
            yield piece

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


def _check(door: Door) -> None:
    """Raise when the door is shut."""
    if door.is_shut:
        raise failures.ConnectionError(WORDS)
