"""Which area maps a person wants on this laptop, and what came of the last try."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from field_app.domain.clock import from_stamp, to_stamp
from field_app.store import sync_state
from field_app.store.database import Database

_KEY: Final = "map-wish/"
_WANTED: Final = "wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWish:
    """One map that is to come."""

    sha256: str
    failure: str = ""
    """Why it did not come at the last try, English name of the failure; empty when none failed."""
    attempts: int = 0
    """Tries that failed in a row."""
    not_before: datetime | None = None
    """When to try again, by this laptop's clock; None for at once."""


def put(db: Database, sha256: str) -> None:
    """Want a map; one that failed before is tried at once. Inside a transaction."""
    sync_state.put(db, f"{_KEY}{sha256}", _WANTED)


def take_back(db: Database, sha256: str) -> None:
    """Want a map no more, or have it; call inside a transaction."""
    sync_state.forget(db, f"{_KEY}{sha256}")


def postpone(db: Database, wish: MapWish) -> None:
    """Let a map wait for another try, unless nobody wants it any more."""
    stamp = "" if wish.not_before is None else to_stamp(wish.not_before)
    with db.atomic():
        if sync_state.get(db, f"{_KEY}{wish.sha256}") is not None:
            fact = f"later {stamp} {wish.attempts} {wish.failure}"
            sync_state.put(db, f"{_KEY}{wish.sha256}", fact)


def wishes(db: Database) -> dict[str, MapWish]:
    """Return what is wanted, by its sha256; may be empty."""
    rows = db.rows(
        "SELECT key, value FROM sync_state WHERE substr(key, 1, ?) = ?", (len(_KEY), _KEY)
    )
    return {(sha256 := str(key)[len(_KEY) :]): _wish(sha256, str(value)) for key, value in rows}


def _wish(sha256: str, fact: str) -> MapWish:
    """Return the wish in a fact."""
    if fact == _WANTED:
        return MapWish(sha256=sha256)
    _, stamp, attempts, failure = fact.split(" ", 3)
    return MapWish(
        sha256=sha256,
        failure=failure,
        attempts=int(attempts),
        not_before=from_stamp(stamp) if stamp else None,
    )
