"""What a person lets rest: everything, all full photos, or the photos of one job.

Rows of `pauses`: `everything`, `photos`, `job:<ticket>` for photos that rest, and `anyway:<ticket>`
for photos that go although all others rest. Where the hub's policy is "screen copies first", full
photos rest without a row; `depot` is a person's word that they may go, until all have gone.
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
DEPOT: Final = "depot"
POLICY: Final = "policy"
"""No row: how `read` is told of the hub's policy."""
_POLICY_IS_ON: Final = (
    "EXISTS (SELECT 1 FROM sync_state WHERE key = 'reference' AND json_valid(value)"
    " AND json_extract(value, '$.screen_copies_first'))"
)
_HELD_BACK: Final = (
    "EXISTS (SELECT 1 FROM pauses WHERE what IN ('everything', 'job:' || ticket_id))"
)
_FOR_THE_DEPOT: Final = (
    "((EXISTS (SELECT 1 FROM pauses WHERE what = 'photos')"  # noqa: S608 - names of this module
    f" OR ({_POLICY_IS_ON} AND NOT EXISTS (SELECT 1 FROM pauses WHERE what = 'depot')))"
    " AND NOT EXISTS (SELECT 1 FROM pauses WHERE what = 'anyway:' || ticket_id))"
)
EVERYTHING_RESTS: Final = "EXISTS (SELECT 1 FROM pauses WHERE what = 'everything')"
"""SQL: whether nothing at all is sent."""
PHOTO_RESTS: Final = f"({_HELD_BACK} OR {_FOR_THE_DEPOT})"
"""SQL: whether the bytes of a photo rest, by the `ticket_id` of the row round it."""
COPY_GOES: Final = f"({_POLICY_IS_ON} AND {_FOR_THE_DEPOT} AND NOT {_HELD_BACK})"
"""SQL: whether a photo's screen copy goes instead, because its original waits for the depot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """What rests now."""

    everything: bool = False
    """Nothing is sent; news of jobs still come."""
    photos: bool = False
    """Full photos rest, by a person's wish or the hub's policy; operations and previews go."""
    jobs: frozenset[TicketId] = field(default_factory=frozenset)
    """Jobs whose photos rest."""
    anyway: frozenset[TicketId] = field(default_factory=frozenset)
    """Jobs whose photos go although photos rest."""
    copies_first: bool = False
    """Whether the hub's policy is that screen copies go first, and originals at the depot."""
    by_policy: bool = False
    """Whether full photos rest by that policy alone, without anybody's wish."""

    @property
    def is_anything(self) -> bool:
        """Whether anything rests."""
        return self.large_ones or bool(self.jobs)

    @property
    def large_ones(self) -> bool:
        """Whether full photos rest, and with them what is made of them."""
        return self.everything or self.photos

    def rests(self, ticket_id: TicketId) -> bool:
        """Return whether the photos of a job rest."""
        if self.everything or ticket_id in self.jobs:
            return True
        return self.photos and ticket_id not in self.anyway

    def copy_rests(self, ticket_id: TicketId) -> bool:
        """Return whether screen copies of a job's photos rest, which need no depot."""
        return self.everything or ticket_id in self.jobs


def read(db: Database) -> Pauses:
    """Return what rests now."""
    sql = f"SELECT what FROM pauses UNION ALL SELECT '{POLICY}' WHERE {_POLICY_IS_ON}"  # noqa: S608 - names of this module
    found = [str(row[0]) for row in db.rows(sql)]
    is_policy, is_wished = POLICY in found, PHOTOS in found
    is_there = DEPOT in found
    return Pauses(
        everything=EVERYTHING in found,
        photos=is_wished or (is_policy and not is_there),
        jobs=_named(found, JOB),
        anyway=_named(found, ANYWAY),
        copies_first=is_policy,
        by_policy=is_policy and not is_wished and not is_there,
    )


def let_everything_rest(db: Database, at: datetime) -> None:
    """Send nothing until it is lifted; call inside a transaction."""
    _put(db, EVERYTHING, at)


def let_photos_rest(db: Database, at: datetime) -> None:
    """Send operations and previews only; exceptions of earlier are over. Inside a transaction."""
    _put(db, PHOTOS, at)
    _forget_exceptions(db, DEPOT)


def let_job_rest(db: Database, ticket_id: TicketId, at: datetime) -> None:
    """Send no photo of a job; call inside a transaction."""
    _forget(db, f"{ANYWAY}{ticket_id}")
    _put(db, f"{JOB}{ticket_id}", at)


def send_everything(db: Database) -> None:
    """Lift the pause of everything; what rested besides goes on resting. Inside a transaction."""
    _forget(db, EVERYTHING)


def send_photos(db: Database, at: datetime) -> None:
    """Lift the pause of all photos; jobs that rest by themselves go on resting.

    Where they rest by the hub's policy, this is the word that the depot is reached. Call inside a
    transaction.
    """
    _forget_exceptions(db, PHOTOS)
    _note_depot(db, at)


def leave_depot(db: Database) -> None:
    """Let photos rest by the hub's policy again: all have gone. Inside a transaction."""
    _forget(db, DEPOT)


def send_job(db: Database, ticket_id: TicketId, at: datetime) -> None:
    """Send the photos of a job, also while all others rest; call inside a transaction."""
    _forget(db, f"{JOB}{ticket_id}")
    if read(db).photos:
        _put(db, f"{ANYWAY}{ticket_id}", at)


def forget_all(db: Database, at: datetime) -> None:
    """Let nothing rest any more; call inside a transaction."""
    db.run("DELETE FROM pauses")
    _note_depot(db, at)


def _named(found: list[str], kind: str) -> frozenset[TicketId]:
    """Return the jobs of which rows of a kind speak."""
    return frozenset(TicketId(what.removeprefix(kind)) for what in found if what.startswith(kind))


def _put(db: Database, what: str, at: datetime) -> None:
    """Note that something rests, since when it did first."""
    db.run("INSERT OR IGNORE INTO pauses (what, since) VALUES (?, ?)", (what, to_stamp(at)))


def _forget(db: Database, what: str) -> None:
    """Note that something rests no more."""
    db.run("DELETE FROM pauses WHERE what = ?", (what,))


def _forget_exceptions(db: Database, what: str) -> None:
    """Forget which jobs go although others rest, and one row more."""
    db.run(
        "DELETE FROM pauses WHERE what = ? OR substr(what, 1, ?) = ?", (what, len(ANYWAY), ANYWAY)
    )


def _note_depot(db: Database, at: datetime) -> None:
    """Note that full photos may go although the hub's policy lets them rest; nothing without it."""
    sql = f"INSERT OR IGNORE INTO pauses (what, since) SELECT ?, ? WHERE {_POLICY_IS_ON}"
    db.run(sql, (DEPOT, to_stamp(at)))
