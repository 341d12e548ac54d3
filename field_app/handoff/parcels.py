"""What a phone sent in one opening, by its hash: so the same photo sent again is no other one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from field_app.handoff.border import Announced, TurnedAway, Why
from field_app.handoff.news import Answer, BrokeOff, Came, Coming, News

COUNT_LIMIT: Final = 100
"""Photos in one opening."""
ANSWER_S: Final = 120.0
"""How long a phone waits until its photo is taken in; photos given before go first."""
FINAL: Final = frozenset({Answer.SAVED, Answer.HERE, Answer.NOT_A_PICTURE})
"""Answers that the same bytes would get again."""


@dataclass(slots=True)
class Parcel:
    """One photo; changed by `Parcels` only."""

    number: int
    photo: Announced
    path: Path | None = None
    answer: Answer | None = None
    answered: threading.Event = field(default_factory=threading.Event)


class Parcels:
    """Keeps account of every photo; from any thread."""

    def __init__(self, tell: Callable[[News], None]) -> None:
        """Begin with nothing.

        Args:
            tell: Is told what happens, in whichever thread it does.
        """
        self._tell = tell
        self._lock = threading.Lock()
        self._by_hash: dict[str, Parcel] = {}
        self._is_closed = False

    def begin(self, photo: Announced) -> Parcel:
        """Expect a photo's bytes, unless its `answer` is known from before.

        Raises:
            TurnedAway: The page is closed, or too many photos came.
        """
        with self._lock:
            self._check_open()
            parcel = self._by_hash.get(photo.sha256)
            if parcel is None:
                if len(self._by_hash) >= COUNT_LIMIT:
                    raise TurnedAway(Why.TOO_MANY)
                parcel = Parcel(len(self._by_hash) + 1, photo)
                self._by_hash[photo.sha256] = parcel
            if parcel.answer in FINAL:
                return parcel
            if parcel.answer is not None:
                parcel.answer = None
                parcel.answered.clear()
        self._tell(Coming(number=parcel.number, name=photo.name, size_bytes=photo.size_bytes))
        return parcel

    def came(self, parcel: Parcel, path: Path) -> None:
        """Note that a photo is here whole.

        Raises:
            TurnedAway: The page was closed meanwhile; the file was removed.
        """
        with self._lock:
            is_first = parcel.path is None and parcel.answer is None and not self._is_closed
            if is_first:
                parcel.path = path
        if is_first:
            photo = parcel.photo
            self._tell(
                Came(
                    number=parcel.number,
                    name=photo.name,
                    size_bytes=photo.size_bytes,
                    sha256=photo.sha256,
                    path=path,
                )
            )
            return
        path.unlink(missing_ok=True)
        with self._lock:
            self._check_open()

    def broke(self, parcel: Parcel, why: str) -> None:
        """Note that a photo did not come, unless it came by another connection."""
        with self._lock:
            is_open = parcel.path is None and parcel.answer is None
        if is_open:
            self._tell(BrokeOff(number=parcel.number, why=why))

    def wait(self, parcel: Parcel) -> Answer:
        """Return what became of a photo that came.

        Raises:
            TurnedAway: The page was closed, or nobody answered.
        """
        is_told = parcel.answered.wait(ANSWER_S)
        with self._lock:
            if parcel.answer is not None:
                return parcel.answer
        raise TurnedAway(Why.CLOSED if is_told else Why.FAILED)

    def answer(self, number: int, answer: Answer) -> None:
        """Say what became of a photo that came, and remove its file."""
        with self._lock:
            parcel = next(p for p in self._by_hash.values() if p.number == number)
            path, parcel.path = parcel.path, None
            parcel.answer = answer
        if path is not None:
            path.unlink(missing_ok=True)
        parcel.answered.set()

    def close(self) -> None:
        """Expect nothing more; whoever waits is told. Photos that came are answered still."""
        with self._lock:
            self._is_closed = True
            waiting = [p for p in self._by_hash.values() if p.answer is None]
        for parcel in waiting:
            parcel.answered.set()

    def _check_open(self) -> None:
        """Raise when the page is closed; the lock is held."""
        if self._is_closed:
            raise TurnedAway(Why.CLOSED)
