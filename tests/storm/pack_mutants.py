"""Mutants of packs and pauses: what is done wrong, and the patches that do it."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete

from field_app import farewell
from field_app.hub import tables
from field_app.hub.service import ledger
from field_app.hub.service.rescue import Rescue
from field_app.hub_client import pack as pack_client
from field_app.packs import carrying, writing
from field_app.store import delivered, pauses, turns, unsent, uploads
from field_app.store.database import Database

Patch = tuple[Any, str, Any]
"""Where, what, and the broken stand-in."""


def nothing(*_args: Any, **_options: Any) -> None:
    """Do nothing."""


def no_idempotency() -> tuple[Patch, ...]:
    """Apply again what is known."""
    real = ledger._keep

    def keep(connection: Any, operation: Any, *rest: Any) -> None:
        connection.execute(delete(tables.operation).where(tables.operation.c.id == operation.id))
        real(connection, operation, *rest)

    return (ledger, "_known", nothing), (ledger, "_keep", keep)


def pack_twice() -> tuple[Patch, ...]:
    """Apply again what is known, out of packs alone."""
    real = Rescue.take

    def take(self: Rescue, *args: Any, **options: Any) -> Any:
        first, second = no_idempotency()
        with patch.object(*first), patch.object(*second):
            return real(self, *args, **options)

    return ((Rescue, "take", take),)


def packed_without_photos() -> tuple[Patch, ...]:
    """Leave the photos out of packs."""
    return ((unsent, "photos", lambda _db, _now: ()),)


def packed_too_little() -> tuple[Patch, ...]:
    """Leave the newest work out of packs."""
    real = unsent.operations
    return ((unsent, "operations", lambda db: real(db)[:-1]),)


def wiped_unsealed() -> tuple[Patch, ...]:
    """Delete a blocked person's work without a pack."""

    def seal(self: Any, desk: Any, account: Any) -> frozenset[str]:
        known = self._records.of(account.name) or self._begun(account)
        self._records.write(known)
        return unsent.ids(desk.db)

    return ((farewell.Farewells, "_seal", seal),)


def packs_unsynced() -> tuple[Patch, ...]:
    """Say that a pack is saved before it is on the disk."""
    return (writing, "sync_folder", nothing), (carrying, "sync_folder", nothing)


def carried_once() -> tuple[Patch, ...]:
    """Let a colleague's pack go when it was sent, whatever comes back."""
    real = pack_client.hand_in

    def hand_in(session: Any, path: Path, *rest: Any) -> Any:
        try:
            return real(session, path, *rest)
        finally:
            path.unlink()

    return ((pack_client, "hand_in", hand_in),)


def photos_dropped_at_rest() -> tuple[Patch, ...]:
    """Forget the photos that are to rest."""
    real = pauses.let_photos_rest

    def let_photos_rest(db: Database, at: Any) -> None:
        real(db, at)
        db.run("DELETE FROM uploads WHERE state IN ('held', 'ready')")

    return ((pauses, "let_photos_rest", let_photos_rest),)


def never_resumed() -> tuple[Patch, ...]:
    """Let rest for ever what a person let rest once."""
    return ((pauses, "forget_all", nothing),)


def rest_unheeded() -> tuple[Patch, ...]:
    """Send operations that a person lets rest."""
    return ((turns, "EVERYTHING_RESTS", "0"),)


def photos_unheeded() -> tuple[Patch, ...]:
    """Send photos that a person lets rest."""
    return ((uploads, "PHOTO_RESTS", "0"),)


def undo_after_packing() -> tuple[Patch, ...]:
    """Take back what has left in a pack."""
    return ((unsent, "begin_packing", lambda _db, _at: ()),)


def outcome_untold() -> tuple[Patch, ...]:
    """Take the hub to have made of work what it said before it was restored."""
    return ((delivered, "ask_again", nothing),)
