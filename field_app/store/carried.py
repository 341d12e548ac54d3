"""Colleagues' rescue packs that this laptop carries to the hub, and what became of each."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from field_app.domain.clock import from_stamp, to_stamp
from field_app.protocol.codec import dump
from field_app.protocol.pack import PackReceipt, load_pack_receipt
from field_app.store import sync_state
from field_app.store.database import Database

_KEY: Final = "carried/"
_NAME: Final = "carried-name/"
_LATER: Final = "later "


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One pack on its way; its file is named by its hash."""

    sha256: str
    name: str
    """Of the file that was given to this laptop; empty when damage lost that."""
    receipt: PackReceipt | None = None
    """The hub's word that it took the pack; None before that."""
    failure: str = ""
    """Why the hub does not take it, English name of the failure; empty when it may."""
    at: datetime | None = None
    """When the hub took or refused it."""
    attempts: int = 0
    """How often the hub was in trouble with it in a row."""
    not_before: datetime | None = None
    """When to try again after that, by this laptop's clock; None for at once."""

    @property
    def waits(self) -> bool:
        """Whether it is still to be handed in."""
        return self.receipt is None and not self.failure


def note_kept(db: Database, sha256: str, name: str) -> None:
    """Remember a pack that was kept; one that the hub refused before may go again."""
    with db.atomic():
        sync_state.put(db, f"{_NAME}{sha256}", name)
        sync_state.forget(db, f"{_KEY}{sha256}")


def note_taken(db: Database, receipt: PackReceipt, at: datetime) -> None:
    """Remember that the hub took a pack."""
    _put(db, receipt.sha256, f"taken {to_stamp(at)} {dump(receipt).decode()}")


def note_refused(db: Database, sha256: str, failure: str, at: datetime) -> None:
    """Remember that the hub does not take a pack."""
    _put(db, sha256, f"refused {to_stamp(at)} {failure}")


def postpone(db: Database, sha256: str, attempts: int, not_before: datetime) -> None:
    """Let a pack wait for another try."""
    _put(db, sha256, f"{_LATER}{to_stamp(not_before)} {attempts}")


def retry_now(db: Database) -> None:
    """Let every pack be tried at once that waits for another try."""
    with db.atomic():
        db.run(
            "DELETE FROM sync_state WHERE substr(key, 1, ?) = ? AND substr(value, 1, ?) = ?",
            (len(_KEY), _KEY, len(_LATER), _LATER),
        )


def packs(db: Database, kept: Collection[str]) -> tuple[Carried, ...]:
    """Return all packs that are or were carried.

    Args:
        db: The database.
        kept: The sha256 of each copy in the folder: what nothing is known of waits.
    """
    names = _all(db, _NAME)
    known = _all(db, _KEY)
    return tuple(
        _carried(Carried(sha256=sha256, name=names.get(sha256, "")), known.get(sha256))
        for sha256 in sorted({*names, *known, *kept})
        if sha256 in known or sha256 in kept
    )


def _carried(pack: Carried, fact: str | None) -> Carried:
    """Return a pack with what is known of it."""
    if fact is None:
        return pack
    word, stamp, rest = fact.split(" ", 2)
    if word == "taken":
        return replace(pack, receipt=load_pack_receipt(rest.encode()), at=from_stamp(stamp))
    if word == _LATER.strip():
        return replace(pack, attempts=int(rest), not_before=from_stamp(stamp))
    return replace(pack, failure=rest, at=from_stamp(stamp))


def _put(db: Database, sha256: str, fact: str) -> None:
    """Write down what became of a pack."""
    with db.atomic():
        sync_state.put(db, f"{_KEY}{sha256}", fact)


def _all(db: Database, prefix: str) -> dict[str, str]:
    """Return all facts that begin like this, by the rest of their names."""
    rows = db.rows(
        "SELECT key, value FROM sync_state WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
    )
    return {str(key)[len(prefix) :]: str(value) for key, value in rows}
