"""The ledger: takes operations, decides each by the rules of the work, and numbers what changed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, insert, select

from field_app.domain.clock import Clock, from_stamp, to_stamp
from field_app.domain.ids import DeviceId, OperationId, Revision
from field_app.domain.moved_on import cause_of
from field_app.domain.operation import AddPhoto, Assign, Operation
from field_app.domain.people import Person, Role
from field_app.domain.replay import Refused, apply
from field_app.domain.ticket import Ticket
from field_app.domain.verdict import Outcome, Reason, Receipt, Verdict
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service import fingerprints
from field_app.hub.service.fingerprints import prepare, preview_print
from field_app.hub.service.makers import devices_of, is_maker
from field_app.hub.service.seen_before import told_of_sameness
from field_app.hub.service.soundness import check_sound, preview_of
from field_app.hub.service.tickets import find_ticket, put_ticket, upload_id_of
from field_app.protocol.codec import (
    Malformed,
    dump_operation,
    load_operation,
    operation_from_dict,
)
from field_app.protocol.messages import Verdicts

WORDS: Final = {
    Reason.REASSIGNED: "Another crew has this job now. What you did is kept on its timeline.",
    Reason.CLOSED: "The job was closed in the meantime. What you did is kept on its timeline.",
    Reason.MOVED_ON: "The job has moved on. What you did is kept on its timeline.",
    Reason.NOT_ALLOWED: "This person may not do this.",
    Reason.UNKNOWN_TICKET: "The hub has no such job.",
    Reason.UNKNOWN_CREW: "The hub has no such crew.",
    Reason.UNKNOWN_PHOTO: "The job has no such photo.",
}
"""Plain words for each reason; laptops have their own, translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInPerson:
    """Who speaks, and from which device."""

    person: Person
    device_id: DeviceId

    def may_see(self, crew_id: str | None) -> bool:
        """Whether this person may see a ticket that `crew_id` has."""
        return self.person.is_supervisor or (crew_id is not None and crew_id == self.person.crew_id)


class _No(Exception):
    """An operation that can never apply."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail or WORDS.get(reason, "")


class Ledger:
    """Decides about operations."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, items: list[object], who: SignedInPerson) -> Verdicts:
        """Decide about operations in their order, in one transaction.

        Args:
            items: Operations in their wire's form, still unchecked.
            who: The person and device whose token came with them.

        Returns:
            One verdict each, in the same order; all of it is on disk.
        """
        prepare(items)
        with self._database.write() as connection:
            return self.decide(connection, items, who)

    def decide(self, connection: Connection, items: list[object], who: SignedInPerson) -> Verdicts:
        """Decide about operations inside a writing transaction; see `take`."""
        now = self._clock.now()
        mine = devices_of(connection, who.person)
        return Verdicts(
            results=tuple(_decide(connection, item, who.person, mine, now) for item in items)
        )


def _decide(
    connection: Connection, item: object, actor: Person, mine: frozenset[str], now: datetime
) -> Verdict:
    """Return the verdict on one operation."""
    try:
        operation = operation_from_dict(item)
        check_sound(operation)
    except Malformed as error:
        return _refused(item, Reason.MALFORMED, str(error), None)
    try:
        _check_maker(is_theirs=is_maker(connection, operation, actor, mine))
        return _known(connection, operation, actor) or _apply(connection, operation, actor, now)
    except _No as no:
        seen = _visible(find_ticket(connection, operation.ticket_id), actor)
        return _refused(item, no.reason, no.detail, seen)


def _check_maker(*, is_theirs: bool) -> None:
    """Refuse what somebody else made."""
    if not is_theirs:
        raise _No(Reason.NOT_ALLOWED, "The operation was made by somebody else.")


def _known(connection: Connection, operation: Operation, actor: Person) -> Verdict | None:
    """Return the stored verdict on an operation that came before, or None."""
    found = select(tables.operation).where(tables.operation.c.id == operation.id)
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    if load_operation(bytes(row.document)) != operation:
        raise _No(Reason.MALFORMED, "Another operation with this id was received before.")
    ticket = find_ticket(connection, operation.ticket_id)
    verdict = _stored_verdict(row, operation, _visible(ticket, actor))
    if ticket is None or verdict.reason is None:
        return verdict
    return replace(verdict, cause=cause_of(ticket, verdict.reason))


def _stored_verdict(
    row: Row[tuple[object, ...]], operation: Operation, ticket: Ticket | None
) -> Verdict:
    """Return what was said before; `reason` tells that it was only recorded."""
    reason = None if row.reason is None else Reason(row.reason)
    return Verdict(
        operation_id=OperationId(row.id),
        outcome=Outcome.DUPLICATE,
        revision=Revision(row.revision),
        receipt=Receipt(
            id=row.receipt_id,
            received_at=from_stamp(row.received_at),
            sha256=_hash(dump_operation(operation)),
        ),
        reason=reason,
        detail="" if reason is None else WORDS.get(reason, ""),
        ticket=ticket,
    )


def _apply(connection: Connection, operation: Operation, actor: Person, now: datetime) -> Verdict:
    """Apply or record an operation that is new, and keep it with its verdict."""
    ticket = find_ticket(connection, operation.ticket_id)
    if ticket is None:
        raise _No(Reason.UNKNOWN_TICKET)
    _check_work(connection, operation)
    result = apply(ticket, operation, actor)
    if isinstance(result, Refused):
        raise _No(result.reason)
    told = told_of_sameness(connection, result.ticket, operation)
    changed = put_ticket(connection, told, former_crew=ticket.crew_id)
    reason = getattr(result, "reason", None)
    if isinstance(operation.work, AddPhoto):
        _announce(connection, operation, operation.work)
    verdict = Verdict(
        operation_id=operation.id,
        outcome=Outcome.APPLIED if reason is None else Outcome.RECORDED,
        revision=changed.revision,
        receipt=_receipt(operation, changed.revision, now),
        reason=reason,
        detail="" if reason is None else WORDS.get(reason, ""),
        ticket=_visible(changed, actor),
        cause=None if reason is None else cause_of(ticket, reason),
    )
    _keep(connection, operation, verdict, now)
    return verdict


def _check_work(connection: Connection, operation: Operation) -> None:
    """Refuse work that names a crew or photo that cannot be meant."""
    work = operation.work
    if isinstance(work, Assign):
        named = select(tables.crew.c.id).where(tables.crew.c.id == work.crew_id)
        if connection.execute(named).one_or_none() is None:
            raise _No(Reason.UNKNOWN_CREW)
    if not isinstance(work, AddPhoto):
        return
    known = select(tables.photo).where(tables.photo.c.id == work.photo_id)
    row = connection.execute(known).one_or_none()
    meant = (operation.ticket_id, work.sha256, work.size_bytes, operation.actor_id)
    if row is not None and (row.ticket_id, row.sha256, row.size_bytes, row.added_by) != meant:
        raise _No(Reason.MALFORMED, "Another photo with this id was announced before.")


def _announce(connection: Connection, operation: Operation, work: AddPhoto) -> None:
    """Note a photo whose bytes will follow."""
    known = select(tables.photo.c.id).where(tables.photo.c.id == work.photo_id)
    if connection.execute(known).one_or_none() is not None:
        return
    preview = preview_of(work)
    connection.execute(
        insert(tables.photo).values(
            id=work.photo_id,
            ticket_id=operation.ticket_id,
            added_by=operation.actor_id,
            sha256=work.sha256,
            size_bytes=work.size_bytes,
            filetype="",
            preview=preview,
            upload_id=upload_id_of(work.photo_id, work.sha256),
        )
    )
    fingerprints.add(connection, work.photo_id, preview_print(preview))


def _keep(connection: Connection, operation: Operation, verdict: Verdict, now: datetime) -> None:
    """Write an operation and its verdict."""
    connection.execute(
        insert(tables.operation).values(
            id=operation.id,
            ticket_id=operation.ticket_id,
            actor_id=operation.actor_id,
            device_id=operation.device_id,
            type=operation.work.type,
            document=dump_operation(operation),
            outcome=verdict.outcome.value,
            reason=None if verdict.reason is None else verdict.reason.value,
            revision=verdict.revision,
            receipt_id="" if verdict.receipt is None else verdict.receipt.id,
            received_at=to_stamp(now),
        )
    )


def receipt_number(name: str, revision: int) -> str:
    """Return the number of a receipt: four letters of an id and the revision, unique together."""
    return f"{_hash(name.encode())[:4].upper()}-{revision}"


def _receipt(operation: Operation, revision: Revision, now: datetime) -> Receipt:
    """Return the receipt of an operation."""
    return Receipt(
        id=receipt_number(operation.id, revision),
        received_at=from_stamp(to_stamp(now)),
        sha256=_hash(dump_operation(operation)),
    )


def _hash(data: bytes) -> str:
    """Return the sha256 of bytes, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def _visible(ticket: Ticket | None, actor: Person) -> Ticket | None:
    """Return the ticket if this person may see it."""
    if ticket is None:
        return None
    return ticket if actor.role is not Role.CREW or ticket.crew_id == actor.crew_id else None


def _refused(item: object, reason: Reason, detail: str, ticket: Ticket | None) -> Verdict:
    """Return a refusal, also of something that has no readable id."""
    named = item.get("id") if isinstance(item, dict) else None
    return Verdict(
        operation_id=OperationId(named if isinstance(named, str) else ""),
        outcome=Outcome.REFUSED,
        reason=reason,
        detail=detail,
        ticket=ticket,
    )
