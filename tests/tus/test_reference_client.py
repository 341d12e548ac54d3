"""The reference client of tus sends photos to our hub."""

import base64
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from field_app.domain.clock import SystemClock, to_stamp
from field_app.domain.people import Role
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.settings import HubSettings, database_url
from tests.hub.world import API, QUICK, HandClock, Laptop, World
from tests.processes.both import port_of, start_hub
from tests.tus.node import reference_client

SIZE = 3_000_000
CHUNK = 400_000


@dataclass(slots=True)
class Photo:
    """A photo that an operation announced."""

    file: Path
    data: bytes
    options: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def deed(self, **more: Any) -> dict[str, Any]:
        """Return what the reference client is to do; `options` are added to those of the photo."""
        options = {**self.options, **more.pop("options", {})}
        return {"file": str(self.file), "options": options, **more}


@dataclass(slots=True)
class Place:
    """A hub in a process of its own, and photos that it knows of."""

    folder: Path
    photos: list[Photo] = field(default_factory=list)

    def holds(self, photo: Photo) -> bool:
        """Whether the hub has the photo's bytes, and nothing else of it."""
        kept = self.folder / "photos" / photo.sha256[:2] / photo.sha256
        return kept.is_file() and kept.read_bytes() == photo.data and self.parts() == []

    def parts(self) -> list[int]:
        """Return the sizes of unfinished files."""
        return [path.stat().st_size for path in (self.folder / "uploads").iterdir()]

    def lets_uploads_expire(self) -> None:
        """Make every unfinished upload one that nobody continued for a week."""
        database = Database(database_url(self.folder, HubSettings()))
        late = to_stamp(SystemClock().now() - timedelta(seconds=1))
        with database.write() as connection:
            connection.execute(update(tables.upload).values(expires_at=late))
        database.close()

    def open_uploads(self) -> int:
        """Return how many uploads the hub's database has."""
        database = Database(database_url(self.folder, HubSettings()))
        with database.read() as connection:
            count = len(connection.execute(select(tables.upload)).all())
        database.close()
        return count


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A running hub that expects three photos of a crew."""
    clock = HandClock()
    clock.at = SystemClock().now()
    world = World(tmp_path / "hub", clock=clock)
    crew = world.signs_in("anan", Role.CREW, "roads")
    world.has_ticket("T1")
    photos = [announced(crew, tmp_path, number) for number in range(3)]
    world.close()
    (tmp_path / "hub" / "hub.toml").write_text(
        "".join(f"{name} = {value}\n" for name, value in QUICK.items()), encoding="utf-8"
    )
    hub = start_hub(tmp_path / "hub")
    try:
        endpoint = f"http://127.0.0.1:{port_of(hub)}{API}/photos/upload"
        for photo in photos:
            photo.options["endpoint"] = endpoint
        yield Place(tmp_path / "hub", photos)
    finally:
        hub.kill()


def announced(crew: Laptop, folder: Path, number: int) -> Photo:
    """Return a photo that the crew added to the job."""
    data = random.Random(number).randbytes(SIZE)
    file = folder / f"{number}.jpg"
    file.write_bytes(data)
    work = crew.announces("T1", data)
    named = {"photo_id": work.photo_id, "ticket_id": "T1", "sha256": work.sha256}
    return Photo(
        file, data, {"headers": crew.headers, "metadata": {**named, "filetype": "image/jpeg"}}
    )


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({}, ["POST", "PATCH"]),
        ({"uploadDataDuringCreation": True}, ["POST"]),
        ({"chunkSize": CHUNK}, ["POST", *["PATCH"] * 8]),
        ({"uploadDataDuringCreation": True, "chunkSize": CHUNK}, ["POST", *["PATCH"] * 7]),
        ({"overridePatchMethod": True}, ["POST", "POST"]),
    ],
    ids=["plain", "bytes with the creation", "in pieces", "both", "PATCH as POST"],
)
def test_a_photo_arrives(place: Place, options: dict[str, Any], asked: list[str]) -> None:
    photo = place.photos[0]
    (said,) = reference_client(photo.deed(options=options))
    assert (said["outcome"], said["asked"]) == ("done", asked)
    assert place.holds(photo)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("more", [{}, {"overridePatchMethod": True}], ids=["plain", "as POST"])
def test_a_photo_goes_on_after_a_break_in_the_middle(place: Place, more: dict[str, Any]) -> None:
    photo = place.photos[0]
    options = {"chunkSize": CHUNK, **more}
    (said,) = reference_client(photo.deed(abortAt=SIZE // 2, then="resume", options=options))
    assert said["outcome"] == "done"
    assert "HEAD" in said["asked"]
    assert place.holds(photo)


@pytest.mark.timeout(60)
def test_another_program_goes_on_where_the_first_one_stopped(place: Place) -> None:
    photo = place.photos[0]
    first, second = reference_client(
        photo.deed(abortAt=SIZE // 2, options={"chunkSize": CHUNK}), photo.deed()
    )
    assert first["outcome"] == "aborted"
    assert (second["outcome"], second["url"]) == ("done", first["url"])
    assert place.holds(photo)


@pytest.mark.timeout(60)
def test_what_is_terminated_is_gone_and_can_be_sent_again(place: Place) -> None:
    photo = place.photos[0]
    in_pieces = {"chunkSize": CHUNK}
    (stopped,) = reference_client(
        photo.deed(abortAt=SIZE // 2, then="terminate", options=in_pieces)
    )
    assert (stopped["outcome"], stopped["asked"][-1]) == ("aborted", "DELETE")
    assert (place.parts(), place.open_uploads()) == ([], 0)
    (refused,) = reference_client(
        photo.deed(options={"endpoint": None, "uploadUrl": stopped["url"]})
    )
    assert (refused["outcome"], refused["status"]) == ("failed", 404)
    (again,) = reference_client(photo.deed())
    assert again["outcome"] == "done"
    assert place.holds(photo)


@pytest.mark.timeout(60)
def test_what_expired_is_begun_again(place: Place) -> None:
    photo = place.photos[0]
    (stopped,) = reference_client(photo.deed(abortAt=SIZE // 2, options={"chunkSize": CHUNK}))
    place.lets_uploads_expire()
    left = {"uploadUrl": stopped["url"]}
    refused, again = reference_client(
        photo.deed(options={**left, "endpoint": None}), photo.deed(options=left)
    )
    assert (refused["outcome"], refused["status"]) == ("failed", 410)
    assert (again["outcome"], again["asked"]) == ("done", ["HEAD", "POST", "PATCH"])
    assert place.holds(photo)


@pytest.mark.timeout(60)
def test_bytes_with_a_right_checksum_are_taken_and_with_a_wrong_one_are_not(place: Place) -> None:
    photo = place.photos[0]
    right = base64.b64encode(hashlib.sha1(photo.data, usedforsecurity=False).digest()).decode()
    wrong = base64.b64encode(bytes(20)).decode()
    bad, good = reference_client(
        photo.deed(checksum=["sha1", wrong], options={"retryDelays": None}),
        photo.deed(checksum=["sha1", right]),
    )
    assert (bad["outcome"], bad["status"]) == ("failed", 460)
    assert good["outcome"] == "done"
    assert place.holds(photo)


@pytest.mark.timeout(60)
def test_clients_at_once_do_not_disturb_each_other(place: Place) -> None:
    (said,) = reference_client({"together": [photo.deed() for photo in place.photos]})
    assert [one["outcome"] for one in said] == ["done"] * 3
    assert all(place.holds(photo) for photo in place.photos)


@pytest.mark.timeout(60)
def test_a_photo_that_no_operation_announced_is_not_taken(place: Place) -> None:
    photo = place.photos[0]
    other = {**photo.options["metadata"], "photo_id": "01936b2e-0000-7000-8000-000000000000"}
    (said,) = reference_client(photo.deed(options={"metadata": other, "retryDelays": None}))
    assert (said["outcome"], said["status"]) == ("failed", 409)
