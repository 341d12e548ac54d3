"""Photos up: byte-exact, resumable, and safe on disk before the last byte is acknowledged."""

import asyncio
import base64
import errno
import hashlib
import os
import random
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from field_app.domain.ids import CrewId
from field_app.domain.operation import Assign
from field_app.hub.problems import HubProblem
from field_app.hub.service import receiver
from field_app.hub.service.upload_standing import Upload
from tests.hub.world import API, Laptop, World, kinds

DATA = random.Random(7).randbytes(300_000)
SHA = hashlib.sha256(DATA).hexdigest()


def stored(world: World) -> bytes:
    """Return the photo's bytes in the hub's folder."""
    return (world.folder / "photos" / SHA[:2] / SHA).read_bytes()


def parts(world: World) -> list[str]:
    """Return the unfinished files."""
    return [path.name for path in (world.folder / "uploads").iterdir()]


def test_the_hub_says_what_it_speaks(world: World) -> None:
    answer = world.client.options(f"{API}/photos/upload")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(40 * 1024 * 1024)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "expiration",
        "termination",
    }


def test_a_photo_arrives_in_two_requests_and_everybody_hears_of_it(
    world: World, roads: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    cursor = boss.changes()[-1]["cursor"]
    created = roads.creates("T1", work)
    assert created.status_code == 201
    assert created.headers["Upload-Offset"] == "0"
    assert created.headers["Upload-Expires"] == "Fri, 27 Nov 2026 02:00:00 GMT"
    done = roads.patches(created.headers["Location"], 0, DATA)
    assert done.status_code == 204
    assert done.headers["Upload-Offset"] == str(len(DATA))
    assert stored(world) == DATA
    assert parts(world) == []
    news = boss.changes(cursor)
    assert kinds(news) == ["ticket", "done"]
    assert news[0]["ticket"]["photos"][0]["has_arrived"] is True
    assert boss.get(f"/photos/{work.photo_id}").content == DATA


def test_first_bytes_travel_with_the_creation(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    created = roads.creates("T1", work, DATA[:1000])
    assert created.status_code == 201
    assert created.headers["Upload-Offset"] == "1000"
    again = roads.creates("T1", work, DATA[:1000])
    assert again.headers["Location"] == created.headers["Location"]
    assert again.headers["Upload-Offset"] == "1000"
    assert roads.patches(created.headers["Location"], 1000, DATA[1000:]).status_code == 204
    assert stored(world) == DATA


def test_a_small_photo_needs_one_request(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    answer = roads.creates("T1", roads.announces("T1", DATA), DATA)
    assert answer.headers["Upload-Offset"] == str(len(DATA))
    assert stored(world) == DATA


def test_a_wrong_offset_changes_nothing(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:500]).headers["Location"]
    for offset in (0, 499, 501, len(DATA)):
        answer = roads.patches(url, offset, DATA[offset:])
        assert answer.status_code == 409
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    head = roads.tus("HEAD", url)
    assert head.headers["Upload-Offset"] == "500"
    assert head.headers["Upload-Length"] == str(len(DATA))
    assert head.headers["Cache-Control"] == "no-store"
    assert "filetype aW1hZ2UvanBlZw==" in head.headers["Upload-Metadata"]


def test_damaged_bytes_are_sent_again_from_the_start(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA)).headers["Location"]
    answer = roads.patches(url, 0, DATA[:-1] + b"\x00")
    assert answer.status_code == 460
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "0"
    assert not (world.folder / "photos" / SHA[:2] / SHA).exists()
    assert roads.patches(url, 0, DATA).status_code == 204
    assert stored(world) == DATA


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_request_with_a_wrong_checksum_is_thrown_away(
    world: World, roads: Laptop, algorithm: str
) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:10]).headers["Location"]
    right = base64.b64encode(hashlib.new(algorithm, DATA[10:]).digest()).decode()
    wrong = base64.b64encode(hashlib.new(algorithm, b"other").digest()).decode()
    bad = roads.patches(url, 10, DATA[10:], Upload_Checksum=f"{algorithm} {wrong}")
    assert bad.status_code == 460
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "10"
    good = roads.patches(url, 10, DATA[10:], Upload_Checksum=f"{algorithm} {right}")
    assert good.status_code == 204
    assert stored(world) == DATA


def test_more_bytes_than_announced_are_not_taken(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:10]).headers["Location"]
    assert roads.patches(url, 10, DATA).status_code == 400
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "10"


def test_a_photo_that_the_hub_has_is_not_sent(world: World, roads: Laptop, lights: Laptop) -> None:
    world.has_ticket("T1")
    world.has_ticket("T2", "lights")
    roads.creates("T1", roads.announces("T1", DATA), DATA)
    work = lights.announces("T2", DATA)
    answer = lights.creates("T2", work)
    assert answer.status_code == 201
    assert answer.headers["Upload-Offset"] == str(len(DATA))
    assert lights.get(f"/photos/{work.photo_id}").content == DATA
    assert lights.get("/photos/uploads").json() == {"uploads": []}


def test_a_lost_last_answer_costs_no_second_upload(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work, DATA).headers["Location"]
    revision = roads.changes()[-1]["cursor"]
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == str(len(DATA))
    assert roads.patches(url, len(DATA), b"").status_code == 204
    assert roads.creates("T1", work).headers["Upload-Offset"] == str(len(DATA))
    assert roads.tus("DELETE", url).status_code == 409
    assert len(roads.changes(revision)) == 1


def test_a_crash_between_moving_and_noting_is_mended(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work, DATA[:100]).headers["Location"]
    part = world.folder / "uploads" / url.rsplit("/", 1)[1]
    part.write_bytes(DATA)
    world.hub.vault.keep(part, SHA)
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == str(len(DATA))
    ticket = next(line["ticket"] for line in roads.changes() if line.get("ticket"))
    assert ticket["photos"][0]["has_arrived"] is True


def test_after_a_crash_before_the_check_no_answer_counts_unchecked_bytes(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:100]).headers["Location"]
    part = world.folder / "uploads" / url.rsplit("/", 1)[1]
    part.write_bytes(DATA[:-1] + b"\x00")
    world.opens_again()
    roads.client = world.client
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "0"
    assert parts(world) == []
    part.write_bytes(DATA[:-1] + b"\x00")
    assert [u["offset"] for u in roads.get("/photos/uploads").json()["uploads"]] == [0]
    part.write_bytes(DATA)
    assert roads.get("/photos/uploads").json() == {"uploads": []}
    assert stored(world) == DATA
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == str(len(DATA))


def test_of_two_connections_at_once_one_writes(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA)).headers["Location"]
    who = world.hub.accounts.who(roads.signed_in.token)
    upload = world.hub.uploads.find(url.rsplit("/", 1)[1], who)

    async def both() -> list[object]:
        may_go_on = asyncio.Event()

        async def late() -> AsyncIterator[bytes]:
            await may_go_on.wait()
            yield DATA

        async def early() -> AsyncIterator[bytes]:
            yield DATA

        take = world.hub.receiver.receive
        first = asyncio.create_task(take(upload, late(), who, None))
        second = asyncio.create_task(take(upload, early(), who, None))
        arrived = await second
        may_go_on.set()
        return [arrived, *await asyncio.gather(first, return_exceptions=True)]

    arrived, broken_off = asyncio.run(both())
    assert isinstance(arrived, Upload)
    assert arrived.is_complete
    assert isinstance(broken_off, HubProblem)
    assert broken_off.status == 423
    assert stored(world) == DATA
    assert parts(world) == []


def test_a_photo_without_its_operation_waits(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    with world.hub.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM photo")
    answer = roads.creates("T1", work, DATA)
    assert answer.status_code == 409
    assert "operation" in answer.json()["detail"]


def test_a_photo_goes_up_only_as_announced_and_by_whom(
    world: World, roads: Laptop, lights: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    assert lights.creates("T1", work).status_code == 404
    assert roads.creates("T2", work).status_code == 409
    assert roads.creates("T1", work, Upload_Length="7").status_code == 409
    assert roads.creates("T1", work, Upload_Length="41943041").status_code == 413
    assert roads.creates("T1", work, Upload_Length="x").status_code == 400
    assert roads.tus("POST", f"{API}/photos/upload", Upload_Length="7").status_code == 400
    url = roads.creates("T1", work).headers["Location"]
    assert lights.tus("HEAD", url).status_code == 404
    assert lights.patches(url, 0, DATA).status_code == 404
    assert lights.tus("DELETE", url).status_code == 404


def test_work_done_before_reassignment_still_brings_its_photo(
    world: World, roads: Laptop, boss: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    boss.does("T1", Assign(crew_id=CrewId("lights")))
    assert roads.creates("T1", work, DATA).headers["Upload-Offset"] == str(len(DATA))
    assert boss.get(f"/photos/{work.photo_id}").content == DATA
    assert roads.get(f"/photos/{work.photo_id}").status_code == 404


def test_all_my_open_uploads_come_in_one_answer(
    world: World, roads: Laptop, lights: Laptop
) -> None:
    world.has_ticket("T1")
    works = [roads.announces("T1", DATA[number:]) for number in range(3)]
    for number, work in enumerate(works):
        roads.creates("T1", work, DATA[number : number + 10 * number])
    mine = roads.get("/photos/uploads").json()["uploads"]
    found = {u["photo_id"]: (u["offset"], u["size_bytes"]) for u in mine}
    assert found == {w.photo_id: (10 * n, len(DATA) - n) for n, w in enumerate(works)}
    assert lights.get("/photos/uploads").json()["uploads"] == []


def test_an_upload_is_given_up_after_a_week(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    url = roads.creates("T1", work, DATA[:10]).headers["Location"]
    world.clock.advance(timedelta(days=6).total_seconds())
    assert roads.patches(url, 10, DATA[10:20]).status_code == 204
    world.clock.advance(timedelta(days=6).total_seconds())
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "20"
    world.clock.advance(timedelta(days=2).total_seconds())
    assert roads.tus("HEAD", url).status_code == 410
    assert roads.creates("T1", work).headers["Upload-Offset"] == "0"
    assert parts(world) == []


def test_late_uploads_are_swept_when_the_hub_opens(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    roads.creates("T1", roads.announces("T1", DATA), DATA[:10])
    assert len(parts(world)) == 1
    world.clock.advance(timedelta(days=8).total_seconds())
    world.opens_again()
    assert parts(world) == []


def test_files_that_belong_to_no_upload_are_swept_after_a_week(world: World) -> None:
    folder = world.folder / "uploads"
    for name, days in (("old", 8), ("young", 6)):
        (folder / name).write_bytes(b"x")
        at = (world.clock.now() - timedelta(days=days)).timestamp()
        os.utime(folder / name, (at, at))
    world.opens_again()
    assert parts(world) == ["young"]


def test_a_cancelled_upload_leaves_nothing(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:10]).headers["Location"]
    assert roads.tus("DELETE", url).status_code == 204
    assert parts(world) == []
    assert roads.tus("HEAD", url).status_code == 404


def test_another_tus_is_not_spoken(world: World, roads: Laptop) -> None:
    answer = roads.tus("POST", f"{API}/photos/upload", Tus_Resumable="0.2.2")
    assert answer.status_code == 412
    assert answer.headers["Tus-Version"] == "1.0.0"


def test_a_patch_of_another_kind_is_not_taken(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA)).headers["Location"]
    assert roads.patches(url, 0, DATA, Content_Type="image/jpeg").status_code == 415


def test_a_full_disk_keeps_what_came_and_says_so(
    world: World, roads: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:10]).headers["Location"]

    def no_room(_file: object, _piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(receiver, "_write_all", no_room)
        answer = roads.patches(url, 10, DATA[10:])
    assert answer.status_code == 507
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "10"
    assert roads.patches(url, 10, DATA[10:]).status_code == 204
