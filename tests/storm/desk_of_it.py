"""IT: packs on sticks and out of blocked laptops, imported at the hub."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

from field_app.domain.errors import FileUnreadable, NewerVersionNeeded
from field_app.domain.pack_errors import NotThisKey
from field_app.domain.verdict import Outcome
from field_app.farewell import PACKS
from field_app.hub.building import Hub
from field_app.hub.service.rescue import PackReport, PhotoFate, RescueRefused
from field_app.packs.reading import Pack, SealedPack, open_pack
from tests.storm import promises
from tests.storm.cases import Stick
from tests.storm.lost import demand
from tests.storm.world import World

REFUSALS: Final = (FileUnreadable, NewerVersionNeeded, NotThisKey, RescueRefused)


def imports(world: World, stick: Stick) -> None:
    """Let IT import a pack, and check that what it is told is so."""

    def take(hub: Hub) -> PackReport:
        with open_pack(stick.path) as sealed:
            pack = _opened_at(hub, sealed, stick.passphrase)
            return hub.rescue.take(pack, is_vouched_for=world.depot.was_restored)

    words = f"IT imports {stick.path.name}"
    try:
        report = world.at_hub(take)
    except REFUSALS as no:
        world.tell(f"{words}: {type(no).__name__}")
        is_clear = stick.is_damaged or world.depot.was_restored
        demand(is_clear, f"{stick.path.name} is whole, and the hub does not take it: {no}")
        _excuse(world, stick)
        return
    if report is None:
        world.tell(f"{words}: it broke off")
        return
    world.tell(f"{words}: {' '.join(v.outcome for v in report.verdicts)}")
    damaged = report.photo_count(PhotoFate.DAMAGED)
    demand(stick.is_damaged or not damaged, f"{stick.path.name} lost {damaged} photos")
    refused = {v.operation_id for v in report.verdicts if v.outcome is Outcome.REFUSED}
    for account in world.accounts:
        account.case.refused |= refused
    taken = {v.operation_id for v in report.verdicts} - refused
    demand(taken <= promises.held(world), f"{stick.path.name}: not all is there that was taken")
    world.depot.imported |= taken


def imports_sealed(world: World) -> None:
    """Let IT import every pack that a blocked laptop left."""
    for stick in sealed(world):
        imports(world, stick)


def _excuse(world: World, stick: Stick) -> None:
    """Take a pack as lost whose key a restored hub does not know; see ARCHITECTURE.md."""
    if not stick.is_damaged and not stick.passphrase:
        for account in world.accounts:
            account.unprotected |= stick.operations & account.deeds.keys()


def _opened_at(hub: Hub, sealed: SealedPack, passphrase: str) -> Pack:
    """Open a pack as IT does: by the hub's key, else with the passphrase."""
    try:
        return hub.rescue.opened(sealed)
    except NotThisKey:
        if not passphrase:
            raise
        return sealed.with_passphrase(passphrase)


# sticks


def all_packs(world: World) -> list[Stick]:
    """Return what lies on sticks, and copies of what blocked laptops sealed."""
    return [*world.depot.sticks, *sealed(world)]


def sealed(world: World) -> list[Stick]:
    """Return copies of the packs that laptops sealed when they were blocked."""
    found = []
    for account in world.accounts:
        for name, operations in account.case.sealed.items():
            path = account.laptop.disk.folder / PACKS / name
            demand(path.is_file(), f"the sealed pack {name} is gone")
            stick = on_stick(world, path, account.username)
            found.append(replace(stick, operations=operations))
    return found


def on_stick(world: World, path: Path, maker: str) -> Stick:
    """Copy a file to where nothing happens to it."""
    copy = world.depot.folder / path.name
    shutil.copyfile(path, copy)
    return Stick(path=copy, maker=maker)


def perhaps_damaged(world: World, stick: Stick) -> Stick:
    """Return a stick, now and then one whose file was cut off or has a wrong bit."""
    if not world.depot.chance.happens(0.15):
        return stick
    data = bytearray(stick.path.read_bytes())
    at = world.depot.chance.between(0, len(data) - 1)
    if world.depot.chance.happens(0.5):
        data[at] ^= 1 << world.depot.chance.between(0, 7)
    else:
        del data[at:]
    path = stick.path.with_name(f"damaged-{world.depot.count()}.fieldrescue")
    path.write_bytes(data)
    return replace(stick, path=path, is_damaged=True)
