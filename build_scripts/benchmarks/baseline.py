"""The raw baseline: the same rows as one zstd stream, read with orjson into one transaction.

python -m build_scripts.benchmarks.baseline LINES    serves a file of lines on a free port
"""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import orjson
import zstandard

LEVEL: Final = 3
LINES_A_PIECE: Final = 500
PIECE_BYTES: Final = 64 * 1024
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nConnection: close\r\n\r\n"
STOP_S: Final = 10.0


class BaselineServer:
    """A child process that sends prepared lines, packed on the fly."""

    def __init__(self, lines: Path) -> None:
        """Start it; it serves the file `lines`."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "build_scripts.benchmarks.baseline", str(lines)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        self.port = int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.communicate(timeout=STOP_S)


def fetch(port: int, database: Path) -> tuple[float, int]:
    """Fetch all rows into a new database; return seconds and bytes on the wire."""
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("PRAGMA page_size=16384")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("CREATE TABLE tickets (id TEXT PRIMARY KEY, doc TEXT) STRICT")
    wire = _Wire()
    begun = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO tickets VALUES (?, ?)", _documents(wire.lines(port)))
    db.execute("COMMIT")
    seconds = time.perf_counter() - begun
    db.close()
    return seconds, wire.received


class _Wire:
    """Reads the stream and counts its bytes."""

    def __init__(self) -> None:
        self.received = 0

    def lines(self, port: int) -> Iterator[bytes]:
        """Yield whole lines as they come."""
        unpack = zstandard.ZstdDecompressor().decompressobj()
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            head, _, piece = line.recv(PIECE_BYTES).partition(b"\r\n\r\n")
            self.received += len(head)
            rest = b""
            while True:
                self.received += len(piece)
                *whole, rest = (rest + unpack.decompress(piece)).split(b"\n")
                yield from whole
                piece = line.recv(PIECE_BYTES)
                if not piece:
                    return


def _documents(lines: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    """Yield id and document of each line."""
    for line in lines:
        yield orjson.loads(line)["ticket"]["id"], line.decode()


def serve(path: Path) -> None:
    """Serve the file's lines to one caller after the other, until this process is ended."""
    lines = path.read_bytes().splitlines(keepends=True)
    pieces = [
        b"".join(lines[at : at + LINES_A_PIECE]) for at in range(0, len(lines), LINES_A_PIECE)
    ]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            caller, _address = listener.accept()
            with caller:
                caller.recv(PIECE_BYTES)
                pack = zstandard.ZstdCompressor(level=LEVEL).compressobj()
                caller.sendall(HEAD)
                for piece in pieces:
                    caller.sendall(
                        pack.compress(piece) + pack.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
                    )
                caller.sendall(pack.flush())


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
