"""One photo's way over the network: what is asked and sent, and what the hub says of it.

Knows neither store nor thread, so it runs wherever a lane runs. What it finds out, it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from field_app.domain.errors import FieldAppError, HubRefused, Unreachable
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoReceipt
from field_app.hub_client.hub import (
    ChecksumError,
    Hub,
    OffsetError,
    PhotoFile,
    UploadGoneError,
    UploadPlace,
)

FIRST_BYTES: Final = 64 * 1024
"""Bytes that travel with an upload's creation, which would be an empty round trip otherwise."""
PATIENCE: Final = 3
"""Breaks in a row without an answer of the hub after which a photo waits."""
BREATH_S: Final = 0.5
"""Pause before the second try in a row; the first comes at once, because most breaks are short."""
IDLE_STEPS: Final = 4
"""Answers in a row without a new byte at the hub after which a photo waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A photo that is to go up, and what is known of its way."""

    photo: PhotoFile
    url: str
    """Path on the hub; empty before it was created there."""
    acknowledged: int
    """Bytes that the hub said to have."""
    is_new: bool
    """Whether it was never tried, so that the hub cannot have any of it."""
    place: UploadPlace | None = None
    """Where it stands, when the hub was asked a moment ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The hub said where an upload stands."""

    photo_id: PhotoId
    place: UploadPlace
    """Without url and at offset 0 when the hub knows it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """The network took so many bytes, counted from the photo's start."""

    photo_id: PhotoId
    sent_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A photo's way is over for now."""

    photo_id: PhotoId
    error: FieldAppError | None
    """None when the hub holds all of it."""
    receipt: PhotoReceipt | None = None
    """The hub's word then; None from a hub that gives none."""


Word = Placed | Handed | Over
"""What is said of a photo on its way."""
Say = Callable[[Word], None]


def carry(hub: Hub, parcel: Parcel, say: Say, rest: Callable[[float], object]) -> None:
    """Send a photo as far as the network lets it; says `Over` at the end.

    Args:
        hub: Whom to send it to, over a connection that nobody else uses meanwhile.
        parcel: What to send.
        say: Is told everything, in this thread; may raise to break off.
        rest: Waits so many seconds.
    """
    way = _Way(hub, parcel, say)
    photo_id = parcel.photo.photo_id
    try:
        way.go(rest)
    except FieldAppError as error:
        over = Over(photo_id=photo_id, error=error)
    else:
        over = Over(photo_id=photo_id, error=None, receipt=hub.take_receipt(photo_id))
    say(over)


class _Way:
    """One photo on its way."""

    def __init__(self, hub: Hub, parcel: Parcel, say: Say) -> None:
        self._hub = hub
        self._photo = parcel.photo
        self._say = say
        self._url = parcel.url
        self._acknowledged = parcel.acknowledged
        self._first_bytes = FIRST_BYTES if parcel.is_new else 0
        self._place = parcel.place
        if parcel.place is not None:
            self._found(parcel.place)

    def go(self, rest: Callable[[float], object]) -> None:
        """Send until the hub holds everything, again at once after a break that brought bytes on.

        Raises:
            FieldAppError: What the network or the hub says.
        """
        breaks = idle = 0
        broke: Unreachable | None = None
        while self._place is None or self._place.offset < self._photo.size_bytes:
            before = self._acknowledged
            try:
                self._step()
            except Unreachable as error:
                self._place, broke = None, error
                breaks += 1
                if breaks >= PATIENCE:
                    raise
                rest(BREATH_S * (breaks - 1))
                continue
            breaks = 0
            if self._acknowledged > before:
                idle, broke = 0, None
                continue
            idle += 1
            if idle > IDLE_STEPS:
                raise broke or HubRefused("the hub answers and takes no byte of the photo")

    def _step(self) -> None:
        """Find out where the upload stands, or create it, or send its rest."""
        if self._place is None:
            self._ask() if self._url else self._create()
            return
        place = self._place
        try:
            offset = self._hub.send_rest(self._photo, place, self._hand)
        except (OffsetError, UploadGoneError):
            self._place = None
        except ChecksumError as error:
            self._found(UploadPlace(url=place.url, offset=0))
            raise HubRefused("the bytes that arrived were not those of the photo") from error
        else:
            self._found(UploadPlace(url=place.url, offset=offset))

    def _ask(self) -> None:
        """Ask how many bytes the hub holds."""
        try:
            offset = self._hub.upload_offset(self._url)
        except UploadGoneError:
            self._found(UploadPlace(url="", offset=0))
            self._place = None
        else:
            self._found(UploadPlace(url=self._url, offset=offset))

    def _create(self) -> None:
        """Announce the photo, its first bytes along with it unless that was tried before."""
        first_bytes, self._first_bytes = self._first_bytes, 0
        self._found(self._hub.create_upload(self._photo, first_bytes, self._hand))

    def _found(self, place: UploadPlace) -> None:
        """Take in and say where the upload stands."""
        self._place = place
        self._url = place.url
        self._acknowledged = place.offset
        self._say(Placed(photo_id=self._photo.photo_id, place=place))

    def _hand(self, sent_bytes: int) -> None:
        """Say how far the network took it."""
        self._say(Handed(photo_id=self._photo.photo_id, sent_bytes=sent_bytes))
