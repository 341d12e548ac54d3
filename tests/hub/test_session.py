"""Signing in, and who is let in."""

import asyncio

import orjson
import pytest
from httpx2 import ASGITransport, AsyncClient

from tests.hub.world import API, PASSWORD, Laptop, World, sign_in


def test_a_right_password_gives_a_token_that_is_not_kept(world: World, roads: Laptop) -> None:
    assert roads.signed_in.officer.crew_id == "roads"
    assert roads.get("/changes").status_code == 200
    stored = (world.folder / "hub.db").read_bytes() + (world.folder / "hub.db-wal").read_bytes()
    assert roads.signed_in.token.encode() not in stored
    assert PASSWORD.encode() not in stored


def test_every_device_has_its_own_token(world: World, roads: Laptop) -> None:
    second = world.signs_in_again("anan")
    assert second.signed_in.token != roads.signed_in.token
    assert second.signed_in.device_id != roads.signed_in.device_id


@pytest.mark.parametrize("username", ["anan", "nobody"])
def test_the_sixth_wrong_password_in_a_minute_has_to_wait(
    world: World, roads: Laptop, username: str
) -> None:
    for _ in range(5):
        answer = world.client.post(f"{API}/devices", content=sign_in(username, "wrong password"))
        assert answer.status_code == 401
        world.clock.advance(1)
    answer = world.client.post(f"{API}/devices", content=sign_in(username, PASSWORD))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "56"
    world.clock.advance(56)
    answer = world.client.post(f"{API}/devices", content=sign_in("anan", PASSWORD))
    assert answer.status_code == 200


def test_blanks_around_a_name_give_no_more_tries(world: World, roads: Laptop) -> None:
    names = ["anan", " anan", "anan ", "  anan", "anan  ", " anan "]
    tried = [
        world.client.post(f"{API}/devices", content=sign_in(name, "wrong password")).status_code
        for name in names
    ]
    assert tried == [401] * 5 + [429]


def test_tries_at_once_are_all_counted(world: World, roads: Laptop) -> None:
    async def at_once() -> list[int]:
        transport = ASGITransport(app=world.client.app)
        async with AsyncClient(transport=transport, base_url="http://hub") as client:
            body = sign_in("anan", "wrong password")
            tried = [client.post(f"{API}/devices", content=body) for _ in range(12)]
            return [answer.status_code for answer in await asyncio.gather(*tried)]

    assert sorted(asyncio.run(at_once())) == [401] * 5 + [429] * 7


def test_a_right_password_forgets_the_wrong_ones(world: World, roads: Laptop) -> None:
    for password in ["wrong password"] * 4 + [PASSWORD] + ["wrong password"] * 5:
        answer = world.client.post(f"{API}/devices", content=sign_in("anan", password))
        assert answer.status_code == (200 if password == PASSWORD else 401)


def test_a_revoked_device_is_told_so(world: World, roads: Laptop) -> None:
    world.hub.accounts.revoke(roads.signed_in.device_id)
    answer = roads.get("/changes")
    assert answer.status_code == 401
    assert answer.json()["device_revoked"] is True
    assert world.signs_in_again("anan").get("/changes").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/changes"),
        ("POST", "/operations"),
        ("GET", "/photos/uploads"),
        ("GET", "/photos/x"),
        ("POST", "/photos/upload"),
        ("HEAD", "/photos/upload/x"),
        ("PATCH", "/photos/upload/x"),
        ("DELETE", "/photos/upload/x"),
    ],
)
def test_nobody_gets_in_without_a_token(world: World, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
        answer = world.client.request(method, f"{API}{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_hub_says_that_it_is_well(world: World) -> None:
    answer = world.client.get(f"{API}/health").json()
    assert answer["status"] == "ok"
    assert answer["protocol_version"] == 1
    assert answer["server_time"] == "2026-11-20T02:00:00.000Z"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", b"", 404),
        ("DELETE", "/changes", b"", 405),
        ("POST", "/devices", b"<html>", 400),
        ("POST", "/devices", b'{"username": 7}', 400),
        ("POST", "/devices", b"x" * 17_000_000, 413),
    ],
)
def test_every_failure_is_a_problem_document(
    world: World, method: str, path: str, body: bytes, status: int
) -> None:
    answer = world.client.request(method, f"{API}{path}", content=body)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = orjson.loads(answer.content)
    assert problem["status"] == status
    assert problem["title"].endswith(".")


@pytest.mark.logs_warnings
def test_a_bug_shows_no_trace(world: World, roads: Laptop) -> None:
    world.hub.database.close()
    (world.folder / "hub.db").unlink()
    answer = roads.get("/changes")
    assert answer.status_code in {500, 503}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Traceback" not in answer.text
    assert "sqlite" not in answer.text.lower()
