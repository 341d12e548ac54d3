"""Truth: what must hold, told by a model of its own that shares no rule with the program."""

import hashlib
from bisect import bisect
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from field_app.domain.errors import SignedOut
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.operation import Operation
from field_app.domain.ticket import Ticket, TicketState
from field_app.hub import tables
from field_app.protocol.codec import load_operation, load_ticket
from field_app.queries.desk import Desk
from field_app.queries.packs import carried as packs_on
from field_app.store import copies, outbox, uploads
from field_app.store.rows import operation_from
from tests.storm import evidence, packs, pins, promises, road
from tests.storm.desk_of_it import imports_sealed
from tests.storm.lost import Lost, demand
from tests.storm.people import Account, Deed
from tests.storm.promises import check_wiped
from tests.storm.world import LONG_ENOUGH_S, World

QUIET_ROUNDS: Final = 6
"""Rounds after which a laptop has nothing left to send over a network that is well."""
HELD: Final = select(tables.operation.c.id)
ARRIVED: Final = select(tables.photo.c.id, tables.photo.c.sha256).where(
    tables.photo.c.arrived_at.is_not(None)
)
OF_PACKS: Final = ("pack-", "rescue-")
"""How files begin that an import leaves for a week when it breaks off."""
OF_COPY: Final = "-screen"
"""How uploads of screen copies end; one whose original overtook it is left for a week."""
W, P, H, R, B = (
    TicketState.WAITING,
    TicketState.IN_PROGRESS,
    TicketState.ON_HOLD,
    TicketState.IN_REVIEW,
    TicketState.SENT_BACK,
)
CLOSED: Final = {TicketState.FINISHED, TicketState.FORWARDED, TicketState.IRRELEVANT}
PATHS: Final[Mapping[str, Mapping[TicketState, set[TicketState]]]] = {
    "start": {W: {P}, B: {P}, H: {P}},
    "hold": {P: {H}},
    "finish": {W: {R}, P: {R}, H: {R}, B: {R}},
    "call_back": {R: {P}},
    "decline": {W: {R}, P: {R}},
    "approve": {R: CLOSED},
    "send_back": {R: {B}},
    "add_photo": {s: {s} for s in (W, P, H, R, B)},
    "remove_photo": {s: {s} for s in (W, P, H, B)},
    "mark_photo": {s: {s} for s in (W, P, H, R, B)},
    "pair_photo": {s: {s} for s in (W, P, H, R, B)},
    "move_place": {s: {s} for s in (W, P, H, R, B)},
    "assign": {s: {s} for s in (W, P, H, R, B)},
    "note": {s: {s} for s in TicketState},
}
"""Where each kind of work may lead from where, written down a second time on purpose."""


class HubBooks:
    """Everything that the hub holds, read once."""

    def __init__(self, world: World) -> None:
        """Read it."""
        with world.hub.hub.database.read() as connection:
            rows = connection.execute(select(tables.operation)).all()
            self.rows: dict[OperationId, Any] = {OperationId(row.id): row for row in rows}
            self.photos = {row.id: row for row in connection.execute(select(tables.photo))}
            self.uploads = connection.execute(select(tables.upload)).all()
            documents = connection.execute(select(tables.ticket.c.document)).scalars()
            tickets = [load_ticket(bytes(document)) for document in documents]
        self.tickets: dict[TicketId, Ticket] = {ticket.id: ticket for ticket in tickets}
        self.operations: dict[OperationId, Operation] = {
            i: load_operation(bytes(row.document)) for i, row in self.rows.items()
        }


# while the storm blows


def check_now(world: World) -> None:
    """Check that nothing confirmed is nowhere, and that no photo counts that is not here."""
    with world.hub.disk.looked_at(), world.hub.hub.database.read() as connection:
        held = set(connection.execute(HELD).scalars())
        photos = connection.execute(ARRIVED).all()
    for photo_id, sha256 in photos:
        is_here = world.hub.hub.vault.path(sha256).is_file()
        demand(is_here, f"photo {photo_id} counts as arrived and is not at the hub")
    for laptop in world.laptops:
        account = world.account_of(laptop)
        if account is None or not account.deeds:
            continue
        with laptop.disk.looked_at():
            here = set(laptop.app.see(_kept))
        known = held | here | account.unprotected | account.case.elsewhere
        lost = [i for i in account.deeds if i not in known]
        demand(not lost, f"{account.username}: {lost} are neither here nor at the hub")
    if world.depot.has_packs:
        promises.check_cases(world)
    if world.road.has_policy:
        road.check_now(world)


def _kept(desk: Desk) -> list[str]:
    """Return the operations that this laptop could still show or send."""
    return [row[0] for row in desk.db.rows("SELECT id FROM outbox UNION SELECT id FROM delivered")]


# when it is over


def heal(world: World) -> None:
    """End all trouble and let everybody sync until nothing waits."""
    world.tell("the storm is over")
    world.network.is_well()
    for machine in (world.hub, *world.laptops):
        machine.disk.is_well()
    for laptop in world.laptops:
        laptop.is_online = True
    for account in world.accounts:
        _settles(world, account)
    if any(account.case.sealed for account in world.accounts):
        imports_sealed(world)
        for account in world.accounts:
            _settles(world, account)


def check_all(world: World) -> None:
    """Check every promise; nobody does anything any more.

    Raises:
        Lost: One is broken.
    """
    books = HubBooks(world)
    _check_hub(world, books)
    for account in reversed(world.accounts):  # whoever signed in last is still there
        _settles(world, account)
        account.laptop.app.see(_check_laptop, account, books)
    again = HubBooks(world)
    demand(again.rows.keys() == books.rows.keys(), "a quiet round changed the hub")


def _settles(world: World, account: Account) -> None:
    """Let somebody sign in, if need be, and sync until nothing waits."""
    app = account.laptop.app
    if world.account_of(account.laptop) is not account:
        demand(world.signs_in(account), f"{account.username} cannot sign in")
    packs.lets_go(account)
    error = None
    for _round in range(QUIET_ROUNDS):
        road.lets_go(world, account)
        world.clock.passes(LONG_ENOUGH_S)
        error = world.syncs(account.laptop)
        if isinstance(error, SignedOut):
            check_wiped(world)
            world.signs_in(account)
            packs.lets_go(account)
            continue
        if error is None and app.status().waiting_count == 0:
            return
    waits = app.status().waiting_count
    raise Lost(f"{account.username}: {waits} still wait, {error and error.detail}")


def _check_hub(world: World, books: HubBooks) -> None:
    """Check the hub alone."""
    left = [each.id for each in books.uploads if not each.id.endswith(OF_COPY)]
    demand(not left, "an upload is left at the hub")
    names = [part.name for part in world.hub.hub.vault.parts()]
    parts = [n for n in names if not (n.startswith(OF_PACKS) or n.endswith(OF_COPY))]
    demand(not parts, "a part of an upload is left at the hub")
    for photo in books.photos.values():
        path = world.hub.hub.vault.path(photo.sha256)
        demand(path.is_file(), f"photo {photo.id} is not in the hub's vault")
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
        demand(actual == photo.sha256, f"photo {photo.id} is another picture at the hub")
        demand(photo.arrived_at, f"photo {photo.id} arrived and the hub did not note it")
    for ticket in books.tickets.values():
        _check_ticket(world, books, ticket)
    _check_order(books, world.depot.wipes)
    road.check_hub(world, books)
    evidence.check_hub(books)


def _check_ticket(world: World, books: HubBooks, ticket: Ticket) -> None:
    """Check that a job's story is whole, tells nothing twice, and has no illegal step."""
    told = Counter(e.operation_id for e in ticket.timeline if e.operation_id is not None)
    mine = {i: row for i, row in books.rows.items() if row.ticket_id == ticket.id}
    twice = [i for i, count in told.items() if count > 1]
    demand(not twice, f"{ticket.id}: {twice} happened twice")
    demand(told.keys() == mine.keys(), f"{ticket.id}: timeline and ledger differ")
    photos = Counter(p.id for p in ticket.photos)
    demand(all(n == 1 for n in photos.values()), f"{ticket.id}: a photo is there twice")
    announced = {p.id for p in books.photos.values() if p.ticket_id == ticket.id}
    demand(photos.keys() == announced, f"{ticket.id}: its photos are not those announced")
    late = [p.id for p in ticket.photos if not p.has_arrived]
    demand(not late, f"{ticket.id}: {late} arrived and the job does not say so")
    _check_path(world, ticket, mine)
    pins.check_ticket(ticket, mine, books.operations)


def _check_path(world: World, ticket: Ticket, mine: Mapping[OperationId, Any]) -> None:
    """Walk a job's way from state to state."""
    applied = [row for row in mine.values() if row.outcome == "applied"]
    changes: list[tuple[int, str, TicketState | None]] = [
        *((row.revision, row.type, None) for row in applied),
        *((revision, "", state) for revision, job, state in world.outside if job == ticket.id),
    ]
    reachable = {TicketState.WAITING}
    for revision, kind, state in sorted(changes, key=lambda change: change[0]):
        if state is not None:
            reachable = {state}
            continue
        reachable = {goal for at in reachable for goal in PATHS[kind].get(at, ())}
        demand(reachable, f"{ticket.id}: {kind} at revision {revision} is no legal step")
    demand(ticket.state in reachable, f"{ticket.id}: nothing leads to {ticket.state}")


def _check_order(books: HubBooks, wipes: list[int]) -> None:
    """Check that each device's work on a job came in the order in which it was done.

    A laptop that was wiped begins anew: what it had sealed comes whenever IT imports it.
    """
    last: dict[tuple[str, str, int], tuple[int, int]] = {}
    for operation_id, row in sorted(books.rows.items(), key=lambda item: item[1].revision):
        operation = books.operations[operation_id]
        made_at = int(operation_id.replace("-", "")[:12], 16)
        key = (operation.actor_id, operation.ticket_id, bisect(wipes, made_at))
        before = last.get(key)
        is_later = before is None or operation.seq > before[0]
        demand(is_later, f"{operation.ticket_id}: {operation_id} overtook earlier work")
        last[key] = (operation.seq, row.revision)


def _check_laptop(desk: Desk, account: Account, books: HubBooks) -> None:
    """Check one person's laptop against the hub."""
    name = account.username
    demand(not uploads.open_uploads(desk.db), f"{name}: a photo still waits")
    waits = desk.db.rows("SELECT id FROM outbox WHERE state = 'waiting'")
    demand(not waits, f"{name}: work still waits")
    unexplained = desk.db.rows("SELECT id FROM outbox WHERE state = 'parked' AND reason IS NULL")
    demand(not unexplained, f"{name}: parked without a reason")
    for (operation_id,) in desk.db.rows("SELECT operation_id FROM receipts"):
        is_held = operation_id in books.rows or operation_id in account.unprotected
        demand(is_held, f"{name}: the hub lost {operation_id} after its receipt")
    carried = [pack.name for pack in packs_on(desk) if pack.waits]
    demand(not carried, f"{name}: {carried} were not handed in")
    for deed in account.deeds.values():
        _check_deed(desk, account, deed, books)
    back = account.undone & books.rows.keys()
    demand(not back, f"{name}: {back} was taken back and is at the hub")
    _check_copies(desk, name, books)
    demand(outbox.counts(desk.db).waiting == 0, f"{name}: something is counted as waiting")


def _check_deed(desk: Desk, account: Account, deed: Deed, books: HubBooks) -> None:
    """Check that what was confirmed to a person is at the hub, or explained to them."""
    what = f"{account.username}: {deed.kind} {deed.operation_id[-6:]} on {deed.ticket_id}"
    row = books.rows.get(deed.operation_id)
    body = desk.db.row("SELECT state, body FROM outbox WHERE id = ?", (deed.operation_id,))
    if row is None and body is None and deed.operation_id in account.unprotected:
        return
    if row is None and body is None and deed.operation_id in account.case.told_elsewhere:
        return
    if row is None:
        demand(body is not None, f"{what} is lost")
        assert body is not None
        demand(_says(operation_from(body[1]), deed), f"{what}: the refused words are gone")
        return
    if row.outcome == "recorded" and deed.operation_id not in account.case.former:
        demand(body is not None, f"{what} was only recorded, and nobody was told")
    is_asked = body is not None and body[0] == "parked"
    demand(not (row.outcome == "applied" and is_asked), f"{what} was applied, and needs a person")
    demand(_says(books.operations[deed.operation_id], deed), f"{what}: its words changed")
    entries = books.tickets[deed.ticket_id].timeline
    entry = next(e for e in entries if e.operation_id == deed.operation_id)
    demand(deed.words in {"", entry.text, entry.reason}, f"{what}: its words are not readable")
    if deed.photo_id is not None:
        demand(books.photos[deed.photo_id].sha256 == deed.sha256, f"{what}: another photo")


def _says(operation: Operation, deed: Deed) -> bool:
    """Return whether an operation is what the person did."""
    work = operation.work
    words = {getattr(work, name, "") for name in ("text", "note", "reason")}
    is_photo = deed.sha256 in {"", getattr(work, "sha256", "")}
    return work.type == deed.kind and (deed.words == "" or deed.words in words) and is_photo


def _check_copies(desk: Desk, name: str, books: HubBooks) -> None:
    """Check that a laptop shows what the hub has, all of it and nothing else."""
    person = desk.person
    theirs = {
        ticket.id: ticket
        for ticket in books.tickets.values()
        if person.is_supervisor or ticket.crew_id == person.crew_id
    }
    shown = {TicketId(r[0]) for r in desk.db.rows("SELECT id FROM tickets WHERE is_gone = 0")}
    demand(shown == theirs.keys(), f"{name}: the list is not the hub's: {shown ^ theirs.keys()}")
    for ticket_id, ticket in theirs.items():
        copy = copies.server_copy(desk.db, ticket_id)
        demand(copy == ticket, f"{name}: {ticket_id} is not as at the hub")
