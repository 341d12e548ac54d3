"""Steps: what may happen next in a history, and how often each of it does."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from field_app.domain.errors import DiskFull, SignedOut
from field_app.domain.ids import CrewId, TicketId
from field_app.domain.ticket import Ticket, TicketState
from field_app.hub import tables
from field_app.hub.building import Hub
from field_app.hub.service.tickets import add_ticket, find_ticket, put_ticket
from field_app.store.migrations import MIGRATIONS, _delivered
from tests.helpers.fakes import PowerCut
from tests.storm.older import OLDEST
from tests.storm.template import a_job
from tests.storm.world import LONG_ENOUGH_S, World

KEEPS_DELIVERED: Final = MIGRATIONS.index(_delivered) + 1
"""The first version whose database keeps delivered work in case the hub loses it."""


def acts(world: World) -> None:
    """Let somebody do something."""
    world.acts(world.chance.one_of(world.laptops))


def acts_and_fails(world: World) -> None:
    """Let the power fail in the middle of something, or soon after it."""
    laptop = world.chance.one_of(world.laptops)
    laptop.disk.will_fail(world.chance.between(1, 30), is_after=world.chance.happens(0.5))
    world.acts(laptop)


def syncs(world: World) -> None:
    """Let somebody's laptop speak with the hub."""
    world.clock.passes(world.chance.one_of((2.0, 9.0, 45.0, LONG_ENOUGH_S)))
    laptop = world.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    if account is None:
        return
    error = world.syncs(laptop)
    if isinstance(error, SignedOut) and world.chance.happens(0.6):
        world.signs_in(account)
    elif error is not None and world.chance.happens(0.15):
        world.acts(laptop, "undoes")


def syncs_and_fails(world: World) -> None:
    """Let the power fail in the middle of a round, or soon after it."""
    world.clock.passes(LONG_ENOUGH_S)
    laptop = world.chance.one_of(world.laptops)
    laptop.disk.will_fail(world.chance.between(1, 150), is_after=world.chance.happens(0.5))
    world.syncs(laptop)


def hub_will_fail(world: World) -> None:
    """Let the power fail at the hub, soon."""
    steps = world.chance.between(1, 120)
    world.tell(f"the hub will fail in {steps} steps")
    world.hub.disk.will_fail(steps, is_after=world.chance.happens(0.5))


def line(world: World) -> None:
    """Let somebody come out of a tunnel, or drive into it."""
    laptop = world.chance.one_of(world.laptops)
    laptop.is_online = not laptop.is_online
    world.tell(f"{laptop.name} is {'online' if laptop.is_online else 'offline'}")


def laptop_dies(world: World) -> None:
    """Let a battery come to its end, or a program be killed."""
    world.breaks_off(world.chance.one_of(world.laptops), "while nobody looks")


def hub_stops(world: World) -> None:
    """Restart the hub, in peace or not."""
    how = world.chance.one_of(("restarts", "is killed", "loses power"))
    world.tell(f"the hub {how}")
    if how == "restarts":
        world.hub.restarts()
    else:
        world.hub.dies(loses_power=how == "loses power")


def tokens_expire(world: World) -> None:
    """Make every laptop sign in again."""
    world.tell("the hub forgets all tokens")

    def forget(hub: Hub) -> None:
        with hub.database.write() as connection:
            connection.execute(tables.device.update().values(token_sha256=tables.device.c.id))

    world.at_hub(forget)


def disk_fills(world: World) -> None:
    """Fill a disk, or make room again."""
    machine = world.chance.one_of((world.hub, *world.laptops))
    machine.disk.is_full = not machine.disk.is_full
    world.tell(f"the disk of {machine.name} {'is full' if machine.disk.is_full else 'has room'}")


def clock_jumps(world: World) -> None:
    """Set a laptop's clock wrong by a day, or right."""
    laptop = world.chance.one_of(world.laptops)
    laptop.clock.wrong_by = timedelta(hours=world.chance.one_of((-24, 0, 24)))
    world.tell(f"the clock of {laptop.name} is wrong by {laptop.clock.wrong_by}")


def another_person(world: World) -> None:
    """Let a colleague have the laptop, unsent work or not."""
    laptop = world.chance.one_of(world.laptops)
    account = world.chance.one_of([a for a in world.accounts if a.laptop is laptop])
    if world.chance.happens(0.5):
        try:
            laptop.app.sign_out()
            world.tell(f"somebody signs out on {laptop.name}")
        except PowerCut:
            world.breaks_off(laptop, "signing out")
        except DiskFull:
            world.tell(f"nobody can sign out on {laptop.name}: disk full")
    world.signs_in(account)


def citizen_reports(world: World) -> None:
    """Let a new job come in."""
    crew = world.chance.one_of(("roads", "lights"))
    if _comes_in(world, len(world.crews) + 1, crew):
        world.crews.append(crew)
        world.tell(f"a citizen reports job {len(world.crews)}")


def _comes_in(world: World, number: int, crew: str) -> bool:
    """Take a job over from the platform; return whether the hub has it."""
    job = a_job(number, crew, world.clock.now())

    def add(hub: Hub) -> None:
        with hub.database.write() as connection:
            add_ticket(connection, job)

    world.at_hub(add)
    return world.hub_job(job.id) is not None


def platform_closes(world: World) -> None:
    """Let the platform say that a job is done."""
    _changes(world, "is closed", lambda job: replace(job, state=TicketState.FINISHED))


def goes_elsewhere(world: World) -> None:
    """Give a job to a crew, behind everybody's back."""
    crew = CrewId(world.chance.one_of(("roads", "lights")))

    def move(job: Ticket) -> Ticket:
        former = [c for c in (*job.former_crew_ids, job.crew_id) if c is not None and c != crew]
        return replace(job, crew_id=crew, former_crew_ids=tuple(dict.fromkeys(former)))

    _changes(world, f"goes to {crew}", move)


def is_withdrawn(world: World) -> None:
    """Take a job away from everybody."""

    def withdraw(job: Ticket) -> Ticket:
        former = [c for c in (*job.former_crew_ids, job.crew_id) if c is not None]
        return replace(
            job,
            crew_id=None,
            former_crew_ids=tuple(dict.fromkeys(former)),
            state=TicketState.IRRELEVANT,
        )

    _changes(world, "is withdrawn", withdraw)


def _changes(world: World, words: str, change: Callable[[Ticket], Ticket]) -> None:
    """Change any job at the hub, not by an operation."""
    job_id = TicketId(f"2026-T{world.chance.between(1, len(world.crews)):05d}")
    before = world.hub_job(job_id)

    def write(hub: Hub) -> None:
        with hub.database.write() as connection:
            job = find_ticket(connection, job_id)
            if job is not None:
                put_ticket(connection, change(job), former_crew=job.crew_id)

    world.at_hub(write)
    job = world.hub_job(job_id)
    if job is not None and before is not None and job.revision != before.revision:
        world.outside.append((job.revision, job.id, job.state))
        world.tell(f"{job.id} {words}")


def night_comes(world: World) -> None:
    """Keep a backup of the hub."""
    world.tell("the hub is backed up")
    world.hub.keeps_backup()


def hub_is_restored(world: World) -> None:
    """Put the last backup in the place of the hub; the platform's jobs are imported again."""
    if not world.hub.has_backup:
        return
    world.tell("the hub is restored from its backup")
    world.hub.is_restored()
    world.depot.was_restored = True
    world.depot.imported.clear()
    newest = world.hub_revision()
    world.outside = [change for change in world.outside if change[0] <= newest]
    for number, crew in enumerate(world.crews, start=1):
        if world.hub_job(a_job(number, crew, world.clock.now()).id) is None:
            _comes_in(world, number, crew)


def app_is_updated(world: World) -> None:
    """Let a laptop get a new program while work waits."""
    laptop = world.chance.one_of(world.laptops)
    newer = int(world.chance.part() * len(MIGRATIONS))  # as much chance however many there are
    version = max(world.depot.oldest, OLDEST + newer)
    world.tell(f"{laptop.name} is updated from version {version}")
    if version < KEEPS_DELIVERED:
        for account in world.accounts:
            if account.laptop is laptop:
                account.unprotected.update(account.deeds)
    try:
        laptop.is_updated(version)
    except PowerCut:
        world.breaks_off(laptop, "while it is updated")
    except DiskFull:
        laptop.disk.is_well()
        laptop.dies(loses_power=False)


STEPS: Final[Mapping[Callable[[World], None], float]] = {
    acts: 45.0,
    syncs: 26.0,
    acts_and_fails: 4.0,
    syncs_and_fails: 5.0,
    hub_will_fail: 3.0,
    line: 4.0,
    laptop_dies: 1.5,
    hub_stops: 1.0,
    tokens_expire: 0.7,
    disk_fills: 1.5,
    clock_jumps: 1.0,
    another_person: 2.0,
    citizen_reports: 2.0,
    platform_closes: 1.0,
    goes_elsewhere: 1.5,
    is_withdrawn: 0.7,
    night_comes: 1.2,
    hub_is_restored: 0.8,
    app_is_updated: 0.8,
}
"""What happens, and how often beside the others."""
