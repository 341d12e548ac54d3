"""The laptop's process is killed at any moment; what it confirmed is there afterwards."""

import os
import random
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.ids import CrewId, DeviceId, PersonId
from field_app.domain.people import Person, Role
from field_app.queries.outbox import outbox
from field_app.store.people import Account, People, verifier_of

WORKER = """
import sys
from itertools import count
from pathlib import Path
from field_app.actions import photos, tickets
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.ids import CrewId, Revision, TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.protocol.codec import dump
from field_app.protocol.listed import listed_of
from field_app.protocol.changes import TicketLine
from field_app.store.tickets import accept
from tests.helpers.town import picture

clock = SystemClock()
app = App.open(Path(sys.argv[1]), lambda changes: None, lambda status: None, clock)
job = Ticket(
    id=TicketId("2026-T00001"), revision=Revision(1), words="A hole", crew_id=CrewId("roads"),
    reported_at=clock.now(),
)
arrival = TicketLine(cursor="1", listed=listed_of(job), doc=dump(job))
app.see(lambda desk: accept(desk.db, [arrival], [], "1"))
print("ready", flush=True)
for number in count(int(sys.argv[2])):
    if number % 4:
        done = app.do(tickets.note, job.id, f"Note {number}")
    else:
        done = app.do(photos.attach, job.id, PhotoRole.PROGRESS, picture(number))
    print(done.operation_id, flush=True)
"""


@pytest.mark.timeout(60)
def test_everything_that_was_confirmed_survives_kill_9(tmp_path: Path) -> None:
    _somebody_is_signed_in(tmp_path)
    chance = random.Random(9)
    confirmed: set[str] = set()

    for life in range(4):
        confirmed |= _works_until_killed(tmp_path, 10_000 * life, chance.uniform(0.05, 0.7))

        app = App.open(tmp_path, lambda _changes: None, lambda _status: None, SystemClock())
        try:
            items = app.see(outbox).items
            assert confirmed <= {item.operation_id for item in items}
            assert app.rescued is None
            hashes = app.see(lambda desk: desk.db.rows("SELECT sha256 FROM uploads"))
            for (sha256,) in hashes:
                assert app.see(lambda desk, wanted=sha256: desk.vault.path(wanted)) is not None
        finally:
            app.close()
    assert len(confirmed) > 20


def _somebody_is_signed_in(folder: Path) -> None:
    """Make a data folder as a sign-in leaves it."""
    person = Person(
        id=PersonId("p1"), username="ana", name="Ana", role=Role.CREW, crew_id=CrewId("roads")
    )
    account = Account(
        person=person,
        hub_url="http://127.0.0.1:9",
        device_id=DeviceId("d1"),
        verifier=verifier_of("a password"),
    )
    people = People(folder)
    people.remember(account)
    people.note_last(account.name, is_open=True)


def _works_until_killed(folder: Path, first: int, seconds: float) -> set[str]:
    """Let a process work, kill it after a while, and return what it had confirmed."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    with process, process.stdout as lines:
        assert lines.readline().strip() == "ready"
        Event().wait(seconds)
        process.kill()
        text = lines.read()
    return {line for line in text.split("\n")[:-1] if line}
