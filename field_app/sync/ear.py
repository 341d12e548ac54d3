"""The ear: holds a question open at the hub, and tells what changed there."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final, Protocol

from field_app.domain.errors import FieldAppError
from field_app.hub_client.news import News

PATIENCE: Final = 2
"""Failures in a row after which it is deaf until the next round came through."""
LEAST_S: Final = 5.0
"""A hub that says sooner than this that nothing changed did not wait; that counts as a failure."""


class Line(Protocol):
    """A line to the hub, for the ear alone."""

    def news(self, cursor: str) -> News | None:
        """Wait until something changes, and return it; None when nothing did for a while."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class Ear:
    """Listens in a thread of its own; it only tells, the round that follows does the rest."""

    def __init__(
        self,
        dial: Callable[[], Line],
        tell: Callable[[News], None],
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it; it begins to listen with `listen_from`.

        Args:
            dial: Opens the line, in the ear's thread.
            tell: Is told what changed, in the ear's thread.
            tick: Seconds that only go up.
        """
        self._dial = dial
        self._tell = tell
        self._tick = tick
        self._cursor = ""
        self._is_deaf = True
        self._is_closed = False
        self._bell = threading.Event()
        self._thread = self._new_thread()

    def listen_from(self, cursor: str) -> None:
        """Listen for what comes after a cursor; again after failures, returns at once."""
        if cursor == self._cursor and not self._is_deaf:
            return
        self._cursor = cursor
        self._is_deaf = False
        if not self._thread.is_alive():
            if self._thread.ident is not None:  # a bug ended it, and was told of: begin anew
                self._thread = self._new_thread()
            self._thread.start()
        self._bell.set()

    def close(self) -> None:
        """Listen no more; a question that is held open ends by itself and is not heard."""
        self._is_closed = True
        self._bell.set()

    def _run(self) -> None:
        """Listen after each cursor that is given, until closed."""
        with closing(self._dial()) as line:
            while True:
                self._bell.wait()
                self._bell.clear()
                if self._is_closed:
                    break
                self._listen(line, self._cursor)

    def _new_thread(self) -> threading.Thread:
        """Return a thread that listens, not started yet."""
        return threading.Thread(target=self._run, name="ear", daemon=True)

    def _listen(self, line: Line, cursor: str) -> None:
        """Listen until something changes after a cursor, another one is given, or it fails."""
        failures = 0
        while cursor == self._cursor and not self._is_closed:
            begun = self._tick()
            try:
                news = line.news(cursor)
            except FieldAppError:
                failures += 1
            else:
                if news is not None:
                    self._pass_on(news)
                    return
                failures = 0 if self._tick() - begun >= LEAST_S else failures + 1
            if failures >= PATIENCE:
                self._is_deaf = True
                return

    def _pass_on(self, news: News) -> None:
        """Tell what changed, unless nobody wants to know any more."""
        if not self._is_closed:
            self._tell(news)
