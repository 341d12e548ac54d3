"""A hub with two crews and a supervisor, and the words to tell what they do."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
from fastapi.testclient import TestClient
from httpx2 import Response

from field_app.cli.hub_basemap import facts_of
from field_app.domain.basemap import Basemap
from field_app.domain.ids import CrewId, OperationId, PhotoId, Revision, TicketId, new_id
from field_app.domain.operation import AddPhoto, Operation, Work
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.hub.main import create_app
from field_app.hub.service.basemaps import Added
from field_app.hub.service.tickets import add_ticket
from field_app.hub.settings import HubSettings
from field_app.protocol.codec import dump_batch, load_signed_in, load_verdicts
from field_app.protocol.messages import OperationBatch, SignedIn
from tests.helpers.maps import a_package

API: Final = "/api/v1"
PASSWORD: Final = "long enough"
START: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
QUICK: Final = {"password_memory_kib": 8, "password_rounds": 1}
"""Passwords are checked quickly in tests."""
OFFSET_TYPE: Final = "application/offset+octet-stream"


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass(slots=True)
class Laptop:
    """One person's signed-in laptop."""

    client: TestClient
    signed_in: SignedIn
    clock: HandClock
    seq: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.signed_in.token}"}

    def get(self, path: str, **more: Any) -> Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.get(f"{API}{path}", headers=headers, **more)

    def changes(self, cursor: str | None = None) -> list[dict[str, Any]]:
        answer = self.get("/changes", params={"cursor": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        return [orjson.loads(line) for line in answer.content.splitlines()]

    def operation(self, ticket_id: str, work: Work) -> Operation:
        self.seq += 1
        return Operation(
            id=OperationId(new_id()),
            ticket_id=TicketId(ticket_id),
            work=work,
            based_on=Revision(1),
            actor_id=self.signed_in.officer.id,
            device_id=self.signed_in.device_id,
            made_at=self.clock.now(),
            seq=self.seq,
        )

    def send(self, *operations: Operation) -> tuple[Any, ...]:
        body = dump_batch(OperationBatch(operations=operations))
        answer = self.client.post(f"{API}/operations", content=body, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return load_verdicts(answer.content).results

    def does(self, ticket_id: str, work: Work) -> Any:
        return self.send(self.operation(ticket_id, work))[0]

    def tus(self, method: str, url: str, data: bytes = b"", **headers: str) -> Response:
        sent = {
            **self.headers,
            "Tus-Resumable": "1.0.0",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.client.request(method, url, content=data, headers=sent)

    def announces(self, ticket_id: str, data: bytes, preview: bytes = b"") -> AddPhoto:
        """Add a photo by an operation; its bytes are not sent yet."""
        work = AddPhoto(
            photo_id=PhotoId(new_id()),
            role=PhotoRole.AFTER,
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            width=4,
            height=3,
            preview=base64.b64encode(preview).decode(),
        )
        assert self.does(ticket_id, work).outcome == "applied"
        return work

    def creates(self, ticket_id: str, work: AddPhoto, data: bytes = b"", **more: str) -> Response:
        """Begin an upload, with first bytes or without."""
        first = {"Content_Type": OFFSET_TYPE} if data else {}
        headers = {"Upload_Length": str(work.size_bytes), **first, **more}
        headers["Upload_Metadata"] = metadata_of(ticket_id, work)
        return self.tus("POST", f"{API}/photos/upload", data, **headers)

    def patches(self, url: str, offset: int, data: bytes, **more: str) -> Response:
        headers = {"Upload_Offset": str(offset), "Content_Type": OFFSET_TYPE, **more}
        return self.tus("PATCH", url, data, **headers)


def metadata_of(ticket_id: str, work: AddPhoto) -> str:
    """Return the Upload-Metadata of a photo."""
    told = {
        "photo_id": work.photo_id,
        "ticket_id": ticket_id,
        "sha256": work.sha256,
        "filetype": "image/jpeg",
    }
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in told.items())


@dataclass(slots=True)
class World:
    """The hub and everybody in it."""

    folder: Path
    more_settings: Mapping[str, Any] = field(default_factory=dict)
    clock: HandClock = field(default_factory=HandClock)
    client: TestClient = field(init=False)
    hub: Any = field(init=False)

    def __post_init__(self) -> None:
        self._open()
        for crew in ("roads", "lights"):
            self.hub.accounts.add_crew(crew, crew.title())
        self.hub.refresh()

    def opens_again(self) -> None:
        """Close the hub and start it anew on the same folder."""
        self.close()
        self._open()

    def _open(self) -> None:
        settings = HubSettings.model_validate({**QUICK, **self.more_settings})
        app = create_app(self.folder, settings, self.clock)
        self.hub = app.state.hub
        self.client = TestClient(app, raise_server_exceptions=False)

    def signs_in(self, name: str, role: Role, crew_id: str | None = None) -> Laptop:
        """Add a person and sign in on a laptop."""
        self.hub.accounts.add_person(name, PASSWORD, name=name.title(), role=role, crew_id=crew_id)
        return self.signs_in_again(name)

    def signs_in_again(self, name: str) -> Laptop:
        answer = self.client.post(f"{API}/devices", content=sign_in(name, PASSWORD))
        assert answer.status_code == 200, answer.text
        return Laptop(self.client, load_signed_in(answer.content), self.clock)

    def has_ticket(self, ticket_id: str, crew_id: str | None = "roads", **facts: Any) -> Ticket:
        """Put a ticket into the hub."""
        ticket = Ticket(
            id=TicketId(ticket_id),
            revision=Revision(0),
            words="หลุมลึกกลางถนน",
            reported_at=START,
            crew_id=None if crew_id is None else CrewId(crew_id),
        )
        with self.hub.database.write() as connection:
            return add_ticket(connection, replace(ticket, **facts))

    def has_basemap(self, name: str = "Town", size: int = 4096) -> Basemap:
        """Put an area map into the hub."""
        path = a_package(self.folder.parent / f"{name}.mbtiles", name=name, size=size)
        added: Added = self.hub.basemaps.add(path, facts_of, lambda _done, _total: None)
        self.hub.refresh()
        return added.basemap

    def close(self) -> None:
        self.hub.close()


def sign_in(username: str, password: str) -> bytes:
    """Return the body of a sign-in."""
    return orjson.dumps({"username": username, "password": password, "device_name": "test laptop"})


def kinds(lines: list[dict[str, Any]]) -> list[str]:
    """Return what each line of the changes is about."""
    names = ("ticket", "removed", "reference", "done")
    return [next(name for name in names if line.get(name)) for line in lines]
