"""Promises of packs and pauses: a pack has all that is unsent, and what rests is not sent."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from field_app.domain.ids import OperationId, PhotoId
from field_app.domain.pack_errors import NotThisKey, PackDamaged
from field_app.farewell import PACKS
from field_app.hub import tables
from field_app.packs.carrying import place_of
from field_app.packs.reading import Pack, open_pack
from field_app.protocol.pack import PACK_SUFFIX, PackedPhoto
from field_app.queries.desk import Desk
from field_app.queries.packs import carried
from tests.storm.lost import demand
from tests.storm.network import Question, heard
from tests.storm.people import Account

if TYPE_CHECKING:
    from tests.storm.machines import Laptop
    from tests.storm.world import World

SCREEN: Final = "size c2NyZWVu"
"""How the creation of a screen copy's upload says what it is, in base64."""


def held(world: "World") -> set[OperationId]:
    """Return all operations that the hub holds."""
    with world.hub.disk.looked_at(), world.hub.hub.database.read() as connection:
        return set(connection.execute(select(tables.operation.c.id)).scalars())


def _arrived(world: "World") -> set[str]:
    """Return all photos of which the hub says that they are there."""
    found = select(tables.photo.c.id).where(tables.photo.c.arrived_at.is_not(None))
    with world.hub.disk.looked_at(), world.hub.hub.database.read() as connection:
        return set(connection.execute(found).scalars())


# what rests


def rests_on(desk: Desk) -> frozenset[str]:
    """Return what a person lets rest; that they are at the depot ends by itself."""
    rows = desk.db.rows("SELECT what FROM pauses WHERE what <> 'depot'")
    return frozenset(row[0] for row in rows)


@contextmanager
def round_watched(world: "World", laptop: "Laptop") -> Iterator[None]:
    """Check that a round sends nothing that rests, and what a blocked laptop leaves behind."""
    account = world.account_of(laptop)
    if account is None:
        yield
        return
    look_at_blocked(account)
    with laptop.disk.looked_at():
        resting = laptop.app.see(rests_on)
    with heard() as asked:
        yield
    for question in asked:
        demand(_may_go(question, resting), f"{question.url} was sent though it rests: {resting}")


def _may_go(question: Question, resting: frozenset[str]) -> bool:
    """Return whether somebody who lets this rest would be surprised by a question."""
    is_new = question.method in {"POST", "PATCH"}
    place = question.url.rpartition("/v1/")[2].partition("/")[0].partition("?")[0]
    if "everything" in resting:
        return not is_new or place in {"roll-call", "devices"}
    if is_copy(question):
        return True
    if "photos" in resting and not any(what.startswith("anyway:") for what in resting):
        return not is_new or place in {"roll-call", "devices", "operations"}
    return True


def is_copy(question: Question) -> bool:
    """Return whether a question is about a photo's screen copy, which needs no depot."""
    told = question.headers.get("Upload-Metadata", "")
    return SCREEN in told or question.url.endswith("-screen")


# packs


def check_saved(world: "World", account: Account, pack: Pack) -> frozenset[OperationId]:
    """Check that a pack has all that is unsent, and return what is in it."""
    inside = operations_of(pack)
    app, case = account.laptop.app, account.case
    with account.laptop.disk.looked_at():
        unsent, settled, case.decided = app.see(_unsent), app.see(_settled), app.see(_decided)
    lost = unsent - inside
    demand(not lost, f"{account.username}: {lost} wait and are not in the pack")
    known = inside | settled | held(world) | case.former | account.unprotected
    lost = account.deeds.keys() - known
    demand(not lost, f"{account.username}: {lost} are neither in the pack nor at the hub")
    photos = {photo.id: (pack, photo) for photo in pack.manifest.photos}
    _check_photos(world, account, photos, settled - unsent)
    return inside


def _check_photos(
    world: "World",
    account: Account,
    packed: Mapping[PhotoId, tuple[Pack, PackedPhoto]],
    settled: set[OperationId],
) -> None:
    """Check that packs have every photo whose bytes are not at the hub, as it was taken."""
    arrived = _arrived(world)
    case = account.case
    skipped = case.former | case.told | case.decided | account.unprotected
    for operation_id, deed in account.deeds.items():
        if deed.photo_id is None or operation_id in skipped:
            continue
        if deed.photo_id not in packed:
            is_lost_later = world.depot.was_restored and deed.operation_id in settled
            is_safe = deed.photo_id in arrived or is_lost_later
            demand(is_safe, f"{account.username}: {deed.photo_id} is in no pack")
            continue
        pack, photo = packed[deed.photo_id]
        data = b"".join(pack.bytes_of(photo))
        is_it = hashlib.sha256(data).hexdigest() == deed.sha256
        demand(is_it, f"{account.username}: {deed.photo_id} is another picture in the pack")


def operations_of(pack: Pack) -> frozenset[OperationId]:
    """Return what is in a pack."""
    return frozenset(OperationId(str(o.wire["id"])) for o in pack.manifest.operations)


def _unsent(desk: Desk) -> set[OperationId]:
    """Return what waits, or waits for its person."""
    rows = desk.db.rows("SELECT id FROM outbox WHERE state IN ('waiting', 'parked')")
    return {OperationId(row[0]) for row in rows}


def _settled(desk: Desk) -> set[OperationId]:
    """Return what is delivered as far as this laptop knows, or was decided about."""
    return {
        OperationId(row[0])
        for row in desk.db.rows(
            "SELECT id FROM delivered UNION SELECT id FROM outbox WHERE state = 'acknowledged'"
        )
    }


def _decided(desk: Desk) -> set[OperationId]:
    """Return about what a person decided."""
    rows = desk.db.rows("SELECT id FROM outbox WHERE state = 'acknowledged'")
    return {OperationId(row[0]) for row in rows}


# blocked laptops


def look_at_blocked(account: Account) -> None:
    """Remember what a blocked laptop has before it is wiped."""
    if not account.case.is_blocked:
        return
    case, app = account.case, account.laptop.app
    with account.laptop.disk.looked_at():
        case.decided = app.see(_decided)
        case.key = app.see(lambda desk: desk.rescue_key())
        case.carried = {i: what for i, what in case.carried.items() if app.see(_has_copy, i)}


def check_wiped(world: "World") -> None:
    """Check what every laptop left behind that was wiped since this was called last."""
    for account in world.accounts:
        if account.case.is_blocked and not _is_here(account):
            _check_left(world, account)


def _is_here(account: Account) -> bool:
    """Return whether the laptop still has somebody's work."""
    return any(account.laptop.disk.folder.glob(f"people/{account.username}@*/field.db"))


def _check_left(world: "World", account: Account) -> None:
    """Check that whatever was only on a laptop lies sealed beside what was wiped."""
    case = account.case
    case.is_blocked, case.rests = False, frozenset()
    world.depot.wipes.append(int(world.clock.now().timestamp() * 1000))
    world.tell(f"{account.laptop.name} is wiped of {account.username}")
    case.told |= case.decided
    at_hub = held(world)
    packed = _check_sealed(world, account)
    lost = account.deeds.keys() - packed - at_hub - case.elsewhere - account.unprotected
    demand(not lost, f"{account.username}: {lost} were wiped and are in no pack")
    case.former |= account.deeds.keys()
    account.unprotected |= (account.deeds.keys() & at_hub) - packed
    for sha256, operations in case.carried.items():
        if not operations:
            continue  # a damaged one, of which nothing is promised
        case.sealed[f"{sha256}{PACK_SUFFIX}"] = operations
    case.carried.clear()


def _check_sealed(world: "World", account: Account) -> set[OperationId]:
    """Check the pack that a blocked laptop left, and return what is in it."""
    case = account.case
    photos: dict[PhotoId, tuple[Pack, PackedPhoto]] = {}
    packed: set[OperationId] = set()
    with ExitStack() as stack:
        for path in sealed_at(account.laptop):
            sealed = stack.enter_context(open_pack(path))
            with suppress(NotThisKey):  # a colleague's, or of an earlier sign-in
                try:
                    pack = sealed.with_device_key(case.key)
                except PackDamaged:
                    demand(_is_carried(path), f"the sealed pack {path.name} is damaged")
                    continue  # it came so, and was laid aside as it is
                case.sealed[path.name] = operations_of(pack)
                packed |= case.sealed[path.name]
                photos |= {photo.id: (pack, photo) for photo in pack.manifest.photos}
        _check_photos(world, account, photos, account.deeds.keys() - packed)
    return packed


def _is_carried(path: Path) -> bool:
    """Return whether a pack lies here as it was carried: under its hash."""
    return hash_of(path) == path.stem


def sealed_at(laptop: "Laptop") -> list[Path]:
    """Return the packs that a laptop sealed for IT."""
    return sorted((laptop.disk.folder / PACKS).glob(f"*{PACK_SUFFIX}"))


# while the storm blows


def check_cases(world: "World") -> None:
    """Check that what was said about packs and pauses is still so."""
    at_hub = held(world)
    lost = world.depot.imported - at_hub
    demand(not lost, f"the hub lost {lost}, which it took out of a pack")
    for account in world.accounts:
        folder = account.laptop.disk.folder
        for name in account.case.sealed:
            demand((folder / PACKS / name).is_file(), f"the sealed pack {name} is gone")
        for name, sha256 in account.case.saved.items():
            is_whole = hash_of(folder / "documents" / name) == sha256
            demand(is_whole, f"{account.username}: {name} was saved and is not there")
        if world.account_of(account.laptop) is account:
            _check_signed_in(world, account, at_hub)


def _check_signed_in(world: "World", account: Account, at_hub: set[OperationId]) -> None:
    """Check what somebody's laptop lets rest, and what it carries."""
    case, app = account.case, account.laptop.app
    with account.laptop.disk.looked_at():
        rests, packs = app.see(rests_on), {pack.sha256: pack for pack in app.see(carried)}
        copies = {i for i in case.carried if app.see(_has_copy, i)}
    if case.rests is None:
        case.rests = rests
    demand(rests == case.rests, f"{account.username} lets {case.rests} rest, and it is {rests}")
    for sha256, operations in case.carried.items():
        if sha256 in copies:
            continue
        receipt = packs[sha256].receipt if sha256 in packs else None
        demand(receipt is not None, f"{account.username} carries {sha256} no more")
        assert receipt is not None
        absent = operations - at_hub
        is_so = len(absent) <= receipt.refused or world.depot.was_restored
        demand(is_so, f"{account.username} let a pack go, and {absent} are not at the hub")


def _has_copy(desk: Desk, sha256: str) -> bool:
    """Return whether a carried pack is on the laptop."""
    return place_of(desk.carried_folder, sha256).is_file()


def hash_of(path: Path) -> str:
    """Return the sha256 of a file; empty when it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
