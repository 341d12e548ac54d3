"""Hub and laptop as processes, a hostile proxy between them, and `kill -9` of either, 50 times."""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
import requests
from sqlalchemy import select

from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.ids import CrewId
from field_app.domain.operation import Assign
from field_app.domain.people import Role
from field_app.hub import tables
from field_app.hub.building import Hub, open_hub
from field_app.hub.service.tickets import find_ticket
from field_app.hub.service.vault import hash_of
from field_app.hub.settings import HubSettings
from field_app.hub.tables import operation
from field_app.protocol.codec import dump_batch
from field_app.protocol.messages import OperationBatch
from tests.hub.world import API, PASSWORD, QUICK, HandClock, Laptop, World
from tests.processes.both import START_S, Child, port_of, start_hub, start_laptop
from tests.processes.proxy import HostileProxy

END_S: Final = 60.0
"""Longest time that the laptop may take to send what is left, once everything is well."""
SEEDS: Final = (20261125, 7)
ROUNDS: Final = 25
"""With each seed."""
JOBS: Final = 5


@dataclass(slots=True)
class Story:
    """Both processes and the proxy between them."""

    folder: Path
    seed: int
    proxy: HostileProxy
    hub: Child
    boss: Laptop
    laptop: Child | None = None
    confirmed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Photo id and hash, or `-` and `-`, of operations that a laptop said were done."""
    lives: int = 0

    @property
    def logs(self) -> list[Path]:
        return [self.folder / "hub.log", self.folder / "laptop.log"]

    def hub_starts(self) -> None:
        self.hub = start_hub(self.folder / "hub")
        self.proxy.hub_port = port_of(self.hub)

    def laptop_starts(self) -> None:
        self.lives += 1
        seed = self.seed * 1000 + self.lives
        self.laptop = start_laptop(self.folder / "laptop", seed)

    def laptop_is_killed(self) -> None:
        assert self.laptop is not None
        self.proxy.record.life += 1
        self.laptop.kill()
        self._reads(self.laptop)

    def one_round(self, chance: random.Random) -> None:
        """Kill one of them, or both, at some moment, and start it again."""
        assert self.laptop is not None
        self.laptop.wait_for("did ")
        self.proxy.wait_for_bytes(chance.randrange(1_000_000), chance.uniform(0.05, 1.8))
        victim = chance.choice(("hub", "laptop", "laptop", "both"))
        if victim != "laptop":
            self.hub.kill()
        if victim != "hub":
            self.laptop_is_killed()
            self.laptop_starts()
        if victim != "laptop":
            self.hub_starts()

    def ends_well(self) -> dict[str, str]:
        """Let the network be well and the laptop send what is left; return what is parked."""
        self.proxy.is_well = True
        assert self.laptop is not None
        self.laptop.tell("The day is over.")
        self.laptop.wait_for("empty", END_S)
        assert self.laptop.ends() == 0
        self._reads(self.laptop)
        words = [line.split() for line in self.laptop.lines if line.startswith("parked ")]
        return {operation_id: reason for _, operation_id, reason in words}

    def stops(self) -> None:
        self.hub.kill()
        if self.laptop is not None:
            self.laptop.kill()

    def _reads(self, laptop: Child) -> None:
        """Take down what a laptop confirmed."""
        for line in laptop.lines:
            if line.startswith("did "):
                _, operation_id, photo_id, sha256 = line.split()
                self.confirmed[operation_id] = (photo_id, sha256)


@pytest.fixture
def story(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A hub with jobs for a crew, a laptop that signed in, and both running."""
    seed: int = request.param
    sys.stdout.write(f"seed {seed}\n")
    clock = HandClock()
    clock.at = SystemClock().now()
    world = World(tmp_path / "hub", clock=clock)
    world.signs_in("anan", Role.CREW, "roads")
    boss = world.signs_in("chai", Role.SUPERVISOR)
    for number in range(JOBS):
        world.has_ticket(f"T{number}")
    world.close()
    settings = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
    (tmp_path / "hub" / "hub.toml").write_text(settings, encoding="utf-8")
    with ExitStack() as stack:
        proxy = stack.enter_context(HostileProxy(seed, is_well=True))
        hub = start_hub(tmp_path / "hub")
        story = Story(tmp_path, seed, proxy, hub, boss)
        stack.callback(story.stops)
        proxy.hub_port = port_of(story.hub)
        app = App.open(tmp_path / "laptop", lambda _c: None, lambda _s: None, SystemClock())
        app.sign_in(f"http://127.0.0.1:{proxy.port}", "anan", PASSWORD)
        app.close()
        story.laptop_starts()
        yield story


@pytest.mark.timeout(300)
@pytest.mark.parametrize("story", SEEDS, indirect=True)
def test_nothing_that_was_confirmed_is_lost_whoever_is_killed(story: Story) -> None:
    chance = random.Random(story.seed)
    assert story.laptop is not None
    story.laptop.wait_for("did ")
    story.proxy.is_well = False
    for number in range(ROUNDS):
        if number == ROUNDS // 2:
            another_crew_gets(story, "T1")
        story.one_round(chance)
    parked = story.ends_well()
    sys.stdout.write(
        f"{len(story.confirmed)} confirmed, {len(parked)} parked, {story.proxy.fates}\n"
    )

    record = story.proxy.record
    assert record.sent_again == []
    assert record.taken_back == []
    assert record.server_errors() == {}
    assert len(story.confirmed) >= story.lives
    story.hub.kill()
    assert [log.name for log in story.logs if "Traceback" in log.read_text()] == []
    hub = open_hub(story.folder / "hub", HubSettings.model_validate(QUICK), SystemClock())
    try:
        everything_is_there(hub, story, parked)
    finally:
        hub.close()


def another_crew_gets(story: Story, ticket_id: str) -> None:
    """Let a supervisor give a job to another crew, while the laptop knows nothing of it."""
    given = story.boss.operation(ticket_id, Assign(crew_id=CrewId("lights")))
    answer = requests.post(
        f"http://127.0.0.1:{story.proxy.hub_port}{API}/operations",
        data=dump_batch(OperationBatch(operations=(given,))),
        headers=story.boss.headers,
        timeout=START_S,
    )
    assert [verdict["outcome"] for verdict in answer.json()["results"]] == ["applied"]


def everything_is_there(hub: Hub, story: Story, parked: dict[str, str]) -> None:
    """Compare what the laptop confirmed with what the hub holds."""
    with hub.database.read() as connection:
        outcomes = dict(connection.execute(select(operation.c.id, operation.c.outcome)).all())
        photos = {row.id: row for row in connection.execute(select(tables.photo))}
        strays = connection.execute(select(tables.upload)).all()
        jobs = [find_ticket(connection, f"T{number}") for number in range(JOBS)]
    assert strays == []
    assert list((hub.folder / "uploads").iterdir()) == []
    held: Counter[str | None] = Counter(
        entry.operation_id for job in jobs if job for entry in job.timeline
    )
    for operation_id, (photo_id, sha256) in story.confirmed.items():
        outcome = outcomes.get(operation_id, "refused")
        assert (operation_id in parked) is (outcome != "applied"), (operation_id, outcome)
        assert held[operation_id] == (outcome != "refused"), (operation_id, outcome)
        if photo_id != "-" and outcome != "refused":
            assert photos[photo_id].sha256 == sha256
    assert "None" not in parked.values()
    for photo in photos.values():
        assert photo.arrived_at is not None
        assert hash_of(hub.vault.path(photo.sha256)) == photo.sha256
