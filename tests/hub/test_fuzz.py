"""Whatever comes in: no door of the hub breaks, and every answer is one that is described."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from tests.hub.fuzzing import BOUNDED, DOORS, MODES, OPEN_DOORS, Doors, open_doors
from tests.hub.world import API, World

NOTHING_TO_GET_WRONG = {door for door in DOORS if door[0] == "OPTIONS"} | {("GET", "/health")}


@pytest.fixture
def doors(world: World) -> Doors:
    return open_doors(world)


def test_every_door_is_described_and_tried(doors: Doors) -> None:
    described = {
        (method.upper(), path)
        for path, way in doors.schema.raw_schema["paths"].items()
        for method in way
    }
    assert described == {(method, f"{API}{path}") for method, path in DOORS}


def test_every_door_but_the_open_ones_is_described_as_needing_a_token(doors: Doors) -> None:
    ways = doors.schema.raw_schema["paths"]
    for method, path in DOORS:
        described = ways[f"{API}{path}"][method.lower()]["security"]
        assert described == ([] if (method, path) in OPEN_DOORS else [{"token": []}])


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        pytest.param(method, path, mode, id=f"{method} {path} {mode}")
        for method, path in DOORS
        for mode in MODES
        if mode is GenerationMode.POSITIVE or (method, path) not in NOTHING_TO_GET_WRONG
    ],
)
def test_no_request_breaks_a_door(
    doors: Doors, method: str, path: str, mode: GenerationMode
) -> None:
    @BOUNDED
    @given(
        case=doors.operation(method, f"{API}{path}").as_strategy(generation_mode=mode),
        pick=st.integers(0, 1000),
    )
    def every(case: Case[Any], pick: int) -> None:
        laptop = (doors.crew, doors.boss)[pick % 2]
        if pick % 4 != 3:
            doors.makes_real(case, laptop, pick)
            case.headers.update(laptop.headers)
        doors.calls(case, laptop.headers)

    every()
