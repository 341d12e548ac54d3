"""The headers of tus 1.0.0, read and written."""

import base64
import binascii
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Final

from field_app.hub.problems import HubProblem
from field_app.hub.service.receiver import Checksum
from field_app.hub.service.upload_standing import Announcement, Upload
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from field_app.protocol.photo_receipt import HEADER, dump_receipt

SPOKEN: Final = "1.0.0"
VERSION: Final = {"Tus-Resumable": SPOKEN}
OFFSET_TYPE: Final = "application/offset+octet-stream"
ALGORITHMS: Final = ("sha1", "sha256")
ABILITIES: Final = {
    **VERSION,
    "Tus-Version": SPOKEN,
    "Tus-Max-Size": str(PHOTO_LIMIT_BYTES),
    "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
    "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
}
NAMED: Final = ("photo_id", "ticket_id", "sha256", "filetype")
"""What `Upload-Metadata` must name."""
SIZES: Final = ("original", "screen")
"""What `Upload-Metadata` may call the size; without one it is the original."""
METADATA_LIMIT: Final = 4096
BEYOND_ALL: Final = 10**18
"""What a number of more digits is taken for; no photo comes near."""


def check_version(headers: Mapping[str, str]) -> None:
    """Raise 412 unless the laptop speaks the same tus."""
    if headers.get("Tus-Resumable") != SPOKEN:
        raise HubProblem(412, "The hub speaks tus 1.0.0 only.", headers={"Tus-Version": SPOKEN})


def announcement_of(headers: Mapping[str, str]) -> Announcement:
    """Return what a creation announces.

    Raises:
        HubProblem: 400 when a length or a name is missing or unreadable.
    """
    metadata = headers.get("Upload-Metadata", "")
    if len(metadata) > METADATA_LIMIT:
        raise HubProblem(400, f"Upload-Metadata may have {METADATA_LIMIT} characters.")
    told: dict[str, str] = {}
    for pair in metadata.split(","):
        name, _, value = pair.strip().partition(" ")
        if name in told:
            raise HubProblem(400, "Upload-Metadata names something twice.")
        told[name] = _text(value)
    missing = [name for name in NAMED if not told.get(name)]
    if missing:
        raise HubProblem(400, "Upload-Metadata is not complete.", f"Missing: {', '.join(missing)}.")
    if told.get("size", SIZES[0]) not in SIZES:
        raise HubProblem(400, "A photo comes up as original or screen.")
    return Announcement(
        is_copy=told.get("size") == "screen",
        photo_id=told["photo_id"],
        ticket_id=told["ticket_id"],
        sha256=told["sha256"],
        filetype=told["filetype"],
        size_bytes=_number(headers, "Upload-Length"),
        metadata=metadata,
    )


def has_bytes(headers: Mapping[str, str]) -> bool:
    """Whether a creation brings first bytes along."""
    return headers.get("Content-Type") == OFFSET_TYPE and headers.get("Content-Length") != "0"


def offset_of(headers: Mapping[str, str]) -> int:
    """Return where the bytes of a request begin.

    Raises:
        HubProblem: 415 for another kind of body, 400 without an offset.
    """
    if headers.get("Content-Type") != OFFSET_TYPE:
        raise HubProblem(415, f"The body must be {OFFSET_TYPE}.")
    return _number(headers, "Upload-Offset")


def checksum_of(headers: Mapping[str, str]) -> Checksum | None:
    """Return what the bytes of a request hash to, if the laptop says so.

    Raises:
        HubProblem: 400 for another algorithm or no base64.
    """
    if "Upload-Checksum" not in headers:
        return None
    algorithm, _, value = headers["Upload-Checksum"].partition(" ")
    if algorithm not in ALGORITHMS:
        raise HubProblem(400, "The hub checks sha1 and sha256 only.")
    return Checksum(algorithm=algorithm, digest=_bytes(value))


def standing(upload: Upload) -> dict[str, str]:
    """Return the headers that say where an upload stands."""
    headers = {**VERSION, "Upload-Offset": str(upload.offset)}
    if upload.expires_at is not None:
        headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    if upload.receipt is not None:
        headers[HEADER] = dump_receipt(upload.receipt)
    return headers


def description(upload: Upload) -> dict[str, str]:
    """Return the headers that say everything about an upload."""
    values = {name: getattr(upload.photo, name) for name in NAMED}
    told = [f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items()]
    return {
        **standing(upload),
        "Upload-Length": str(upload.photo.size_bytes),
        "Upload-Metadata": upload.photo.metadata or ",".join(told),
        "Cache-Control": "no-store",
    }


def _number(headers: Mapping[str, str], name: str) -> int:
    """Return a header that must be a whole number."""
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise HubProblem(400, f"{name} must be a number.")
    return int(text) if len(text) < len(str(BEYOND_ALL)) else BEYOND_ALL


def _text(value: str) -> str:
    """Return the text in a base64 value."""
    try:
        text = _bytes(value).decode()
    except UnicodeDecodeError as error:
        raise HubProblem(400, "A value is no UTF-8.") from error
    if not text.isprintable():
        raise HubProblem(400, "A value has signs that cannot be printed.")
    return text


def _bytes(value: str) -> bytes:
    """Return the bytes in a base64 value."""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise HubProblem(400, "A value is no base64.") from error
