"""Mutants of screen copies: a picture that counts for more than a picture."""

from typing import Any

from field_app.hub.service import screen_copies as hub_copies
from field_app.hub.service.tickets import mark_arrived
from field_app.store import screen_copies, uploads
from field_app.store.database import Database
from tests.storm.pack_mutants import Patch


def copy_counted() -> tuple[Patch, ...]:
    """Note at the hub that a photo has arrived when its screen copy has."""
    real = hub_copies.mark_here

    def mark_here(connection: Any, copy: Any, at: Any) -> None:
        real(connection, copy, at)
        mark_arrived(connection, copy, at)

    return ((hub_copies, "mark_here", mark_here),)


def copy_delivers() -> tuple[Patch, ...]:
    """Note on the laptop that a photo is delivered when its screen copy is."""

    def note_arrived(db: Database, photo_id: Any, at: Any) -> Any:
        return uploads.note_arrived(db, photo_id, at)

    return ((screen_copies, "note_arrived", note_arrived),)
