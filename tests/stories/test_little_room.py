"""A disk that fills up: pictures stop first, then photos and news, and never words and status."""

import errno
from pathlib import Path

import pytest

from field_app.actions.packs import carry
from field_app.domain.errors import NoRoomForNews, NoRoomForPhoto
from field_app.domain.pack_errors import NoRoomForPack
from field_app.domain.people import Role
from field_app.photos.room import LOW_BYTES, NEWS_RESERVE_BYTES, RESERVE_BYTES, Room
from field_app.queries.photos import room
from tests.helpers.packs import a_pack, quiet
from tests.helpers.town import Laptop, Town


def has_free(laptop: Laptop, size_bytes: int) -> None:
    """Let a laptop's disk have so much room."""
    desks = laptop.app._desks
    assert desks is not None
    desks.free = lambda _folder: size_bytes


def vault_files(laptop: Laptop) -> list[Path]:
    return sorted(path for path in laptop.folder.glob("people/*/vault/**/*") if path.is_file())


def gauge(laptop: Laptop) -> Room:
    found: Room = laptop.app.see(room)
    return found


def test_below_fifty_megabytes_a_photo_is_refused_and_nothing_of_it_is_written(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    before = vault_files(ana)
    has_free(ana, RESERVE_BYTES)

    with pytest.raises(NoRoomForPhoto):
        ana.adds_photo(job)

    assert vault_files(ana) == before
    assert [item.type for item in ana.outbox()] == ["start"]
    ana.notes(job, "Words still fit.")
    town.everyone_agrees()
    assert [entry.text for entry in town.hub_ticket(job).timeline if entry.text] == [
        "Words still fit."
    ]


def test_a_colleague_s_pack_that_would_use_the_reserve_is_refused_before_a_byte_is_copied(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    file = a_pack(tmp_path, b"photo", device="4" * 43 + "=")
    size = file.stat().st_size
    has_free(ana, RESERVE_BYTES + size - 1)

    with pytest.raises(NoRoomForPack):
        ana.app.do(carry, file, quiet)

    assert not ana.app.see(lambda desk: desk.carried_folder.exists())
    has_free(ana, RESERVE_BYTES + size)
    ana.app.do(carry, file, quiet)
    assert ana.app.status().pack_count == 1


def test_a_disk_that_fills_while_a_pack_is_copied_says_so_and_keeps_nothing_of_it(
    ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_pack(tmp_path, b"photo", device="4" * 43 + "=")

    def fill(_number: int) -> None:
        raise OSError(errno.ENOSPC, "no")

    with monkeypatch.context() as during:
        during.setattr("field_app.packs.carrying.os.fsync", fill)
        with pytest.raises(NoRoomForPack):
            ana.app.do(carry, file, quiet)

    assert ana.app.see(lambda desk: list(desk.carried_folder.iterdir())) == []


def test_room_made_again_lets_the_same_photo_in(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    has_free(ana, RESERVE_BYTES)
    with pytest.raises(NoRoomForPhoto):
        ana.adds_photo(job)

    has_free(ana, RESERVE_BYTES + 10_000_000)
    ana.adds_photo(job)

    town.everyone_agrees()


def test_below_two_hundred_megabytes_no_pictures_are_fetched_until_there_is_room(
    town: Town, ana: Laptop
) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.syncs()
    has_free(boss, LOW_BYTES - 1)

    report = boss.syncs()

    assert report.error is None
    assert report.tally.fetched == 0
    assert not report.tally.has_more
    assert boss.sees(job).photos[0].has_arrived
    has_free(boss, LOW_BYTES)
    assert boss.syncs().tally.fetched == 2


def test_news_that_do_not_fit_wait_at_the_hub_while_work_goes_up(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    other = town.citizen_reports()
    has_free(ana, NEWS_RESERVE_BYTES - 1)

    report = ana.syncs()

    assert isinstance(report.error, NoRoomForNews)
    assert (report.tally.delivered, report.tally.uploaded) == (4, 2)
    assert ana.waiting() == 0
    assert ana.has_copy(other) is None
    has_free(ana, NEWS_RESERVE_BYTES)
    town.everyone_agrees()
    assert ana.has_copy(other) is not None


def test_the_gauge_counts_in_photos_of_this_laptop(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    has_free(ana, RESERVE_BYTES + 10_000_000)
    assert gauge(ana).photo_count == 2, "a phone's photos, before there are any"

    ana.adds_photo(job)
    ana.adds_photo(job)

    assert gauge(ana).photo_count == 16
