"""Rescue packs up: a colleague's sealed file, handed to the hub as it is."""

from base64 import b64encode
from pathlib import Path
from typing import Final, Self

from field_app.domain.errors import HubBusy, HubRefused, NotTheHub, Unreachable
from field_app.hub_client.errors import content_type, failure_of, readable
from field_app.hub_client.hub import TellSent
from field_app.hub_client.session import HubSession, pieces_of
from field_app.protocol.codec import Malformed
from field_app.protocol.messages import CHECKSUM_MISMATCH
from field_app.protocol.pack import PackReceipt, load_pack_receipt

PIECE_BYTES: Final = 64 * 1024
"""Handed to the network at a time; between two of them something smaller may go first."""
NOT_TAKEN: Final = 422
"""The hub looked at a pack and does not take it; any other no speaks of the hub's own trouble."""


class PackBody:
    """A pack's bytes, read bit by bit as the network takes them; use as a context."""

    def __init__(self, path: Path, tell_sent: TellSent) -> None:
        """Open the file.

        Raises:
            FileUnreadable: It cannot be read.
        """
        with readable("a rescue pack"):
            self._length = path.stat().st_size
            self._file = path.open("rb")
        self._tell_sent = tell_sent
        self._at = 0

    def __len__(self) -> int:
        """Return the number of bytes in all."""
        return self._length

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, nothing at the end.

        Raises:
            FileUnreadable: The file cannot be read any more.
        """
        self._tell_sent(self._at)
        with readable("a rescue pack"):
            data = self._file.read(PIECE_BYTES if size < 0 else min(size, PIECE_BYTES))
        self._at += len(data)
        return data


def hand_in(session: HubSession, path: Path, sha256: str, tell_sent: TellSent) -> PackReceipt:
    """Hand a pack to the hub and return what it took; see `Hub.hand_in_pack`."""
    digest = b64encode(bytes.fromhex(sha256)).decode()
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Digest": f"sha-256=:{digest}:",
    }
    with PackBody(path, tell_sent) as body:
        response = session.ask("POST", "rescue-packs", body=body, headers=headers)
    with response:
        if not response.ok:
            failure = failure_of(response)
            if response.status_code == CHECKSUM_MISMATCH:
                raise Unreachable(failure.detail)  # damaged on its way: the same again may help
            if isinstance(failure, HubRefused) and response.status_code != NOT_TAKEN:
                raise HubBusy(failure.detail, wait_s=failure.wait_s)
            raise failure
        if content_type(response) != "application/json":
            raise NotTheHub(f"rescue-packs as {content_type(response) or 'no content type'}")
        try:
            receipt = load_pack_receipt(b"".join(pieces_of(response)))
        except Malformed as error:
            raise NotTheHub(f"rescue-packs: {error}") from error
    if receipt.sha256 != sha256:
        raise NotTheHub("rescue-packs: the receipt is another pack's")
    return receipt
