"""What a person lets rest: everything, all full photos, or the photos of one job.

Rows of `pauses`: `everything`, `photos`, `job:<ticket>` for photos that rest, and `anyway:<ticket>`
for photos that go although all others rest.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from field_app.domain.clock import to_stamp
from field_app.domain.ids import TicketId
from field_app.store.database import Database

EVERYTHING: Final = "everything"
PHOTOS: Final = "photos"
JOB: Final = "job:"
ANYWAY: Final = "anyway:"
EVERYTHING_RESTS: Final = "EXISTS (SELECT 1 FROM pauses WHERE what = 'everything')"
"""SQL: whether nothing at all is sent."""
PHOTO_RESTS: Final = (
    "(EXISTS (SELECT 1 FROM pauses WHERE what IN ('everything', 'job:' || ticket_id))"
    " OR (EXISTS (SELECT 1 FROM pauses WHERE what = 'photos')"
    " AND NOT EXISTS (SELECT 1 FROM pauses WHERE what = 'anyway:' || ticket_id)))"
)
"""SQL: whether the bytes of a photo rest, by the `ticket_id` of the row round it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """What rests now."""

    everything: bool = False
    """Nothing is sent; news of jobs still come."""
    photos: bool = False
    """Full photos rest; operations and previews go."""
    jobs: frozenset[TicketId] = field(default_factory=frozenset)
    """Jobs whose photos rest."""
    anyway: frozenset[TicketId] = field(default_factory=frozenset)
    """Jobs whose photos go although photos rest."""

    @property
    def large_ones(self) -> bool:
        """Whether full photos rest, and with them what is made of them."""
        return self.everything or self.photos

    def rests(self, ticket_id: TicketId) -> bool:
        """Return whether the photos of a job rest."""
        if self.everything or ticket_id in self.jobs:
            return True
        return self.photos and ticket_id not in self.anyway


def read(db: Database) -> Pauses:
    """Return what rests now."""
    found = [str(row[0]) for row in db.rows("SELECT what FROM pauses")]
    return Pauses(
        everything=EVERYTHING in found,
        photos=PHOTOS in found,
        jobs=_named(found, JOB),
        anyway=_named(found, ANYWAY),
    )


def let_everything_rest(db: Database, at: datetime) -> None:
    """Send nothing until it is lifted; call inside a transaction."""
    _put(db, EVERYTHING, at)


def let_photos_rest(db: Database, at: datetime) -> None:
    """Send operations and previews only; exceptions of earlier are over. Inside a transaction."""
    _put(db, PHOTOS, at)
    _forget_all(db, ANYWAY)


def let_job_rest(db: Database, ticket_id: TicketId, at: datetime) -> None:
    """Send no photo of a job; call inside a transaction."""
    _forget(db, f"{ANYWAY}{ticket_id}")
    _put(db, f"{JOB}{ticket_id}", at)


def send_everything(db: Database) -> None:
    """Lift the pause of everything; what rested besides goes on resting. Inside a transaction."""
    _forget(db, EVERYTHING)


def send_photos(db: Database) -> None:
    """Lift the pause of all photos; jobs that rest by themselves go on resting.

    Call inside a transaction.
    """
    _forget(db, PHOTOS)
    _forget_all(db, ANYWAY)


def send_job(db: Database, ticket_id: TicketId, at: datetime) -> None:
    """Send the photos of a job, also while all others rest; call inside a transaction."""
    _forget(db, f"{JOB}{ticket_id}")
    if read(db).photos:
        _put(db, f"{ANYWAY}{ticket_id}", at)


def forget_all(db: Database) -> None:
    """Let nothing rest any more; call inside a transaction."""
    db.run("DELETE FROM pauses")


def _named(found: list[str], kind: str) -> frozenset[TicketId]:
    """Return the jobs of which rows of a kind speak."""
    return frozenset(TicketId(what.removeprefix(kind)) for what in found if what.startswith(kind))


def _put(db: Database, what: str, at: datetime) -> None:
    """Note that something rests, since when it did first."""
    db.run("INSERT OR IGNORE INTO pauses (what, since) VALUES (?, ?)", (what, to_stamp(at)))


def _forget(db: Database, what: str) -> None:
    """Note that something rests no more."""
    db.run("DELETE FROM pauses WHERE what = ?", (what,))


def _forget_all(db: Database, kind: str) -> None:
    """Forget all rows of a kind."""
    db.run("DELETE FROM pauses WHERE substr(what, 1, ?) = ?", (len(kind), kind))
