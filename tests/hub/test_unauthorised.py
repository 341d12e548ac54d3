"""Nobody changes anything at the hub without being somebody who may."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case

from field_app.domain.people import Role
from tests.hub.fuzzing import DOORS, FEWER, MODES, OPEN_DOORS, Doors, open_doors, real_facts
from tests.hub.world import API, Laptop, World

DOORS_WITH_A_LOCK = [door for door in DOORS if door not in OPEN_DOORS]
ABOUT_PHOTOS = [
    door
    for door in DOORS_WITH_A_LOCK
    if door[1].startswith("/photos/") and ("{" in door[1] or door[1] == "/photos/upload")
]
ROLL_CALL = ("POST", "/roll-call")
"""Changes nothing, and a blocked laptop asks it before it seals what the hub does not hold."""
SUPERVISORS_ONLY = ("approve", "send_back", "assign", "reopen")


@pytest.fixture
def doors(world: World) -> Doors:
    return open_doors(world)


@pytest.fixture(params=["no token", "a wrong token", "a revoked device"])
def stranger(doors: Doors, request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the headers of somebody who may do nothing."""
    if request.param == "no token":
        return {}
    if request.param == "a wrong token":
        return {"Authorization": "Bearer of-bad-news"}
    lost = doors.world.signs_in_again("anan")
    doors.world.hub.accounts.revoke(lost.signed_in.device_id)
    return lost.headers


def cases(doors: Doors, method: str, path: str) -> st.SearchStrategy[Case[Any]]:
    """Return requests to a door, sound ones and others."""
    door = doors.operation(method, f"{API}{path}")
    drawn: st.SearchStrategy[Case[Any]] = st.one_of(
        *[door.as_strategy(generation_mode=mode) for mode in MODES]
    )
    return drawn


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("method", "path"), DOORS_WITH_A_LOCK, ids=[" ".join(door) for door in DOORS_WITH_A_LOCK]
)
def test_a_stranger_changes_nothing(
    doors: Doors, stranger: dict[str, str], method: str, path: str
) -> None:
    before = doors.dump()
    was_known = stranger.get("Authorization", "").startswith("Bearer ") and (
        "of-bad-news" not in stranger["Authorization"]
    )
    may_ask = was_known and (method, path) == ROLL_CALL

    @FEWER
    @given(case=cases(doors, method, path), pick=st.integers(0, 100))
    def every(case: Case[Any], pick: int) -> None:
        doors.makes_real(case, doors.crew, pick)
        case.headers.pop("Authorization", None)
        case.headers.update(stranger)
        status = doors.calls(case, stranger).status_code
        assert status < 500 if may_ask else status == 401
        assert doors.dump() == before

    every()


@pytest.mark.timeout(120)
def test_a_guessed_password_changes_nothing(doors: Doors) -> None:
    before = doors.dump()

    @FEWER
    @given(case=cases(doors, "POST", "/devices"), is_known=st.booleans())
    def every(case: Case[Any], is_known: bool) -> None:
        body: Any = case.body
        if is_known and isinstance(body, dict):
            body["username"] = "anan"
        assert doors.calls(case, {}).status_code in {400, 401, 429}
        assert doors.dump() == before

    every()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", SUPERVISORS_ONLY)
def test_a_crew_decides_nothing_that_is_a_supervisors(doors: Doors, kind: str) -> None:
    before = doors.dump()

    @FEWER
    @given(case=cases(doors, "POST", "/operations"), pick=st.integers(0, 100))
    def every(case: Case[Any], pick: int) -> None:
        body: Any = case.body
        if not isinstance(body, dict) or not isinstance(body.get("operations"), list):
            return
        operations = [one for one in body["operations"] if isinstance(one, dict)]
        for one in operations:
            one.update({**real_facts(doors.crew, pick), "type": kind})
        body["operations"] = [*operations, a_sound(doors.crew, kind, pick)]
        case.headers.update(doors.crew.headers)
        answer = doors.calls(case, doors.crew.headers)
        if answer.status_code == 200:
            outcomes = {verdict["outcome"] for verdict in answer.json()["results"]}
            assert outcomes == {"refused"}
        assert doors.dump() == before

    every()


def a_sound(laptop: Laptop, kind: str, pick: int) -> dict[str, Any]:
    """Return an operation of a supervisor, made by somebody else."""
    payload = {"crew_id": "lights"} if kind == "assign" else {"reason": "I say so"}
    made_at = "2026-11-20T02:00:00.000Z"
    facts = {**real_facts(laptop, pick), "type": kind, "made_at": made_at}
    return {**facts, "payload": {} if kind == "approve" else payload}


@pytest.fixture
def other_crew(world: World) -> Laptop:
    return world.signs_in("boon", Role.CREW, "lights")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("method", "path"), ABOUT_PHOTOS, ids=[" ".join(door) for door in ABOUT_PHOTOS]
)
def test_another_crew_neither_sees_nor_changes_photos(
    doors: Doors, other_crew: Laptop, method: str, path: str
) -> None:
    before = doors.dump()

    @FEWER
    @given(case=cases(doors, method, path), pick=st.integers(0, 100))
    def every(case: Case[Any], pick: int) -> None:
        doors.makes_real(case, other_crew, pick)
        case.headers.update(other_crew.headers)
        assert doors.calls(case, other_crew.headers).status_code >= 400
        assert doors.dump() == before

    every()
