"""The server: listens for laptops and stops without cutting anybody off."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from field_app.hub.building import Hub
from field_app.hub.main import app_of

STOP_WITHIN_S = 5
"""How long requests may take to end when the hub stops."""
BACKLOG = 512
KEEP_ALIVE_S = 75
"""How long an idle connection stays: longer than a laptop rests between rounds, so that what it
sends then needs no hand-shake first."""


class NoTls(ValueError):
    """The hub would speak in the open to other computers; the text says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to listen, and how safely."""

    host: str
    port: int
    """0 takes a free one."""
    certfile: Path | None = None
    keyfile: Path | None = None
    is_behind_proxy: bool = False
    """Whether something on this computer takes care of TLS and tells who calls."""

    @property
    def has_tls(self) -> bool:
        """Whether the hub itself speaks TLS."""
        return self.certfile is not None and self.keyfile is not None


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(hub: Hub, address: Address, tell_url: Callable[[str, int], None]) -> None:
    """Serve until the process is told to stop.

    Args:
        hub: An open hub; it is closed afterwards.
        address: Where to listen.
        tell_url: Is told the hub's address and port once it listens.

    Raises:
        NoTls: Others could listen in.
        OSError: The address cannot be used, or the certificate cannot be read.
    """
    if not (is_loopback(address.host) or address.has_tls or address.is_behind_proxy):
        raise NoTls(address.host)
    config = uvicorn.Config(
        app_of(hub),
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        ssl_certfile=address.certfile,
        ssl_keyfile=address.keyfile,
        proxy_headers=address.is_behind_proxy,
        timeout_graceful_shutdown=STOP_WITHIN_S,
    )
    config.load()
    with _listen(address) as listener:
        port = listener.getsockname()[1]
        name = f"[{address.host}]" if ":" in address.host else address.host
        tell_url(f"{'https' if address.has_tls else 'http'}://{name}:{port}", port)
        with _in_the_background(hub):
            _Server(config, hub).run(sockets=[listener])


@contextmanager
def _in_the_background(hub: Hub) -> Iterator[None]:
    """Let older photos get their fingerprints while the server runs."""
    stop = threading.Event()
    thread = threading.Thread(target=hub.backfill.run, args=(stop,), name="backfill", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _listen(address: Address) -> socket.socket:
    """Return a socket that takes calls; they wait until the server answers."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    return socket.create_server((address.host, address.port), family=family, backlog=BACKLOG)


class _Server(uvicorn.Server):
    """Lets waiting laptops go first when it stops, so that stopping is quick."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, answer those who wait, and end."""
        self._hub.news.close()
        await super().shutdown(sockets)
