"""Answers one request of a phone: the page, a photo, or that it is done."""

import json
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from typing import TYPE_CHECKING, Any, Final

from field_app.domain.errors import DiskFull, StoreFailed
from field_app.handoff import page
from field_app.handoff.border import (
    COOKIE,
    STATUS,
    Announced,
    TurnedAway,
    Why,
    announced,
    cookie_of,
    size_of,
    target_of,
)
from field_app.handoff.landing import PIECE_BYTES
from field_app.handoff.news import Answer
from field_app.handoff.parcels import ANSWER_S, Parcel
from field_app.protocol.messages import PHOTO_LIMIT_BYTES

if TYPE_CHECKING:
    from field_app.handoff.server import Server

HEAD_LIMIT_BYTES: Final = 16 * 1024
QUIET_S: Final = 20.0
"""How long a connection may be silent."""
STALL_S: Final = 30.0
"""A piece of 64 KiB takes at most so long: a network that is slower has broken down."""
REPLY_S: Final = 15.0
HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
WHY_BY_ANSWER: Final = {
    Answer.NOT_A_PICTURE: Why.NOT_A_PICTURE,
    Answer.NO_ROOM: Why.NO_ROOM,
    Answer.FAILED: Why.FAILED,
}


class LimitedHead:
    """Lets the head of a request be read, but not for ever."""

    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file
        self._left = HEAD_LIMIT_BYTES

    def readline(self, size: int) -> bytes:
        """Return the next line of at most so many bytes.

        Raises:
            EOFError: The head is too long.
        """
        if not self._left:
            raise EOFError("the head of a request is too long")
        line = self._file.readline(min(size, self._left))
        self._left -= len(line)
        return line

    def close(self) -> None:
        """Close what is below."""
        self._file.close()


class PhoneHandler(BaseHTTPRequestHandler):
    """One connection with one request."""

    protocol_version = "HTTP/1.1"
    timeout = QUIET_S
    disable_nagle_algorithm = True
    server: "Server"

    def setup(self) -> None:
        """Shake hands, where TLS is spoken."""
        self.request.settimeout(QUIET_S)
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        super().setup()
        self._body: Any = self.rfile
        self._unread = 0
        self.rfile = LimitedHead(self._body)  # type: ignore[assignment]  # heads need no more

    def do_GET(self) -> None:
        """Show the page to the first phone that asks."""
        target = target_of(self.path)
        sill = self.server.sill
        is_page = target is not None and not target.deed and sill.invitation.admits(target.token)
        if not is_page or not self._is_for_us() or "Sec-Purpose" in self.headers:
            self._say_not_found()
            return
        given = sill.welcome(cookie_of(self.headers))
        if given is None:
            self._reply(STATUS[Why.OTHER_PHONE], *page.other_phone())
            return
        safe = "; Secure" if isinstance(self.request, ssl.SSLSocket) else ""
        cookie = f"{COOKIE}={given}; Path=/; HttpOnly; SameSite=Strict{safe}"
        shown = page.upload_page(sill.errand)
        self._reply(HTTPStatus.OK, *shown, more={"Set-Cookie": cookie})

    def do_POST(self) -> None:
        """Take a photo, or the word that the phone is done."""
        target = target_of(self.path)
        is_known = (
            target is not None
            and bool(target.deed)
            and self._is_for_us()
            and self.server.sill.knows(target.token, cookie_of(self.headers))
        )
        if target is None or not is_known:
            self._say_not_found()
            return
        try:
            if target.deed == "done":
                size_of(self.headers)
                self._say({"state": "done"})
                self.server.sill.is_done = True
            else:
                self._say({"state": self._take_photo().value})
        except TurnedAway as turned:
            self._drain()
            self._say({"state": "refused", "why": turned.why.value}, STATUS[turned.why])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer everything that is not understood like everything that is not there."""
        self._say_not_found()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Write no request down: addresses hold secrets, names of files are a person's own."""

    def _is_for_us(self) -> bool:
        """Return whether the phone typed this very address and no other page sent it here."""
        host, scheme = self.server.sill.host, self.server.scheme
        origin = self.headers.get("Origin")
        return self.headers.get("Host") == host and origin in {None, f"{scheme}://{host}"}

    def _take_photo(self) -> Answer:
        """Take one photo in and return what became of it.

        Raises:
            TurnedAway: It is not taken.
        """
        self._unread = min(size_of(self.headers), PHOTO_LIMIT_BYTES)
        photo = announced(self.headers)
        parcels = self.server.sill.parcels
        parcel = parcels.begin(photo)
        if parcel.answer is None:
            self._land(parcel, photo)
        else:
            self._drain()
        self.server.prolong(self.connection, ANSWER_S + REPLY_S, is_reply=True)
        answer = parcels.wait(parcel)
        if answer in WHY_BY_ANSWER:
            raise TurnedAway(WHY_BY_ANSWER[answer])
        return answer

    def _land(self, parcel: Parcel, photo: Announced) -> None:
        """Bring a photo's bytes to the disk and tell the laptop.

        Raises:
            TurnedAway: It is not taken.
        """
        sill = self.server.sill
        why = ""
        try:
            with sill.runway.room_for(photo.size_bytes):
                path = sill.runway.receive(photo, self._read)
            sill.note_life()
            sill.parcels.came(parcel, path)
        except TurnedAway as turned:
            why = turned.why.value
            raise
        except StoreFailed as failure:
            turned_away = Why.NO_ROOM if isinstance(failure, DiskFull) else Why.FAILED
            why = turned_away.value
            raise TurnedAway(turned_away) from failure
        finally:
            sill.parcels.broke(parcel, why)

    def _read(self, count: int) -> bytes:
        """Return the next bytes of the body.

        Raises:
            TurnedAway: The page was closed.
        """
        if self.server.sill.is_over.is_set():
            raise TurnedAway(Why.CLOSED)
        piece: bytes = self._body.read(min(count, self._unread))
        self._unread -= len(piece)
        self.server.prolong(self.connection, STALL_S)
        self.server.sill.note_life()
        return piece

    def _drain(self) -> None:
        """Read what is left of a body and keep nothing: a phone hears no answer before its end."""
        while self._unread and not self.server.sill.is_over.is_set() and self._read(PIECE_BYTES):
            pass

    def _say_not_found(self) -> None:
        self._reply(HTTPStatus.NOT_FOUND, *page.not_found())

    def _say(self, answer: dict[str, str], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._reply(status, json.dumps(answer).encode("ascii"), page.NOTHING, "application/json")

    def _reply(
        self,
        status: HTTPStatus,
        body: bytes,
        policy: str,
        kind: str = "text/html; charset=utf-8",
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Answer and hang up."""
        self.close_connection = True
        self.server.prolong(self.connection, REPLY_S, is_reply=True)
        self.send_response_only(status)
        heads = {**HEADERS, "Content-Security-Policy": policy, "Content-Type": kind, **(more or {})}
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
