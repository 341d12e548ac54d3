"""A hub and its people for every test of the hub."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from field_app.domain.ids import new_id
from field_app.domain.people import Role
from tests.hub.world import Laptop, World

ON_BOTH = frozenset({"test_backfill", "test_screen_copies", "test_seen_before"})
"""Modules whose hubs stand on PostgreSQL as well, where a server is named."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let some modules tell their stories on either database."""
    name = metafunc.module.__name__.rpartition(".")[2]
    if "world" in metafunc.fixturenames and name in ON_BOTH:
        both = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
        metafunc.parametrize("world", both, indirect=True)


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    settings = {}
    if getattr(request, "param", "sqlite") == "postgresql":
        settings["database_url"] = request.getfixturevalue("schema")
    world = World(tmp_path / "hub", settings)
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
