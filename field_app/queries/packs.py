"""What a rescue pack would hold, and what a pack's file holds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from field_app.packs.carrying import copies_in, place_of
from field_app.packs.reading import open_pack
from field_app.protocol.pack import PACK_SUFFIX
from field_app.queries.desk import Desk
from field_app.store import carried as carried_packs
from field_app.store import unsent
from field_app.store.carried import Carried
from field_app.store.unsent import Amount

__all__ = [
    "PACK_SUFFIX",
    "Amount",
    "Carried",
    "PackContent",
    "amount",
    "carried",
    "carried_bytes",
    "look_into",
    "only_here",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """What is in a pack, said to whoever has the passphrase."""

    path: Path
    maker_name: str
    is_mine: bool
    """Whether the person who is signed in made it."""
    made_at: datetime
    operations: int
    photos: int
    photo_bytes: int


def amount(desk: Desk) -> Amount:
    """Return how much the hub does not hold.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return unsent.amount(desk.db)


def carried(desk: Desk) -> tuple[Carried, ...]:
    """Return colleagues' packs that this laptop carries or carried to the hub; may be empty.

    Raises:
        StoreFailed: The database cannot be read.
    """
    kept = {path.stem for path in copies_in(desk.carried_folder)}
    return carried_packs.packs(desk.db, kept)


def only_here(desk: Desk) -> dict[Carried, int]:
    """Return the colleagues' packs that the hub did not take, each with the size of its copy.

    Raises:
        StoreFailed: The database cannot be read.
    """
    if not copies_in(desk.carried_folder):  # as on nearly every laptop; asked after every change
        return {}
    sizes = {pack: carried_bytes(desk, pack) for pack in carried(desk) if pack.receipt is None}
    return {pack: size for pack, size in sizes.items() if size is not None}


def carried_bytes(desk: Desk, pack: Carried) -> int | None:
    """Return the size of the copy of a carried pack; None when it is not here."""
    path = place_of(desk.carried_folder, pack.sha256)
    return path.stat().st_size if path.is_file() else None


def look_into(desk: Desk, path: Path, passphrase: str) -> PackContent:
    """Return what is in a pack; takes about half a second.

    Raises:
        WrongPassphrase: It is another one.
        FileUnreadable: It is no pack, or a damaged one; see `packs.reading.open_pack`.
    """
    with open_pack(path) as sealed:
        told = sealed.with_passphrase(passphrase).manifest
    return PackContent(
        path=path,
        maker_name=told.maker.name,
        is_mine=told.maker.id == desk.person.id,
        made_at=told.made_at,
        operations=len(told.operations),
        photos=len(told.photos),
        photo_bytes=told.photo_bytes,
    )
