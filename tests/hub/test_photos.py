"""Photos down: to those who may see them, in the size they ask for."""

from tests.hub.world import Laptop, World

DATA = b"\xff\xd8 not really a picture, but the hub does not look inside"
PREVIEW = b"RIFF....WEBP"


def test_a_photo_comes_whole_in_part_or_not_at_all(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    path = f"/photos/{work.photo_id}"
    assert roads.get(path).status_code == 404
    roads.creates("T1", work, DATA)
    whole = roads.get(path, params={"size": "screen"})
    assert whole.content == DATA
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["ETag"] == f'"{work.sha256}"'
    assert "immutable" in whole.headers["Cache-Control"]
    part = roads.get(path, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, DATA[5:10])
    known = roads.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_the_preview_is_there_before_the_photo(world: World, roads: Laptop, boss: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA, PREVIEW)
    thumb = boss.get(f"/photos/{work.photo_id}", params={"size": "thumb"})
    assert (thumb.content, thumb.headers["Content-Type"]) == (PREVIEW, "image/webp")
    assert boss.get(f"/photos/{work.photo_id}").status_code == 404


def test_without_a_preview_the_thumb_is_the_photo(world: World, roads: Laptop) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA)
    roads.creates("T1", work, DATA)
    assert roads.get(f"/photos/{work.photo_id}", params={"size": "thumb"}).content == DATA


def test_a_crew_cannot_see_another_crew_s_photos(
    world: World, roads: Laptop, lights: Laptop
) -> None:
    world.has_ticket("T1")
    work = roads.announces("T1", DATA, PREVIEW)
    roads.creates("T1", work, DATA)
    for size in ("thumb", "screen", "original"):
        answer = lights.get(f"/photos/{work.photo_id}", params={"size": size})
        assert answer.status_code == 404
    assert roads.get(f"/photos/{work.photo_id}", params={"size": "huge"}).status_code == 400
