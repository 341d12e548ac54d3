"""What the laptop may ask of a hub; the telephone and the tests' fakes both are one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoReceipt
from field_app.protocol.changes import TicketLine, UnreadableLine
from field_app.protocol.messages import ChangeLine, OperationBatch, UploadOffsets, Verdicts
from field_app.protocol.pack import PackReceipt
from field_app.protocol.roll_call import Absent, RollCall

Change = ChangeLine | TicketLine | UnreadableLine
PhotoSize = Literal["thumb", "screen", "original"]
TakePart = Callable[[int, bytes], None]
"""Is given bytes of a file and their place in it; in order, or from the start again."""
TellSent = Callable[[int], None]
"""Is told how many of a file's bytes were handed to the network, counted from its start."""
HearReceipt = Callable[[PhotoReceipt], None]
"""Is told a receipt that came with an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A file that is to go up."""

    photo_id: PhotoId
    ticket_id: TicketId
    sha256: str
    size_bytes: int
    filetype: str
    """Media type, as `image/jpeg`."""
    path: Path
    is_copy: bool = False
    """Whether it is the photo's screen copy and not its original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPlace:
    """Where a photo's bytes go, and how many are there."""

    url: str
    """Path on the hub."""
    offset: int
    """Bytes that the hub holds for good."""


class UploadGoneError(LookupError):
    """The hub no longer knows an upload; it is created anew."""


class ChecksumError(ValueError):
    """The hub holds other bytes than were announced; the upload starts over."""


class OtherRunError(LookupError):
    """The hub was started anew since this laptop agreed with it; nothing was taken or told."""


class OffsetError(ValueError):
    """The hub holds another number of bytes than this laptop thought; it is asked again."""


class Hub(Protocol):
    """A hub, as seen from one laptop.

    Every method may raise Unreachable, NotTheHub, SignedOut, HubBusy, HubFull, HubRefused or
    NewerVersionNeeded; then nothing counts as delivered.
    """

    run: str
    """The hub's run that this laptop agreed with last, told with every question; may be empty."""
    heard_run: str
    """The run that the hub named last; empty before it did."""

    def changes(self, cursor: str | None) -> Iterator[Change]:
        """Yield what changed since `cursor`, everything for None; the last line is `done`.

        Raises:
            CursorExpired: The hub cannot go on from there.
            OtherRunError: The hub is in another run than `run`.
        """
        ...

    def send(self, batch: OperationBatch) -> Verdicts:
        """Give operations to the hub and return one verdict each, in the same order.

        Raises:
            OtherRunError: The hub is in another run than `run`.
        """
        ...

    def call_roll(self, call: RollCall) -> Absent:
        """Name what the hub should hold; return what it lacks, and what it only recorded."""
        ...

    def uploads(self) -> UploadOffsets:
        """Return where all my open uploads stand."""
        ...

    def photo(self, photo_id: PhotoId, size: PhotoSize) -> bytes | None:
        """Return a photo's picture in one size; None when the hub has none (yet)."""
        ...

    def basemap(self, sha256: str, offset: int, take: TakePart) -> None:
        """Fetch an area map's bytes from an offset on; what `take` raises ends it."""
        ...

    def create_upload(self, photo: PhotoFile, first_bytes: int, tell_sent: TellSent) -> UploadPlace:
        """Announce a photo, so many of its bytes travelling along.

        A second time is harmless, and a photo that the hub holds comes back as whole.
        """
        ...

    def upload_offset(self, url: str) -> int:
        """Return how many bytes the hub holds.

        Raises:
            UploadGoneError: It knows no such upload.
        """
        ...

    def send_rest(self, photo: PhotoFile, place: UploadPlace, tell_sent: TellSent) -> int:
        """Send all bytes from the place's offset on and return how many the hub then holds.

        Raises:
            UploadGoneError: The hub knows no such upload.
            ChecksumError: The bytes at the hub are not those of the announced hash.
            OffsetError: The hub holds another number of bytes than `place` says.
        """
        ...

    def hand_in_pack(self, path: Path, sha256: str, tell_sent: TellSent) -> PackReceipt:
        """Hand a colleague's rescue pack to the hub and return what it took; twice is harmless.

        Raises:
            FileUnreadable: The file cannot be read.
        """
        ...

    def take_receipt(self, photo_id: PhotoId) -> PhotoReceipt | None:
        """Return the receipt that came with the last answer about a finished upload, once.

        Asks nothing. None when the hub gave none: then it holds the photo all the same.
        """
        ...
