"""The hub as its own process on a real port: cut connections, kill, stop, and long waiting."""

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from field_app.domain.clock import SystemClock
from field_app.domain.operation import Start
from field_app.domain.people import Role
from field_app.protocol.codec import dump_batch
from field_app.protocol.messages import OperationBatch
from tests.hub.test_uploads import DATA, SHA
from tests.hub.world import API, OFFSET_TYPE, QUICK, HandClock, Laptop, World

REPOSITORY = Path(__file__).resolve().parents[2]
RUN = "from field_app.cli.hub import hub_group; hub_group()"


@dataclass(slots=True)
class Server:
    """`field-app hub serve` in a process of its own."""

    folder: Path
    process: subprocess.Popen[bytes]
    port: int

    @classmethod
    def start(cls, folder: Path) -> "Server":
        quick = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
        (folder / "hub.toml").write_text(quick, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "--language", "en", "serve", str(folder), "--port", "0"],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        assert line.startswith("The hub listens at http://127.0.0.1:"), line
        return cls(folder, process, int(line.split("127.0.0.1:")[1].split(".")[0]))

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, head: str, body: bytes = b"", announced: int | None = None) -> socket.socket:
        """Open a connection and send a request, of which more may be announced than comes."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        length = len(body) if announced is None else announced
        line.sendall(
            f"{head}Host: hub\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n".encode()
            + body
        )
        return line

    def answer(self, head: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """Send a request and return status, headers and body."""
        with self.ask(head, body) as line:
            return read_answer(line)


def read_answer(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read until the hub closes."""
    data = b""
    while piece := line.recv(65536):
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    pairs = (text.partition(": ") for text in rest)
    return int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, body


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[World, Laptop]:
    clock = HandClock()
    clock.at = SystemClock().now()
    world = World(tmp_path / "hub", clock=clock)
    roads = world.signs_in("anan", Role.CREW, "roads")
    world.has_ticket("T1")
    return world, roads


@pytest.fixture
def server(prepared: tuple[World, Laptop]) -> Iterator[Server]:
    world = prepared[0]
    world.close()
    server = Server.start(world.folder)
    yield server
    server.kill()


def head_of(laptop: Laptop, method: str, url: str, **headers: str) -> str:
    """Return a request's head."""
    told = {**laptop.headers, "Tus-Resumable": "1.0.0"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return f"{method} {url} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told.items())


@pytest.fixture
def url(prepared: tuple[World, Laptop]) -> str:
    roads = prepared[1]
    return str(roads.creates("T1", roads.announces("T1", DATA)).headers["Location"])


@pytest.fixture
def strange(prepared: tuple[World, Laptop]) -> Laptop:
    return prepared[0].signs_in("boon", Role.CREW, "lights")


def patch_head(roads: Laptop, url: str, offset: int) -> str:
    """Return the head of a PATCH."""
    return head_of(roads, "PATCH", url, Upload_Offset=str(offset), Content_Type=OFFSET_TYPE)


def wait_for_bytes(server: Server, url: str, count: int) -> None:
    """Return when the hub has written `count` bytes."""
    part = server.folder / "uploads" / url.rsplit("/", 1)[1]
    pause = threading.Event()
    while not part.exists() or part.stat().st_size < count:
        pause.wait(0.01)


def test_bytes_before_a_cut_are_kept(
    prepared: tuple[World, Laptop], url: str, server: Server
) -> None:
    roads = prepared[1]
    cut = server.ask(patch_head(roads, url, 0), DATA[:123_456], announced=len(DATA))
    wait_for_bytes(server, url, 123_456)
    cut.close()
    status, headers, _ = server.answer(head_of(roads, "HEAD", url))
    assert (status, headers["upload-offset"]) == (200, "123456")
    status, headers, _ = server.answer(patch_head(roads, url, 123_456), DATA[123_456:])
    assert (status, headers["upload-offset"]) == (204, str(len(DATA)))
    assert (server.folder / "photos" / SHA[:2] / SHA).read_bytes() == DATA


def test_a_hanging_connection_does_not_keep_the_next_one_out(
    prepared: tuple[World, Laptop], url: str, server: Server
) -> None:
    roads = prepared[1]
    with server.ask(patch_head(roads, url, 0), DATA[:1000], announced=len(DATA)) as hanging:
        wait_for_bytes(server, url, 1000)
        status, headers, _ = server.answer(head_of(roads, "HEAD", url))
        assert (status, headers["upload-offset"]) == (200, "1000")
        assert server.answer(patch_head(roads, url, 1000), DATA[1000:])[0] == 204
        assert read_answer(hanging)[0] == 423
    assert (server.folder / "photos" / SHA[:2] / SHA).read_bytes() == DATA


def test_somebody_else_cannot_break_an_upload_off(
    prepared: tuple[World, Laptop], url: str, strange: Laptop, server: Server
) -> None:
    roads = prepared[1]
    with server.ask(patch_head(roads, url, 0), DATA[:1000], announced=len(DATA)) as sending:
        wait_for_bytes(server, url, 1000)
        for method in ("HEAD", "DELETE"):
            assert server.answer(head_of(strange, method, url))[0] == 404
        assert server.answer(patch_head(strange, url, 0))[0] == 404
        sending.sendall(DATA[1000:])
        assert read_answer(sending)[0] == 204


def test_a_killed_hub_goes_on_where_it_was(
    prepared: tuple[World, Laptop], url: str, server: Server
) -> None:
    roads = prepared[1]
    with server.ask(patch_head(roads, url, 0), DATA[:200_000], announced=len(DATA)):
        wait_for_bytes(server, url, 200_000)
        server.kill()
    server.process, server.port = (again := Server.start(server.folder)).process, again.port
    body = server.answer(head_of(roads, "GET", f"{API}/photos/uploads"))[2]
    offset = orjson.loads(body)["uploads"][0]["offset"]
    assert offset == 200_000
    assert server.answer(patch_head(roads, url, offset), DATA[offset:])[0] == 204
    assert (server.folder / "photos" / SHA[:2] / SHA).read_bytes() == DATA


def last_cursor(body: bytes) -> str:
    """Return the last line's cursor, whatever chunks the body came in."""
    found: list[bytes] = re.findall(rb'"cursor":"([^"]+)"', body)
    return found[-1].decode()


def test_a_change_ends_the_waiting_of_others(
    prepared: tuple[World, Laptop], server: Server
) -> None:
    roads = prepared[1]
    body = server.answer(head_of(roads, "GET", f"{API}/changes"))[2]
    path = f"{API}/changes?cursor={last_cursor(body)}&wait=25"
    with server.ask(head_of(roads, "GET", path)) as waiting:
        work = dump_batch(OperationBatch(operations=(roads.operation("T1", Start()),)))
        assert server.answer(head_of(roads, "POST", f"{API}/operations"), work)[0] == 200
        assert b'"state":"in_progress"' in read_answer(waiting)[2]


def test_a_hub_that_stops_lets_everybody_go(prepared: tuple[World, Laptop], server: Server) -> None:
    roads = prepared[1]
    body = server.answer(head_of(roads, "GET", f"{API}/changes"))[2]
    path = f"{API}/changes?cursor={last_cursor(body)}&wait=25"
    with server.ask(head_of(roads, "GET", path)) as waiting:
        server.answer(head_of(roads, "GET", f"{API}/health"))
        server.process.send_signal(signal.SIGTERM)
        assert b'"done":true' in read_answer(waiting)[2]
    server.process.communicate(timeout=10)
    assert server.process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl+C to one process")
def test_ctrl_c_ends_the_hub_well(server: Server) -> None:
    server.process.send_signal(signal.SIGINT)
    server.process.communicate(timeout=10)
    assert server.process.returncode == 0
