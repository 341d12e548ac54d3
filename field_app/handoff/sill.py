"""What every request of a phone is answered with."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from field_app.handoff.invitation import Invitation
from field_app.handoff.landing import Runway
from field_app.handoff.news import News, PhoneCame
from field_app.handoff.page import Errand
from field_app.handoff.parcels import Parcels


@dataclass(slots=True, kw_only=True)
class Sill:
    """What lies between laptop and phone while the hatch is open; shared by all its threads."""

    invitation: Invitation
    errand: Errand
    parcels: Parcels
    runway: Runway
    tell: Callable[[News], None]
    tick: Callable[[], float]
    host: str = ""
    """Address and port, as a phone says them."""
    is_done: bool = False
    """Whether the phone said that it is done."""
    is_over: threading.Event = field(default_factory=threading.Event)
    _last: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._last = self.tick()

    def note_life(self) -> None:
        """Note that the phone was heard of."""
        self._last = self.tick()

    def quiet_s(self) -> float:
        """Return for how long nothing was heard of the phone."""
        return self.tick() - self._last

    def welcome(self, cookie: str) -> str | None:
        """Let a phone open the page; see `Invitation.welcome`."""
        with self._lock:
            is_first = not self.invitation.is_taken
            given = self.invitation.welcome(cookie)
        if is_first:
            self.tell(PhoneCame())
        if given is not None:
            self.note_life()
        return given

    def knows(self, token: str, cookie: str) -> bool:
        """Return whether a request is that of the phone that opened the page."""
        with self._lock:
            is_known = self.invitation.admits(token) and self.invitation.knows(cookie)
        if is_known:
            self.note_life()
        return is_known
