"""The hatch: a page for one phone, open for one job and one kind of photo, and not for long."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from field_app.domain.clock import Clock
from field_app.domain.handoff_errors import NoWayForPhone
from field_app.handoff.addresses import Address, is_private
from field_app.handoff.certificate import make_certificate, tls_context
from field_app.handoff.handler import PhoneHandler
from field_app.handoff.invitation import Invitation
from field_app.handoff.landing import Landing, Runway
from field_app.handoff.news import Answer, Ended, Ending, News
from field_app.handoff.page import Errand
from field_app.handoff.parcels import Parcels
from field_app.handoff.server import Server
from field_app.handoff.sill import Sill

IDLE_S: Final = 600.0
"""After so long without a word of the phone the page closes by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a page is opened for, and where."""

    address: Address
    errand: Errand
    landing: Landing
    has_tls: bool = True


class Hatch:
    """An open page; see `open_hatch`. All methods may be called from every thread."""

    def __init__(
        self,
        opening: Opening,
        fingerprint: str,
        server: Server,
        parcels: Parcels,
        tell: Callable[[News], None],
    ) -> None:
        self.opening = opening
        self.fingerprint = fingerprint
        """Of the certificate, SHA-256; empty without TLS."""
        self._server = server
        self._parcels = parcels
        self._tell = tell
        self._lock = threading.Lock()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="page for a phone", daemon=True)

    @property
    def url(self) -> str:
        """The address for the phone; whoever has it may hand photos over."""
        sill = self._server.sill
        return f"{self._server.scheme}://{sill.host}/{sill.invitation.token}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def answer(self, number: int, answer: Answer) -> None:
        """Say what became of a photo that came; also after closing."""
        self._parcels.answer(number, answer)
        self._server.sill.note_life()

    def close(self) -> None:
        """Let nobody in from now on; returns at once. What is coming in breaks off."""
        self._end(Ending.CLOSED)

    def wait_closed(self, seconds: float) -> bool:
        """Return whether the page has let go of its address and all phones in so long."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """Answer until the end."""
        self._server.serve_until_over(self._look_at_clock)

    def _look_at_clock(self) -> None:
        """End when the phone is done, or nothing was heard of it for long."""
        sill = self._server.sill
        if sill.is_done:
            self._end(Ending.PHONE_DONE)
        elif sill.quiet_s() > IDLE_S:
            self._end(Ending.IDLE)

    def _end(self, ending: Ending) -> None:
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
        self._server.sill.is_over.set()
        self._parcels.close()
        self._tell(Ended(ending=ending))


def open_hatch(
    opening: Opening,
    tell: Callable[[News], None],
    clock: Clock,
    tick: Callable[[], float] = time.monotonic,
) -> Hatch:
    """Open the page and begin to answer; takes some tens of milliseconds.

    Args:
        opening: Where, and what for.
        tell: Is told what happens, in threads of the hatch.
        clock: The present, for the certificate.
        tick: Seconds that only go up.

    Raises:
        NoWayForPhone: The address cannot be used: the network is another one by now.
        DiskFull: No room on the disk; StoreFailed for any other failure of it.
    """
    host = opening.address.host
    if not is_private(host):
        raise NoWayForPhone("the address is not a private one")
    context: ssl.SSLContext | None = None
    fingerprint = ""
    if opening.has_tls:
        certificate = make_certificate(host, clock.now())
        fingerprint = certificate.fingerprint
        context = tls_context(certificate, opening.landing.folder)
    parcels = Parcels(tell)
    sill = Sill(
        invitation=Invitation(),
        errand=opening.errand,
        parcels=parcels,
        runway=Runway(opening.landing),
        tell=tell,
        tick=tick,
    )
    server = Server.listening(host, context, sill, PhoneHandler)
    hatch = Hatch(opening, fingerprint, server, parcels, tell)
    hatch.start()
    return hatch
