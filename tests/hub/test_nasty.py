"""What no laptop would send: the hub says plainly that it does not take it, and nothing changes."""

import asyncio
import gzip
import zlib
from collections.abc import MutableMapping
from dataclasses import replace
from typing import Any

import orjson
import pytest
from httpx2 import Response
from sqlalchemy.exc import DataError

from field_app.domain.ids import CrewId, PhotoId, TicketId
from field_app.domain.operation import (
    Assign,
    Decline,
    DeclineReason,
    Finish,
    MarkPhoto,
    MovePlace,
    PairPhoto,
    RemovePhoto,
    Work,
)
from field_app.domain.photo import Mark, MarkKind, PhotoEvidence, PhotoSign
from field_app.domain.place import Place
from field_app.hub.api import doors
from field_app.protocol.codec import operation_to_dict
from tests.helpers.builders import an_add_photo
from tests.hub.test_uploads import DATA
from tests.hub.world import API, Laptop, World, sign_in

PROBLEM = "application/problem+json"
HERE = Place(latitude=13.75, longitude=100.5)


def a_mark(**facts: Any) -> Mark:
    plain: dict[str, Any] = {"kind": MarkKind.BOX, "x1": 0.0, "y1": 0.0, "x2": 1.0, "y2": 1.0}
    return Mark(**{**plain, **facts})


def posts(laptop: Laptop, body: bytes, **headers: str) -> Response:
    """Send a body as operations."""
    return laptop.client.post(
        f"{API}/operations", content=body, headers={**laptop.headers, **headers}
    )


def is_plain_problem(answer: Response, status: int) -> bool:
    """Whether an answer is a problem document of this status without a trace of the program."""
    assert answer.headers["Content-Type"] == PROBLEM, answer.text
    document = answer.json()
    return (answer.status_code, document["status"]) == (status, status) and document["title"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"\xff\xfe{",
        b'{"operations":[',
        b'"\\ud800"',
        b"[" * 100_000,
        b'{"operations":' + b'{"a":' * 2000 + b"1" + b"}" * 2001,
        b'{"operations":' + b"9" * 5000 + b"}",
        b'{"operations":1e999}',
        b'{"operations":[NaN]}',
        orjson.dumps({"operations": [{}] * 201}),
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_body_that_is_no_batch(roads: Laptop, body: bytes) -> None:
    assert is_plain_problem(posts(roads, body), 400)


@pytest.mark.parametrize(
    "item",
    [
        None,
        7,
        "operation",
        [],
        {"payload": {}},
        {"type": "dance", "payload": {}},
        {"type": "note", "payload": {"text": "x"}, "seq": 10**19},
        {"type": "note", "payload": {"text": "x"}, "id": {"deep": [[[[[]]]]]}},
    ],
    ids=repr,
)
def test_an_item_that_is_no_operation_spoils_no_other(
    world: World, roads: Laptop, item: object
) -> None:
    world.has_ticket("T1")
    good = operation_to_dict(roads.operation("T1", Decline(reason=DeclineReason.NOT_FOUND)))
    answer = posts(roads, orjson.dumps({"operations": [item, good]}))
    assert [verdict["outcome"] for verdict in answer.json()["results"]] == ["refused", "applied"]


@pytest.mark.parametrize(
    "work",
    [
        Assign(crew_id=CrewId("ro\x00ads")),
        RemovePhoto(photo_id=PhotoId("a\x00")),
        MarkPhoto(photo_id=PhotoId("a\x00")),
        PairPhoto(photo_id=PhotoId("a"), pair_id=PhotoId("../1")),
        an_add_photo(retakes=PhotoId("../1")),
        an_add_photo(pair_id=PhotoId("../1")),
        Finish(note="", photo_ids=(PhotoId("../../etc"),)),
        Decline(reason=DeclineReason.DUPLICATE, duplicate_of=TicketId("T\x001")),
    ],
    ids=lambda work: work.type,
)
def test_names_that_cannot_be_are_refused_as_malformed(
    world: World, roads: Laptop, boss: Laptop, work: Work
) -> None:
    world.has_ticket("T1")
    laptop = boss if isinstance(work, Assign) else roads
    verdict = laptop.does("T1", work)
    assert (verdict.outcome, verdict.reason) == ("refused", "malformed")


@pytest.mark.parametrize(
    "work",
    [
        an_add_photo(evidence=PhotoEvidence(camera="x" * 201)),
        an_add_photo(evidence=PhotoEvidence(software="a\x00b")),
        an_add_photo(evidence=PhotoEvidence(accuracy_m=-1)),
        an_add_photo(evidence=PhotoEvidence(sharpness=1e12)),
        an_add_photo(evidence=PhotoEvidence(signs=(PhotoSign.SCREENSHOT,) * 2)),
        an_add_photo(pair_matches=-1),
        MarkPhoto(photo_id=PhotoId("p"), marks=(a_mark(x2=1.01),)),
        MarkPhoto(photo_id=PhotoId("p"), marks=(a_mark(text="x" * 201),)),
        MarkPhoto(photo_id=PhotoId("p"), marks=(a_mark(),) * 101),
        PairPhoto(photo_id=PhotoId("p"), pair_id=PhotoId("q"), pair_matches=-1),
        MovePlace(place=HERE, reason=" "),
        MovePlace(place=HERE, reason="x" * 10_001),
        MovePlace(place=replace(HERE, accuracy_m=-1.0), reason="there"),
    ],
    ids=[
        "camera",
        "software",
        "accuracy",
        "sharpness",
        "signs",
        "pair",
        "outside",
        "words",
        "too many",
        "points",
        "no reason",
        "a long reason",
        "accuracy of a pin",
    ],
)
def test_photos_marks_and_pins_that_cannot_be_are_refused_as_malformed(
    world: World, roads: Laptop, work: Work
) -> None:
    world.has_ticket("T1")
    verdict = roads.does("T1", work)
    assert (verdict.outcome, verdict.reason) == ("refused", "malformed")


@pytest.mark.parametrize("latitude", ["91", "-90.5", "1e400", "null"])
def test_a_pin_is_set_on_the_earth(world: World, roads: Laptop, latitude: str) -> None:
    before = world.has_ticket("T1", place=HERE)
    plain = operation_to_dict(roads.operation("T1", MovePlace(place=HERE, reason="there")))
    body = orjson.dumps({"operations": [plain]}).replace(b"13.75", latitude.encode())
    answer = posts(roads, body)
    if answer.status_code == 200:
        assert [verdict["reason"] for verdict in answer.json()["results"]] == ["malformed"]
    else:
        assert is_plain_problem(answer, 400)
    (here,) = [line["ticket"] for line in roads.changes() if "ticket" in line]
    assert (here["place"]["latitude"], here["revision"]) == (HERE.latitude, before.revision)


@pytest.mark.parametrize("number", ["1e400", "9" * 400, "-1", "1.5", "[]"])
def test_numbers_that_cannot_be_are_refused(world: World, roads: Laptop, number: str) -> None:
    world.has_ticket("T1")
    plain = operation_to_dict(roads.operation("T1", Decline(reason=DeclineReason.NOT_FOUND)))
    body = orjson.dumps({"operations": [{**plain, "seq": 123454321}]})
    answer = posts(roads, body.replace(b"123454321", number.encode()))
    if answer.status_code == 200:
        assert [verdict["outcome"] for verdict in answer.json()["results"]] == ["refused"]
    else:
        assert is_plain_problem(answer, 400)


def test_a_bomb_of_zeros_is_too_large(roads: Laptop) -> None:
    bomb = gzip.compress(bytes(200 * 1024 * 1024), compresslevel=9)
    assert len(bomb) < 300_000
    assert is_plain_problem(posts(roads, bomb, **{"Content-Encoding": "gzip"}), 413)


@pytest.mark.parametrize(
    ("packing", "body", "status"),
    [
        ("gzip", b"{}", 400),
        ("gzip", gzip.compress(b"{}", mtime=0)[:-3], 400),
        ("gzip", b"", 400),
        ("gzip", zlib.compress(b"{}"), 400),
        ("gzip, gzip", gzip.compress(gzip.compress(b"{}", mtime=0), mtime=0), 415),
        ("br", b"{}", 415),
        ("\xff", b"{}", 415),
    ],
)
def test_packing_that_is_not_what_it_says(
    roads: Laptop, packing: str, body: bytes, status: int
) -> None:
    answer = roads.client.post(
        f"{API}/operations",
        content=body,
        headers=[
            (b"Authorization", roads.headers["Authorization"].encode()),
            (b"Content-Encoding", packing.encode("latin-1")),
        ],
    )
    assert is_plain_problem(answer, status)


@pytest.mark.parametrize(
    "way",
    [
        "photos/%2e%2e%2f%2e%2e%2fhub.db",
        "photos/..%5c..%5chub.db",
        "photos/%00",
        "photos/a%00b",
        "photos/" + "a" * 5000,
        "photos/%ff%fe",
        "photos/%ed%a0%80",
    ],
)
def test_a_way_out_of_the_folder_leads_nowhere(roads: Laptop, way: str) -> None:
    assert is_plain_problem(roads.get(f"/{way}"), 404)


@pytest.mark.parametrize("upload", ["%00", "..%2fhub.db", "a%00b", "new-" + "0" * 64])
@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_no_upload_has_such_a_name(roads: Laptop, method: str, upload: str) -> None:
    told = {"Upload_Offset": "0", "Content_Type": "application/offset+octet-stream"}
    answer = roads.tus(method, f"{API}/photos/upload/{upload}", DATA[:10], **told)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "asked",
    ["bytes=9-2", "bytes=a-b", "bytes=0-1,4-5", "lines=1-2", "bytes=-5", "bytes=", "bytes=0-0 "],
)
def test_a_range_that_makes_no_sense_brings_the_whole_photo(
    world: World, roads: Laptop, asked: str
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    roads.creates("T1", work, DATA)
    answer = roads.get(f"/photos/{work.photo_id}", headers={"Range": asked})
    assert answer.status_code in {200, 206}
    assert answer.content in {DATA, DATA[:1]}


def test_a_range_brings_a_part_and_one_beyond_the_end_is_said_to_be(
    world: World, roads: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    roads.creates("T1", work, DATA)
    part = roads.get(f"/photos/{work.photo_id}", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, DATA[1000:2000])
    beyond = roads.get(f"/photos/{work.photo_id}", headers={"Range": f"bytes={len(DATA)}-"})
    assert is_plain_problem(beyond, 416)
    assert beyond.headers["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize("said", ["Basic YTpi", "Bearer", "Bearer ", "Bearer \xff\xfe", "\x7f"])
def test_a_token_that_is_none(world: World, said: str) -> None:
    told = [(b"Authorization", said.encode("latin-1"))]
    assert is_plain_problem(world.client.get(f"{API}/changes", headers=told), 401)


@pytest.mark.parametrize("name", ["an\x00an", "\ud7ff", "a" * 100_000, " "])
def test_a_name_that_nobody_has(world: World, roads: Laptop, name: str) -> None:
    answer = world.client.post(f"{API}/devices", content=sign_in(name, "some password"))
    assert answer.status_code in {400, 401}
    assert is_plain_problem(answer, answer.status_code)


def test_a_device_may_be_called_anything_that_can_be_printed(world: World, roads: Laptop) -> None:
    body = orjson.dumps(
        {"username": "anan", "password": "long enough", "device_name": "lap\x00\x1btop\n"}
    )
    assert world.client.post(f"{API}/devices", content=body).status_code == 200
    assert {device.name for device in world.hub.accounts.devices()} == {"test laptop", "laptop"}


def test_a_body_that_never_ends_is_broken_off(
    world: World, roads: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "SILENCE_S", 0.05)
    sent: list[MutableMapping[str, Any]] = []

    async def call() -> None:
        came = iter([{"type": "http.request", "body": b'{"oper', "more_body": True}])

        async def receive() -> MutableMapping[str, Any]:
            for message in came:
                return message
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        token = roads.headers["Authorization"].encode()
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": f"{API}/operations",
            "raw_path": b"",
            "query_string": b"",
            "root_path": "",
            "headers": [(b"authorization", token)],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        await world.client.app(scope, receive, send)

    asyncio.run(call())
    assert sent[0]["status"] == 400


def test_words_that_the_database_does_not_keep_are_no_bug_of_the_hub(
    world: World, roads: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object) -> None:
        raise DataError("SELECT …", None, ValueError("text fields cannot contain NUL bytes"))

    monkeypatch.setattr(type(world.hub.photos), "find", refuses)
    answer = roads.get("/photos/anything")
    assert is_plain_problem(answer, 400)
    assert "NUL" not in answer.text
