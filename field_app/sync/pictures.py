"""Pictures on their way down, over a line of their own: nothing small waits behind a large one.

Their threads only speak with the network; what came is stored by the thread that decides.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol

from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import Hub, PhotoSize
from field_app.sync.errand import Errand
from field_app.sync.senders import Bell, Line

AT_ONCE: Final = 2
"""Pictures on their way: while one waits for its first byte, the other fills the line."""

Picture = tuple[PhotoId, PhotoSize]
"""A photo's picture in one size."""
Meanwhile = Callable[[], float]
"""Lets go what is small; returns after how many seconds it is to be called again."""
Hold = Callable[[], AbstractContextManager[None]]
"""Lends a moment in which something may be written, or raises when nobody waits any more."""
Load = Callable[[Hub, Hold], None]


class Pictures(Protocol):
    """Fetches pictures. The method is called by the thread that decides."""

    def bring(self, load: Load, meanwhile: Meanwhile) -> None:
        """Let something large come, which is written where it belongs as it comes.

        Args:
            load: Speaks with the hub and writes what came, inside what it is lent: once nobody
                waits any more, that raises, and nothing more is written.
            meanwhile: Is called in the calling thread; may raise, then nobody waits any more.

        Raises:
            FieldAppError: What the network, the hub or the disk says.
        """
        ...

    def fetch(
        self, picture: Picture, meanwhile: Meanwhile, then: Picture | None = None
    ) -> bytes | None:
        """Return a photo's picture in one size; None when the hub has none (yet).

        Args:
            picture: Which.
            meanwhile: Is called in the calling thread, at least once before the picture is here;
                may raise, then nobody waits for the picture any more.
            then: Which one is asked for next; may come meanwhile, so that the line is never idle.

        Raises:
            FieldAppError: What the network or the hub says.
        """
        ...


class OnTheSameLine:
    """Fetches in the thread that decides."""

    def __init__(self, hub: Hub) -> None:
        """Fetch over this line."""
        self._hub = hub

    def bring(self, load: Load, meanwhile: Meanwhile) -> None:
        """Load it, what is small having its turn before each piece."""

        @contextmanager
        def hold() -> Iterator[None]:
            meanwhile()
            yield

        load(self._hub, hold)

    def fetch(
        self, picture: Picture, meanwhile: Meanwhile, then: Picture | None = None
    ) -> bytes | None:
        """Fetch one picture, after what is small."""
        meanwhile()
        return self._hub.photo(*picture)


class _LeftBehind(Exception):
    """Nobody waits for this any more."""


class _Load(Errand):
    """Something large on its way."""

    def __init__(self, ring: Callable[[], object]) -> None:
        super().__init__(ring)
        self._lock = threading.Lock()
        self._is_left = False

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let nobody leave this behind meanwhile; in its own thread."""
        with self._lock:
            if self._is_left:
                raise _LeftBehind
            yield

    def leave(self) -> None:
        """Wait for it no more; nothing is written after this returns."""
        with self._lock:
            self._is_left = True


class _Errand(Errand):
    """One picture on its way."""

    data: bytes | None = None
    """What came; None when the hub has none (yet)."""


class Aside:
    """Fetches in threads and over lines that nothing else waits for."""

    def __init__(self, dial: Callable[[], Line], bell: Bell) -> None:
        """Make it; nothing is asked and no thread runs yet.

        Args:
            dial: Opens a line to the hub; called by the thread that decides.
            bell: Wakes the thread that decides.
        """
        self._dial = dial
        self._bell = bell
        self._free: deque[Line] = deque()
        self._is_closed = False
        self._ahead: dict[Picture, _Errand] = {}
        """The picture that comes before it is asked for; one at most."""

    def fetch(
        self, picture: Picture, meanwhile: Meanwhile, then: Picture | None = None
    ) -> bytes | None:
        """Fetch one picture while the calling thread does what is small."""
        errand = self._ahead.get(picture) or self._begin(picture)
        self._ahead = {} if then is None else {then: self._ahead.get(then) or self._begin(then)}
        self._wait(errand, meanwhile)
        return errand.data

    def bring(self, load: Load, meanwhile: Meanwhile) -> None:
        """Let something large come while the calling thread does what is small."""
        errand = _Load(self._bell.wake)
        line = self._free.popleft() if self._free else self._dial()
        threading.Thread(
            target=self._load, args=(errand, line, load), name="maps", daemon=True
        ).start()
        try:
            self._wait(errand, meanwhile)
        finally:
            errand.leave()

    def close(self) -> None:
        """Hang up; a picture under way comes to nobody."""
        self._is_closed = True
        while self._free:
            self._free.popleft().close()

    def _begin(self, picture: Picture) -> _Errand:
        """Let a picture come."""
        line = self._free.popleft() if self._free else self._dial()
        errand = _Errand(self._bell.wake)
        threading.Thread(
            target=self._run, args=(errand, line, picture), name="pictures", daemon=True
        ).start()
        return errand

    def _wait(self, errand: Errand, meanwhile: Meanwhile) -> None:
        """Do what is small until an errand is over, and meet its failure."""
        pause_s = meanwhile()
        while not errand.is_over:
            self._bell.pause(pause_s)
            pause_s = meanwhile()
        errand.meet()

    def _load(self, errand: _Load, line: Line, load: Load) -> None:
        """Let something large come, in a thread of its own."""
        with errand:
            try:
                load(line, errand.hold)
            finally:
                self._give_back(line)

    def _run(self, errand: _Errand, line: Line, picture: Picture) -> None:
        """Fetch a picture, in a thread of its own."""
        with errand:
            try:
                errand.data = line.photo(*picture)
            finally:  # before the errand is over, so that the next one finds the line free
                self._give_back(line)

    def _give_back(self, line: Line) -> None:
        """Keep a line for the next picture; two are enough, others were left behind."""
        if self._is_closed or len(self._free) >= AT_ONCE:
            line.close()
        else:
            self._free.append(line)
