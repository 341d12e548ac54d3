"""What stands in a rescue pack: unsent work of one laptop, on its way to the hub without a network.

Operations travel in their wire's form, unchecked: the ledger decides about each, as it does when
they come over the network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from field_app.domain.ids import DeviceId, OperationId, PhotoId, TicketId
from field_app.domain.people import Person
from field_app.domain.photo import PhotoRole
from field_app.protocol.codec import Malformed, load_as

PACK_FORMAT: Final = "field-app rescue pack"
PACK_VERSION: Final = 1
PACK_SUFFIX: Final = ".fieldrescue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What it costs to try a passphrase (scrypt, RFC 7914)."""

    n: int
    r: int
    p: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHeader:
    """What everybody may read of a pack; no personal data."""

    format: str
    version: int
    device_id: DeviceId
    """Whose key, issued by the hub, opens it too."""
    made_at: datetime
    operations: int
    photos: int
    salt: str
    """Of the passphrase, hex; empty without a passphrase."""
    costs: Costs
    by_passphrase: str
    """The pack's own key, sealed with the passphrase's; empty when there is none."""
    by_device: str
    """The pack's own key, sealed with the device's; empty when the hub never issued one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedOperation:
    """An operation that the hub did not confirm, or that a person has not decided on."""

    wire: Mapping[str, Any]
    """The operation as `POST /operations` has it."""
    mine: Mapping[str, Any]
    """The ticket as it was to be after it, for showing; empty when damage lost that."""
    is_parked: bool
    """Whether the hub answered and a person has to look."""
    reason: str
    """Of a parked one; else empty."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPhoto:
    """A photo whose bytes the hub did not confirm."""

    id: PhotoId
    operation_id: OperationId
    """The operation that adds it; in the pack, or at the hub already."""
    ticket_id: TicketId
    role: PhotoRole
    sha256: str
    size_bytes: int
    suffix: str
    added_at: datetime
    state: str
    """Of its upload: `held`, `ready` or `refused`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackManifest:
    """Everything in a pack but the photos' bytes; sealed."""

    made_at: datetime
    maker: Person
    device_id: DeviceId
    hub_url: str
    operations: tuple[PackedOperation, ...]
    """In the order in which they were done."""
    photos: tuple[PackedPhoto, ...]
    missing: tuple[PhotoId, ...] = ()
    """Photos whose originals could not be read when the pack was made."""

    @property
    def photo_bytes(self) -> int:
        """Return the bytes of all photos."""
        return sum(photo.size_bytes for photo in self.photos)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReceipt:
    """`POST /rescue-packs`: what the hub took out of a pack."""

    sha256: str
    """Of the pack's file."""
    applied: int
    duplicates: int
    recorded: int
    refused: int
    photos_new: int
    photos_here: int
    photos_damaged: int
    photos_refused: int


def pack_kind(data: bytes) -> tuple[str, int]:
    """Return the format and version that a rescue pack's header names.

    Raises:
        Malformed: It names none.
    """
    try:
        plain = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"no JSON: {error}") from error
    if isinstance(plain, dict):
        kind, version = plain.get("format"), plain.get("version")
        if isinstance(kind, str) and isinstance(version, int):
            return kind, version
    raise Malformed("the header names no format and version")


def load_pack_header(data: bytes) -> PackHeader:
    """Return the header of a rescue pack.

    Raises:
        Malformed: It is none.
    """
    return load_as(PackHeader, data)


def load_pack_manifest(data: bytes) -> PackManifest:
    """Return the manifest of a rescue pack; its operations are still unchecked.

    Raises:
        Malformed: It is none.
    """
    return load_as(PackManifest, data)


def load_pack_receipt(data: bytes) -> PackReceipt:
    """Return the hub's word about a rescue pack.

    Raises:
        Malformed: It is none.
    """
    return load_as(PackReceipt, data)
