"""The agency's policy: a smaller picture of each photo goes first, the original at the depot."""

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from field_app.actions import outbox as wishes
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.people import Role
from field_app.hub import tables
from field_app.hub.service.figures import figures_of
from field_app.photos.vault import Size
from field_app.queries.day_end import day_end
from field_app.store import receipts
from tests.helpers.fakes import PowerCut
from tests.helpers.town import Laptop, Town


@pytest.fixture
def policy(town: Town) -> Town:
    """Return a town whose hub wants screen copies first."""
    town.wants_screen_copies_first()
    return town


def reported(town: Town, ana: Laptop) -> TicketId:
    """Let a job be repaired on the road, with two photos, and let the laptop sync."""
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    ana.syncs()
    return job


def copies_at_hub(town: Town) -> dict[str, bytes]:
    """Return the screen copies that the hub holds, by photo."""
    here = select(tables.screen_copy).where(tables.screen_copy.c.arrived_at.is_not(None))
    with town.hub.database.read() as connection:
        rows = connection.execute(here).all()
    return {row.photo_id: town.hub.vault.path(row.sha256).read_bytes() for row in rows}


def copy_on(laptop: Laptop, photo_id: PhotoId) -> bytes:
    """Return the screen copy that a laptop made of its photo."""
    sha256 = laptop.photos[photo_id]
    path: Path | None = laptop.app.see(lambda desk: desk.vault.copy_path(sha256, Size.SCREEN))
    assert path is not None
    return path.read_bytes()


def only_here(laptop: Laptop) -> int:
    count: int = laptop.app.see(day_end).count
    return count


def test_on_the_road_the_hub_gets_pictures_and_at_the_depot_the_originals(policy: Town) -> None:
    ana = policy.person("ana")
    job = reported(policy, ana)
    ticket = policy.hub_ticket(job)
    assert [(p.has_screen_copy, p.has_arrived) for p in ticket.photos] == [(True, False)] * 2
    assert copies_at_hub(policy) == {i: copy_on(ana, i) for i in ana.photos}
    assert not ticket.is_complete
    assert figures_of(policy.hub).screen_copies == 2

    ana.app.do(wishes.resume_photos)
    ana.syncs()

    assert policy.hub_photos() == set(ana.photos)
    assert policy.hub_ticket(job).is_complete
    assert figures_of(policy.hub).screen_copies == 0
    policy.everyone_agrees()


def test_only_originals_count_as_delivered(policy: Town) -> None:
    ana = policy.person("ana")
    reported(policy, ana)
    status = ana.app.status()
    assert (status.waiting_count, status.resting_count, status.total_bytes) == (2, 2, 0)
    assert status.photos_rest
    assert only_here(ana) == 2
    (here,) = ana.app.see(day_end).jobs
    assert (here.photo_count, here.pictured_count) == (2, 2)
    ids = [upload.operation_id for upload in ana.open_uploads()]
    given = ana.app.see(lambda desk: receipts.of_operations(desk.db, ids))
    assert [receipt.type for receipt in given] == ["add_photo"] * 2

    ana.app.do(wishes.resume_photos)
    ana.syncs()

    assert only_here(ana) == 0
    given = ana.app.see(lambda desk: receipts.of_operations(desk.db, ids))
    whole = {receipt.sha256 for receipt in given if receipt.type == "photo"}
    assert whole == set(ana.photos.values())


def test_a_supervisor_sees_the_picture_before_the_original_is_there(policy: Town) -> None:
    ana = policy.person("ana")
    boss = policy.person("boss", Role.SUPERVISOR, None)
    job = reported(policy, ana)
    boss.syncs()
    for photo in boss.sees(job).photos:
        sha256 = photo.sha256
        seen = boss.app.see(lambda desk, name=sha256: desk.vault.copy_path(name, Size.SCREEN))
        assert seen.read_bytes() == copy_on(ana, photo.id)
        assert not photo.has_arrived

    boss.approves(job)
    boss.syncs()
    assert [r.ticket_id for r in figures_of(policy.hub).reports_awaited] == [job]
    policy.everyone_agrees()


def test_what_the_depot_let_go_rests_again_when_all_has_gone(policy: Town) -> None:
    ana = policy.person("ana")
    reported(policy, ana)
    ana.app.do(wishes.resume_photos)
    assert not ana.app.status().photos_rest
    ana.syncs()
    assert ana.app.status().photos_rest

    next_job = reported(policy, ana)
    assert [p.has_arrived for p in policy.hub_ticket(next_job).photos] == [False, False]
    policy.everyone_agrees()


def test_one_job_may_go_whole_from_the_road(policy: Town) -> None:
    ana = policy.person("ana")
    urgent, other = policy.citizen_reports(), policy.citizen_reports()
    ana.syncs()
    for job in (urgent, other):
        ana.adds_photo(job)
    ana.app.do(wishes.send_job, urgent)
    ana.syncs()
    photos = [policy.hub_ticket(job).photos[0] for job in (urgent, other)]
    assert [(p.has_screen_copy, p.has_arrived) for p in photos] == [(False, True), (True, False)]
    policy.everyone_agrees()


def test_who_lets_everything_rest_sends_no_pictures_either(policy: Town) -> None:
    ana = policy.person("ana")
    job = policy.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.syncs()
    ana.adds_photo(job)
    policy.clock.passes(60)
    ana.app.do(wishes.pause_job, job)
    ana.syncs()
    assert len(copies_at_hub(policy)) == 1
    ana.app.do(wishes.pause_all)
    ana.syncs()
    assert len(copies_at_hub(policy)) == 1
    ana.app.do(wishes.resume_all)
    ana.app.do(wishes.send_job, job)
    ana.syncs()
    policy.everyone_agrees()


def test_laptops_learn_a_changed_policy_with_the_next_news(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.app.do(wishes.pause_photos)
    ana.adds_photo(job)
    ana.syncs()
    assert copies_at_hub(town) == {}

    town.wants_screen_copies_first()
    ana.syncs()
    ana.syncs()
    assert set(copies_at_hub(town)) == set(ana.photos)

    town.wants_screen_copies_first(is_on=False)
    ana.app.do(wishes.resume_photos)
    ana.syncs()
    assert town.hub_photos() == set(ana.photos)
    ana.adds_photo(job)
    ana.syncs()
    assert len(copies_at_hub(town)) == 1
    town.everyone_agrees()


def test_without_the_policy_nothing_of_it_goes_over_the_wire(town: Town, ana: Laptop) -> None:
    ana.app.do(wishes.pause_photos)
    job = reported(town, ana)
    with town.hub.database.read() as connection:
        kept = [
            *connection.execute(select(tables.ticket.c.document)).scalars(),
            *connection.execute(select(tables.fact.c.value)).scalars(),
        ]
    assert not [each for each in kept if b"screen_cop" in bytes(each)]
    assert not town.hub_ticket(job).photos[0].has_screen_copy
    town.everyone_agrees()


@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("after", [False, True])
def test_a_power_cut_at_any_request_sends_no_acknowledged_byte_twice(
    policy: Town, at: int, after: bool
) -> None:
    ana = policy.person("ana")
    job = policy.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    policy.network.power_fails(at, after=after)
    policy.clock.passes(700)
    with suppress(PowerCut):
        ana.app.sync_once()
    ana.loses_power()
    policy.network.is_well()

    ana.syncs()

    (photo_id,) = ana.photos
    copy = copy_on(ana, photo_id)
    assert copies_at_hub(policy) == {photo_id: copy}
    sent = sum(length for _path, _offset, length in policy.network.patched)
    assert sent == len(copy) or not after
    assert policy.hub_photos() == set()
    policy.everyone_agrees()


def test_a_restored_hub_gets_the_pictures_again(policy: Town) -> None:
    ana = policy.person("ana")
    job = policy.citizen_reports()
    ana.syncs()
    policy.hub_is_backed_up()
    ana.repairs(job)
    ana.syncs()
    lost = copies_at_hub(policy)
    assert len(lost) == 2
    policy.hub_is_restored()
    assert copies_at_hub(policy) == {}

    ana.syncs()
    ana.syncs()

    assert copies_at_hub(policy) == lost
    assert policy.hub_photos() == set()
    policy.everyone_agrees()


def test_a_picture_that_was_made_anew_goes_instead(policy: Town) -> None:
    ana = policy.person("ana")
    job = policy.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    (photo_id,) = ana.photos
    sha256 = ana.photos[photo_id]
    ana.goes_offline()
    ana.syncs()
    anew = copy_on(ana, photo_id) + b"\0"
    ana.app.see(lambda desk: desk.vault.keep_copy(sha256, Size.SCREEN, anew))
    ana.goes_online()
    ana.syncs()
    assert copies_at_hub(policy) == {photo_id: anew}
    policy.everyone_agrees()


def test_a_photo_without_a_picture_waits_alone(policy: Town) -> None:
    ana = policy.person("ana")
    job = policy.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.adds_photo(job)
    bare, _other = ana.photos
    path = ana.app.see(lambda desk: desk.vault.copy_path(ana.photos[bare], Size.SCREEN))
    path.unlink()
    report = ana.syncs()
    assert report.error is None
    assert set(copies_at_hub(policy)) == set(ana.photos) - {bare}
    (here,) = ana.app.see(day_end).jobs
    assert (here.photo_count, here.pictured_count) == (2, 1)
    policy.everyone_agrees()
