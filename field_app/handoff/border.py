"""The border: what a request may say, checked before anything is done with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_to_bytes

from field_app.protocol.messages import PHOTO_LIMIT_BYTES

COOKIE: Final = "field_app_phone"
NAME_LIMIT: Final = 120
"""Signs of a file's name that are kept."""
SNIFFED_BYTES: Final = 32
"""So many first bytes tell a picture from anything else."""
_PATH: Final = re.compile(r"/([a-z0-9]{1,64})(?:/(photos|done))?(?:\?[!-~]*)?", re.ASCII)
_SIZE: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})


class Why(StrEnum):
    """Why something was not taken; the page has a sentence for each."""

    OTHER_PHONE = "other_phone"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NOT_A_PICTURE = "not_a_picture"
    CHANGED = "changed"
    NO_ROOM = "no_room"
    FAILED = "failed"
    CLOSED = "closed"


STATUS: Final = {
    Why.OTHER_PHONE: HTTPStatus.FORBIDDEN,
    Why.MALFORMED: HTTPStatus.BAD_REQUEST,
    Why.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Why.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Why.NOT_A_PICTURE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Why.CHANGED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.NO_ROOM: HTTPStatus.INSUFFICIENT_STORAGE,
    Why.FAILED: HTTPStatus.INTERNAL_SERVER_ERROR,
    Why.CLOSED: HTTPStatus.GONE,
}


class TurnedAway(Exception):
    """Something is not taken; the phone is told why, and nothing of it is kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a path asks for."""

    token: str
    deed: str
    """`photos`, `done`, or empty for the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a phone says of a photo before its bytes."""

    sha256: str
    size_bytes: int
    name: str
    """For a person's eyes only; never the name of a file here."""


def target_of(path: str) -> Target | None:
    """Return what a path asks for; None for anything that the page never asks."""
    found = _PATH.fullmatch(path)
    return None if found is None else Target(token=found[1], deed=found[2] or "")


def cookie_of(headers: Message) -> str:
    """Return what a phone says that it was given; empty for nothing, or for several things."""
    lines: Sequence[str] = headers.get_all("Cookie", [])
    parts = [part.strip().partition("=") for line in lines for part in line.split(";")]
    values = [value for name, _equals, value in parts if name == COOKIE]
    return values[0] if len(values) == 1 else ""


def size_of(headers: Message) -> int:
    """Return how many bytes follow.

    Raises:
        TurnedAway: It is not said, said twice, or in pieces.
    """
    said = headers.get_all("Content-Length", [])
    if "Transfer-Encoding" in headers or len(said) != 1 or not _SIZE.fullmatch(said[0].strip()):
        raise TurnedAway(Why.MALFORMED)
    return int(said[0])


def announced(headers: Message) -> Announced:
    """Return what a phone says of a photo.

    Raises:
        TurnedAway: It is malformed, or the photo is larger than the hub takes.
    """
    size = size_of(headers)
    sha256 = headers.get_all("X-Photo-Sha256", [])
    if len(sha256) != 1 or not _HASH.fullmatch(sha256[0]):
        raise TurnedAway(Why.MALFORMED)
    if size > PHOTO_LIMIT_BYTES:
        raise TurnedAway(Why.TOO_LARGE)
    if size == 0:
        raise TurnedAway(Why.NOT_A_PICTURE)
    said = headers.get("X-Photo-Name", "")
    return Announced(sha256=sha256[0], size_bytes=size, name=name_of(str(said)))


def name_of(said: str) -> str:
    """Return a percent-encoded name as a person may read it: one line, no signs that do things."""
    name = unquote_to_bytes(said[: NAME_LIMIT * 9]).decode("utf-8", "replace")
    last = re.split(r"[/\\]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:NAME_LIMIT]


def is_picture(head: bytes) -> bool:
    """Return whether first bytes are those of a JPEG, PNG, WebP or HEIC file.

    Args:
        head: The first `SNIFFED_BYTES`, or all when there are fewer.
    """
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return True
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS
