"""A hub and its people for every test of the hub."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that need PostgreSQL to those who name a server."""
    if "FIELD_APP_TEST_POSTGRESQL" in os.environ:
        return
    left = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
