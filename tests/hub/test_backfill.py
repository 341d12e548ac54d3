"""Photos that a hub had before it kept fingerprints are found again too, after a while."""

import threading
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from sqlalchemy import delete, func, select

from field_app.cli.hub_reports import show_figures
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.hub import tables
from field_app.hub.service import backfill
from field_app.hub.service.citizen_photos import photos_in
from field_app.hub.service.figures import figures_of
from field_app.hub.service.importer import import_file
from tests.hub.test_import import api_file, api_row
from tests.hub.test_seen_before import ROAD, a_photo, added
from tests.hub.world import Laptop, World
from tests.vision.labelled import places

DARK = Image.new("RGB", (640, 480), (3, 3, 3))


def becomes_old(world: World) -> None:
    """Put the hub's database back to the release before fingerprints, and start this one on it."""
    with world.hub.database.write() as connection:
        for table in ("basemap", "screen_copy", "fingerprint", "posting"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("DROP INDEX photo_sha256")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
        connection.execute(delete(tables.fact).where(tables.fact.c.name == backfill.PLACE))
    world.opens_again()


def waiting(world: World) -> int:
    return figures_of(world.hub).photos_unknown


def known(world: World) -> list[str]:
    """Return the photos with a fingerprint, by its number."""
    in_turn = select(tables.fingerprint.c.photo_id).order_by(tables.fingerprint.c.number)
    with world.hub.database.read() as connection:
        return list(connection.execute(in_turn).scalars())


def test_a_copy_of_a_photo_from_before_the_index_is_known_after_a_while(world: World) -> None:
    for ticket_id in ("T-1", "T-2", "T-3"):
        world.has_ticket(ticket_id)
    roads = world.signs_in("anan", Role.CREW, "roads")
    names = [name for name in places() if name.endswith("before")][:5]
    first = [added(roads, "T-1", a_photo(places()[name])).id for name in names]
    becomes_old(world)
    roads = world.signs_in_again("anan")
    unseen = added(roads, "T-2", a_photo(ImageOps.mirror(places()[names[0]])))
    assert unseen.seen_before is None
    assert waiting(world) == len(first)

    world.hub.backfill.run(threading.Event())

    assert waiting(world) == 0
    assert sorted(known(world)) == sorted([*first, unseen.id])
    seen = added(roads, "T-3", a_photo(ImageOps.flip(places()[names[1]]))).seen_before
    assert seen is not None
    assert (seen.ticket_id, seen.photo_id) == ("T-1", first[1])


def test_it_goes_on_after_a_restart_where_it_was(world: World, roads: Laptop) -> None:
    world.has_ticket("T-1")
    pictures = list(places().values())[: 2 * backfill.STEP]
    ids = [added(roads, "T-1", a_photo(each, PhotoRole.PROGRESS)).id for each in pictures]
    becomes_old(world)
    assert world.hub.backfill.step()
    assert known(world) == ids[: backfill.STEP]

    world.opens_again()
    assert waiting(world) == len(ids) - backfill.STEP
    world.hub.backfill.run(threading.Event())

    assert known(world) == ids


def test_a_step_that_fails_leaves_nothing_half_done(
    world: World, roads: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has_ticket("T-1")
    ids = [added(roads, "T-1", a_photo(places()[name])).id for name in list(places())[:2]]
    becomes_old(world)

    def power_fails(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(backfill, "_go_on_from", power_fails)
        with pytest.raises(KeyboardInterrupt):
            world.hub.backfill.step()
    assert (known(world), waiting(world)) == ([], len(ids))

    world.hub.backfill.run(threading.Event())
    assert known(world) == ids


def test_what_cannot_be_compared_is_looked_at_once(world: World, roads: Laptop) -> None:
    world.has_ticket("T-1")
    added(roads, "T-1", a_photo(DARK))
    roads.announces("T-1", b"bytes of something", b"no picture")
    roads.announces("T-1", b"nothing to look at, and it has not arrived")
    becomes_old(world)
    assert waiting(world) == 3

    world.hub.backfill.run(threading.Event())

    assert (known(world), waiting(world)) == ([], 0)
    assert not world.hub.backfill.step()


def test_citizens_photos_are_read_from_their_originals(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    places()[ROAD].save(folder / "T-1.jpg", quality=90)
    import_file(world.hub, api_file(api_row(ticket_id="T-1")), photos=photos_in(folder))
    theirs = known(world)
    becomes_old(world)
    assert waiting(world) == len(theirs) == 1

    world.hub.backfill.run(threading.Event())

    assert known(world) == theirs


def test_two_at_once_number_nothing_twice(
    world: World, roads: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has_ticket("T-1")
    ids = [added(roads, "T-1", a_photo(places()[name])).id for name in list(places())[:2]]
    becomes_old(world)
    print_of = backfill.Backfill._print_of
    other = backfill.Backfill(world.hub.database, world.hub.vault)
    others_turn = [True]

    def the_other_is_quicker(mine: backfill.Backfill, photo: object) -> object:
        if others_turn and mine is not other:
            others_turn.clear()
            other.step()
        return print_of(mine, photo)

    monkeypatch.setattr(backfill.Backfill, "_print_of", the_other_is_quicker)
    world.hub.backfill.run(threading.Event())

    assert known(world) == ids
    with world.hub.database.read() as connection:
        count = select(func.count()).select_from(tables.fingerprint)
        assert connection.execute(count).scalar_one() == len(ids)


def test_the_status_says_how_many_are_left(
    world: World, roads: Laptop, capsys: pytest.CaptureFixture[str]
) -> None:
    world.has_ticket("T-1")
    added(roads, "T-1", a_photo(places()[ROAD]))
    becomes_old(world)
    show_figures(figures_of(world.hub))
    assert "Older photos still to be looked at for repeats: 1" in capsys.readouterr().out

    world.hub.backfill.run(threading.Event())
    show_figures(figures_of(world.hub))
    assert "Older photos" not in capsys.readouterr().out
