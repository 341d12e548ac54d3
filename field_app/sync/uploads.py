"""Photos up: one after the other, each as far as the network lets it; no byte goes twice."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from field_app.domain.errors import (
    FieldAppError,
    FileUnreadable,
    HubBusy,
    HubFull,
    HubRefused,
    TooLarge,
    Unreachable,
)
from field_app.hub_client.hub import (
    ChecksumError,
    OffsetError,
    PhotoFile,
    UploadGoneError,
    UploadPlace,
)
from field_app.queries.desk import honest_now
from field_app.store import uploads
from field_app.store.uploads import Upload
from field_app.sync.site import Site, Tally, note_answer
from field_app.sync.timing import next_try

AT_ONCE: Final = 16
"""Uploads of one look into the store."""
FIRST_BYTES: Final = 64 * 1024
"""Bytes that travel with an upload's creation, which would be an empty round trip otherwise."""
PATIENCE: Final = 2
"""Breaks in a row without a new byte at the hub after which a photo waits."""
IDLE_STEPS: Final = 4
"""Answers in a row without a new byte at the hub after which a photo waits."""
FILETYPES: Final = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
}


def upload_all(site: Site, tally: Tally, between: Callable[[], None]) -> None:
    """Send the bytes of every photo that is ready.

    Args:
        site: Where.
        tally: Counts.
        between: Is called after each photo: what is smaller goes first.

    Raises:
        Unreachable: The network is gone; acknowledged bytes stay acknowledged.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait.
        StoreFailed: This laptop's disk.
    """
    while ready := uploads.next_uploads(site.desk.db, site.now(), AT_ONCE):
        for upload in ready:
            site.check()
            if not _one(site, tally, upload):
                return
            between()


def _one(site: Site, tally: Tally, upload: Upload) -> bool:
    """Send one photo; return whether there is any sense in the next one now."""
    try:
        _Way(site, tally, upload).go()
    except (HubRefused, TooLarge, FileUnreadable) as error:
        tally.trouble = error
        _postpone(site, upload, error)
    except HubFull as error:
        tally.trouble = error
        _postpone(site, upload, error)
        return False
    except (Unreachable, HubBusy) as error:
        _postpone(site, upload, error)
        raise
    return True


def _postpone(site: Site, upload: Upload, error: FieldAppError) -> None:
    """Let an upload wait for another try."""
    now = uploads.get(site.desk.db, upload.photo_id)
    attempts = (upload.attempts if now is None else now.attempts) + 1
    not_before = next_try(site.now(), attempts, site.chance(), error.wait_s)
    uploads.postpone(site.desk.db, [upload.photo_id], not_before, type(error).__name__)


class _Way:
    """One photo on its way."""

    def __init__(self, site: Site, tally: Tally, upload: Upload) -> None:
        self._site = site
        self._tally = tally
        self._upload = upload
        self._acknowledged = upload.sent_bytes
        self._photo = PhotoFile(
            photo_id=upload.photo_id,
            ticket_id=upload.ticket_id,
            sha256=upload.sha256,
            size_bytes=upload.size_bytes,
            filetype=FILETYPES.get(upload.suffix, "application/octet-stream"),
            path=_original(site, upload),
        )

    def go(self) -> None:
        """Send until the hub holds everything, again at once after a break that brought bytes on.

        Raises:
            FieldAppError: What the network or the hub says.
        """
        place = self._place_known()
        breaks = 0
        idle = 0
        while place is None or place.offset < self._photo.size_bytes:
            before = self._acknowledged
            try:
                place = self._step(place)
            except Unreachable:
                breaks = 1 if self._acknowledged > before else breaks + 1
                if breaks >= PATIENCE:
                    raise
                place = self._place_known() or place
                continue
            idle = 0 if self._acknowledged > before else idle + 1
            if idle > IDLE_STEPS:
                raise HubRefused("the hub answers and takes no byte of the photo")
        self._arrived()

    def _step(self, place: UploadPlace | None) -> UploadPlace:
        """Create the upload, or send its rest, and return where it then stands."""
        if place is None:
            return self._created()
        try:
            offset = self._site.hub.send_rest(self._photo, place, self._tell)
        except (OffsetError, UploadGoneError):
            return self._asked(place.url) or self._created()
        except ChecksumError as error:
            self._acknowledge(0)
            raise HubRefused("the bytes that arrived were not those of the photo") from error
        self._acknowledge(offset)
        return UploadPlace(url=place.url, offset=offset)

    def _place_known(self) -> UploadPlace | None:
        """Return where the upload stands after a break; None when it must be created first."""
        known = uploads.get(self._site.desk.db, self._upload.photo_id)
        if known is None or not known.url:
            return None
        return self._asked(known.url)

    def _asked(self, url: str) -> UploadPlace | None:
        """Return where the hub says that the upload stands; None when it knows it no more."""
        try:
            offset = self._site.hub.upload_offset(url)
        except UploadGoneError:
            uploads.note_url(self._site.desk.db, self._upload.photo_id, "")
            self._acknowledge(0)
            return None
        self._acknowledge(offset)
        return UploadPlace(url=url, offset=offset)

    def _created(self) -> UploadPlace:
        """Announce the photo, its first bytes along with it unless that was tried before."""
        first_bytes = FIRST_BYTES if self._upload.attempts == 0 else 0
        place = self._site.hub.create_upload(self._photo, first_bytes, self._tell)
        uploads.note_url(self._site.desk.db, self._upload.photo_id, place.url)
        self._acknowledge(place.offset)
        return place

    def _acknowledge(self, offset: int) -> None:
        """Remember how many bytes the hub holds."""
        if offset != self._acknowledged:
            uploads.note_sent(self._site.desk.db, self._upload.photo_id, offset)
            self._tally.sent_bytes += max(0, offset - self._acknowledged)
            self._acknowledged = offset
            self._site.tell_sent(self._upload.photo_id, offset)

    def _arrived(self) -> None:
        """Remember that the hub holds the photo."""
        self._tally.uploaded += 1
        photo_id = self._upload.photo_id
        receipt = self._site.hub.take_receipt(photo_id)
        desk = self._site.desk
        changes = uploads.note_arrived(desk.db, photo_id, honest_now(desk), receipt)
        self._site.tell(changes)
        note_answer(self._site, self._tally)

    def _tell(self, sent_bytes: int) -> None:
        """Show progress, and break off when the program closes."""
        self._site.check()
        self._site.tell_sent(self._upload.photo_id, sent_bytes)


def _original(site: Site, upload: Upload) -> Path:
    """Return the original's file.

    Raises:
        FileUnreadable: It is not there in full.
    """
    path = site.desk.vault.path(upload.sha256)
    if path is None or path.stat().st_size != upload.size_bytes:
        raise FileUnreadable(f"the original of photo {upload.photo_id} is not as it was")
    return path
