"""Photos up: which goes when, and what becomes of it. The lanes do the sending."""

from collections.abc import Callable
from dataclasses import replace
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
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoReceipt
from field_app.hub_client.hub import PhotoFile, UploadPlace
from field_app.queries.desk import honest_now
from field_app.store import pauses, screen_copies, turns, uploads
from field_app.store.uploads import Upload
from field_app.sync.copies import copy_file
from field_app.sync.lanes import Lanes
from field_app.sync.sending import Handed, Over, Parcel, Placed, Word
from field_app.sync.site import Site, Tally, note_answer
from field_app.sync.timing import beat_s, next_try

AT_ONCE: Final = 16
"""Uploads of one look into the store; more than there are lanes."""
FILETYPES: Final = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
}


def upload_all(
    site: Site, tally: Tally, *, meanwhile: Callable[[], None], between: Callable[[], None]
) -> None:
    """Send the bytes of every photo that is ready.

    Args:
        site: Where.
        tally: Counts.
        meanwhile: Is called once at the start, photos being under way already where they can be.
        between: Is called again and again meanwhile: what is smaller goes first.

    Raises:
        Unreachable: The network is gone; acknowledged bytes stay acknowledged.
        SignedOut: Nothing changed.
        HubBusy: The hub asks to wait.
        StoreFailed: This laptop's disk.
    """
    dispatch = _Dispatch(site, tally, site.lanes)
    try:
        dispatch.run(meanwhile, between)
    finally:
        site.lanes.recall()


class _Dispatch:
    """Photos under way, and what is heard of them."""

    def __init__(self, site: Site, tally: Tally, lanes: Lanes) -> None:
        self._site = site
        self._tally = tally
        self._lanes = lanes
        self._under_way: dict[PhotoId, Upload] = {}
        self._places: dict[PhotoId, UploadPlace] = {}
        self._end: FieldAppError | None = None
        """Because of which no more photos are begun in this round."""

    def run(self, meanwhile: Callable[[], None], between: Callable[[], None]) -> None:
        """Keep the lanes full until nothing is ready, or nothing gets through."""
        if self._lanes.go_by_themselves:
            self._ask_where_they_stand()
            while self._begin_next():
                pass
            self._between(meanwhile)
        else:
            meanwhile()
            self._ask_where_they_stand()
        while True:
            self._site.check()
            self._call_back_what_rests()
            has_begun = self._begin_next()
            if not has_begun and not self._under_way and not self._waits_for_an_end():
                break
            self._lanes.listen(self._hear, 0.0 if has_begun else self._beat_s())
            self._between(between)
        if self._end is not None and not isinstance(self._end, HubFull):
            raise self._end

    def _ask_where_they_stand(self) -> None:
        """Ask once for all photos that were begun before, instead of once for each."""
        ready = uploads.next_uploads(self._site.desk.db, self._site.now(), AT_ONCE)
        begun = [each for each in ready if not each.is_copy and (each.url or each.is_begun)]
        if not begun:
            return
        ending = self._lanes.ending()
        try:
            standing = self._site.hub.uploads().uploads
        except HubRefused as error:
            self._tally.trouble = error  # each is then asked for alone
            return
        except (Unreachable, HubBusy) as error:
            for upload in begun:
                self._postpone(upload, error)
            raise
        self._places = {
            each.photo_id: UploadPlace(url=each.url, offset=each.offset)
            for each in standing
            if each.photo_id not in ending  # its last bytes may still arrive
        }

    def _between(self, between: Callable[[], None]) -> None:
        """Let go what is smaller; a break of its line alone stops no photo."""
        try:
            between()
        except Unreachable as error:
            if not self._under_way:
                raise
            self._tally.trouble = error

    def _beat_s(self) -> float:
        """Return how long to listen to photos under way before it is looked at what is smaller."""
        now = self._site.now()
        return beat_s(now, turns.of_operations(self._site.desk.db, now))

    def _call_back_what_rests(self) -> None:
        """Break photos off that a person lets rest; what the hub holds of them stays there."""
        if not self._under_way:
            return
        rests = pauses.read(self._site.desk.db)
        if any(_rests(rests, upload) for upload in self._under_way.values()):
            self._lanes.recall()
            self._under_way.clear()

    def _begin_next(self) -> bool:
        """Give the next photo to a lane; return whether there was one and room for it."""
        if self._end is not None or not self._lanes.has_room():
            return False
        ending = self._lanes.ending()
        for upload in uploads.next_uploads(self._site.desk.db, self._site.now(), AT_ONCE):
            if upload.photo_id not in self._under_way and upload.photo_id not in ending:
                self._begin(upload)
                return True
        return False

    def _waits_for_an_end(self) -> bool:
        """Return whether a photo is ready of which an earlier sending has not ended yet."""
        ending = self._lanes.ending()
        if self._end is not None or not ending:
            return False
        ready = uploads.next_uploads(self._site.desk.db, self._site.now(), AT_ONCE)
        return any(upload.photo_id in ending for upload in ready)

    def _begin(self, upload: Upload) -> None:
        """Give a photo to a lane."""
        self._under_way[upload.photo_id] = upload
        try:
            photo = (copy_file if upload.is_copy else _file_of)(self._site, upload)
        except FileUnreadable as error:
            self._hear(Over(photo_id=upload.photo_id, error=error))
            return
        if photo is None:
            del self._under_way[upload.photo_id]
            return
        if photo.sha256 != upload.sha256:
            upload = replace(upload, url="", sent_bytes=0)
        is_new = not upload.url and upload.attempts == 0 and not upload.is_begun
        if is_new:
            begin = screen_copies.note_begun if upload.is_copy else uploads.note_begun
            begin(self._site.desk.db, upload.photo_id)
        parcel = Parcel(
            photo=photo,
            url=upload.url,
            acknowledged=upload.sent_bytes,
            is_new=is_new,
            place=None if upload.is_copy else self._places.pop(upload.photo_id, None),
        )
        self._lanes.begin(parcel, self._hear)

    def _hear(self, word: Word) -> None:
        """Take in what a lane says."""
        match word:
            case Handed():
                self._site.check()
                if not self._under_way[word.photo_id].is_copy:
                    self._site.tell_sent(word.photo_id, word.sent_bytes)
            case Placed():
                upload = self._under_way[word.photo_id]
                place = self._copy_placed if upload.is_copy else self._placed
                place(word.photo_id, word.place)
            case Over():
                upload = self._under_way.pop(word.photo_id)
                if word.error is None and upload.is_copy:
                    self._copy_arrived(upload)
                elif word.error is None:
                    self._arrived(upload, word.receipt)
                else:
                    self._failed(upload, word.error)

    def _placed(self, photo_id: PhotoId, place: UploadPlace) -> None:
        """Remember where an upload stands; bytes that got through prove that the way is open."""
        db = self._site.desk.db
        known = uploads.get(db, photo_id)
        if known is None:
            return
        if place.url != known.url:
            uploads.note_url(db, photo_id, place.url)
        if place.offset == known.sent_bytes:
            return
        uploads.note_sent(db, photo_id, place.offset)
        self._tally.sent_bytes += max(0, place.offset - known.sent_bytes)
        self._site.tell_sent(photo_id, place.offset)
        if place.offset > known.sent_bytes and isinstance(self._end, Unreachable):
            self._tally.trouble, self._end = self._end, None

    def _copy_placed(self, photo_id: PhotoId, place: UploadPlace) -> None:
        """Remember where a screen copy stands."""
        screen_copies.note_placed(self._site.desk.db, photo_id, place.url, place.offset)
        if place.offset > 0 and isinstance(self._end, Unreachable):
            self._tally.trouble, self._end = self._end, None

    def _copy_arrived(self, upload: Upload) -> None:
        """Remember that the hub has a picture of a photo; the photo itself still waits."""
        desk = self._site.desk
        self._site.tell(screen_copies.note_arrived(desk.db, upload.photo_id, honest_now(desk)))
        note_answer(self._site, self._tally)

    def _arrived(self, upload: Upload, receipt: PhotoReceipt | None) -> None:
        """Remember that the hub holds a photo."""
        site = self._site
        self._tally.uploaded += 1
        desk = site.desk
        site.tell(uploads.note_arrived(desk.db, upload.photo_id, honest_now(desk), receipt))
        note_answer(self._site, self._tally)

    def _failed(self, upload: Upload, error: FieldAppError) -> None:
        """Let a photo wait, and see whether there is any sense in the next one now."""
        is_its_own = isinstance(error, HubRefused | TooLarge | FileUnreadable)
        if is_its_own or isinstance(error, Unreachable | HubBusy | HubFull):
            self._postpone(upload, error)
        if is_its_own or isinstance(error, HubFull):
            self._tally.trouble = error
        if not is_its_own:
            self._end = self._end or error

    def _postpone(self, upload: Upload, error: FieldAppError) -> None:
        """Let an upload wait for another try."""
        site = self._site
        now = uploads.get(site.desk.db, upload.photo_id)
        attempts = (upload.attempts if now is None else now.attempts) + 1
        not_before = next_try(site.now(), attempts, site.chance(), error.wait_s)
        uploads.postpone(site.desk.db, [upload.photo_id], not_before, type(error).__name__)


def _rests(rests: pauses.Pauses, upload: Upload) -> bool:
    """Return whether a person lets rest what is under way."""
    check = rests.copy_rests if upload.is_copy else rests.rests
    return check(upload.ticket_id)


def _file_of(site: Site, upload: Upload) -> PhotoFile:
    """Return the original of a photo.

    Raises:
        FileUnreadable: It is not there in full.
    """
    path: Path | None = site.desk.vault.path(upload.sha256)
    if path is None or path.stat().st_size != upload.size_bytes:
        raise FileUnreadable(f"the original of photo {upload.photo_id} is not as it was")
    return PhotoFile(
        photo_id=upload.photo_id,
        ticket_id=upload.ticket_id,
        sha256=upload.sha256,
        size_bytes=upload.size_bytes,
        filetype=FILETYPES.get(upload.suffix, "application/octet-stream"),
        path=path,
    )
