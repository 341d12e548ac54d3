"""What this laptop remembers of its conversation with the hub, and a few other single facts."""

from datetime import datetime
from typing import Final

import orjson

from field_app import __version__
from field_app.domain.clock import corrected, from_stamp, to_stamp
from field_app.domain.errors import StoreDamaged
from field_app.domain.place import Place
from field_app.protocol.codec import Malformed, dump, load_reference
from field_app.protocol.messages import Reference
from field_app.store.database import Database

CURSOR: Final = "cursor"
NEXT_SEQ: Final = "next_seq"
GENERATION: Final = "generation"
"""How often the pull started over."""
MUST_SIGN_IN: Final = "must_sign_in"
"""Present while the hub asks, or will ask at the next contact, for another sign-in."""
INDEX_BEHIND: Final = "index_behind"
"""Present while tickets wait for the search index."""
UNREADABLE_BY: Final = "unreadable_by"
"""The version of this program that left tickets out because it could not list them."""
CHANGE: Final = "change"
"""How often the hub's copies changed here; each copy has the number of its last change."""
LAST_REMOVAL: Final = "last_removal"
"""The number of the last change by which a copy left."""
KEEPS_STRAYS: Final = "keeps_strays"
"""Present when photo rows may have been lost: files without a row are kept then."""


def get(db: Database, key: str) -> str | None:
    """Return a single fact as text, or None."""
    row = db.row("SELECT value FROM sync_state WHERE key = ?", (key,))
    return None if row is None else str(row[0])


def put(db: Database, key: str, value: str) -> None:
    """Remember a single fact; call inside a transaction."""
    db.run("INSERT OR REPLACE INTO sync_state (key, value) VALUES (?, ?)", (key, value))


def forget(db: Database, key: str) -> None:
    """Forget a single fact; call inside a transaction."""
    db.run("DELETE FROM sync_state WHERE key = ?", (key,))


def number(db: Database, key: str) -> int:
    """Return a single fact as a number; 0 when it is not known."""
    return int(get(db, key) or 0)


def take_change(db: Database) -> int:
    """Return the number of the change of copies that is under way; call inside a transaction."""
    change = number(db, CHANGE) + 1
    put(db, CHANGE, str(change))
    return change


def cursor(db: Database) -> str | None:
    """Return where the pull goes on; None for a pull of everything."""
    return get(db, CURSOR)


def generation(db: Database) -> int:
    """Return how often the pull started over."""
    return number(db, GENERATION)


def note_unreadable(db: Database) -> None:
    """Remember that this version left tickets out; call inside a transaction."""
    put(db, UNREADABLE_BY, __version__)


def may_read_more(db: Database) -> bool:
    """Return whether another version left tickets out, so that this one might read them."""
    return get(db, UNREADABLE_BY) not in {None, __version__}


def last_success_at(db: Database) -> datetime | None:
    """Return when this laptop last agreed with the hub, by this laptop's clock."""
    stamp = get(db, "last_success_at")
    return None if stamp is None else from_stamp(stamp)


def honest_success_at(db: Database) -> datetime | None:
    """Return when this laptop last agreed with the hub, as people see it: set right if need be."""
    at = last_success_at(db)
    return None if at is None else corrected(at, clock_offset_ms(db))


def note_success(db: Database, at: datetime, clock_offset_ms: int) -> None:
    """Remember a round that came to its end.

    Args:
        db: The database.
        at: When, by this laptop's clock.
        clock_offset_ms: Hub time minus laptop time, milliseconds.
    """
    with db.atomic(is_durable=False):
        put(db, "last_success_at", to_stamp(at))
        put(db, "clock_offset_ms", str(clock_offset_ms))
        forget(db, MUST_SIGN_IN)


def clock_offset_ms(db: Database) -> int:
    """Return hub time minus laptop time at their last contact, milliseconds; 0 before it."""
    return number(db, "clock_offset_ms")


def must_sign_in(db: Database) -> bool:
    """Return whether nothing is sent before another sign-in, as far as is known here."""
    return get(db, MUST_SIGN_IN) is not None


def note_sign_in(db: Database, *, is_needed: bool) -> None:
    """Remember whether the hub will ask for another sign-in."""
    if is_needed is must_sign_in(db):
        return
    with db.atomic():
        if is_needed:
            put(db, MUST_SIGN_IN, "yes")
        else:
            forget(db, MUST_SIGN_IN)


def take_seq(db: Database) -> int:
    """Return the next number of this device's operations; call inside the transaction using it."""
    seq = int(get(db, NEXT_SEQ) or 1)
    put(db, NEXT_SEQ, str(seq + 1))
    return seq


def position(db: Database) -> Place | None:
    """Return the kept position of this laptop, or None."""
    text = get(db, "position")
    return None if text is None else Place(**orjson.loads(text))


def keep_position(db: Database, place: Place) -> None:
    """Keep the position of this laptop."""
    with db.atomic(is_durable=False):
        put(db, "position", dump(place).decode())


def reference(db: Database) -> Reference:
    """Return what the hub told of the agency; empty before the first sync.

    Raises:
        StoreDamaged: It is stored and cannot be read.
    """
    text = get(db, "reference")
    if text is None:
        return Reference()
    try:
        return load_reference(text)
    except Malformed as error:
        raise StoreDamaged(f"the stored reference cannot be read: {error}") from error


def keep_reference(db: Database, reference: Reference) -> None:
    """Remember what the hub told of the agency; call inside a transaction."""
    put(db, "reference", dump(reference).decode())
