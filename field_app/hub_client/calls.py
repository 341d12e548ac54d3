"""The calls of the protocol over the telephone."""

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import Final, Self

import orjson
import requests
from requests.adapters import HTTPAdapter

from field_app.domain.clock import from_stamp
from field_app.domain.errors import (
    HubBusy,
    HubRefused,
    NotTheHub,
    SignedOut,
    TooManyTries,
    WrongPassword,
)
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoReceipt
from field_app.hub_client import pack, package, upload
from field_app.hub_client.errors import TOO_MANY, content_type, failure_of
from field_app.hub_client.hub import (
    Change,
    OtherRunError,
    PhotoFile,
    PhotoSize,
    TakePart,
    TellSent,
    UploadPlace,
)
from field_app.hub_client.news import News, gather
from field_app.hub_client.session import PROBE_TIMEOUTS, TIMEOUTS, HubSession, lines_of, pieces_of
from field_app.protocol.changes import load_change
from field_app.protocol.codec import (
    Malformed,
    dump,
    dump_batch,
    load_absent,
    load_signed_in,
    load_uploads,
    load_verdicts,
)
from field_app.protocol.messages import (
    CHANGES_TYPE,
    OperationBatch,
    SignedIn,
    SignIn,
    UploadOffsets,
    Verdicts,
)
from field_app.protocol.pack import PackReceipt
from field_app.protocol.roll_call import OTHER_RUN, RUN_HEADER, Absent, RollCall

JSON_TYPE: Final = "application/json"
JSON: Final = {"Content-Type": JSON_TYPE}
ANSWER_LIMIT_BYTES: Final = 64 * 1024 * 1024
"""Largest answer that is taken into memory."""
LISTEN_S: Final = 25
"""How long the hub may keep the ear's question."""
NOT_FOUND: Final = 404
FORBIDDEN: Final = 403


def sign_in(session: HubSession, question: SignIn) -> SignedIn:
    """Ask for a token of a person on this device.

    Raises:
        WrongPassword: The hub knows no such person with this password.
        TooManyTries: It was tried too often.
        Unreachable: Nobody answers; also NotTheHub and the others of `Hub`.
    """
    response = session.ask("POST", "devices", body=dump(question), headers=JSON)
    with response:
        try:
            body = _json_of(response)
        except SignedOut as error:
            raise WrongPassword(error.detail) from error
        except HubRefused as error:
            if response.status_code == FORBIDDEN:
                raise WrongPassword(error.detail) from error
            raise
        except HubBusy as error:
            if response.status_code == TOO_MANY:
                raise TooManyTries(error.detail, wait_s=error.wait_s) from error
            raise
    try:
        return load_signed_in(body)
    except Malformed as error:
        raise NotTheHub(f"sign-in: {error}") from error


def sign_in_at(hub_url: str, question: SignIn, adapter: HTTPAdapter | None = None) -> SignedIn:
    """Ask the hub at an address for a token; the errors are those of `sign_in`."""
    session = HubSession(hub_url, adapter=adapter)
    try:
        return sign_in(session, question)
    finally:
        session.close()


def ask_health(session: HubSession) -> datetime:
    """Return what time it is at the hub.

    Raises:
        Unreachable: Nobody answers; also NotTheHub and the others of `Hub`.
    """
    response = session.ask("GET", "health")
    with response:
        body = _json_of(response)
    try:
        return from_stamp(orjson.loads(body)["server_time"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise NotTheHub("health: the answer is not the hub's") from error


class HubCalls:
    """A hub on the other end of the line: the real `Hub`."""

    def __init__(self, session: HubSession) -> None:
        """Speak over this session; it is closed with `close`."""
        self._session = session
        self.run = ""
        self.heard_run = ""
        self._receipts: dict[PhotoId, PhotoReceipt] = {}

    @classmethod
    def dial(cls, base_url: str, token: str, adapter: HTTPAdapter | None = None) -> Self:
        """Return a hub at an address; nothing is sent yet."""
        return cls(HubSession(base_url, token, adapter))

    def changes(self, cursor: str | None, wait_s: int = 0) -> Generator[Change]:
        """Yield what changed since `cursor`; see `Hub.changes`.

        Args:
            cursor: Where to go on.
            wait_s: Seconds that the hub may keep the question until something changes.
        """
        params = {"cursor": cursor} if cursor else {}
        if wait_s:
            params["wait"] = str(wait_s)
        headers = {"Accept": CHANGES_TYPE, "Accept-Encoding": "zstd, gzip", **self._run()}
        response = self._session.ask("GET", "changes", headers=headers, params=params)
        with response:
            if not response.ok:
                raise _failure_or_run(response)
            self.heard_run = response.headers.get(RUN_HEADER, "")
            if content_type(response) != CHANGES_TYPE:
                raise NotTheHub(f"changes as {content_type(response) or 'no content type'}")
            for raw in lines_of(response):
                try:
                    yield load_change(raw)
                except Malformed as error:
                    raise NotTheHub(f"changes: {error}") from error

    def news(self, cursor: str) -> News | None:
        """Wait until something changes, and return it; None when nothing did for a while.

        Raises:
            CursorExpired: The hub cannot go on from there; also Unreachable and the others of
                `Hub`, when not even one line came.
        """
        connect_s, read_s = TIMEOUTS
        self._session.timeouts = (connect_s, LISTEN_S + read_s)
        heard = gather(self.changes(cursor, LISTEN_S))
        return None if heard is None else News(after=cursor, run=self.heard_run, changes=heard)

    def send(self, batch: OperationBatch) -> Verdicts:
        """Give operations to the hub; see `Hub.send`."""
        headers = {**JSON, **self._run()}
        response = self._session.ask("POST", "operations", body=dump_batch(batch), headers=headers)
        with response:
            if response.status_code == OTHER_RUN:
                raise _failure_or_run(response)
            body = _json_of(response)
        try:
            verdicts = load_verdicts(body)
        except Malformed as error:
            raise NotTheHub(f"operations: {error}") from error
        answered = tuple(verdict.operation_id for verdict in verdicts.results)
        if answered != tuple(operation.id for operation in batch.operations):
            raise NotTheHub("operations: the verdicts are not those of the batch")
        return verdicts

    def call_roll(self, call: RollCall) -> Absent:
        """Name what the hub should hold; see `Hub.call_roll`."""
        response = self._session.ask("POST", "roll-call", body=dump(call), headers=JSON)
        with response:
            body = _json_of(response)
        try:
            return load_absent(body)
        except Malformed as error:
            raise NotTheHub(f"roll call: {error}") from error

    def _run(self) -> dict[str, str]:
        """Return the header that names the run this laptop agrees with, if it does with any."""
        return {RUN_HEADER: self.run} if self.run else {}

    def uploads(self) -> UploadOffsets:
        """Return where my uploads stand; see `Hub.uploads`."""
        response = self._session.ask("GET", "photos/uploads")
        with response:
            body = _json_of(response)
        try:
            return load_uploads(body)
        except Malformed as error:
            raise NotTheHub(f"uploads: {error}") from error

    def photo(self, photo_id: PhotoId, size: PhotoSize) -> bytes | None:
        """Return a photo's picture; see `Hub.photo`."""
        response = self._session.ask("GET", f"photos/{photo_id}", params={"size": size})
        with response:
            if not response.ok:
                error = failure_of(response)
                if response.status_code == NOT_FOUND:
                    return None
                raise error
            if not content_type(response).startswith("image/"):
                raise NotTheHub(f"a photo as {content_type(response) or 'no content type'}")
            return _whole(response)

    def basemap(self, sha256: str, offset: int, take: TakePart) -> None:
        """Fetch an area map's bytes; see `Hub.basemap`."""
        package.fetch(self._session, sha256, offset, take)

    def create_upload(self, photo: PhotoFile, first_bytes: int, tell_sent: TellSent) -> UploadPlace:
        """Announce a photo; see `Hub.create_upload`."""
        return upload.create(self._session, photo, first_bytes, tell_sent, self._hear)

    def hand_in_pack(self, path: Path, sha256: str, tell_sent: TellSent) -> PackReceipt:
        """Hand a rescue pack to the hub; see `Hub.hand_in_pack`."""
        return pack.hand_in(self._session, path, sha256, tell_sent)

    def upload_offset(self, url: str) -> int:
        """Return how many bytes the hub holds; see `Hub.upload_offset`."""
        return upload.offset(self._session, url, self._hear)

    def send_rest(self, photo: PhotoFile, place: UploadPlace, tell_sent: TellSent) -> int:
        """Send a photo's bytes from an offset on; see `Hub.send_rest`."""
        return upload.send_rest(self._session, photo, place, tell_sent, self._hear)

    def take_receipt(self, photo_id: PhotoId) -> PhotoReceipt | None:
        """Return a receipt that came along; see `Hub.take_receipt`."""
        return self._receipts.pop(photo_id, None)

    def _hear(self, receipt: PhotoReceipt) -> None:
        """Keep a receipt until it is written down."""
        self._receipts[receipt.photo_id] = receipt

    def hurry(self, *, is_probe: bool) -> None:
        """Give up a connection sooner from now on, or take the usual time again."""
        self._session.timeouts = PROBE_TIMEOUTS if is_probe else TIMEOUTS

    def close(self) -> None:
        """Hang up."""
        self._session.close()


def _failure_or_run(response: requests.Response) -> Exception:
    """Return what a refusing answer stands for; another run of the hub is no failure."""
    failure = failure_of(response)
    if response.status_code == OTHER_RUN:
        return OtherRunError(failure.detail)
    return failure


def _json_of(response: requests.Response) -> bytes:
    """Return the body of an answer in the protocol's own JSON.

    Raises:
        NotTheHub: It is something else, as a portal's page.
        FieldAppError: What the hub refused.
    """
    if not response.ok:
        raise failure_of(response)
    if content_type(response) != JSON_TYPE:
        raise NotTheHub(
            f"status {response.status_code} with {content_type(response) or 'no content type'}"
        )
    return _whole(response)


def _whole(response: requests.Response) -> bytes:
    """Return the whole body.

    Raises:
        NotTheHub: It is larger than any answer of the hub.
        Unreachable: It breaks off.
    """
    parts: list[bytes] = []
    size = 0
    for piece in pieces_of(response):
        parts.append(piece)
        size += len(piece)
        if size > ANSWER_LIMIT_BYTES:
            raise NotTheHub(f"an answer of more than {ANSWER_LIMIT_BYTES} bytes")
    return b"".join(parts)
