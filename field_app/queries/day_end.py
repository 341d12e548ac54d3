"""The end of a day: what exists on this laptop only, job by job, and why."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.ids import TicketId
from field_app.queries.desk import Desk
from field_app.queries.local_state import LocalState
from field_app.queries.packs import Carried, only_here
from field_app.store import outbox, pauses, receipts, remains, sync_state, unsent
from field_app.store.pauses import Pauses
from field_app.store.remains import LoneOperation, LonePhoto


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyHere:
    """What of one job exists on this laptop only."""

    ticket_id: TicketId
    ticket_title: str
    """May be empty when the ticket left this laptop."""
    category: str
    acts: tuple[str, ...]
    """Types of the operations that the hub does not hold, in the order done; photos aside."""
    photo_count: int
    """Photos of which the hub does not hold every byte."""
    left_bytes: int
    """What is still to be sent."""
    since: datetime | None
    """When the oldest of it was done; None when nobody knows."""
    local: LocalState
    """Why: it waits, it is tried again, a person lets it rest, or it needs a person."""
    last_error: str
    """Name of the last failure; empty unless `local` is RETRY."""
    pictured_count: int = 0
    """Of the photos, how many the hub can show by a screen copy."""

    @property
    def count(self) -> int:
        """Return how many things these are."""
        return len(self.acts) + self.photo_count


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHere:
    """A colleague's rescue pack of which the hub did not say yet that it took it."""

    name: str
    """Of the file that was given to this laptop; empty when damage lost that."""
    size_bytes: int
    local: LocalState
    """Why: it waits, is tried again later, a person lets it rest, or the hub does not take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that were typed and not handed in."""

    ticket_id: TicketId
    ticket_title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """What must not be forgotten when the computer is put away."""

    jobs: tuple[OnlyHere, ...]
    """Oldest first; empty when the hub holds everything that was handed in."""
    packs: tuple[PackHere, ...]
    """Colleagues' work that this laptop carries; may be empty."""
    packed_at: datetime | None
    """When some of it was last saved to a rescue pack; None when none of it is in one."""
    drafts: tuple[Draft, ...]
    """Not counted above: they are not handed in yet."""
    attention_count: int
    """Jobs that a person has to look at, whether the hub has the work or not."""
    confirmed_at: datetime | None
    """When the hub last confirmed something of this laptop, by its clock; None for never."""
    agreed_at: datetime | None
    """When this laptop last heard everything from the hub, as people see it; None for never."""
    rests: bool
    """Whether a person lets some of it rest."""

    @property
    def count(self) -> int:
        """Return how many things exist on this laptop only: operations, photos, carried packs."""
        return sum(job.count for job in self.jobs) + len(self.packs)

    @property
    def left_bytes(self) -> int:
        """Return how many bytes of them are still to be sent."""
        return sum(job.left_bytes for job in self.jobs) + sum(p.size_bytes for p in self.packs)


def day_end(desk: Desk) -> DayEnd:
    """Return what exists on this laptop only.

    Raises:
        StoreFailed: The database cannot be read.
    """
    db = desk.db
    with db.atomic(is_durable=False):  # one moment: nothing may move from one count to the other
        operations, photos = remains.operations(db), remains.photos(db)
        rests = pauses.read(db)
        drafts = remains.drafts(db)
        attention = outbox.counts(db).attention
        confirmed_at = receipts.last_confirmed_at(db)
        agreed_at = sync_state.honest_success_at(db)
        packs = only_here(desk)
        packed_at = unsent.amount(db).packed_at
    jobs = _jobs(operations, photos, rests)
    return DayEnd(
        jobs=jobs,
        packs=_packs(packs, rests),
        packed_at=packed_at if _is_packed(jobs, packed_at) else None,
        rests=rests.is_anything,
        drafts=tuple(Draft(ticket_id=t, ticket_title=title, words=w) for t, title, w in drafts),
        attention_count=attention,
        confirmed_at=confirmed_at,
        agreed_at=agreed_at,
    )


def _packs(packs: Mapping[Carried, int], rests: Pauses) -> tuple[PackHere, ...]:
    """Return the colleagues' packs that the hub did not take, and why each is still here."""
    return tuple(
        PackHere(name=pack.name, size_bytes=size, local=_why_here(pack, rests))
        for pack, size in packs.items()
    )


def _why_here(pack: Carried, rests: Pauses) -> LocalState:
    """Return why a colleague's pack is still here."""
    if pack.failure:
        return LocalState.ATTENTION
    if rests.large_ones:
        return LocalState.PAUSED
    return LocalState.QUEUED if pack.not_before is None else LocalState.RETRY


def _is_packed(jobs: tuple[OnlyHere, ...], packed_at: datetime | None) -> bool:
    """Return whether something that is only here was done before the last pack was saved."""
    if packed_at is None:
        return False
    return any(job.since is None or job.since <= packed_at for job in jobs)


def _jobs(
    operations: tuple[LoneOperation, ...], photos: tuple[LonePhoto, ...], rests: Pauses
) -> tuple[OnlyHere, ...]:
    """Return everything by job, in the order in which it was done, whatever the clock said.

    Jobs of which only photos are here come first: their operations have left before.
    """
    grouped: dict[TicketId, tuple[list[LoneOperation], list[LonePhoto]]] = defaultdict(
        lambda: ([], [])
    )
    waiting = {operation.ticket_id for operation in operations}
    for photo in photos:
        if photo.ticket_id not in waiting:
            grouped[photo.ticket_id][1].append(photo)
    for operation in operations:
        grouped[operation.ticket_id][0].append(operation)
    for photo in photos:
        if photo.ticket_id in waiting:
            grouped[photo.ticket_id][1].append(photo)
    return tuple(_job(mine, pictures, rests) for mine, pictures in grouped.values())


def _job(operations: list[LoneOperation], photos: list[LonePhoto], rests: Pauses) -> OnlyHere:
    """Return what of one job exists here only; one of the lists may be empty."""
    all_of_it: list[LoneOperation | LonePhoto] = [*operations, *photos]
    first = all_of_it[0]
    failing = [thing.last_error for thing in all_of_it if thing.last_error]
    times = [o.made_at for o in operations]
    times += [p.added_at for p in photos if p.added_at is not None]
    local = _why(operations, photos, rests, failing)
    return OnlyHere(
        ticket_id=first.ticket_id,
        ticket_title=first.ticket_title,
        category=first.category,
        acts=tuple(o.type for o in operations if o.type != "add_photo"),
        photo_count=len(photos),
        left_bytes=sum(o.size_bytes for o in operations)
        + sum(p.size_bytes - p.sent_bytes for p in photos),
        since=min(times, default=None),
        local=local,
        last_error=failing[0] if local is LocalState.RETRY else "",
        pictured_count=sum(p.has_picture for p in photos),
    )


def _why(
    operations: list[LoneOperation], photos: list[LonePhoto], rests: Pauses, failing: list[str]
) -> LocalState:
    """Return why something is not at the hub: the first reason that a person can do something."""
    if any(o.reason for o in operations) or any(p.is_refused for p in photos):
        return LocalState.ATTENTION
    ticket_id = (operations[0] if operations else photos[0]).ticket_id
    if rests.everything or (not operations and rests.rests(ticket_id)):
        return LocalState.PAUSED
    if failing:
        return LocalState.RETRY
    return LocalState.SENDING if any(p.sent_bytes for p in photos) else LocalState.QUEUED
