"""A desk of its own for every test: a crew member's, on an empty laptop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_app.domain.ids import DeviceId
from field_app.photos.vault import Vault
from field_app.queries.desk import Desk
from field_app.store.database import open_database
from tests.helpers.builders import FakeClock, a_crew_member


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that the test moves."""
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    """Return a crew member's desk."""
    db = open_database(tmp_path / "field.db")
    yield Desk(
        db=db,
        vault=Vault(tmp_path / "vault"),
        clock=clock,
        person=a_crew_member(),
        device_id=DeviceId("device-1"),
        maps_folder=tmp_path / "basemaps",
    )
    db.close()
