"""Our client sends photos to the reference server of tus, over a bad network."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from field_app.domain.people import Role
from field_app.hub_client.door import Door
from field_app.hub_client.session import LineAdapter
from tests.helpers.town import PASSWORD, Laptop, Town, a_town
from tests.processes.proxy import HostileProxy
from tests.tus.node import reference_server

UPLOAD = "/api/v1/photos/upload"
MANY_ROUNDS = 60


@dataclass(slots=True)
class Road:
    """What a test may do to the network."""

    is_cut: bool = False
    """Whether no PATCH gets through."""


class TwoWays(HTTPAdapter):
    """Carries photos' bytes over the network, and everything else to the hub in this process."""

    def __init__(self, hub: HTTPAdapter, road: Road) -> None:
        super().__init__()
        self._hub = hub
        self._road = road
        self._network = LineAdapter()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> Any:
        """Send a request on its way."""
        if request.method == "PATCH" and self._road.is_cut:
            raise requests.ConnectionError("cut")
        path = urlsplit(str(request.url)).path
        is_upload = path == UPLOAD or path.startswith(f"{UPLOAD}/")
        return (self._network if is_upload else self._hub).send(request, *args, **more)

    def close(self) -> None:
        """Hang up."""
        self._network.close()
        self._hub.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return the reference server's folder."""
    folder = tmp_path / "reference"
    folder.mkdir()
    return folder


def somebody_at(town: Town, port: int, road: Road | None = None) -> Laptop:
    """Let somebody sign in whose photos go to a port of this computer."""
    town.hub.accounts.add_crew("roads", "Roads")
    town.hub.accounts.add_person("ana", PASSWORD, name="Ana", role=Role.CREW, crew_id="roads")
    laptop = Laptop(town, "ana", town.folder / "laptop")
    laptop.app._network = Door(lambda: TwoWays(town.network_of(laptop)(), road or Road()))
    laptop.app.sign_in(f"http://127.0.0.1:{port}", "ana", PASSWORD)
    town.laptops.append(laptop)
    return laptop


def works(town: Town, ana: Laptop, sizes: tuple[int, ...]) -> None:
    """Let somebody take photos of some sizes, in picture points."""
    job = town.citizen_reports()
    ana.syncs()
    for size in sizes:
        ana.adds_photo(job, size=size)


def hashes_in(folder: Path) -> Counter[str]:
    """Return the hashes of the files that the reference server keeps."""
    found = (path for path in folder.iterdir() if path.suffix != ".json")
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in found)


def test_photos_small_and_large_arrive_at_the_reference_server(town: Town, files: Path) -> None:
    with reference_server(files) as port:
        ana = somebody_at(town, port)
        works(town, ana, (24, 300, 600))
        report = ana.syncs()
    assert report.error is None
    assert ana.open_uploads() == ()
    assert hashes_in(files) == Counter(ana.photos.values())


def test_an_upload_that_the_reference_server_lost_is_begun_again(town: Town, files: Path) -> None:
    road = Road(is_cut=True)
    with reference_server(files) as port:
        ana = somebody_at(town, port, road)
        works(town, ana, (600,))
        ana.syncs()
        assert [upload.url != "" for upload in ana.open_uploads()] == [True]
        road.is_cut = False
        for path in files.iterdir():
            path.unlink()
        ana.syncs()
    assert ana.open_uploads() == ()
    assert hashes_in(files) == Counter(ana.photos.values())


@pytest.mark.timeout(90)
@pytest.mark.parametrize("seed", [3, 20261125])
def test_no_byte_goes_twice_to_the_reference_server_over_a_bad_network(
    town: Town, files: Path, seed: int
) -> None:
    with reference_server(files) as port, HostileProxy(seed, hub_port=port) as proxy:
        ana = somebody_at(town, proxy.port)
        works(town, ana, (24, 300, 500, 600))
        rounds = 0
        while ana.open_uploads() and rounds < MANY_ROUNDS:
            ana.syncs()
            rounds += 1
    assert ana.open_uploads() == ()
    assert set(ana.photos.values()) <= set(hashes_in(files))
    assert (proxy.record.sent_again, proxy.record.taken_back) == ([], [])
