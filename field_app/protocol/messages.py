"""The messages of the sync protocol, as frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from field_app.domain.basemap import Basemap
from field_app.domain.ids import DeviceId, OperationId, PhotoId, TicketId
from field_app.domain.operation import Operation
from field_app.domain.people import Crew, Person
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Verdict

PROTOCOL_VERSION: Final = 1
BASE_PATH: Final = "/api/v1"
BATCH_LIMIT: Final = 200
"""Operations in one request."""
OPERATION_LIMIT_BYTES: Final = 64 * 1024
PHOTO_LIMIT_BYTES: Final = 40 * 1024 * 1024
SCREEN_COPY_LIMIT_BYTES: Final = 8 * 1024 * 1024
"""A picture of 2016 px with noise in every pixel stays below."""
CHANGES_TYPE: Final = "application/x-ndjson"
PROBLEM_TYPE: Final = "application/problem+json"
CHECKSUM_MISMATCH: Final = 460
"""HTTP status of tus for bytes whose hash is not the announced one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """`POST /devices`: a person on a device asks for a token."""

    username: str
    password: str = field(repr=False)
    device_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The answer to `SignIn`."""

    device_id: DeviceId
    token: str = field(repr=False)
    """Opaque; the hub keeps only its hash."""
    officer: Person
    server_time: datetime
    rescue_key: str = field(default="", repr=False)
    """Opens this device's rescue packs at the hub without a passphrase; older hubs issue none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a laptop must know of the agency besides tickets."""

    agency: str = ""
    """The agency's name."""
    categories: tuple[str, ...] = ()
    crews: tuple[Crew, ...] = ()
    deadlines_days: Mapping[str, int] = field(default_factory=dict)
    """Days from report to deadline, by category."""
    templates: tuple[str, ...] = ()
    """Sentences that a crew may send to citizens."""
    screen_copies_first: bool = False
    """Whether each photo's screen copy goes up first and its original at the depot."""
    basemaps: tuple[Basemap, ...] = ()
    """The area maps that the hub hands out, so that nobody has to ask for the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One line of `GET /changes`; exactly one of the four kinds is set."""

    cursor: str
    """A valid place to go on from, once this line is stored."""
    ticket: Ticket | None = None
    removed: TicketId | None = None
    """No longer yours, or withdrawn."""
    reference: Reference | None = None
    done: bool = False
    """The last line."""
    server_time: datetime | None = None
    """With `done`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationBatch:
    """`POST /operations`: at most `BATCH_LIMIT`, in the order of `seq`."""

    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The answer to `OperationBatch`: one verdict each, in the same order."""

    results: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOffset:
    """Where one of my uploads stands."""

    photo_id: PhotoId
    url: str
    """Path on the hub."""
    offset: int
    """Bytes that the hub holds for good."""
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOffsets:
    """`GET /photos/uploads`: all my open uploads."""

    uploads: tuple[UploadOffset, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemaps:
    """`GET /basemaps`: all area maps, the newest first."""

    basemaps: tuple[Basemap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What the hub says when something is wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    operation_id: OperationId | None = None
    device_revoked: bool = False
