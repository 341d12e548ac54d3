"""Rescue packs for tests: small, quickly sealed, and spoiled in every way."""

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from field_app.domain.ids import DeviceId, OperationId, PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.packs.writing import Keys, Original, write_pack
from field_app.protocol.pack import PackedOperation, PackedPhoto, PackManifest
from tests.helpers.builders import a_crew_member

PASSPHRASE = "ฝนตกทั้งวัน 2569"
MADE_AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
Entries = dict[str, bytes]


def quiet(_done: int, _total: int) -> None:
    """Watch nothing."""


def a_manifest() -> PackManifest:
    """Return what one note in a pack looks like."""
    return PackManifest(
        made_at=MADE_AT,
        maker=a_crew_member(),
        device_id=DeviceId("device-1"),
        hub_url="https://hub.example",
        operations=(
            PackedOperation(
                wire={"id": "1", "type": "note"}, mine={}, is_parked=False, reason="", detail=""
            ),
        ),
        photos=(),
    )


def an_original(folder: Path, number: int, data: bytes) -> Original:
    """Return a photo whose file is in a folder."""
    path = folder / f"original-{number}.jpg"
    path.write_bytes(data)
    photo = PackedPhoto(
        id=PhotoId(f"photo-{number}"),
        operation_id=OperationId(f"operation-{number}"),
        ticket_id=TicketId("2026-000001"),
        role=PhotoRole.AFTER,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        suffix=".jpg",
        added_at=MADE_AT,
        state="held",
    )
    return Original(photo=photo, path=path)


def a_pack(folder: Path, *photos: bytes, device: str = "", passphrase: str = PASSPHRASE) -> Path:
    """Write a pack with these photos and return its file."""
    path = folder / "work.fieldrescue"
    originals = [an_original(folder, number, data) for number, data in enumerate(photos)]
    keys = Keys(passphrase=passphrase, device=device)
    write_pack(path, a_manifest(), originals, keys, quiet)
    return path


def respelt(path: Path, change: Callable[[Entries], Mapping[str, bytes]]) -> None:
    """Write a pack's archive anew with other entries."""
    with zipfile.ZipFile(path) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in change(entries).items():
            archive.writestr(name, data)
