"""The tables of fingerprints, new photos and screen copies: steps of `store/migrations`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite_utils


def make_fingerprints(tables: "sqlite_utils.Database") -> None:
    """Keep what pictures show, so that the same one is known again."""
    tables.execute(
        "CREATE TABLE IF NOT EXISTS fingerprints (number INTEGER PRIMARY KEY,"
        " photo_id TEXT NOT NULL UNIQUE, ticket_id TEXT NOT NULL, print BLOB NOT NULL) STRICT"
    )
    tables.execute("CREATE INDEX IF NOT EXISTS fingerprints_ticket ON fingerprints (ticket_id)")
    tables.execute(
        "CREATE TABLE IF NOT EXISTS postings (key INTEGER PRIMARY KEY, numbers BLOB NOT NULL)"
        " STRICT"
    )
    tables.execute(
        "CREATE TABLE IF NOT EXISTS likes (photo_id TEXT NOT NULL, ticket_id TEXT NOT NULL,"
        " other_id TEXT NOT NULL, other_ticket_id TEXT NOT NULL, is_unchanged INTEGER NOT NULL,"
        " PRIMARY KEY (photo_id, other_id)) STRICT"
    )
    tables.execute("CREATE INDEX IF NOT EXISTS likes_ticket ON likes (ticket_id)")


def make_shots(tables: "sqlite_utils.Database") -> None:
    """Remember what is known of pictures on phones and cards, so that none is read twice."""
    tables.execute(
        "CREATE TABLE IF NOT EXISTS shots (key TEXT PRIMARY KEY, sha256 TEXT NOT NULL DEFAULT '',"
        " hidden_at TEXT) STRICT"
    )


def make_screen_copies(tables: "sqlite_utils.Database") -> None:
    """Know of each photo's screen copy how far it is, where copies go before originals."""
    known = tables.table("uploads").columns_dict
    for column in (
        "copy_sha256 TEXT",
        "copy_bytes INTEGER NOT NULL DEFAULT 0",
        "copy_sent_bytes INTEGER NOT NULL DEFAULT 0",
        "copy_url TEXT NOT NULL DEFAULT ''",
        "copy_is_begun INTEGER NOT NULL DEFAULT 0",
        "copy_at TEXT",
    ):
        if column.partition(" ")[0] not in known:
            tables.execute(f"ALTER TABLE uploads ADD COLUMN {column}")


PICTURE_STEPS: Final[Sequence[Callable[["sqlite_utils.Database"], None]]] = (
    make_fingerprints,
    make_shots,
    make_screen_copies,
)
"""In their order, which never changes after a release; later steps stand in `migrations` again."""
