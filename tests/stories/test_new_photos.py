"""A card comes home: its photos find their jobs, reach the hub, and are new no more."""

from datetime import timedelta
from pathlib import Path

import pytest

from field_app.actions import photos, shots, tickets
from field_app.domain.ids import TicketId
from field_app.domain.operation import NoPhotoReason
from field_app.domain.photo import PhotoRole
from field_app.photos.plugged import PictureFile, walk
from field_app.photos.shots import read_shot, sha256_of
from field_app.queries.desk import honest_now
from field_app.queries.tray import PhotoGroup, grouped, is_new, tray_facts
from tests.helpers.card import Card
from tests.helpers.town import Laptop, Town

MINUTE = timedelta(minutes=1)


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return Card(tmp_path / "CANON_DC")


def new_files(laptop: Laptop, card: Card) -> list[PictureFile]:
    """Return what a look at the card finds new, its content asked where only that can tell."""
    files = [file for step in walk(card.plugged) for file in step]
    known = laptop.app.see(tray_facts).known
    unsure = {f.key: sha256_of(f.path) for f in files if is_new(f, known) is None}
    laptop.app.do(shots.remember, unsure)
    known = laptop.app.see(tray_facts).known
    return sorted((f for f in files if is_new(f, known)), key=lambda file: file.key)


def tray(laptop: Laptop, card: Card) -> tuple[PhotoGroup, ...]:
    """Return what the tray shows."""
    found = [read_shot(file) for file in new_files(laptop, card)]
    return grouped(found, laptop.app.see(tray_facts), laptop.app.see(honest_now))


def adds_as_proposed(laptop: Laptop, groups: tuple[PhotoGroup, ...]) -> list[TicketId]:
    """Press Add at every photo; return the jobs in that order."""
    made = []
    for photo in (photo for group in groups for photo in group.photos):
        if photo.match is not None:
            match, data = photo.match, photo.shot.file.path.read_bytes()
            laptop.does(photos.attach, match.ticket_id, match.role, data)
            made.append(match.ticket_id)
    return made


def test_a_days_photos_without_places_find_the_job_that_was_worked_on_then(
    town: Town, card: Card
) -> None:
    ana = town.person("ana")
    first, second = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    for number, job in enumerate((first, second)):
        card.take(f"IMG_{number}1.JPG", town.clock.now() - 5 * MINUTE, colour="red")
        ana.starts(job)
        town.clock.passes(1800)
        card.take(f"IMG_{number}2.JPG", town.clock.now(), colour="green")
        town.clock.passes(60)
        ana.does(tickets.finish, job, "Done.", NoPhotoReason.CAMERA)
        town.clock.passes(3 * 3600)

    groups = tray(ana, card)

    told = [
        (photo.shot.file.path.name, photo.match.ticket_id, photo.match.role.value)
        for group in groups
        for photo in group.photos
        if photo.match is not None and photo.match.is_by_time_only
    ]
    assert sorted(told) == [
        ("IMG_01.JPG", first, "before"),
        ("IMG_02.JPG", first, "after"),
        ("IMG_11.JPG", second, "before"),
        ("IMG_12.JPG", second, "after"),
    ]
    assert all(not group.sure for group in groups)


def test_what_was_added_reaches_the_hub_to_the_byte_and_is_new_no_more(
    town: Town, card: Card
) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    card.take("IMG_1.JPG", town.clock.now() - 5 * MINUTE, colour="red")
    ana.starts(job)
    town.clock.passes(1800)
    card.take("IMG_2.JPG", town.clock.now(), colour="green")
    before = {path: path.read_bytes() for path in card.folder.iterdir()}

    assert adds_as_proposed(ana, tray(ana, card)) == [job, job]
    ana.syncs()

    at_hub = {photo.sha256 for photo in town.hub_ticket(job).photos if photo.has_arrived}
    assert at_hub == {sha256_of(path) for path in before}
    assert {path: path.read_bytes() for path in card.folder.iterdir()} == before
    assert new_files(ana, card) == []
    town.everyone_agrees()


def test_after_a_power_loss_the_card_is_as_new_as_it_was(town: Town, card: Card) -> None:
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    for number, colour in enumerate(("red", "green", "blue")):
        card.take(f"IMG_{number}.JPG", town.clock.now() - 5 * MINUTE, colour=colour)
    ana.starts(job)
    files = new_files(ana, card)
    done = ana.does(photos.attach, job, PhotoRole.BEFORE, files[0].path.read_bytes())
    ana.app.do(shots.hide, (files[1].key,))
    assert [file.key for file in new_files(ana, card)] == [files[2].key]

    ana.loses_power()

    assert [file.key for file in new_files(ana, card)] == [files[2].key]
    ana.app.do(shots.show_again, (files[1].key,))
    ana.app.do(tickets.undo, done.operation_id)
    assert new_files(ana, card) == files
