"""A phone beside the laptop: a real HTTP client over real TLS, that knows nothing but the code."""

import hashlib
import queue
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import requests
import urllib3

from field_app.handoff.news import News

WAIT_S: Final = 10.0
"""Longer than anything takes that works."""


class Heard:
    """What the hatch told, in order; waits for what is yet to come."""

    def __init__(self) -> None:
        self._queue: queue.Queue[News] = queue.Queue()

    def tell(self, news: News) -> None:
        """Take news from any thread."""
        self._queue.put(news)

    def next(self, kind: type[Any] | None = None) -> Any:
        """Return the next news, or the next of a kind, leaving others out."""
        while True:
            news = self._queue.get(timeout=WAIT_S)
            if kind is None or isinstance(news, kind):
                return news

    def rest(self) -> list[News]:
        """Return what was told and nobody asked for."""
        found = []
        while not self._queue.empty():
            found.append(self._queue.get_nowait())
        return found


class Phone:
    """Opens a page by its address and sends photos as the page's own script does."""

    def __init__(self, url: str, certificate: Path | None = None) -> None:
        """Take the phone out.

        Args:
            url: As in the code on the laptop.
            certificate: What its owner accepted; None for whatever comes, as most people do.
        """
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(certificate) if certificate else False
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)

    def opens(self) -> requests.Response:
        """Open the page."""
        return self._session.get(self.url, timeout=WAIT_S)

    def sends(self, photo: bytes, name: str = "IMG_0001.JPG", **heads: str) -> requests.Response:
        """Send a photo; `heads` replace or add to what the page's script says."""
        plain = {
            "X-Photo-Sha256": hashlib.sha256(photo).hexdigest(),
            "X-Photo-Name": quote(name),
            "Content-Type": "application/octet-stream",
        }
        said = plain | {head.replace("_", "-"): value for head, value in heads.items()}
        return self._session.post(f"{self.url}/photos", data=photo, headers=said, timeout=WAIT_S)

    def is_done(self) -> requests.Response:
        """Press Done."""
        return self._session.post(f"{self.url}/done", timeout=WAIT_S)

    def close(self) -> None:
        """Put the phone away."""
        self._session.close()

    @property
    def cookie(self) -> str:
        """What the page gave it."""
        return "; ".join(f"{c.name}={c.value}" for c in self._session.cookies)

    def begins(self, photo: bytes, size: int) -> socket.socket:
        """Send the head for `size` bytes and these first ones; return the open line."""
        head = (
            f"POST {urlsplit(self.url).path}/photos HTTP/1.1\r\n"
            f"Host: {urlsplit(self.url).netloc}\r\nCookie: {self.cookie}\r\n"
            f"X-Photo-Sha256: {hashlib.sha256(photo).hexdigest()}\r\n"
            f"Content-Length: {size}\r\n\r\n"
        )
        line = calls(self.url)
        line.sendall(head.encode("ascii") + photo)
        return line


def calls(url: str) -> socket.socket:
    """Return a line to the page's address, by TLS where the address says so."""
    parts = urlsplit(url)
    line = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=WAIT_S)
    if parts.scheme != "https":
        return line
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(line)


def hears(line: socket.socket) -> bytes:
    """Return everything that comes until the other side hangs up."""
    found = b""
    try:
        while piece := line.recv(65536):
            found += piece
    except (ConnectionError, ssl.SSLError):
        pass
    line.close()
    return found


Answering = Callable[[News], None]
