"""Photos up, by tus 1.0.0 (https://tus.io/protocols/resumable-upload)."""

from base64 import b64encode
from typing import Final, Self

import requests

from field_app.domain.errors import NotTheHub
from field_app.hub_client.errors import GONE, failure_of, readable
from field_app.hub_client.hub import (
    ChecksumError,
    HearReceipt,
    OffsetError,
    PhotoFile,
    TellSent,
    UploadGoneError,
    UploadPlace,
)
from field_app.hub_client.session import HubSession
from field_app.protocol.messages import CHECKSUM_MISMATCH
from field_app.protocol.photo_receipt import HEADER, load_receipt

TUS_VERSION: Final = "1.0.0"
TUS: Final = {"Tus-Resumable": TUS_VERSION}
OFFSET_TYPE: Final = "application/offset+octet-stream"
UPLOADS_PATH: Final = "photos/upload"
PIECE_BYTES: Final = 8 * 1024
"""Handed to the network at a time; between two of them something smaller may go first."""
CREATED: Final = 201
OK: Final = 200
NO_CONTENT: Final = 204
NOT_FOUND: Final = 404
CONFLICT: Final = 409


class Rest:
    """The bytes of a file from an offset on, read bit by bit as the network takes them."""

    def __init__(self, photo: PhotoFile, offset: int, tell_sent: TellSent, end: int) -> None:
        """Open the file.

        Args:
            photo: The file.
            offset: First byte to send.
            tell_sent: Is told how far the network took it.
            end: One past the last byte to send.

        Raises:
            FileUnreadable: The file cannot be read.
        """
        with readable(photo.photo_id):
            self._file = photo.path.open("rb")
            self._file.seek(offset)
        self._name = photo.photo_id
        self._at = offset
        self._tell_sent = tell_sent
        self._length = end - offset
        self._end = end

    def __len__(self) -> int:
        """Return the number of bytes to send in all."""
        return self._length

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end.

        Raises:
            FileUnreadable: The file cannot be read any more.
        """
        left = min(self._end - self._at, PIECE_BYTES)
        with readable(self._name):
            data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        if data:
            self._tell_sent(self._at)
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def create(
    session: HubSession,
    photo: PhotoFile,
    first_bytes: int,
    tell_sent: TellSent,
    hear: HearReceipt,
) -> UploadPlace:
    """Announce a photo, its first bytes travelling along; see `Hub.create_upload`."""
    headers = {
        **TUS,
        "Upload-Length": str(photo.size_bytes),
        "Upload-Metadata": _metadata(photo),
    }
    end = min(first_bytes, photo.size_bytes)
    if end:
        headers["Content-Type"] = OFFSET_TYPE
    with Rest(photo, 0, tell_sent, end) as rest:
        response = session.ask("POST", UPLOADS_PATH, body=rest if end else None, headers=headers)
    with response:
        _check(response, {CREATED, OK})
        _hear(response, hear)
        url = response.headers.get("Location", "")
        if not url:
            raise NotTheHub("an upload was created without Location")
        whole = session.url(url)
        path = whole.removeprefix(session.base_url.rstrip("/"))
        return UploadPlace(url=path, offset=_offset(response, default=0))


def offset(session: HubSession, url: str, hear: HearReceipt) -> int:
    """Return how many bytes the hub holds; see `Hub.upload_offset`."""
    response = session.ask("HEAD", url, headers=TUS)
    with response:
        if response.status_code in {NOT_FOUND, GONE} and _is_tus(response):
            raise UploadGoneError(url)
        _check(response, {OK, NO_CONTENT})
        _hear(response, hear)
        return _offset(response, default=None)


def send_rest(
    session: HubSession,
    photo: PhotoFile,
    place: UploadPlace,
    tell_sent: TellSent,
    hear: HearReceipt,
) -> int:
    """Send all bytes from the place's offset on in one request; see `Hub.send_rest`."""
    headers = {**TUS, "Upload-Offset": str(place.offset), "Content-Type": OFFSET_TYPE}
    with Rest(photo, place.offset, tell_sent, photo.size_bytes) as rest:
        response = session.ask("PATCH", place.url, body=rest, headers=headers)
    with response:
        held_bytes = _after_patch(response, place.url)
        _hear(response, hear)
        return held_bytes


def _after_patch(response: requests.Response, url: str) -> int:
    """Return the offset after bytes were sent, or raise what the hub said of them."""
    status = response.status_code
    if _is_tus(response):
        if status in {NOT_FOUND, GONE}:
            raise UploadGoneError(url)
        if status == CHECKSUM_MISMATCH:
            raise ChecksumError(url)
        if status == CONFLICT:
            raise OffsetError(url)
    _check(response, {NO_CONTENT})
    return _offset(response, default=None)


def _check(response: requests.Response, good: set[int]) -> None:
    """Raise unless the hub's tus answered with a good status."""
    if response.status_code not in good:
        raise failure_of(response)
    if not _is_tus(response):
        raise NotTheHub(f"status {response.status_code} without Tus-Resumable")


def _hear(response: requests.Response, hear: HearReceipt) -> None:
    """Pass on the receipt in an answer; a hub that gives none is believed by its offset alone."""
    receipt = load_receipt(response.headers.get(HEADER, ""))
    if receipt is not None:
        hear(receipt)


def _is_tus(response: requests.Response) -> bool:
    """Return whether the answer comes from something that speaks tus."""
    return response.headers.get("Tus-Resumable") == TUS_VERSION


def _offset(response: requests.Response, default: int | None) -> int:
    """Return the answer's Upload-Offset."""
    text = response.headers.get("Upload-Offset", "")
    if text.isascii() and text.isdigit():
        return int(text)
    if default is None or text:
        raise NotTheHub("an upload's answer without a sound Upload-Offset")
    return default


def _metadata(photo: PhotoFile) -> str:
    """Return Upload-Metadata: names and base64 values."""
    pairs = {
        "photo_id": photo.photo_id,
        "ticket_id": photo.ticket_id,
        "sha256": photo.sha256,
        "filetype": photo.filetype,
        **({"size": "screen"} if photo.is_copy else {}),
    }
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in pairs.items())
