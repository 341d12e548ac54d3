"""The telephone line to one hub: time-outs, compression, and who is calling."""

import gzip
import socket
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
import zstandard
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection

from field_app import __version__
from field_app.domain.errors import NotTheHub
from field_app.hub_client.connections import POOLS
from field_app.hub_client.errors import translated
from field_app.protocol.messages import BASE_PATH, PROTOCOL_VERSION

CONNECT_S: Final = 5.0
"""Longest wait for a connection."""
READ_S: Final = 15.0
"""Longest wait for the next piece of an answer, and for the network to take one of a request."""
TIMEOUTS: Final = (CONNECT_S, READ_S)
PROBE_TIMEOUTS: Final = (2.0, READ_S)
"""While the hub was out of reach a moment ago: a dead line is given up soon, a slow one is not."""
COMPRESS_FROM_BYTES: Final = 1024
PIECE_BYTES: Final = 64 * 1024
SEND_BUFFER_BYTES: Final = 32 * 1024
"""The kernel's own buffer; a larger one makes progress bars and time-outs lie.

Linux's TCP_USER_TIMEOUT is not used beside it: it takes a receiver that reads slowly for silence,
and broke every upload at 1 Mbit/s after 15 s.
"""
NO_CONTENT: Final = 204
MAX_REDIRECT: Final = 400
MIN_REDIRECT: Final = 300

Headers = Mapping[str, str]


class Body(Protocol):
    """Bytes to send that are read bit by bit."""

    def __len__(self) -> int:
        """Return the number of bytes in all."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end."""
        ...


class LineAdapter(HTTPAdapter):
    """Keeps connections open and the kernel's send buffer small."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool with our socket options."""
        kwargs["socket_options"] = [
            *HTTPConnection.default_socket_options,
            (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
            (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES),
        ]
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS


class _Bearer(AuthBase):
    """Says who is calling; also keeps a `.netrc` of this computer out of it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class HubSession:
    """Calls to one hub by one device; one per thread."""

    def __init__(
        self,
        base_url: str,
        token: str = "",
        adapter: HTTPAdapter | None = None,
        timeouts: tuple[float, float] = TIMEOUTS,
    ) -> None:
        """Make a session; nothing is sent yet.

        Args:
            base_url: The hub's address, as `https://hub.example`.
            token: This device's token; empty before sign-in.
            adapter: What carries the requests instead of the network, in tests and the demo.
            timeouts: Seconds to wait for a connection, and for each piece of an answer.
        """
        self.base_url = base_url.rstrip("/") + "/"
        self.timeouts = timeouts
        self._requests = requests.Session()
        self._requests.auth = _Bearer(token)
        for scheme in ("https://", "http://"):
            self._requests.mount(scheme, adapter or LineAdapter())
        self._requests.headers.update(
            {
                "User-Agent": f"field-app/{__version__}",
                "Field-App-Protocol": str(PROTOCOL_VERSION),
                "Accept-Encoding": "gzip",
            }
        )

    def url(self, path: str) -> str:
        """Return the full address of a path of the protocol, or of one that the hub gave.

        Args:
            path: Below the protocol's base path, as `changes`; or with a leading slash, or whole.

        Raises:
            NotTheHub: The address leads to somebody else, who must not get the token.
        """
        given = path.startswith(("/", "http://", "https://"))
        whole = urljoin(self.base_url, path if given else f"{BASE_PATH[1:]}/{path}")
        if urlsplit(whole)[:2] != urlsplit(self.base_url)[:2]:
            raise NotTheHub("an address at another host was given")
        return whole

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Body | None = None,
        headers: Headers | None = None,
        params: Headers | None = None,
    ) -> requests.Response:
        """Send one request and return the answer, its body still to be read.

        Raises:
            Unreachable: Nobody answers.
            NotTheHub: The answer leads elsewhere.
        """
        sent = dict(headers or {})
        if isinstance(body, bytes) and len(body) > COMPRESS_FROM_BYTES and "json" in _kind(sent):
            body = gzip.compress(body, compresslevel=6, mtime=0)
            sent["Content-Encoding"] = "gzip"
        with translated():
            response = self._requests.request(
                method,
                self.url(path),
                data=body,
                headers=sent,
                params=params,
                timeout=self.timeouts,
                allow_redirects=False,
                stream=True,
            )
        if MIN_REDIRECT <= response.status_code < MAX_REDIRECT:
            response.close()
            raise NotTheHub(f"status {response.status_code} leads elsewhere")
        if _is_empty(response):
            with translated():
                _nothing = response.content  # until it is read, the connection is not free again
        return response

    def close(self) -> None:
        """Hang up."""
        self._requests.close()


def pieces_of(response: requests.Response) -> Iterator[bytes]:
    """Yield the answer's body bit by bit, unpacked as it arrives; zstd, gzip or plain.

    Raises:
        Unreachable: The answer breaks off.
        NotTheHub: It is packed in a way that it does not say.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding != "zstd":
        with translated():
            yield from response.iter_content(PIECE_BYTES)
        return
    unpack = zstandard.ZstdDecompressor().decompressobj(read_across_frames=True)
    with translated():
        for piece in _raw_pieces(response):
            try:
                plain = unpack.decompress(piece)
            except zstandard.ZstdError as error:
                raise NotTheHub(f"broken zstd: {error}") from error
            if plain:
                yield plain


def lines_of(response: requests.Response) -> Iterator[bytes]:
    """Yield the answer's whole lines without their ends; an unfinished last line is left out.

    Raises:
        Unreachable: The answer breaks off.
        NotTheHub: It is packed in a way that it does not say.
    """
    rest = b""
    for piece in pieces_of(response):
        *whole, rest = (rest + piece).split(b"\n")
        yield from filter(None, whole)


def _raw_pieces(response: requests.Response) -> Iterator[bytes]:
    """Yield the answer's bytes as they came over the wire, as soon as some are there."""
    raw: urllib3.BaseHTTPResponse = response.raw
    yield from raw.stream(PIECE_BYTES, decode_content=False)


def _is_empty(response: requests.Response) -> bool:
    """Return whether an answer says that it has no body."""
    is_bodiless = response.status_code == NO_CONTENT
    return is_bodiless or response.headers.get("Content-Length") == "0"


def _kind(headers: Headers) -> str:
    """Return the media type of what is sent; may be empty."""
    return headers.get("Content-Type", "")


def normal_url(url: str) -> str:
    """Return a hub's address as it is kept: with a scheme, without a slash at the end.

    Raises:
        NotTheHub: It is no address.
    """
    text = url.strip()
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        is_sound = parts.port != 0 and bool(parts.hostname)
    except ValueError as error:
        raise NotTheHub("the address is none of the web") from error
    if parts.scheme not in {"http", "https"} or not is_sound:
        raise NotTheHub("the address is none of the web")
    return whole.rstrip("/")
