"""What comes down: everybody their own, in order, from any cursor."""

import asyncio
import gzip

import pytest
import zstandard

from field_app.domain.ids import CrewId
from field_app.domain.operation import Assign, Note, Start
from field_app.hub.api import changes
from tests.hub.world import Laptop, World, kinds


def test_a_crew_sees_its_own_tickets_and_a_supervisor_all(
    world: World, roads: Laptop, lights: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1", "roads")
    world.has_ticket("T2", "lights")
    world.has_ticket("T3", None)

    def seen(laptop: Laptop) -> list[str]:
        return [line["ticket"]["id"] for line in laptop.changes() if line.get("ticket")]

    assert seen(roads) == ["T1"]
    assert seen(lights) == ["T2"]
    assert seen(boss) == ["T1", "T2", "T3"]


def test_every_cursor_is_a_place_to_go_on_from(world: World, boss: Laptop) -> None:
    for number in range(5):
        world.has_ticket(f"T{number}")
    lines = boss.changes()
    for at, line in enumerate(lines):
        rest = boss.changes(line["cursor"])
        assert [r["cursor"] for r in rest[:-1]] == [r["cursor"] for r in lines[at + 1 : -1]]


def test_nothing_new_is_one_line(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    last = roads.changes()[-1]
    assert kinds(roads.changes(last["cursor"])) == ["done"]
    assert last["server_time"] == "2026-11-20T02:00:00.000Z"


def test_a_reassigned_ticket_leaves_one_crew_and_comes_to_the_other(
    world: World, roads: Laptop, lights: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1", "roads")
    before_roads, before_lights = roads.changes()[-1], lights.changes()[-1]
    boss.does("T1", Assign(crew_id=CrewId("lights")))
    gone = roads.changes(before_roads["cursor"])
    assert kinds(gone) == ["removed", "done"]
    assert gone[0]["removed"] == "T1"
    come = lights.changes(before_lights["cursor"])
    assert kinds(come) == ["ticket", "done"]

    boss.does("T1", Assign(crew_id=CrewId("roads")))
    assert kinds(roads.changes(gone[-1]["cursor"])) == ["ticket", "done"]
    assert kinds(roads.changes(before_roads["cursor"])) == ["ticket", "done"]
    assert kinds(lights.changes(come[-1]["cursor"])) == ["removed", "done"]


def test_reference_data_come_when_they_changed(world: World, roads: Laptop) -> None:
    first = roads.changes()
    assert [c["name"] for c in first[0]["reference"]["crews"]] == ["Lights", "Roads"]
    world.hub.refresh()
    assert kinds(roads.changes(first[-1]["cursor"])) == ["done"]
    world.hub.accounts.add_crew("trees", "Trees")
    world.hub.refresh()
    assert kinds(roads.changes(first[-1]["cursor"])) == ["reference", "done"]


@pytest.mark.parametrize("cursor", ["nonsense", "a.b.1", "..", "0.all.0"])
def test_an_unknown_cursor_is_gone(roads: Laptop, cursor: str) -> None:
    assert roads.get("/changes", params={"cursor": cursor}).status_code == 410


def test_a_cursor_from_the_future_or_of_somebody_else_is_gone(
    world: World, roads: Laptop, boss: Laptop
) -> None:
    place, number = boss.changes()[-1]["cursor"].rsplit(".", 1)
    assert roads.get("/changes", params={"cursor": f"{place}.{number}"}).status_code == 410
    future = f"{place}.{int(number) + 1}"
    assert boss.get("/changes", params={"cursor": future}).status_code == 410


@pytest.mark.parametrize("number", ["9" * 5000, "๑", "-1", ""])
def test_a_cursor_without_a_sound_number_is_gone(boss: Laptop, number: str) -> None:
    place = boss.changes()[-1]["cursor"].rsplit(".", 1)[0]
    assert boss.get("/changes", params={"cursor": f"{place}.{number}"}).status_code == 410


def test_news_for_others_do_not_shorten_the_waiting(world: World, roads: Laptop) -> None:
    world.has_ticket("T1", "lights")
    place = world.hub.feed.find(roads.changes()[-1]["cursor"], roads.signed_in.officer)
    who = world.hub.accounts.who(roads.signed_in.token)

    async def wait_among_noise() -> bool:
        waiting = asyncio.create_task(changes._wait(world.hub, place, who, 3))
        for _ in range(20):
            world.hub.news.tell()
            await asyncio.wait({waiting}, timeout=0.01)
        still_waits = not waiting.done()
        world.hub.news.close()
        await waiting
        return still_waits

    assert asyncio.run(wait_among_noise())


def test_the_stream_is_packed_as_the_laptop_likes(world: World, roads: Laptop) -> None:
    for number in range(1100):
        world.has_ticket(f"T{number}")

    def raw(accepted: str) -> tuple[str, bytes]:
        with roads.client.stream(
            "GET", "/api/v1/changes", headers={**roads.headers, "Accept-Encoding": accepted}
        ) as answer:
            return answer.headers.get("Content-Encoding", ""), b"".join(answer.iter_raw())

    plain = raw("identity")
    assert plain[0] == ""
    assert plain[1].count(b"\n") == 1102
    packing, packed = raw("gzip, zstd")
    assert packing == "zstd"
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == plain[1]
    packing, packed = raw("gzip, zstd;q=0")
    assert packing == "gzip"
    assert gzip.decompress(packed) == plain[1]


def test_a_change_ends_the_waiting(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    cursor = roads.changes()[-1]["cursor"]
    roads.does("T1", Start())
    answer = roads.get("/changes", params={"cursor": cursor, "wait": 25})
    assert answer.text.count("\n") == 2


def test_what_others_get_does_not_end_my_waiting(
    world: World, roads: Laptop, lights: Laptop
) -> None:
    world.has_ticket("T1", "lights")
    cursor = roads.changes()[-1]["cursor"]
    lights.does("T1", Note(text="on the way"))
    answer = roads.get("/changes", params={"cursor": cursor, "wait": 0.01})
    assert answer.text.count("\n") == 1
    assert roads.get("/changes", params={"wait": 26}).status_code == 422
