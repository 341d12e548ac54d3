"""Screen copies at the hub: shown, and never taken for the originals."""

import base64
import hashlib
from collections.abc import Mapping
from types import MappingProxyType

import pytest
from httpx2 import Response
from sqlalchemy import select

from field_app.cli.hub_reports import show_figures
from field_app.domain.operation import AddPhoto, Finish
from field_app.hub import tables
from field_app.hub.service.figures import figures_of
from field_app.protocol.messages import SCREEN_COPY_LIMIT_BYTES
from field_app.protocol.photo_receipt import HEADER
from tests.hub.world import API, OFFSET_TYPE, Laptop, World

ORIGINAL = b"\xff\xd8 the whole photo, as it was taken"
COPY = b"\xff\xd8 a smaller picture"
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def copy_announced(
    ticket_id: str,
    work: AddPhoto,
    copy: bytes = COPY,
    more: Mapping[str, str] = NOTHING_MORE,
) -> dict[str, str]:
    """Return the headers with which a screen copy's upload begins."""
    names = {
        "photo_id": str(work.photo_id),
        "ticket_id": ticket_id,
        "sha256": hashlib.sha256(copy).hexdigest(),
        "filetype": "image/jpeg",
        "size": "screen",
        **more,
    }
    pairs = [f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in names.items()]
    return {"Upload_Length": str(len(copy)), "Upload_Metadata": ",".join(pairs)}


def sends_copy(
    laptop: Laptop,
    ticket_id: str,
    work: AddPhoto,
    copy: bytes = COPY,
    more: Mapping[str, str] = NOTHING_MORE,
) -> Response:
    """Begin a screen copy's upload with all of its bytes."""
    headers = copy_announced(ticket_id, work, copy, more)
    return laptop.tus("POST", f"{API}/photos/upload", copy, Content_Type=OFFSET_TYPE, **headers)


@pytest.fixture
def photo(world: World, roads: Laptop) -> AddPhoto:
    """Return a photo of the job T1 that is announced."""
    world.has_ticket("T1")
    return roads.announces("T1", ORIGINAL, b"preview")


def test_the_copy_is_the_photos_screen_size_and_the_original_has_not_arrived(
    world: World, roads: Laptop, boss: Laptop, photo: AddPhoto, capsys: pytest.CaptureFixture[str]
) -> None:
    roads.does("T1", Finish(note="", photo_ids=(photo.photo_id,)))
    answer = sends_copy(roads, "T1", photo)
    assert answer.status_code == 201
    assert answer.headers["Upload-Offset"] == str(len(COPY))
    assert HEADER not in answer.headers

    seen = boss.get(f"/photos/{photo.photo_id}?size=screen")
    assert (seen.status_code, seen.content) == (200, COPY)
    assert seen.headers["Content-Type"] == "image/jpeg"
    assert boss.get(f"/photos/{photo.photo_id}?size=original").status_code == 404
    assert boss.get(f"/photos/{photo.photo_id}?size=thumb").content == b"preview"
    figures = figures_of(world.hub)
    assert (figures.photos, figures.photos_awaited, figures.screen_copies) == (0, 1, 1)
    assert [r.arrived for r in figures.reports_awaited] == [0]
    show_figures(figures)
    assert "of 1 of those on their way there is a smaller picture here" in capsys.readouterr().out


def test_the_original_follows_with_its_receipt_and_the_copy_stays_the_screen_size(
    world: World, roads: Laptop, boss: Laptop, photo: AddPhoto
) -> None:
    sends_copy(roads, "T1", photo)
    before = boss.get(f"/photos/{photo.photo_id}?size=screen").headers["ETag"]
    answer = roads.creates("T1", photo, ORIGINAL)
    assert HEADER in answer.headers
    assert boss.get(f"/photos/{photo.photo_id}?size=original").content == ORIGINAL
    after = boss.get(f"/photos/{photo.photo_id}?size=screen")
    assert (after.content, after.headers["ETag"]) == (COPY, before)
    assert figures_of(world.hub).screen_copies == 0


def test_everybody_is_told_that_there_is_a_picture(
    roads: Laptop, boss: Laptop, photo: AddPhoto
) -> None:
    cursor = boss.changes()[-1]["cursor"]
    sends_copy(roads, "T1", photo)
    (told,) = (line["ticket"] for line in boss.changes(cursor) if "ticket" in line)
    assert told["photos"][0]["has_screen_copy"] is True
    assert told["photos"][0]["has_arrived"] is False


def test_bytes_that_are_not_the_announced_ones_show_nothing(
    roads: Laptop, boss: Laptop, photo: AddPhoto
) -> None:
    headers = copy_announced("T1", photo)
    begun = roads.tus("POST", f"{API}/photos/upload", b"", **headers)
    url = begun.headers["Location"]
    assert roads.patches(url, 0, COPY[::-1]).status_code == 460
    assert boss.get(f"/photos/{photo.photo_id}?size=screen").status_code == 404

    assert roads.patches(url, 0, COPY[:5]).headers["Upload-Offset"] == "5"
    whole = roads.patches(url, 5, COPY[5:])
    assert (whole.status_code, HEADER in whole.headers) == (204, False)
    assert boss.get(f"/photos/{photo.photo_id}?size=screen").content == COPY
    head = roads.tus("HEAD", url)
    assert (head.headers["Upload-Offset"], HEADER in head.headers) == (str(len(COPY)), False)


def test_begun_twice_or_sent_again_it_is_the_same_one(
    world: World, roads: Laptop, photo: AddPhoto
) -> None:
    first, second = sends_copy(roads, "T1", photo), sends_copy(roads, "T1", photo)
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Upload-Offset"] == str(len(COPY))
    anew = COPY + b" made anew, and longer"
    third = sends_copy(roads, "T1", photo, anew)
    assert third.headers["Upload-Offset"] == str(len(anew))
    with world.hub.database.read() as connection:
        kept = connection.execute(select(tables.screen_copy)).all()
        uploads = connection.execute(select(tables.upload)).all()
    assert [row.sha256 for row in kept] == [hashlib.sha256(COPY).hexdigest()]
    assert uploads == []


def test_one_that_was_made_anew_before_it_arrived_goes_instead(
    roads: Laptop, boss: Laptop, photo: AddPhoto
) -> None:
    headers = copy_announced("T1", photo)
    begun = roads.tus("POST", f"{API}/photos/upload", b"", **headers)
    anew = COPY + b" made anew"
    assert sends_copy(roads, "T1", photo, anew).status_code == 201
    assert boss.get(f"/photos/{photo.photo_id}?size=screen").content == anew
    assert roads.tus("HEAD", begun.headers["Location"]).status_code == 404


def test_open_copies_are_not_among_the_open_uploads(roads: Laptop, photo: AddPhoto) -> None:
    """An older program would take them for its originals."""
    headers = copy_announced("T1", photo)
    assert roads.tus("POST", f"{API}/photos/upload", b"", **headers).status_code == 201
    assert roads.get("/photos/uploads").json() == {"uploads": []}


def test_a_copy_with_the_originals_own_bytes_makes_nothing_arrive(
    world: World, roads: Laptop, photo: AddPhoto
) -> None:
    sends_copy(roads, "T1", photo, ORIGINAL)
    assert figures_of(world.hub).photos == 0
    answer = roads.creates("T1", photo)
    assert (HEADER in answer.headers, figures_of(world.hub).photos) == (True, 1)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"size": "poster"}, 400),
        ({"sha256": "../../hub.toml"}, 400),
        ({"ticket_id": "T2"}, 409),
        ({"photo_id": "0193a000-0000-7000-8000-00000000ffff"}, 409),
    ],
)
def test_what_cannot_be_meant_is_refused(
    roads: Laptop, photo: AddPhoto, told: dict[str, str], status: int
) -> None:
    assert sends_copy(roads, "T1", photo, more=told).status_code == status


def test_nothing_too_large_and_nothing_of_others_is_taken(
    world: World, roads: Laptop, lights: Laptop, photo: AddPhoto
) -> None:
    assert sends_copy(lights, "T1", photo).status_code == 404
    headers = copy_announced("T1", photo)
    headers["Upload_Length"] = str(SCREEN_COPY_LIMIT_BYTES + 1)
    assert roads.tus("POST", f"{API}/photos/upload", b"", **headers).status_code == 413
    headers["Upload_Length"] = "0"
    assert roads.tus("POST", f"{API}/photos/upload", b"", **headers).status_code == 400
