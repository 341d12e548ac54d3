"""What is known of pictures on phones and cards: their hash once read, and what a person hid."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from field_app.domain.clock import to_stamp
from field_app.domain.ids import PhotoId, TicketId
from field_app.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What tells a new photo from others."""

    sizes: frozenset[int]
    """Of this laptop's photos, bytes: what has another size is another photo."""
    hashes: frozenset[str]
    """Of this laptop's photos."""
    by_key: Mapping[str, str]
    """The sha256 of files that were read to their end, by key."""
    hidden: frozenset[str]
    """Keys of files that a person does not want to see."""


def known(db: Database, withdrawn: Collection[PhotoId] = ()) -> Known:
    """Return what tells a new photo from others.

    Args:
        db: The database.
        withdrawn: Photos that were taken back: they count as new again.
    """
    photos = db.rows("SELECT id, sha256, size_bytes FROM photos")
    counting = [(sha256, size) for photo_id, sha256, size in photos if photo_id not in withdrawn]
    rows = db.rows("SELECT key, sha256, hidden_at IS NOT NULL FROM shots")
    return Known(
        sizes=frozenset(int(size) for _sha256, size in counting),
        hashes=frozenset(str(sha256) for sha256, _size in counting),
        by_key={str(key): str(sha256) for key, sha256, _hidden in rows if sha256},
        hidden=frozenset(str(key) for key, _sha256, is_hidden in rows if is_hidden),
    )


def jobs_with_photos(db: Database) -> frozenset[TicketId]:
    """Return the jobs to which this laptop ever added a photo."""
    rows = db.rows("SELECT DISTINCT ticket_id FROM photos")
    return frozenset(TicketId(ticket_id) for (ticket_id,) in rows)


def remember(db: Database, hashes: Mapping[str, str]) -> None:
    """Remember the sha256 of files by their keys; joins an open transaction."""
    with db.atomic():
        for key, sha256 in hashes.items():
            db.run(
                "INSERT INTO shots (key, sha256) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET sha256 = excluded.sha256",
                (key, sha256),
            )


def hide(db: Database, keys: Iterable[str], now: datetime) -> None:
    """Remember that a person does not want to see these; joins an open transaction."""
    with db.atomic():
        for key in keys:
            db.run(
                "INSERT INTO shots (key, hidden_at) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET hidden_at = excluded.hidden_at",
                (key, to_stamp(now)),
            )


def show_again(db: Database, keys: Iterable[str]) -> None:
    """Forget that these are hidden; joins an open transaction."""
    with db.atomic():
        for key in keys:
            db.run("UPDATE shots SET hidden_at = NULL WHERE key = ?", (key,))
