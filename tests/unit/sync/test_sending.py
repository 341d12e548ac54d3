"""One photo's way: what is asked and sent over a network that breaks, and what is said of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from field_app.domain.errors import FieldAppError, HubRefused, SignedOut, Unreachable
from field_app.domain.ids import PhotoId, TicketId
from field_app.hub_client.hub import (
    ChecksumError,
    OffsetError,
    PhotoFile,
    TellSent,
    UploadGoneError,
    UploadPlace,
)
from field_app.sync.sending import (
    BREATH_S,
    FIRST_BYTES,
    Handed,
    Over,
    Parcel,
    Placed,
    Word,
    carry,
)

SIZE = 500_000
URL = "/photos/upload/one"
PHOTO = PhotoFile(
    photo_id=PhotoId("p1"),
    ticket_id=TicketId("t1"),
    sha256="ab",
    size_bytes=SIZE,
    filetype="image/jpeg",
    path=Path("never-read.jpg"),
)


class Wire:
    """A hub for one upload; each PATCH takes what its script says before it fails."""

    def __init__(self, *script: int | Exception) -> None:
        self.script = list(script)
        self.held = 0
        self.is_known = False
        self.calls: list[str] = []

    def create_upload(self, photo: PhotoFile, first_bytes: int, tell_sent: TellSent) -> UploadPlace:
        self.calls.append(f"create {first_bytes}")
        self.is_known = True
        self._meet()
        self.held = max(self.held, first_bytes)
        return UploadPlace(url=URL, offset=self.held)

    def upload_offset(self, url: str) -> int:
        self.calls.append("ask")
        self._meet()
        if not self.is_known:
            raise UploadGoneError(url)
        return self.held

    def send_rest(self, photo: PhotoFile, place: UploadPlace, tell_sent: TellSent) -> int:
        self.calls.append(f"send {place.offset}")
        if place.offset != self.held:
            raise OffsetError(place.url)
        tell_sent(self.held + 1)
        self._meet()
        self.held = SIZE
        return SIZE

    def take_receipt(self, _photo_id: PhotoId) -> None:
        return None

    def _meet(self) -> None:
        """Meet what the script has next: new bytes and a break, or an error; 0 is a good end."""
        step = self.script.pop(0) if self.script else 0
        if isinstance(step, Exception):
            raise step
        if step:
            self.held += step
            raise Unreachable("a break")


def _carry(wire: Wire, **known: Any) -> tuple[list[Word], list[float]]:
    facts = {"url": "", "acknowledged": 0, "is_new": True, **known}
    said: list[Word] = []
    rests: list[float] = []
    hub: Any = wire
    carry(hub, Parcel(photo=PHOTO, **facts), said.append, rests.append)
    return said, rests


def _end(said: list[Word]) -> FieldAppError | None:
    over = said[-1]
    assert isinstance(over, Over)
    return over.error


def test_a_good_network_takes_a_photo_in_two_requests() -> None:
    wire = Wire()

    said, rests = _carry(wire)

    assert wire.calls == [f"create {FIRST_BYTES}", f"send {FIRST_BYTES}"]
    assert [type(word) for word in said] == [Placed, Handed, Placed, Over]
    assert _end(said) is None
    assert rests == []


def test_after_a_break_it_asks_once_and_at_once_and_sends_only_the_rest() -> None:
    wire = Wire(0, 100_000, 0, 50_000)

    said, rests = _carry(wire)

    first, second = FIRST_BYTES + 100_000, FIRST_BYTES + 150_000
    assert wire.calls[1:] == [
        f"send {FIRST_BYTES}", "ask", f"send {first}", "ask", f"send {second}"
    ]  # fmt: skip
    assert _end(said) is None
    assert set(rests) <= {0.0}


def test_what_the_hub_said_a_moment_ago_is_not_asked_again() -> None:
    wire = Wire()
    wire.held, wire.is_known = 300_000, True

    said, _rests = _carry(wire, url=URL, is_new=False, place=UploadPlace(url=URL, offset=300_000))

    assert wire.calls == ["send 300000"]
    assert said[0] == Placed(photo_id=PHOTO.photo_id, place=UploadPlace(url=URL, offset=300_000))


def test_a_break_in_the_first_request_announces_again_without_bytes() -> None:
    wire = Wire(20_000)

    _carry(wire)

    assert wire.calls == [f"create {FIRST_BYTES}", "create 0", "send 20000"]


def test_breaks_without_an_answer_get_pauses_and_an_end() -> None:
    wire = Wire(*[Unreachable("nothing")] * 9)

    said, rests = _carry(wire, url=URL, is_new=False, acknowledged=1)

    assert wire.calls == ["ask"] * 3
    assert rests == [0.0, BREATH_S]
    assert isinstance(_end(said), Unreachable)


def test_an_answer_makes_earlier_breaks_forgotten() -> None:
    nothing = Unreachable("nothing")
    wire = Wire(0, nothing, nothing, 0, 10, nothing, 0, 10)

    said, _rests = _carry(wire)

    assert _end(said) is None


def test_a_network_that_carries_questions_and_no_byte_is_given_up() -> None:
    nothing = Unreachable("nothing")
    wire = Wire(0, nothing, 0, nothing, 0, nothing, 0, nothing, 0, nothing, 0)

    said, _rests = _carry(wire)

    assert _end(said) is nothing


def test_an_upload_that_the_hub_forgot_is_announced_again_and_that_is_said() -> None:
    wire = Wire()

    said, _rests = _carry(wire, url=URL, is_new=False, acknowledged=200_000)

    assert wire.calls == ["ask", "create 0", "send 0"]
    assert said[0] == Placed(photo_id=PHOTO.photo_id, place=UploadPlace(url="", offset=0))


@pytest.mark.parametrize(
    ("prepare", "kind"),
    [
        (lambda wire: wire.script.extend([0, ChecksumError(URL)]), HubRefused),
        (lambda wire: wire.script.extend([0, *[OffsetError(URL), 0] * 9]), HubRefused),
        (lambda wire: wire.script.append(SignedOut("sign in")), SignedOut),
    ],
)
def test_what_the_hub_says_ends_it(
    prepare: Callable[[Wire], None], kind: type[FieldAppError]
) -> None:
    wire = Wire()
    prepare(wire)

    said, _rests = _carry(wire)

    assert isinstance(_end(said), kind)
