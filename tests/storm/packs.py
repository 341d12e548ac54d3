"""Packs and pauses as steps: sticks, colleagues who carry them, blocked laptops, resting work."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from field_app.actions import outbox, packs
from field_app.domain.errors import (
    DiskFull,
    FileUnreadable,
    Refused,
)
from field_app.domain.ids import OperationId, TicketId
from field_app.domain.pack_errors import NotThisKey, PackNotWritten
from field_app.hub.building import Hub
from field_app.packs.reading import Pack, SealedPack, open_pack
from field_app.queries.desk import Desk
from tests.helpers.fakes import PowerCut
from tests.helpers.packs import PASSPHRASE, quiet
from tests.storm import promises
from tests.storm.cases import KNOWS_PACKS, Stick
from tests.storm.desk_of_it import all_packs, imports, on_stick, perhaps_damaged
from tests.storm.lost import demand
from tests.storm.people import Account
from tests.storm.world import World

WAYS: Final[Mapping[Callable[..., Any], float]] = {
    outbox.pause_all: 2,
    outbox.pause_photos: 3,
    outbox.resume_all: 1,
    outbox.resume_photos: 1,
    outbox.send_all: 2,
}
JOB_WAYS: Final[Mapping[Callable[..., Any], float]] = {outbox.pause_job: 2, outbox.send_job: 1}


def rests(world: World) -> None:
    """Let somebody let something rest, or send again what rested."""
    laptop = world.depot.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    if account is None:
        return
    world.depot.oldest = KNOWS_PACKS
    way = world.depot.chance.weighed(WAYS)
    what: tuple[TicketId, ...] = ()
    with laptop.disk.looked_at():
        jobs: list[TicketId] = laptop.app.see(_jobs)
    if jobs and world.depot.chance.happens(0.4):
        way, what = world.depot.chance.weighed(JOB_WAYS), (world.depot.chance.one_of(jobs),)
    world.tell(f"{account.username}: {way.__name__} {' '.join(what)}")
    account.case.rests = None
    if _does(world, account, way.__name__, lambda: laptop.app.do(way, *what)) is not None:
        with laptop.disk.looked_at():
            account.case.rests = laptop.app.see(promises.rests_on)


def saves(world: World) -> None:
    """Let somebody save all unsent work to a pack; the power may fail over it."""
    laptop = world.depot.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    if account is None:
        return
    world.depot.oldest = KNOWS_PACKS
    name = f"pack-{world.depot.count()}.fieldrescue"
    passphrase = PASSPHRASE if world.depot.chance.happens(0.5) else ""
    if world.depot.chance.happens(0.25):
        steps = world.depot.chance.between(1, 40)
        laptop.disk.will_fail(steps, is_after=world.depot.chance.happens(0.5))
    path = laptop.disk.folder / "documents" / name
    saved = _does(
        world, account, f"saves {name}", lambda: laptop.app.do(packs.save, path, passphrase, quiet)
    )
    if saved is None:
        return
    with laptop.disk.looked_at():
        stick = replace(on_stick(world, path, account.username), passphrase=passphrase)
        with open_pack(path) as sealed:
            inside = promises.check_saved(world, account, _opened(world, account, sealed, stick))
    account.case.saved[name] = promises.hash_of(path)
    world.depot.sticks.append(replace(stick, operations=inside))


def hub_imports(world: World) -> None:
    """Let IT import a pack at the hub, from a stick or out of a blocked laptop."""
    sticks = all_packs(world)
    if sticks:
        imports(world, perhaps_damaged(world, world.depot.chance.one_of(sticks)))


def colleague_carries(world: World) -> None:
    """Let somebody take a pack along, their own or a colleague's."""
    laptop = world.depot.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    sticks = all_packs(world)
    if account is None or not sticks:
        return
    stick = perhaps_damaged(world, world.depot.chance.one_of(sticks))
    words = f"carries {stick.path.name}"
    try:
        work = lambda: laptop.app.do(packs.carry, stick.path, quiet)  # noqa: E731 - short
        is_kept = _does(world, account, words, work) is not None
    except (FileUnreadable, NotThisKey) as no:
        world.tell(f"{account.username} {words}: {type(no).__name__}")
        return
    if is_kept:
        operations = frozenset[OperationId]() if stick.is_damaged else stick.operations
        account.case.carried[promises.hash_of(stick.path)] = operations


def takes_in(world: World) -> None:
    """Let somebody take their own pack in on its own laptop, wiped meanwhile or not."""
    laptop = world.depot.chance.one_of(world.laptops)
    account = world.account_of(laptop)
    mine = [
        s
        for s in world.depot.sticks
        if account is not None and s.maker == account.username and s.passphrase
    ]
    if account is None or not mine:
        return
    stick = world.depot.chance.one_of(mine)
    work = lambda: laptop.app.do(packs.take_in, stick.path, stick.passphrase, quiet)  # noqa: E731 - short
    if _does(world, account, f"takes in {stick.path.name}", work) is None:
        return
    with laptop.disk.looked_at():
        known = laptop.app.see(_known)
    lost = stick.operations - known
    demand(not lost, f"{account.username}: {lost} were taken in and are not there")


def is_blocked(world: World) -> None:
    """Let IT block somebody's laptop, as when it was lost."""
    account = world.account_of(world.depot.chance.one_of(world.laptops))
    if account is None:
        return

    def block(hub: Hub) -> None:
        for device in hub.accounts.devices():
            if device.username == account.username and not device.is_revoked:
                hub.accounts.revoke(device.id)

    world.tell(f"IT blocks the laptop of {account.username}")
    account.case.is_blocked = True
    promises.look_at_blocked(account)
    world.at_hub(block)


PACK_STEPS: Final[Mapping[Callable[[World], None], float]] = {
    rests: 5,
    saves: 5,
    hub_imports: 5,
    colleague_carries: 4,
    takes_in: 3,
    is_blocked: 2,
}
"""What happens besides in histories with packs, and how often beside the others."""


# what people do


def _opened(world: World, account: Account, sealed: SealedPack, stick: Stick) -> Pack:
    """Open a pack that was just saved, with whatever is to open it."""
    if stick.passphrase and world.depot.chance.happens(0.5):
        return sealed.with_passphrase(stick.passphrase)
    key: str = account.laptop.app.see(lambda desk: desk.rescue_key())
    return sealed.with_device_key(key)


def _does(world: World, account: Account, what: str, work: Callable[[], Any]) -> Any:
    """Let somebody do something; None when it was refused, or the power failed over it."""
    try:
        done = work()
    except PowerCut:
        world.breaks_off(account.laptop, f"while {account.username} {what}")
        return None
    except (Refused, DiskFull, PackNotWritten) as no:
        is_clear = isinstance(no, Refused) or account.laptop.disk.is_full
        if not is_clear:
            raise
        world.tell(f"{account.username} {what}: {type(no).__name__}")
        return None
    world.tell(f"{account.username} {what}")
    return done


def _jobs(desk: Desk) -> list[TicketId]:
    """Return the jobs on this laptop."""
    return [TicketId(row[0]) for row in desk.db.rows("SELECT id FROM tickets ORDER BY id")]


def _known(desk: Desk) -> set[OperationId]:
    """Return what is in the outbox, or was delivered from here."""
    rows = desk.db.rows("SELECT id FROM outbox UNION SELECT operation_id FROM receipts")
    return {OperationId(row[0]) for row in rows}


def lets_go(account: Account) -> None:
    """Let somebody send everything, whatever they let rest before."""
    if account.case.rests == frozenset():
        return
    account.laptop.app.do(outbox.send_all)
    account.case.rests = frozenset()
