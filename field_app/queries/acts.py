"""The outbox by acts: what a crew did on a job, its photos and words with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from field_app.domain.ids import OperationId, TicketId
from field_app.store.queue import KeptReceipt, Queued

COMPANIONS: Final = frozenset(
    {"add_photo", "note", "remove_photo", "mark_photo", "pair_photo", "move_place"}
)
"""Operations that are told with the act for which they were made."""
SETTLED, WAITING = 0, 1


class Place(NamedTuple):
    """Where an operation stands in its job's history; what waits comes after what is settled."""

    part: int
    number: int
    """Revision of what is settled, number on this device of what waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One operation of an act: still in the outbox, or at the hub."""

    queued: Queued | None = None
    kept: KeptReceipt | None = None
    place: Place

    @property
    def operation_id(self) -> OperationId:
        """Return the operation."""
        return self._any.operation_id

    @property
    def ticket_id(self) -> TicketId:
        """Return its job."""
        return self._any.ticket_id

    @property
    def type(self) -> str:
        """Return its type."""
        return self._any.type

    @property
    def _any(self) -> Queued | KeptReceipt:
        found = self.queued or self.kept
        if found is None:
            raise ValueError("a member is queued or kept")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a crew did on a job, with its photos and words, in their order."""

    key: str
    """The same at every look: the act's operation, or the job for what has no act."""
    ticket_id: TicketId
    type: str
    """Of the act itself; `add_photo` or `note` for what has no act."""
    members: tuple[Member, ...]

    @property
    def queued(self) -> tuple[Queued, ...]:
        """Return what of it is not done with; empty when the hub has all."""
        return tuple(member.queued for member in self.members if member.queued is not None)

    @property
    def kept(self) -> tuple[KeptReceipt, ...]:
        """Return what of it the hub has in full."""
        return tuple(m.kept for m in self.members if m.kept is not None and m.queued is None)


def acts(queued: Iterable[Queued], kept: Iterable[KeptReceipt]) -> tuple[Act, ...]:
    """Return everything by acts, in no particular order; parked operations are left out.

    A photo or note belongs to the job's next act; without one, to an act before it that still
    waits; without that it stands alone with others of its kind.

    Args:
        queued: What is not done with, in its order.
        kept: What the hub has.
    """
    by_job: dict[TicketId, list[Member]] = defaultdict(list)
    for member in _members(queued, kept):
        by_job[member.ticket_id].append(member)
    return tuple(act for job in by_job.values() for act in _of_job(job))


def _members(queued: Iterable[Queued], kept: Iterable[KeptReceipt]) -> Iterable[Member]:
    """Yield all members; an operation whose photo is on its way is one, in both lists or not."""
    receipts: Mapping[OperationId, KeptReceipt] = {k.operation_id: k for k in kept}
    seen: set[OperationId] = set()
    for number, item in enumerate(queued):
        if item.is_parked:
            seen.add(item.operation_id)
            continue
        seen.add(item.operation_id)
        place = Place(SETTLED, item.revision or 0) if item.is_settled else Place(WAITING, number)
        yield Member(queued=item, kept=receipts.get(item.operation_id), place=place)
    for receipt in receipts.values():
        if receipt.operation_id not in seen and not receipt.is_open:
            yield Member(kept=receipt, place=Place(SETTLED, receipt.revision))


def _of_job(members: Sequence[Member]) -> Iterable[Act]:
    """Yield the acts of one job."""
    ordered = sorted(members, key=lambda member: member.place)
    heads = [member for member in ordered if member.type not in COMPANIONS]
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in ordered:
        groups[_key_of(member, heads)].append(member)
    for key, group in groups.items():
        head = next((m for m in group if m.operation_id == key), None)
        yield Act(
            key=key,
            ticket_id=group[0].ticket_id,
            type=head.type if head is not None else _type_of(group),
            members=tuple(group),
        )


def _key_of(member: Member, heads: Sequence[Member]) -> str:
    """Return the key of the act to which a member belongs."""
    if member.type not in COMPANIONS:
        return member.operation_id
    later = next((head for head in heads if head.place > member.place), None)
    if later is not None:
        return later.operation_id
    before = [head for head in heads if head.queued is not None]
    return before[-1].operation_id if before else f"more:{member.ticket_id}"


def _type_of(group: Sequence[Member]) -> str:
    """Return what a group without an act is about: photos, if there are any."""
    types = [member.type for member in group]
    return "add_photo" if "add_photo" in types else types[-1]
