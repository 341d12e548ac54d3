"""What tus 1.0.0 asks of a server beside the way of a photo (its core, and the odd headers)."""

import base64

import pytest
from httpx2 import Response

from tests.hub.test_uploads import DATA, stored
from tests.hub.world import API, OFFSET_TYPE, Laptop, World, metadata_of

UPLOAD = f"{API}/photos/upload"


def says(laptop: Laptop, metadata: str, data: bytes = b"") -> Response:
    """Begin the upload of `DATA` with these words."""
    first = {"Content_Type": OFFSET_TYPE} if data else {}
    told = {"Upload_Length": str(len(DATA)), "Upload_Metadata": metadata}
    return laptop.tus("POST", UPLOAD, data, **told, **first)


def test_a_network_that_lets_only_post_through_carries_a_photo(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA), DATA[:1000]).headers["Location"]
    asked = roads.tus("POST", url, X_HTTP_Method_Override="HEAD")
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "1000")
    bytes_too = {"Upload_Offset": "1000", "Content_Type": OFFSET_TYPE}
    sent = roads.tus("POST", url, DATA[1000:], X_HTTP_Method_Override="PATCH", **bytes_too)
    assert sent.status_code == 204
    assert stored(world) == DATA


def test_the_method_in_a_header_counts_for_uploads_only(world: World, roads: Laptop) -> None:
    override = {"X-HTTP-Method-Override": "POST"}
    assert roads.get("/health", headers=override).status_code == 200
    assert roads.tus("GET", UPLOAD, X_HTTP_Method_Override="DANCE").status_code == 405


def test_head_tells_everything_that_was_said_at_the_creation(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    said = f"{metadata_of('T1', work)},lens d2lkZQ==,is_night"
    for sent in (b"", DATA):
        created = says(roads, said, sent)
        head = roads.tus("HEAD", created.headers["Location"])
        assert head.headers["Upload-Metadata"] == said


@pytest.mark.parametrize(
    "said",
    [
        "filetype aW1hZ2UvcG5n,{rest}",  # twice
        "{rest},far " + "A" * 5000,  # too long
        "{rest},noise AAEC",  # signs that cannot be printed
        "{rest},odd !!!",  # no base64
    ],
)
def test_words_that_make_no_sense_are_refused(world: World, roads: Laptop, said: str) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    metadata = said.format(rest=metadata_of("T1", work))
    answer = says(roads, metadata)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (400, "1.0.0")


def test_numbers_beyond_all_photos_are_told_as_such(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    assert roads.creates("T1", work, Upload_Length="9" * 5000).status_code == 413
    url = roads.creates("T1", work).headers["Location"]
    assert roads.patches(url, 0, DATA, Upload_Offset="9" * 5000).status_code == 409


def test_every_answer_about_uploads_names_the_version(world: World, roads: Laptop) -> None:
    for method in ("HEAD", "PATCH", "DELETE"):
        for headers in ({}, roads.headers):
            asked = {**headers, "Tus-Resumable": "1.0.0"}
            answer = world.client.request(method, f"{UPLOAD}/nothing", headers=asked)
            assert answer.status_code >= 400
            assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_a_checksum_of_another_kind_is_refused(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    url = roads.creates("T1", roads.announces("T1", DATA)).headers["Location"]
    told = base64.b64encode(bytes(16)).decode()
    assert roads.patches(url, 0, DATA, Upload_Checksum=f"md5 {told}").status_code == 400
    assert roads.tus("HEAD", url).headers["Upload-Offset"] == "0"
