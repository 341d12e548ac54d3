"""The listener: one address, few connections, and none of them for longer than it needs.

Python's own `socketserver` and `http.server` with a watch over every connection. Weighed: uvicorn
and Starlette, which the hub has; they have no limit for a slow head or body, and would bring an
event loop and a third of a second of imports for three requests.
"""

import logging
import socket
import socketserver
import ssl
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from field_app.handoff.addresses import is_private
from field_app.handoff.errors import opening_errors
from field_app.handoff.sill import Sill

POLL_S: Final = 0.1
"""How soon the listener notices that it is over, or that a connection is late."""
HEAD_S: Final = 15.0
"""For handshake and head of a request, however its bytes come."""
CLOSING_S: Final = 2.0
"""How long phones may take to hear the answer when the page is closed."""
MOST_CONNECTIONS: Final = 16
MOST_OF_ONE: Final = 8
"""Connections at once, of all and of one address: a browser opens six."""
WAITING_CALLS: Final = 16

log = logging.getLogger(__name__)
Connection = socket.socket


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False
    request_queue_size = WAITING_CALLS
    timeout = POLL_S

    def __init__(
        self, host: str, context: ssl.SSLContext | None, sill: Sill, handler: Callable[..., Any]
    ) -> None:
        self.sill = sill
        self._context = context
        self._watch = threading.Condition()
        self._due: dict[Connection, float] = {}
        self._callers: dict[Connection, str] = {}
        self._replying: set[Connection] = set()
        super().__init__((host, 0), handler)
        sill.host = f"{host}:{self.server_address[1]}"

    @classmethod
    def listening(
        cls, host: str, context: ssl.SSLContext | None, sill: Sill, handler: Callable[..., Any]
    ) -> "Server":
        """Return a server that listens at a free port of one address.

        Args:
            host: The address; callers wait until `serve_until_over` answers them.
            context: How to speak TLS; None to speak in the open.
            sill: What a request is answered with.
            handler: Answers one connection.

        Raises:
            NoWayForPhone: The address cannot be used.
        """
        with opening_errors():
            return cls(host, context, sill, handler)

    @property
    def scheme(self) -> str:
        """`https`, or `http` without TLS."""
        return "http" if self._context is None else "https"

    def serve_until_over(self, look: Callable[[], None]) -> None:
        """Answer until the sill is over, then let those who wait hear their answer.

        Args:
            look: Is called some ten times a second.
        """
        with self:
            while not self.sill.is_over.is_set():
                self.handle_request()
                self._cut_late()
                look()
        with self._watch:
            for connection in self._due.keys() - self._replying:
                _cut(connection)
            self._watch.wait_for(lambda: not self._due, CLOSING_S)
            for connection in self._due:
                _cut(connection)

    def prolong(self, connection: Connection, seconds: float, *, is_reply: bool = False) -> None:
        """Give a connection so long from now on.

        Args:
            connection: Whose.
            seconds: How long.
            is_reply: Whether all that is left is its answer, which is heard also at the end.
        """
        with self._watch:
            if connection in self._due:
                self._due[connection] = self.sill.tick() + seconds
                if is_reply:
                    self._replying.add(connection)

    def get_request(self) -> tuple[Connection, Any]:
        """Take a call; TLS is spoken in its own thread."""
        connection, caller = super().get_request()
        if self._context is not None:
            try:
                connection = self._context.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
            except OSError:
                connection.close()
                raise
        return connection, caller

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Return whether a call is taken: from nearby, and not one too many."""
        host = str(client_address[0])
        with self._watch:
            counts = Counter(self._callers.values())
            is_welcome = (
                is_private(host)
                and not self.sill.is_over.is_set()
                and counts.total() < MOST_CONNECTIONS
                and counts[host] < MOST_OF_ONE
            )
            if is_welcome:
                self._due[request] = self.sill.tick() + HEAD_S
                self._callers[request] = host
        return is_welcome

    def close_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        super().close_request(request)
        with self._watch:
            self._due.pop(request, None)
            self._callers.pop(request, None)
            self._replying.discard(request)
            self._watch.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave what networks do alone; anything else is a bug."""
        if not isinstance(sys.exception(), OSError | EOFError):
            log.exception("A request of a phone met a bug")

    def _cut_late(self) -> None:
        """Cut connections that had their time.

        Not by the method of a TLS connection, which would let its thread read on in the open.
        """
        with self._watch:
            now = self.sill.tick()
            for connection, due in self._due.items():
                if due <= now:
                    _cut(connection)


def _cut(connection: Connection) -> None:
    """End a connection that another thread reads or writes."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it is gone already
