"""The line to the hub: packing, broken answers, and whom the token is told."""

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import zstandard

from field_app.domain.errors import NotTheHub, Unreachable
from field_app.hub_client import shaping
from field_app.hub_client.calls import HubCalls, ask_health
from field_app.hub_client.connections import SEND_S, PlainPool, _Plain
from field_app.hub_client.session import HubSession, lines_of, normal_url
from field_app.hub_client.shaping import ShapedAdapter, Switch

LINES = b"".join(b'{"line":%d}\n' % number for number in range(5_000))


CALLERS: list[object] = []


class Handler(BaseHTTPRequestHandler):
    """Answers what its path asks for."""

    def do_GET(self) -> None:
        packing = self.path.rpartition("/")[2]
        pack = {"zstd": zstandard.ZstdCompressor().compress, "gzip": gzip.compress}
        data = pack.get(packing, bytes)(LINES)
        self.send_response(200)
        if packing in pack:
            self.send_header("Content-Encoding", packing)
        self.send_header("Content-Length", str(len(data) + (10 if packing == "cut" else 0)))
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = packing == "cut"

    def do_HEAD(self) -> None:
        """Answer without a body, and remember over which connection it was asked."""
        CALLERS.append(self.client_address)
        self.protocol_version = "HTTP/1.1"
        self.close_connection = False
        self.send_response(int(self.path[1:]))
        if self.path != "/204":
            self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        said = f"{len(body)} {self.headers['Authorization']} {self.headers['User-Agent']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("packing", ["zstd", "gzip", "plain"])
def test_a_stream_is_read_line_by_line_however_it_is_packed(url: str, packing: str) -> None:
    session = HubSession(url)
    with session.ask("GET", f"/{packing}") as response:
        assert b"".join(line + b"\n" for line in lines_of(response)) == LINES
    session.close()


def test_a_stream_that_is_cut_gives_its_whole_lines_first(url: str) -> None:
    session = HubSession(url)
    lines: list[bytes] = []
    with session.ask("GET", "/cut") as response, pytest.raises(Unreachable):
        lines.extend(lines_of(response))
    session.close()


def test_the_hub_and_nobody_else_is_told_the_token(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password wrong\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session = HubSession(url, "secret")
    with session.ask("POST", "/x", body=b"x" * 5_000) as response:
        assert response.content.startswith(b"5000 Bearer secret field-app/")
    with pytest.raises(NotTheHub):
        session.ask("GET", "http://elsewhere.test/api/v1/changes")
    session.close()


def test_large_json_is_packed(url: str) -> None:
    session = HubSession(url)
    headers = {"Content-Type": "application/json"}
    with session.ask("POST", "/x", body=b"[" + b"1," * 5_000 + b"1]", headers=headers) as response:
        assert response.content.startswith(b"10003 ")
        assert response.request.headers["Content-Encoding"] == "gzip"
        assert int(response.request.headers["Content-Length"]) < 200
    session.close()


def test_after_an_answer_without_a_body_the_connection_is_used_again(url: str) -> None:
    CALLERS.clear()
    session = HubSession(url)
    for status in (200, 201, 204, 200):
        with session.ask("HEAD", f"/{status}") as response:
            assert response.status_code == status
    session.close()

    assert len(CALLERS) == 4
    assert len(set(CALLERS)) == 1


def test_a_slow_network_gets_time_for_each_piece_on_a_new_connection_and_on_an_old_one(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float | None] = []

    class Watched(_Plain):
        """Remembers how long each piece may take."""

        def send(self, data: Any) -> None:
            super().send(data)
            given.append(self.sock.gettimeout())

    monkeypatch.setattr(PlainPool, "ConnectionCls", Watched)
    session = HubSession(url)
    for _request in range(2):
        session.ask("HEAD", "/200").close()
    session.close()

    assert len(given) >= 2
    assert set(given) == {SEND_S}


def test_nobody_at_the_other_end_is_unreachable() -> None:
    session = HubSession("http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        ask_health(session)
    session.close()


def test_something_that_is_not_the_hub_is_not_taken_for_it(url: str) -> None:
    session = HubSession(url)
    with pytest.raises(NotTheHub):
        ask_health(session)
    session.close()
    hub = HubCalls.dial(url, "")
    with pytest.raises(NotTheHub):
        list(hub.changes(None))
    hub.close()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (" hub.example/ ", "https://hub.example"),
        ("http://10.0.0.5:8700", "http://10.0.0.5:8700"),
        ("https://hub.example/field/", "https://hub.example/field"),
    ],
)
def test_an_address_is_kept_with_its_scheme(said: str, kept: str) -> None:
    assert normal_url(said) == kept


@pytest.mark.parametrize("said", ["", "ftp://hub.example", "http://", "http://[oops", "http://a:x"])
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(NotTheHub):
        normal_url(said)


def test_a_slow_network_takes_the_time_of_its_bytes(url: str) -> None:
    waited: list[float] = []
    switch = Switch(waited.append, shaping.SLOW, lambda: sum(waited))
    session = HubSession(url, adapter=ShapedAdapter(switch))
    with session.ask("POST", "/x", body=b"x" * 125_000) as response:
        assert response.content.startswith(b"125000 ")
    session.close()
    assert waited[0] == shaping.SLOW.latency_s
    assert 1.0 <= sum(waited) - shaping.SLOW.latency_s < 1.1


def test_all_connections_share_the_rate_of_the_network() -> None:
    waited: list[float] = []
    switch = Switch(waited.append, shaping.SLOW, lambda: 100.0)

    for _connection in range(3):
        switch.carry(125_000)

    assert waited == [1.0, 2.0, 3.0]


def test_a_network_that_is_switched_off_ends_what_is_under_way(url: str) -> None:
    switch = Switch(lambda _seconds: None)
    session = HubSession(url, adapter=ShapedAdapter(switch))
    with session.ask("GET", "/plain") as response:
        lines = lines_of(response)
        next(lines)
        switch.to(shaping.NONE)
        with pytest.raises(Unreachable):
            list(lines)
    with pytest.raises(Unreachable):
        session.ask("GET", "/plain")
    switch.to(shaping.GOOD)
    with session.ask("GET", "/plain") as response:
        assert response.ok
    session.close()


def test_a_flapping_network_is_there_and_gone_by_turns() -> None:
    now = [0.0]
    switch = Switch(lambda _seconds: None, shaping.FLAPPING, lambda: now[0])
    switch.begin()
    now[0] = 5.0
    with pytest.raises(OSError, match="gone for a moment"):
        switch.carry(1)
    now[0] = 7.0
    switch.carry(1)


HEAD = (
    b"HTTP/1.1 204 No Content\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 85240\r\n"
    b"Content-Length: 0\r\n\r\n"
)


@contextmanager
def answering(data: bytes) -> Iterator[str]:
    """Answer one request with some bytes and close; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line, suppress(ConnectionError):
                line.recv(65536)
                line.sendall(data)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize("length", range(len(HEAD)))
def test_a_head_that_was_cut_anywhere_is_no_answer(length: int) -> None:
    with answering(HEAD[:length]) as url:
        session = HubSession(url)
        with pytest.raises(Unreachable):
            session.ask("HEAD", "photos/upload/a")
        session.close()


def test_a_whole_head_is_an_answer() -> None:
    with answering(HEAD) as url:
        session = HubSession(url)
        with session.ask("HEAD", "photos/upload/a") as response:
            assert response.headers["Upload-Offset"] == "85240"
        session.close()
