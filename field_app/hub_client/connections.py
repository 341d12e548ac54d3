"""Connections of our own kind: patient with a slow network, and strict with answers."""

import socket
from typing import Any, Final

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from field_app.hub_client.whole_heads import WholeHead

SEND_S: Final = 15.0
"""Longest wait for the network to take a piece of a request: longer than that for a connection."""


class _Plain(HTTPConnection):
    response_class = WholeHead

    def connect(self) -> None:
        """Connect, and be patient from then on."""
        super().connect()
        _be_patient(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request; urllib3 gives an open connection no more time for it than a new one."""
        if self.sock is not None:
            self.timeout = SEND_S
        super().request(*args, **kwargs)


class _Secret(HTTPSConnection):
    response_class = WholeHead

    def connect(self) -> None:
        """Connect, and be patient from then on."""
        super().connect()
        _be_patient(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send a request; urllib3 gives an open connection no more time for it than a new one."""
        if self.sock is not None:
            self.timeout = SEND_S
        super().request(*args, **kwargs)


class PlainPool(HTTPConnectionPool):
    """Connections in the open."""

    ConnectionCls = _Plain


class SecretPool(HTTPSConnectionPool):
    """Connections by TLS."""

    ConnectionCls = _Secret


POOLS: Final = {"http": PlainPool, "https": SecretPool}
"""What makes connections, by scheme."""


def _be_patient(line: socket.socket | None) -> None:
    """Let an open connection take its time for each piece of a request."""
    if line is not None:
        line.settimeout(SEND_S)
