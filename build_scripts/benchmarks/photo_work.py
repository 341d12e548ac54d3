"""One way of working on a photo, in a process of its own: says what it took, as JSON.

python -m build_scripts.benchmarks.photo_work plain|ours|attach|paired PHOTO
"""

import hashlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from PIL import Image

from field_app.actions.photos import attach
from field_app.domain.clock import SystemClock
from field_app.domain.ids import CrewId, DeviceId, PersonId, Revision, TicketId
from field_app.domain.people import Person, Role
from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.photos.intake import read_facts
from field_app.photos.pairing import MOST
from field_app.photos.shrink import SCREEN_PX, SCREEN_QUALITY, make_copies
from field_app.photos.vault import Vault
from field_app.protocol.changes import TicketLine
from field_app.protocol.codec import dump
from field_app.protocol.listed import listed_of
from field_app.queries.desk import Desk
from field_app.store.database import open_database
from field_app.store.tickets import accept
from field_app.vision.fingerprint import fingerprint_of

TIMES: Final = 5
"""How often a process does it; the first one warms up and is not counted."""
KIB: Final = 1024
JOB: Final = TicketId("2026-K4T9XA")


def plain(data: bytes) -> None:
    """Make one copy as anybody would."""
    with Image.open(io.BytesIO(data)) as picture:
        size = (SCREEN_PX, round(picture.height * SCREEN_PX / picture.width))
        small = picture.resize(size, Image.Resampling.LANCZOS)
        small.save(io.BytesIO(), "JPEG", quality=SCREEN_QUALITY)


def ours(data: bytes) -> None:
    """Make both copies, the fingerprint and the hash, and read the facts."""
    read_facts(data)
    fingerprint_of(make_copies(data).thumb)
    hashlib.sha256(data).hexdigest()


@contextmanager
def a_desk(folder: Path) -> Iterator[Desk]:
    """Give the desk of a crew member who has one ticket."""
    person = Person(
        id=PersonId("p"), username="crew", name="Crew", role=Role.CREW, crew_id=CrewId("c")
    )
    ticket = Ticket(
        id=JOB,
        revision=Revision(1),
        words="A hole",
        crew_id=CrewId("c"),
        reported_at=SystemClock().now(),
    )
    db = open_database(folder / "field.db")
    accept(db, [TicketLine(cursor="1", listed=listed_of(ticket), doc=dump(ticket))], [], "1")
    yield Desk(
        db=db,
        vault=Vault(folder / "vault"),
        clock=SystemClock(),
        person=person,
        device_id=DeviceId("d"),
        maps_folder=folder / "basemaps",
    )
    db.close()


def most_kib() -> int:
    """Return the most memory that this program ever had, as Linux counts it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def figures_of(do: Callable[[bytes], object], data: bytes) -> dict[str, float]:
    """Do it some times; return the medians of its time and processor time, and its memory."""
    before_kib = most_kib()
    walls, cpus = [], []
    for number in range(TIMES + 1):
        different = data + number.to_bytes(2, "little")  # behind the end of the picture
        wall, cpu = time.perf_counter(), time.process_time()
        do(different)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return {
        "wall": median(walls[1:]),
        "cpu": median(cpus[1:]),
        "memory": (most_kib() - before_kib) * KIB / 1e6,
    }


def main() -> None:
    """Do what the command line says and print the figures."""
    way, photo = sys.argv[1], Path(sys.argv[2])
    data = photo.read_bytes()
    if way in {"attach", "paired"}:
        with tempfile.TemporaryDirectory() as folder, a_desk(Path(folder)) as desk:
            for number in range(MOST if way == "paired" else 0):
                attach(desk, JOB, PhotoRole.BEFORE, data + bytes((number,)))
            made = figures_of(lambda each: attach(desk, JOB, PhotoRole.AFTER, each), data)
    else:
        made = figures_of({"plain": plain, "ours": ours}[way], data)
    print(json.dumps(made))


if __name__ == "__main__":
    main()
