"""Requests drawn from the hub's own description, some of them about what the hub really has."""

import base64
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode, Response, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.serialization import Binary
from sqlalchemy import select

from field_app.domain.ids import new_id
from field_app.domain.operation import AddPhoto
from field_app.domain.people import Role
from field_app.hub import tables
from tests.hub.world import OFFSET_TYPE, Laptop, World, metadata_of

DOORS: Final = [
    ("POST", "/devices"),
    ("GET", "/health"),
    ("GET", "/changes"),
    ("POST", "/operations"),
    ("GET", "/photos/uploads"),
    ("GET", "/photos/{photo_id}"),
    ("GET", "/basemaps"),
    ("GET", "/basemaps/{sha256}"),
    ("OPTIONS", "/photos/upload"),
    ("OPTIONS", "/photos/upload/{upload_id}"),
    ("POST", "/photos/upload"),
    ("HEAD", "/photos/upload/{upload_id}"),
    ("PATCH", "/photos/upload/{upload_id}"),
    ("DELETE", "/photos/upload/{upload_id}"),
    ("POST", "/rescue-packs"),
    ("POST", "/roll-call"),
]
"""Every door: its method, and its path below the base path."""
OPEN_DOORS: Final = {door for door in DOORS if door[0] == "OPTIONS"} | {
    ("POST", "/devices"),
    ("GET", "/health"),
}
"""Those that need no token."""
MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
EXAMPLES: Final = 50
"""Requests of each kind to each door."""
BOUNDED: Final = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FEWER: Final = settings(BOUNDED, max_examples=15)
"""For what compares the whole hub before and after every request."""
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TRACES: Final = ("Traceback", "sqlalchemy", "site-packages", 'File "', "field_app.")
TICKET: Final = "T0"
"""The job with the photos."""
JOBS: Final = [f"T{number}" for number in range(20)]
FIRST_BYTES: Final = (0, 10, 30, 44)
"""How many bytes of each photo are at the hub; the last one has arrived."""


@schemathesis.serializer(OFFSET_TYPE)
def as_bytes(_context: SerializationContext, value: object) -> bytes:
    """Return a drawn body of an upload as it is sent."""
    if isinstance(value, Binary):
        return value.data
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@dataclass(slots=True)
class Doors:
    """A hub with something in it, and its doors."""

    world: World
    crew: Laptop
    boss: Laptop
    schema: Any
    works: list[AddPhoto]
    upload_urls: list[str]
    basemap: str
    """The hash of the hub's area map."""

    def operation(self, method: str, path: str) -> Any:
        """Return a door of the description."""
        return self.schema[path][method]

    def makes_real(self, case: Case[Any], laptop: Laptop, pick: int) -> None:
        """Let a request speak of what the hub has."""
        number = pick // 4 % len(self.works)
        work = self.works[number]
        if "photo_id" in case.path_parameters:
            case.path_parameters["photo_id"] = work.photo_id
        if "sha256" in case.path_parameters:
            case.path_parameters["sha256"] = self.basemap
        if "upload_id" in case.path_parameters:
            case.path_parameters["upload_id"] = self.upload_urls[number].rsplit("/", 1)[1]
        if "Upload-Metadata" in case.headers:
            case.headers["Upload-Metadata"] = metadata_of(TICKET, work)
            case.headers["Upload-Length"] = str(work.size_bytes)
        if "Upload-Offset" in case.headers:
            case.headers["Upload-Offset"] = str(FIRST_BYTES[number])
            if pick % 3 == 0:
                case.body = Binary(data_of(number)[FIRST_BYTES[number] :])
        self._makes_body_real(case, laptop, pick)

    def _makes_body_real(self, case: Case[Any], laptop: Laptop, pick: int) -> None:
        """Let a request's body fit its headers, and its operations be the person's own."""
        body: Any = case.body
        if "Content-Digest" in case.headers and isinstance(body, Binary):
            digest = base64.b64encode(hashlib.sha256(body.data).digest()).decode()
            case.headers["Content-Digest"] = f"sha-256=:{digest}:"
        if isinstance(body, dict) and isinstance(body.get("operations"), list):
            for operation in body["operations"]:
                if isinstance(operation, dict):
                    operation.update(real_facts(laptop, pick))
                    self._names_photos(operation.get("payload"), pick)

    def _names_photos(self, payload: Any, pick: int) -> None:
        """Let a payload speak of photos of the job, and of a crew that there is."""
        if isinstance(payload, dict) and pick % 3:
            real = {
                "photo_ids": [self.works[pick % len(self.works)].photo_id],
                "crew_id": "roads",
                "due_at": None,
            }
            payload |= {name: value for name, value in real.items() if name in payload}

    def dump(self) -> list[object]:
        """Return everything that the hub keeps: all rows of all tables, and all files."""
        folder = self.world.folder
        with self.world.hub.database.read() as connection:
            rows = [
                [table.name, *map(tuple, connection.execute(select(table).order_by(*table.c)))]
                for table in tables.METADATA.sorted_tables
            ]
        files = sorted(path for path in folder.rglob("*") if not path.name.startswith("hub.db"))
        return [*rows, *((path, path.read_bytes() if path.is_file() else b"") for path in files)]

    def calls(self, case: Case[Any], headers: dict[str, str]) -> Response:
        """Send a request and check what any answer must be."""
        does_not_wait(case)
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        text = answer.content.decode("utf-8", "replace")
        assert not any(trace in text for trace in TRACES), text
        return answer


def real_facts(laptop: Laptop, pick: int) -> dict[str, Any]:
    """Return what makes an operation this person's own."""
    laptop.seq += 1
    return {
        "id": new_id(),
        "ticket_id": JOBS[(pick + laptop.seq) % len(JOBS)],
        "actor_id": laptop.signed_in.officer.id,
        "device_id": laptop.signed_in.device_id,
        "seq": laptop.seq,
        "based_on": pick % 50,
    }


def does_not_wait(case: Case[Any]) -> None:
    """Let no request hold the line for long."""
    with suppress(TypeError, ValueError):
        if float(case.query.get("wait", 0)) > 0:
            case.query["wait"] = min(float(case.query["wait"]), 0.01)


def data_of(number: int) -> bytes:
    """Return the bytes of a photo, 44 in all."""
    return b"The bytes of a photo, as the hub sees them %d" % number


def open_doors(world: World) -> Doors:
    """Put people, a job and photos into a hub and read its description."""
    crew = world.signs_in("anan", Role.CREW, "roads")
    boss = world.signs_in("chai", Role.SUPERVISOR)
    for job in JOBS:
        world.has_ticket(job)
    works = [crew.announces(TICKET, data_of(number)) for number in range(len(FIRST_BYTES))]
    answers = [
        crew.creates(TICKET, work, data_of(number)[: FIRST_BYTES[number]])
        for number, work in enumerate(works)
    ]
    app: Any = world.client.app
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    return Doors(
        world=world,
        crew=crew,
        boss=boss,
        schema=schema,
        works=works,
        upload_urls=[answer.headers["Location"] for answer in answers],
        basemap=world.has_basemap().sha256,
    )
