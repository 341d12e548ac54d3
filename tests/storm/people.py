"""People: what crews and supervisors do on their laptops, and what was confirmed to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from field_app.actions import conflicts, photos, review, tickets
from field_app.actions.recording import Done
from field_app.domain.errors import DiskFull, Refused
from field_app.domain.ids import CrewId, OperationId, PhotoId, TicketId
from field_app.domain.moved_on import WayOn
from field_app.domain.operation import DeclineReason, HoldReason, Operation
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.queries.desk import Desk
from field_app.store import copies
from field_app.store.rows import operation_from
from tests.helpers.town import picture
from tests.storm.cases import Case
from tests.storm.chance import Chance
from tests.storm.machines import Laptop

PICTURES: Final = 48
"""Pictures in the whole world; two people may well send the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that a laptop confirmed to a person."""

    operation_id: OperationId
    ticket_id: TicketId
    kind: str
    words: str
    """Their own words, which must be readable for ever; may be empty."""
    photo_id: PhotoId | None = None
    sha256: str = ""


@dataclass(slots=True)
class Account:
    """A person on a laptop, and all that was confirmed to them."""

    username: str
    laptop: Laptop
    deeds: dict[OperationId, Deed] = field(default_factory=dict)
    unprotected: set[OperationId] = field(default_factory=set)
    """What a former version did not keep after its receipt; only a restored hub can lose it."""
    case: Case = field(default_factory=Case)
    """What was said about packs and pauses."""
    undone: set[OperationId] = field(default_factory=set)
    """What was confirmed as taken back, and must be nowhere."""

    @property
    def is_supervisor(self) -> bool:
        """Whether they review."""
        return self.username == "boss"


@lru_cache(maxsize=PICTURES)
def a_picture(number: int) -> bytes:
    """Return a picture of the world."""
    return picture(number, 40)


class People:
    """Lets persons do things, by chance, and remembers what they were told."""

    def __init__(self, chance: Chance, tell: Callable[[str], None]) -> None:
        """Begin with nothing done."""
        self._chance = chance
        self._tell = tell
        self._count = 0

    def acts(self, account: Account, kind: str = "") -> None:
        """Let somebody do something with one of their jobs; anything when no kind is named."""
        app = account.laptop.app
        jobs: list[TicketId] = app.see(_jobs)
        if not jobs:
            return
        job = self._chance.one_of(jobs)
        kinds = SUPERVISOR if account.is_supervisor else CREW
        kind = kind or self._chance.weighed(kinds)
        try:
            deed = DEEDS[kind](self, account, job)
        except Refused as no:
            self._tell(f"{account.username} {kind} {job}: {type(no).__name__}")
            return
        except DiskFull:
            self._tell(f"{account.username} {kind} {job}: disk full")
            return
        if deed is not None:
            account.deeds[deed.operation_id] = deed
            self._tell(f"{account.username} {kind} {job}: {deed.operation_id[-6:]}")

    def _words(self, kind: str) -> str:
        """Return words that nobody said before."""
        self._count += 1
        return f"{kind} {self._count}"

    def _said(self, account: Account, kind: str, job: TicketId) -> Deed:
        """Do something that needs words."""
        words = self._words(kind)
        done: Done = account.laptop.app.do(WORDS[kind], job, words)
        return deed_of(done, kind, words)

    def _starts(self, account: Account, job: TicketId) -> Deed:
        return deed_of(account.laptop.app.do(tickets.start, job), "start", "")

    def _notes(self, account: Account, job: TicketId) -> Deed:
        return self._said(account, "note", job)

    def _finishes(self, account: Account, job: TicketId) -> Deed:
        return self._said(account, "finish", job)

    def _calls_back(self, account: Account, job: TicketId) -> Deed:
        return self._said(account, "call_back", job)

    def _approves(self, account: Account, job: TicketId) -> Deed:
        return self._said(account, "approve", job)

    def _rests(self, account: Account, job: TicketId) -> Deed:
        words = self._words("hold")
        done: Done = account.laptop.app.do(tickets.hold, job, HoldReason.PARTS, words)
        return deed_of(done, "hold", words)

    def _declines(self, account: Account, job: TicketId) -> Deed:
        words = self._words("decline")
        reason = self._chance.one_of(tuple(DeclineReason))
        done: Done = account.laptop.app.do(tickets.decline, job, reason, words)
        return deed_of(done, "decline", words)

    def _sends_back(self, account: Account, job: TicketId) -> Deed:
        words = self._words("send_back")
        done: Done = account.laptop.app.do(review.send_back, job, words, ())
        return deed_of(done, "send_back", words)

    def _assigns(self, account: Account, job: TicketId) -> Deed:
        crew = CrewId(self._chance.one_of(("roads", "lights")))
        return deed_of(account.laptop.app.do(review.assign, job, crew, None), "assign", "")

    def _adds_photo(self, account: Account, job: TicketId) -> Deed:
        data = a_picture(self._chance.between(1, PICTURES))
        role = self._chance.one_of((PhotoRole.BEFORE, PhotoRole.AFTER, PhotoRole.AFTER))
        done: Done = account.laptop.app.do(photos.attach, job, role, data)
        operation = account.laptop.app.see(operation_of, done.operation_id)
        return deed_of(done, "add_photo", "", operation.work.sha256)

    def moves_pin(self, account: Account, place: Place) -> None:
        """Let somebody move the pin of one of their jobs, if the rules let them."""
        jobs: list[TicketId] = account.laptop.app.see(_jobs)
        if not jobs:
            return
        job = jobs[self._count % len(jobs)]
        words = self._words("move_place")
        try:
            done: Done = account.laptop.app.do(tickets.move_place, job, place, words)
        except (Refused, DiskFull) as no:
            self._tell(f"{account.username} moves the pin of {job}: {type(no).__name__}")
            return
        account.deeds[done.operation_id] = deed_of(done, "move_place", words)
        self._tell(f"{account.username} moves the pin of {job}: {done.operation_id[-6:]}")

    def _removes_photo(self, account: Account, job: TicketId) -> Deed | None:
        shown = account.laptop.app.see(_photos_of, job)
        if not shown:
            return None
        photo_id = self._chance.one_of(shown)
        return deed_of(account.laptop.app.do(photos.remove, job, photo_id), "remove_photo", "")

    def _undoes(self, account: Account, _job: TicketId) -> None:
        """Take something back that still waits, if it did not leave yet."""
        waiting: list[OperationId] = account.laptop.app.see(_waiting)
        known = [i for i in waiting if i in account.deeds]
        if not known:
            return
        chosen = self._chance.one_of(known)
        deed = account.deeds.pop(chosen)  # when the power fails now, both ends are right
        try:
            account.laptop.app.do(tickets.undo, chosen)
        except (Refused, DiskFull):
            account.deeds[chosen] = deed
            raise
        account.undone.add(chosen)
        self._tell(f"{account.username} undoes {chosen[-6:]}")

    def _looks_at_parked(self, account: Account, _job: TicketId) -> None:
        """Decide about what was only recorded, or refused, and perhaps think better of it."""
        app = account.laptop.app
        parked: dict[TicketId, list[OperationId]] = app.see(_parked)
        if not parked:
            return
        job = self._chance.one_of(tuple(parked))
        way = self._chance.one_of(tuple(WayOn))
        decided: conflicts.Decided = app.do(conflicts.decide, job, parked[job], way)
        self._tell(f"{account.username} decides about {job}: {way}")
        for operation_id in decided.followed_by:
            operation = app.see(operation_of, operation_id)
            sha256 = getattr(operation.work, "sha256", "")
            account.deeds[operation_id] = Deed(
                operation_id=operation_id,
                ticket_id=job,
                kind=operation.work.type,
                words="",
                photo_id=operation.work.photo_id if sha256 else None,
                sha256=sha256,
            )
        if self._chance.happens(0.3):
            self._thinks_again(account, decided)

    def _thinks_again(self, account: Account, decided: conflicts.Decided) -> None:
        """Take a decision back."""
        followers = [account.deeds.pop(i) for i in decided.followed_by]
        try:
            account.laptop.app.do(conflicts.take_back, decided.ticket_id, decided.operation_ids)
        except (Refused, DiskFull):
            account.deeds.update({deed.operation_id: deed for deed in followers})
            raise
        account.undone.update(deed.operation_id for deed in followers)
        self._tell(f"{account.username} decides anew about {decided.ticket_id}")


DEEDS: Final[Mapping[str, Callable[[People, Account, TicketId], Deed | None]]] = {
    "starts": People._starts,
    "notes": People._notes,
    "adds photo": People._adds_photo,
    "finishes": People._finishes,
    "rests": People._rests,
    "calls back": People._calls_back,
    "declines": People._declines,
    "removes photo": People._removes_photo,
    "undoes": People._undoes,
    "looks": People._looks_at_parked,
    "approves": People._approves,
    "sends back": People._sends_back,
    "assigns": People._assigns,
}
CREW: Final = {
    "starts": 4,
    "notes": 3,
    "adds photo": 6,
    "finishes": 5,
    "rests": 1,
    "calls back": 1,
    "declines": 0.5,
    "removes photo": 0.7,
    "undoes": 2,
    "looks": 1,
}
SUPERVISOR: Final = {"approves": 3, "sends back": 2, "assigns": 3, "notes": 1, "looks": 1}
WORDS: Final[Mapping[str, Callable[..., Done]]] = {
    "note": tickets.note,
    "finish": tickets.finish,
    "call_back": tickets.call_back,
    "approve": review.approve,
}


def deed_of(done: Done, kind: str, words: str, sha256: str = "") -> Deed:
    """Return what was confirmed."""
    return Deed(
        operation_id=done.operation_id,
        ticket_id=done.ticket_id,
        kind=kind,
        words=words,
        photo_id=done.photo_id if sha256 else None,
        sha256=sha256,
    )


def _jobs(desk: Desk) -> list[TicketId]:
    """Return the jobs on this laptop."""
    return [TicketId(row[0]) for row in desk.db.rows("SELECT id FROM tickets ORDER BY id")]


def _waiting(desk: Desk) -> list[OperationId]:
    """Return what waits to be sent, or for its answer."""
    rows = desk.db.rows("SELECT id FROM outbox WHERE state = 'waiting' ORDER BY seq")
    return [OperationId(row[0]) for row in rows]


def _parked(desk: Desk) -> dict[TicketId, list[OperationId]]:
    """Return what waits for a person's decision, job by job."""
    found: dict[TicketId, list[OperationId]] = {}
    for job, name in desk.db.rows(
        "SELECT ticket_id, id FROM outbox WHERE state = 'parked' ORDER BY seq"
    ):
        found.setdefault(TicketId(job), []).append(OperationId(name))
    return found


def operation_of(desk: Desk, operation_id: OperationId) -> Operation:
    """Return an operation in the outbox."""
    row = desk.db.row("SELECT body FROM outbox WHERE id = ?", (operation_id,))
    assert row is not None
    return operation_from(row[0])


def _photos_of(desk: Desk, job: TicketId) -> list[PhotoId]:
    """Return the photos of the hub's copy of a job."""
    copy = copies.server_copy(desk.db, job)
    return [] if copy is None else [p.id for p in copy.photos if not p.is_withdrawn]
