"""Pictures on their way down, over a line of their own: nothing small waits behind a large one.

Their threads only speak with the network; what came is stored by the thread that decides.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import Hub, PhotoSize
from field_app.sync.errand import Errand
from field_app.sync.senders import Bell, Line

Meanwhile = Callable[[], float]
"""Lets go what is small; returns after how many seconds it is to be called again."""


class Pictures(Protocol):
    """Fetches pictures. The method is called by the thread that decides."""

    def fetch(self, photo_id: PhotoId, size: PhotoSize, meanwhile: Meanwhile) -> bytes | None:
        """Return a photo's picture in one size; None when the hub has none (yet).

        Args:
            photo_id: Whose.
            size: In which size.
            meanwhile: Is called in the calling thread, at least once before the picture is here;
                may raise, then nobody waits for the picture any more.

        Raises:
            FieldAppError: What the network or the hub says.
        """
        ...


class OnTheSameLine:
    """Fetches in the thread that decides."""

    def __init__(self, hub: Hub) -> None:
        """Fetch over this line."""
        self._hub = hub

    def fetch(self, photo_id: PhotoId, size: PhotoSize, meanwhile: Meanwhile) -> bytes | None:
        """Fetch one picture, after what is small."""
        meanwhile()
        return self._hub.photo(photo_id, size)


class _Errand(Errand):
    """One picture on its way."""

    data: bytes | None = None
    """What came; None when the hub has none (yet)."""


class Aside:
    """Fetches in a thread and over a line that nothing else waits for."""

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

    def fetch(self, photo_id: PhotoId, size: PhotoSize, meanwhile: Meanwhile) -> bytes | None:
        """Fetch one picture while the calling thread does what is small."""
        line = self._free.popleft() if self._free else self._dial()
        errand = _Errand(self._bell.wake)
        threading.Thread(
            target=self._run, args=(errand, line, photo_id, size), name="pictures", daemon=True
        ).start()
        pause_s = meanwhile()
        while not errand.is_over:
            self._bell.pause(pause_s)
            pause_s = meanwhile()
        errand.meet()
        return errand.data

    def close(self) -> None:
        """Hang up; a picture under way comes to nobody."""
        self._is_closed = True
        while self._free:
            self._free.popleft().close()

    def _run(self, errand: _Errand, line: Line, photo_id: PhotoId, size: PhotoSize) -> None:
        """Fetch a picture, in a thread of its own."""
        with errand:
            try:
                errand.data = line.photo(photo_id, size)
            finally:  # before the errand is over, so that the next one finds the line free
                self._give_back(line)

    def _give_back(self, line: Line) -> None:
        """Keep a line for the next picture; one is enough, others were left behind."""
        if self._is_closed or self._free:
            line.close()
        else:
            self._free.append(line)
