"""A hub and its people for every test of the hub."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from field_app.domain.ids import new_id
from field_app.domain.people import Role
from tests.hub.world import Laptop, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path / "hub")
    yield world
    world.close()


@pytest.fixture
def roads(world: World) -> Laptop:
    return world.signs_in("anan", Role.CREW, "roads")


@pytest.fixture
def lights(world: World) -> Laptop:
    return world.signs_in("boon", Role.CREW, "lights")


@pytest.fixture
def boss(world: World) -> Laptop:
    return world.signs_in("chai", Role.SUPERVISOR)


@pytest.fixture
def schema() -> Iterator[str]:
    """Make an empty schema on the PostgreSQL server that was named; give the URL of it."""
    server = make_url(os.environ["FIELD_APP_TEST_POSTGRESQL"])
    name = f"test_{new_id().replace('-', '')}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    url = server.update_query_dict({"options": f"-csearch_path={name}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that need PostgreSQL to those who name a server."""
    if "FIELD_APP_TEST_POSTGRESQL" in os.environ:
        return
    left = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
