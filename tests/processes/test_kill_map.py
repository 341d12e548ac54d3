"""A laptop that fetches an area map is killed again and again, and goes on where it was."""

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pytest

from field_app.actions.basemaps import want
from field_app.app import App
from field_app.domain.basemap import Basemap
from field_app.domain.clock import SystemClock
from field_app.domain.people import Role
from field_app.hub.service.vault import hash_of
from field_app.hub_client.shaping import Profile, ShapedAdapter, Switch
from field_app.maps.incoming import SYNC_BYTES
from field_app.sync.status import SyncStatus
from tests.hub.world import PASSWORD, QUICK, HandClock, World
from tests.processes.both import Child, port_of, start_hub

MAP_BYTES: Final = 12 * SYNC_BYTES
SPEED: Final = Profile(name="office", bits_per_s=40_000_000)
"""Some 2.5 s for the whole map."""
KILLS: Final = 3


def fetch_here(pipe: Connection, folder: Path) -> None:
    """Sync until somebody says that it is enough; say how much of the map is here."""
    switch = Switch(threading.Event().wait, SPEED)

    def hear(status: SyncStatus) -> None:
        with suppress(OSError):  # nobody listens any more
            for held in status.maps.values():
                pipe.send(f"held {held}")
            if not status.maps:
                pipe.send("idle")

    app = App.open(
        folder, lambda _changes: None, hear, SystemClock(), lambda: ShapedAdapter(switch)
    )
    app.start_sync()
    with suppress(EOFError):
        pipe.recv()
        app.close()


@dataclass(slots=True)
class Story:
    """A hub, and a laptop whose person wants the map."""

    folder: Path
    basemap: Basemap

    @property
    def part(self) -> Path:
        return self.folder / "laptop" / "basemaps" / f"{self.basemap.file_name}.part"

    @property
    def whole(self) -> Path:
        return self.folder / "laptop" / "basemaps" / self.basemap.file_name


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    clock = HandClock()
    clock.at = SystemClock().now()
    world = World(tmp_path / "hub", clock=clock)
    world.signs_in("anan", Role.CREW, "roads")
    basemap = world.has_basemap(size=MAP_BYTES)
    world.close()
    settings = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
    (tmp_path / "hub" / "hub.toml").write_text(settings, encoding="utf-8")
    with ExitStack() as stack:
        hub = start_hub(tmp_path / "hub")
        stack.callback(hub.kill)
        app = App.open(tmp_path / "laptop", lambda _c: None, lambda _s: None, SystemClock())
        app.sign_in(f"http://127.0.0.1:{port_of(hub)}", "anan", PASSWORD)
        app.sync_once()
        app.do(want, basemap.sha256)
        app.close()
        yield Story(tmp_path, basemap)


@pytest.mark.timeout(120)
def test_a_map_goes_on_where_it_was_however_often_the_laptop_is_killed(story: Story) -> None:
    chance = random.Random(9)
    before = 0
    for _kill in range(KILLS):
        laptop = Child(fetch_here, story.folder / "laptop")
        goal = before + chance.randrange(SYNC_BYTES, 2 * SYNC_BYTES)
        first = held_at(laptop, 0)
        held_at(laptop, goal)
        laptop.kill()
        assert first >= before - before % SYNC_BYTES
        before = story.part.stat().st_size
        assert before >= goal
    assert not story.whole.exists()

    laptop = Child(fetch_here, story.folder / "laptop")
    first = held_at(laptop, 0)
    assert first >= before - before % SYNC_BYTES
    laptop.wait_for("idle")
    assert wait_until_whole(laptop, story)
    laptop.tell("enough")
    assert laptop.ends() == 0
    assert hash_of(story.whole) == story.basemap.sha256
    assert not story.part.exists()
    assert "Traceback" not in (story.folder / "laptop.log").read_text()


def held_at(laptop: Child, goal: int) -> int:
    """Wait until so many bytes are here, and return how many are."""

    def told() -> list[int]:
        return [int(line.split()[1]) for line in laptop.lines if line.startswith("held ")]

    found = laptop.wait_until(lambda: any(held >= goal for held in told()))
    assert found, laptop.lines[-5:]
    return next(held for held in told() if held >= goal)


def wait_until_whole(laptop: Child, story: Story) -> bool:
    """Wait until the map is here; the laptop says something whenever a round ends."""
    return laptop.wait_until(story.whole.exists)
