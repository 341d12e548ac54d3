"""What a person was told to be saved survives `kill -9`."""

import subprocess
import sys
from pathlib import Path

from field_app.domain.moved_on import WayOn
from field_app.store import decisions, outbox, photos
from field_app.store.rescue import open_or_rebuild
from tests.helpers.builders import NOW, a_ticket

PROGRAM = """
import sys
from pathlib import Path
from field_app.actions import photos, tickets
from field_app.domain.ids import DeviceId
from field_app.domain.photo import PhotoRole
from field_app.photos.vault import Vault
from field_app.queries.desk import Desk
from field_app.store.database import open_database
from field_app.store.tickets import accept
from tests.helpers.builders import FakeClock, a_crew_member, a_ticket, an_arrival
from tests.helpers.pictures import a_picture

folder = Path(sys.argv[1])
db = open_database(folder / "field.db")
accept(db, [an_arrival(a_ticket())], [], "c")
desk = Desk(db=db, vault=Vault(folder / "vault"), clock=FakeClock(), person=a_crew_member(),
            device_id=DeviceId("d"), maps_folder=folder / "basemaps")
for number in range(100_000):
    picture = a_picture(16 + number % 200, 16 + number // 200)
    done = photos.attach(desk, a_ticket().id, PhotoRole.BEFORE, picture)
    print(done.operation_id, flush=True)
"""


def test_killed_at_any_moment_nothing_confirmed_is_lost(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        confirmed = [program.stdout.readline().strip() for _ in range(12)]
        program.kill()
        confirmed += [line.strip() for line in program.stdout if line.endswith("\n")]
    db, rescued = open_or_rebuild(tmp_path / "field.db", NOW)
    assert rescued is None
    written = outbox.waiting_of(db, a_ticket().id)
    assert set(confirmed) <= {operation.id for operation in written}
    hashes = photos.known_hashes(db)
    assert hashes is not None
    assert all((tmp_path / "vault" / h[:2] / f"{h}.jpg").is_file() for h in hashes)
    assert len(written) == len(hashes)
    db.close()


DECIDING = """
import sys
from pathlib import Path
from field_app.actions import conflicts, tickets
from field_app.domain.ids import DeviceId
from field_app.domain.moved_on import WayOn
from field_app.domain.verdict import Outcome, Reason
from field_app.photos.vault import Vault
from field_app.queries.desk import Desk
from field_app.store import outbox
from field_app.store.database import open_database
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, FakeClock, a_crew_member, a_ticket, a_verdict, an_arrival

folder = Path(sys.argv[1])
db = open_database(folder / "field.db")
accept(db, [an_arrival(a_ticket())], [], "c")
desk = Desk(db=db, vault=Vault(folder / "vault"), clock=FakeClock(), person=a_crew_member(),
            device_id=DeviceId("d"), maps_folder=folder / "basemaps")
for number in range(100_000):
    parked = tickets.note(desk, a_ticket().id, f"note {number}").operation_id
    outbox.settle(db, a_verdict(parked, Outcome.REFUSED, reason=Reason.MALFORMED), NOW)
    desk.clock.passes(1)
    done = conflicts.decide(desk, a_ticket().id, [parked], WayOn.KEEP)
    print(parked, *done.followed_by, flush=True)
"""


def test_killed_at_any_moment_a_decision_is_whole_or_was_never_made(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DECIDING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        confirmed = [program.stdout.readline().split() for _ in range(12)]
        program.kill()
        confirmed += [line.split() for line in program.stdout if line.endswith("\n")]
    db, rescued = open_or_rebuild(tmp_path / "field.db", NOW)
    assert rescued is None
    decided = decisions.decisions(db, NOW)
    made = {str(d.works[0].operation.id): d.followed_by for d in decided}
    waiting = {operation.id for operation in outbox.waiting_of(db, a_ticket().id)}
    assert all(made[old] == (new,) for old, new in confirmed)
    assert {new for followed in made.values() for new in followed} <= waiting
    assert {d.way for d in decided} == {WayOn.KEEP}
    assert len(waiting) - len(made) in {0, 1}, "at most the note of the killed moment"
    db.close()
