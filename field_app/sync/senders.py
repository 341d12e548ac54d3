"""Senders: a thread for each photo under way, each with a line of its own to the hub.

They only speak with the network; what they find out is heard by the thread that decides.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import Hub
from field_app.sync.errand import Errand
from field_app.sync.sending import Handed, Parcel, Say, Word, carry

SIDE_BY_SIDE: Final = 3
"""Photos at once: while one waits for an answer or a new connection, the others fill the line."""
HOLD_S: Final = 20.0
"""Longest pause for something smaller, whatever becomes of that."""


class Bell(Protocol):
    """What wakes the thread that decides."""

    def wake(self) -> None:
        """Ring; returns at once, from any thread."""
        ...

    def pause(self, seconds: float) -> None:
        """Wait for a ring, for so long at most."""
        ...


class Line(Hub, Protocol):
    """A line to the hub, for one thread at a time."""

    def close(self) -> None:
        """Hang up."""
        ...


class _Recalled(Exception):
    """Nobody wants to hear of this photo now."""


class _Errand(Errand):
    """One photo on its way, and what was said of it."""

    def __init__(self, photo_id: PhotoId, bell: Bell, gate: threading.Event) -> None:
        super().__init__(bell.wake)
        self.photo_id = photo_id
        self._bell = bell
        self._gate = gate
        self._recalled = threading.Event()
        self._words: deque[Word] = deque()
        self._handed: Handed | None = None

    @property
    def has_said(self) -> bool:
        """Whether something waits to be heard that the thread that decides must act on."""
        return self.is_over or bool(self._words)

    def recall(self) -> None:
        """Let it end at its next word."""
        self._recalled.set()

    def rest(self, seconds: float) -> None:
        """Wait so many seconds, less when it is recalled."""
        self._recalled.wait(seconds)

    def say(self, word: Word) -> None:
        """Keep a word for the thread that decides; called in this errand's thread."""
        if self._recalled.is_set():
            raise _Recalled
        if isinstance(word, Handed):
            self._handed = word  # only the last one counts, and nobody is woken for it
            self._gate.wait(HOLD_S)
            return
        self._handed = None  # before the word, so that what is older is never heard after it
        self._words.append(word)
        self._bell.wake()

    def tell(self, hear: Say) -> None:
        """Pass on what was said; called in the thread that decides."""
        is_over = self.is_over
        while self._words:
            hear(self._words.popleft())
        handed, self._handed = self._handed, None
        if handed is not None:
            hear(handed)
        if is_over:
            self.meet()


class Senders:
    """Carries a few photos side by side, a thread for each."""

    def __init__(self, dial: Callable[[], Line], bell: Bell) -> None:
        """Make them; nothing is sent and no thread runs yet.

        Args:
            dial: Opens a line to the hub; called by the thread that decides.
            bell: Wakes the thread that decides.
        """
        self._dial = dial
        self._bell = bell
        self._gate = threading.Event()
        self._gate.set()
        self._errands: list[_Errand] = []
        self._ending: list[_Errand] = []
        self._free: deque[Line] = deque()
        self._is_closed = False
        self._books = threading.Lock()
        """Held while errands and lines are counted: whoever closes is another thread."""

    @property
    def go_by_themselves(self) -> bool:
        """Return True: they are threads."""
        return True

    def has_room(self) -> bool:
        """Return whether another photo may be begun now."""
        return len(self._errands) < SIDE_BY_SIDE

    def begin(self, parcel: Parcel, hear: Say) -> None:
        """Let a photo go; what happens to it is heard when `listen` is called.

        After `close` nothing goes any more, and nothing is heard.
        """
        line = self._free_line() or self._dial()
        errand = _Errand(parcel.photo.photo_id, self._bell, self._gate)
        with self._books:
            is_closed = self._is_closed
            if not is_closed:
                self._errands.append(errand)
        if is_closed:
            line.close()
            return
        name = f"sender of {parcel.photo.photo_id}"
        threading.Thread(
            target=self._run, args=(errand, line, parcel), name=name, daemon=True
        ).start()

    def listen(self, hear: Say, seconds: float) -> None:
        """Pass on what was said; when nothing was, wait for a word or a ring for so long.

        Raises:
            Exception: What a sender met and nobody expected.
        """
        if seconds and not any(errand.has_said for errand in self._errands):
            self._bell.pause(seconds)
        with self._books:
            under_way = tuple(self._errands)
            self._errands = [errand for errand in under_way if not errand.is_over]
        for errand in under_way:
            errand.tell(hear)

    @contextmanager
    def right_of_way(self) -> Iterator[None]:
        """Let photos pause between two pieces while something small gets through."""
        self._gate.clear()
        try:
            yield
        finally:
            self._gate.set()

    def recall(self) -> None:
        """Break off whatever is under way at its next piece; of that nothing more is heard."""
        with self._books:
            for errand in self._errands:
                errand.recall()
            self._ending = [each for each in (*self._ending, *self._errands) if not each.is_over]
            self._errands = []
        self._gate.set()

    def ending(self) -> frozenset[PhotoId]:
        """Return the photos that were broken off and whose last piece is still on its way."""
        with self._books:
            self._ending = [errand for errand in self._ending if not errand.is_over]
            return frozenset(errand.photo_id for errand in self._ending)

    def close(self) -> None:
        """Break everything off and hang up; from any thread."""
        with self._books:
            self._is_closed = True
        self.recall()
        while (line := self._free_line()) is not None:
            line.close()

    def _free_line(self) -> Line | None:
        """Take a line that is open and not used; None when there is none."""
        with self._books:
            return self._free.popleft() if self._free else None

    def _run(self, errand: _Errand, line: Line, parcel: Parcel) -> None:
        """Send a photo, in a thread of its own."""
        with errand, suppress(_Recalled):
            carry(line, parcel, errand.say, errand.rest)
        with self._books:
            is_kept = not self._is_closed and len(self._free) < SIDE_BY_SIDE
            if is_kept:
                self._free.append(line)
        if not is_kept:
            line.close()
