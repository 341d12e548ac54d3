"""Connections of our own kind: patient with a slow network, and strict with answers."""

import socket
from typing import Final

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


class _Secret(HTTPSConnection):
    response_class = WholeHead

    def connect(self) -> None:
        """Connect, and be patient from then on."""
        super().connect()
        _be_patient(self.sock)


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
