"""A pack handed in over a real connection, by the laptop's own telephone."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from field_app.domain.people import Role
from field_app.hub_client.calls import HubCalls
from tests.hub.test_real_server import Server
from tests.hub.test_rescue import TICKET, a_photo_of, packed
from tests.hub.world import Laptop, World

PHOTO = random.Random(3).randbytes(5_000_000)
"""More than one piece of a pack, and more than any buffer on the way."""


@pytest.fixture
def ana(world: World) -> Laptop:
    world.has_ticket(TICKET)
    return world.signs_in("ana", Role.CREW, "roads")


@pytest.fixture
def server(world: World, ana: Laptop) -> Iterator[Server]:
    """The same hub's folder, served by a process of its own."""
    server = Server.start(world.folder)
    yield server
    server.kill()


@pytest.mark.timeout(60)
def test_a_large_pack_goes_through_a_real_connection(
    world: World, ana: Laptop, server: Server, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    told: list[int] = []
    hub = HubCalls.dial(f"http://127.0.0.1:{server.port}", ana.signed_in.token)

    receipts = [hub.hand_in_pack(path, sha256, told.append) for _time in range(2)]
    hub.close()

    assert [(r.applied, r.photos_new, r.photos_here) for r in receipts] == [(1, 1, 0), (0, 0, 1)]
    assert max(told) == path.stat().st_size
    assert world.hub.vault.has(hashlib.sha256(PHOTO).hexdigest())
    assert world.hub.vault.parts() == ()
