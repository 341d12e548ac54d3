"""What people do: decided by the rules, once, and never lost."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import update

from field_app.domain.ids import CrewId, DeviceId, OperationId, PersonId, PhotoId
from field_app.domain.operation import (
    AddPhoto,
    Approve,
    Assign,
    Finish,
    Note,
    Operation,
    SendBack,
    Start,
)
from field_app.domain.photo import PhotoRole
from field_app.hub import tables
from field_app.protocol.codec import dump_batch, operation_to_dict
from field_app.protocol.messages import OperationBatch
from tests.hub.world import API, Laptop, World

SHA = "ab" * 32


def test_a_day_s_work_is_applied_in_order(world: World, roads: Laptop, boss: Laptop) -> None:
    world.has_ticket("T1")
    done = roads.send(
        roads.operation("T1", Start()),
        roads.operation("T1", Note(text="ถึงแล้ว")),
        roads.operation("T1", Finish(note="ซ่อมแล้ว")),
    )
    assert [v.outcome for v in done] == ["applied"] * 3
    assert [v.revision for v in done] == sorted(v.revision for v in done)
    assert len({v.receipt.id for v in done}) == 3
    assert done[-1].ticket.state == "in_review"
    assert boss.does("T1", Approve()).ticket.state == "finished"


def test_an_operation_sent_again_gets_the_same_receipt(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Note(text="once"))
    first = roads.send(operation)[0]
    cursor = roads.changes()[-1]["cursor"]
    world.clock.advance(60)
    again, twice = roads.send(operation, operation)
    assert again.outcome == twice.outcome == "duplicate"
    assert again.receipt == twice.receipt == first.receipt
    assert again.revision == first.revision
    assert [e.text for e in again.ticket.timeline] == ["once"]
    assert len(roads.changes(cursor)) == 1


def test_work_after_reassignment_is_recorded_and_told_so_again(
    world: World, roads: Laptop, lights: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1")
    boss.does("T1", Assign(crew_id=CrewId("lights")))
    operation = roads.operation("T1", Finish(note="was done already"))
    verdict = roads.send(operation)[0]
    assert verdict.outcome == "recorded"
    assert verdict.reason == "reassigned"
    assert verdict.receipt is not None
    assert verdict.ticket is None
    again = roads.send(operation)[0]
    assert (again.outcome, again.reason) == ("duplicate", "reassigned")
    assert again.ticket is None, "the job itself is another crew's now"
    assert (verdict.cause.kind, verdict.cause.crew_id) == ("assign", "lights")
    assert again.cause == verdict.cause
    ticket = next(line["ticket"] for line in lights.changes() if line.get("ticket"))
    assert ticket["state"] == "waiting"
    assert ticket["timeline"][-1]["is_only_recorded"] is True


def test_one_bad_operation_spoils_no_other(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    good = operation_to_dict(roads.operation("T1", Start()))
    bad: list[object] = [{"id": "x", "type": "dance", "payload": {}}, 7, None]
    body = orjson.dumps({"operations": [*bad, good]})
    answer = roads.client.post(f"{API}/operations", content=body, headers=roads.headers).json()
    outcomes = [(r["operation_id"], r["outcome"], r["reason"]) for r in answer["results"]]
    assert outcomes[:3] == [(i, "refused", "malformed") for i in ("x", "", "")]
    assert outcomes[3][1:] == ("applied", None)


@pytest.mark.parametrize(
    ("ticket_id", "reason"), [("T2", "not_allowed"), ("T404", "unknown_ticket")]
)
def test_what_is_not_mine_is_refused_and_shows_nothing(
    world: World, roads: Laptop, ticket_id: str, reason: str
) -> None:
    world.has_ticket("T2", "lights")
    verdict = roads.does(ticket_id, Start())
    assert (verdict.outcome, verdict.reason) == ("refused", reason)
    assert verdict.ticket is None
    assert verdict.receipt is None
    assert verdict.detail


def test_a_crew_cannot_approve_its_own_repair(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    roads.does("T1", Finish(note=""))
    verdict = roads.does("T1", Approve())
    assert (verdict.outcome, verdict.reason) == ("refused", "not_allowed")
    assert verdict.ticket.state == "in_review"


def test_nobody_speaks_for_somebody_else(world: World, roads: Laptop, boss: Laptop) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Start())
    as_boss = replace(operation, actor_id=PersonId(boss.signed_in.officer.id))
    from_boss = replace(operation, device_id=boss.signed_in.device_id)
    for forged in (as_boss, from_boss):
        verdict = roads.send(forged)[0]
        assert (verdict.outcome, verdict.reason) == ("refused", "not_allowed")
    assert roads.send(operation)[0].outcome == "applied"


def test_work_from_before_a_new_sign_in_still_arrives(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Start())
    world.hub.accounts.revoke(roads.signed_in.device_id)
    assert world.signs_in_again("anan").send(operation)[0].outcome == "applied"


def test_a_device_that_the_hub_forgot_brings_no_token_along(world: World, roads: Laptop) -> None:
    """A stolen laptop must not name a device whose token it knows, to go on once it is blocked."""
    world.has_ticket("T1")
    token = "of the thief's own choice"
    named = DeviceId(hashlib.sha256(token.encode()).hexdigest())
    assert roads.send(replace(roads.operation("T1", Start()), device_id=named))[0].revision
    world.hub.accounts.revoke(roads.signed_in.device_id)

    for tried in (token, named):
        answer = roads.get("/changes", headers={"Authorization": f"Bearer {tried}"})
        assert answer.status_code == 401


def test_another_operation_under_a_known_id_is_not_swallowed(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Note(text="one"))
    roads.send(operation)
    verdict = roads.send(replace(operation, work=Note(text="two")))[0]
    assert (verdict.outcome, verdict.reason) == ("refused", "malformed")


def test_a_refused_operation_may_apply_later(world: World, roads: Laptop, boss: Laptop) -> None:
    operation = roads.operation("T1", Start())
    assert roads.send(operation)[0].outcome == "refused"
    world.has_ticket("T1")
    assert roads.send(operation)[0].outcome == "applied"


def test_a_ticket_goes_only_to_a_crew_that_exists(world: World, boss: Laptop) -> None:
    world.has_ticket("T1")
    verdict = boss.does("T1", Assign(crew_id=CrewId("ghosts")))
    assert (verdict.outcome, verdict.reason) == ("refused", "unknown_crew")


@pytest.mark.parametrize(
    "broken",
    [
        {"sha256": "xyz"},
        {"size_bytes": 0},
        {"size_bytes": 40 * 1024 * 1024 + 1},
        {"role": PhotoRole.CITIZEN},
        {"preview": "no base64!"},
        {"preview": "ไม่ใช่"},
        {"latitude": 95.0, "longitude": 100.0},
        {"width": 0},
        {"height": 10**19},
        {"photo_id": PhotoId("../x")},
        {"taken_at": datetime.fromisoformat("2026-11-20T09:00:00")},
    ],
)
def test_an_impossible_photo_is_refused(
    world: World, roads: Laptop, broken: dict[str, object]
) -> None:
    world.has_ticket("T1")
    work = AddPhoto(
        photo_id=PhotoId("P1"),
        role=PhotoRole.BEFORE,
        sha256=SHA,
        size_bytes=9,
        width=1,
        height=1,
    )
    verdict = roads.does("T1", replace(work, **broken))  # type: ignore[arg-type]  # broken fields
    assert (verdict.outcome, verdict.reason) == ("refused", "malformed")
    assert roads.does("T1", work).outcome == "applied"
    other = roads.does("T1", replace(work, sha256="cd" * 32))
    assert (other.outcome, other.reason) == ("refused", "malformed")


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "x" * 65},
        {"device_id": "x" * 65},
        {"device_id": "\x1b[2J"},
        {"seq": 10**19},
        {"based_on": -1},
        {"clock_offset_ms": 10**17},
        {"made_at": "2026-11-20T09:00:00"},
        {"made_at": "9999-12-31T23:59:59Z"},
    ],
)
def test_an_impossible_operation_spoils_no_other(
    world: World, roads: Laptop, broken: dict[str, object]
) -> None:
    world.has_ticket("T1")
    good = operation_to_dict(roads.operation("T1", Start()))
    bad = {**operation_to_dict(roads.operation("T1", Note(text="odd"))), **broken}
    body = orjson.dumps({"operations": [bad, good]})
    answer = roads.client.post(f"{API}/operations", content=body, headers=roads.headers)
    assert answer.status_code == 200
    assert [r["outcome"] for r in answer.json()["results"]] == ["refused", "applied"]
    assert answer.json()["results"][0]["reason"] == "malformed"


def test_a_laptop_whose_clock_stands_in_1970_is_understood(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    past = datetime(1970, 1, 1, tzinfo=UTC)
    offset_ms = int((world.clock.now() - past).total_seconds() * 1000)
    operation = replace(roads.operation("T1", Start()), made_at=past, clock_offset_ms=offset_ms)
    verdict = roads.send(operation)[0]
    assert verdict.outcome == "applied"
    assert verdict.ticket.timeline[-1].at == world.clock.now()


def test_an_operation_kept_by_an_older_hub_is_known_again(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    operation = roads.operation("T1", Start())
    first = roads.send(operation)[0]
    older = operation_to_dict(operation)
    del older["clock_offset_ms"]
    with world.hub.database.write() as connection:
        connection.execute(update(tables.operation).values(document=orjson.dumps(older)))
    again = roads.send(operation)[0]
    assert (again.outcome, again.receipt) == ("duplicate", first.receipt)


def test_a_packed_batch_is_taken_and_a_bomb_is_not(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    body = dump_batch(OperationBatch(operations=(roads.operation("T1", Start()),)))

    def post(data: bytes, packing: str) -> int:
        headers = {**roads.headers, "Content-Encoding": packing}
        answer = roads.client.post(f"{API}/operations", content=data, headers=headers)
        return int(answer.status_code)

    assert post(gzip.compress(body), "gzip") == 200
    assert post(gzip.compress(body)[:-9], "gzip") == 400
    assert post(body, "gzip") == 400
    assert post(body, "br") == 415
    assert post(gzip.compress(b" " * 20_000_000), "gzip") == 413


def test_a_batch_of_201_is_too_large(world: World, roads: Laptop) -> None:
    body = orjson.dumps({"operations": [{}] * 201})
    answer = roads.client.post(f"{API}/operations", content=body, headers=roads.headers)
    assert answer.status_code == 400
    assert "200" in answer.json()["detail"]


def test_send_back_lands_with_its_reason(world: World, roads: Laptop, boss: Laptop) -> None:
    world.has_ticket("T1")
    roads.does("T1", Finish(note="done"))
    boss.does("T1", SendBack(reason="ยังมีน้ำขัง"))
    ticket = next(line["ticket"] for line in roads.changes() if line.get("ticket"))
    assert ticket["state"] == "sent_back"
    assert ticket["send_back_reason"] == "ยังมีน้ำขัง"


def test_the_hub_opened_again_knows_everything(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    operation: Operation = roads.operation("T1", Note(text="kept"))
    first = roads.send(operation)[0]
    world.opens_again()
    roads.client = world.client
    again = roads.send(operation)[0]
    assert again.receipt == first.receipt
    assert OperationId(again.operation_id) == operation.id
