"""What is told while a phone hands photos over, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Answer(StrEnum):
    """What became of a photo that came."""

    SAVED = "saved"
    HERE = "here"
    """The job has this very photo already."""
    NOT_A_PICTURE = "not_a_picture"
    NO_ROOM = "no_room"
    FAILED = "failed"


class Ending(StrEnum):
    """Why the page was closed."""

    CLOSED = "closed"
    """On the laptop."""
    PHONE_DONE = "phone_done"
    IDLE = "idle"
    """Nothing came for a long time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCame:
    """A phone opened the page; no other one can from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A photo's bytes begin to come, perhaps once more after a break."""

    number: int
    """The same for the same bytes, from 1."""
    name: str
    """What the phone calls the file; may be empty."""
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A photo is here whole; the phone waits for the answer."""

    number: int
    name: str
    size_bytes: int
    sha256: str
    path: Path
    """The file; it is removed when the answer is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokeOff:
    """A photo's bytes stopped coming, or were not taken; nothing of it is kept."""

    number: int
    why: str
    """A `border.Why`, or empty when the line broke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The page is closed; nothing comes any more."""

    ending: Ending


News = PhoneCame | Coming | Came | BrokeOff | Ended
