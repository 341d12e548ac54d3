"""Gives damaged pictures to the intake of photos, in processes whose memory is bounded.

    python3 build_scripts/dev.py fuzz [--pictures N] [--seed S] [--processes P]

Picture number n has the seed S + n. Every seed that fails is printed, with why. What must hold:
the intake raises only errors of ours; memory stays within bounds; of a picture that is refused
nothing is in the vault and nothing in the outbox, one that is taken is there whole.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from field_app.actions.photos import attach
from field_app.domain.errors import FieldAppError, PhotoRepeated, PhotoUnreadable
from field_app.domain.ids import CrewId, DeviceId, PersonId, Revision, TicketId
from field_app.domain.people import Person, Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.photos.intake import read_facts
from field_app.photos.shots import glimpse
from field_app.photos.shrink import make_copies
from field_app.photos.vault import TEMPORARY, Vault
from field_app.protocol.changes import TicketLine
from field_app.protocol.codec import dump
from field_app.protocol.listed import listed_of
from field_app.queries.desk import Desk
from field_app.store.database import open_database
from field_app.store.tickets import accept
from tests.fuzz.damage import damaged
from tests.helpers.fakes import FakeClock

CHUNK: Final = 500
"""Pictures that a process takes."""
MORE_BYTES: Final = 1_000_000_000
"""So much more memory than at its beginning a process may use, 12 million pixels being 36 MB."""
ONE_IN: Final = 5
"""Of so many pictures one is put into a job, with all writes."""
JOB: Final = TicketId("2026-K4T9XA")
FILES_OF_ONE: Final = 3
"""Original, screen copy, small picture."""
LIMIT_S: Final = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one chunk."""

    taken: int
    failed: tuple[str, ...]
    """A line for each seed that failed."""
    slowest_ms: int


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    """Give the desk of a crew member who has one job."""
    crew = CrewId("c")
    person = Person(id=PersonId("p"), username="crew", name="Crew", role=Role.CREW, crew_id=crew)
    clock = FakeClock()
    ticket = Ticket(
        id=JOB, revision=Revision(1), words="A hole", crew_id=crew, reported_at=clock.now()
    )
    db = open_database(folder / "field.db")
    accept(db, [TicketLine(cursor="1", listed=listed_of(ticket), doc=dump(ticket))], [], "1")
    vault = Vault(folder / "vault")
    yield Desk(
        db=db,
        vault=vault,
        clock=clock,
        person=person,
        device_id=DeviceId("d"),
        maps_folder=folder / "basemaps",
    )
    db.close()


def _only_look(data: bytes) -> bool:
    """Read and shrink a picture; return whether it was taken."""
    try:
        glimpse(data)
        read_facts(data)
        make_copies(data)
    except PhotoUnreadable:
        return False
    return True


def _put_in(desk: Desk, data: bytes) -> bool:
    """Put a picture into the job; return whether it was taken, whole or not at all."""
    before = _files(desk)
    waiting = desk.db.number("SELECT count(*) FROM outbox")
    try:
        attach(desk, JOB, PhotoRole.AFTER, data)
        is_taken = True
    except FieldAppError as failure:
        is_taken = False
        if not isinstance(failure, PhotoUnreadable | PhotoRepeated):
            raise
    new = _files(desk) - before
    sent = desk.db.number("SELECT count(*) FROM outbox") - waiting
    if (len(new), sent) != ((FILES_OF_ONE, 1) if is_taken else (0, 0)):
        raise AssertionError(f"taken: {is_taken}, {sorted(new)}, {sent} in the outbox")
    if any(name.startswith(TEMPORARY) for name in new):
        raise AssertionError("an unfinished file is left in the vault")
    return is_taken


def _files(desk: Desk) -> set[str]:
    return {path.name for path in desk.vault.folder.rglob("*") if path.is_file()}


def run_some(seeds: range) -> Outcome:
    """Try these seeds here, and say what became of them."""
    taken, slowest, failed = 0, 0.0, []
    with tempfile.TemporaryDirectory() as folder, a_desk(Path(folder)) as desk:
        for seed in seeds:
            data, began = damaged(seed), time.perf_counter()
            try:
                is_taken = _put_in(desk, data) if seed % ONE_IN == 0 else _only_look(data)
                taken += is_taken
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed is told
                why = " ".join(str(error).split())
                failed.append(f"seed {seed}: {type(error).__name__}: {why}")
            slowest = max(slowest, time.perf_counter() - began)
    return Outcome(taken=taken, failed=tuple(failed), slowest_ms=round(slowest * 1000))


def in_process(seeds: range) -> Outcome:
    """Try these seeds in a process of their own; one that ends badly names its seed."""
    args = ["--child", "--seed", str(seeds.start), "--pictures", str(len(seeds))]
    child = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", *args],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    lines = child.stdout.splitlines()
    if child.returncode == 0 and lines:
        taken, slowest = lines[-1].split()
        return Outcome(taken=int(taken), failed=tuple(lines[:-1]), slowest_ms=int(slowest))
    why = child.stderr.strip().splitlines()[-1:] or [""]
    line = f"seeds {seeds.start} to {seeds.stop - 1}: the process ended with {child.returncode}"
    return Outcome(taken=0, failed=(f"{line}: {why[0]}",), slowest_ms=0)


def _bound_memory() -> None:
    """Let this process use only so much more memory than it does now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MORE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _child(seeds: range) -> None:
    """Try these seeds with bounded memory, and print what became of them."""
    run_some(range(1))  # all libraries are loaded before memory is counted
    _bound_memory()
    outcome = run_some(seeds)
    for line in outcome.failed:
        print(line)
    print(outcome.taken, outcome.slowest_ms)


def main(arguments: list[str]) -> int:
    """Do what the command line says; return 1 when something failed."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--pictures", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    wished = parser.parse_args(arguments)
    seeds = range(wished.seed, wished.seed + wished.pictures)
    if wished.child:
        _child(seeds)
        return 0
    chunks = [seeds[n : n + CHUNK] for n in range(0, len(seeds), CHUNK)]
    began, failures, taken, slowest = time.monotonic(), 0, 0, 0
    with ThreadPoolExecutor(wished.processes) as pool:
        for outcome in pool.map(in_process, chunks):
            taken, slowest = taken + outcome.taken, max(slowest, outcome.slowest_ms)
            failures += len(outcome.failed)
            for line in outcome.failed:
                print(line, flush=True)
    seconds = time.monotonic() - began
    print(f"{len(seeds)} damaged pictures in {seconds:.0f} s: {taken} taken, the others refused;")
    print(f"{failures} failures, the slowest picture took {slowest} ms")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
