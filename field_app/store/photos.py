"""Photos on this laptop: originals of its own, and copies worth having."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.store import sync_state
from field_app.store.database import Database

_COLUMNS: Final = "id, ticket_id, role, sha256, size_bytes, suffix, added_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPhoto:
    """A photo whose original lies in this laptop's vault."""

    id: PhotoId
    ticket_id: TicketId
    role: PhotoRole
    sha256: str
    size_bytes: int
    suffix: str
    """`.jpg`, `.png`, `.webp` or `.heic`."""
    added_at: datetime
    """As people see it: set right if this computer's clock was far off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPhoto:
    """A photo of the hub of which a copy for looking at is worth having."""

    id: PhotoId
    ticket_id: TicketId
    sha256: str
    """May differ from 64 hex digits when the hub is wrong; the vault refuses it then."""
    has_more: bool
    """Whether the hub has more of it than the preview: the original, or a screen copy."""


def add(db: Database, photo: LocalPhoto) -> None:
    """Write a photo down; call inside the transaction that adds its operation."""
    db.run(
        f"INSERT INTO photos ({_COLUMNS})"  # noqa: S608 - names of this module
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            photo.id,
            photo.ticket_id,
            photo.role,
            photo.sha256,
            photo.size_bytes,
            photo.suffix,
            to_stamp(photo.added_at),
        ),
    )


def remove(db: Database, photo_id: PhotoId) -> None:
    """Forget a photo whose operation was undone; its file is swept at the next start."""
    db.run("DELETE FROM photos WHERE id = ?", (photo_id,))


def get(db: Database, photo_id: PhotoId) -> LocalPhoto | None:
    """Return a photo of this laptop, or None."""
    row = db.row(f"SELECT {_COLUMNS} FROM photos WHERE id = ?", (photo_id,))  # noqa: S608 - names of this module
    return None if row is None else _photo(row)


def of_ticket(db: Database, ticket_id: TicketId) -> tuple[LocalPhoto, ...]:
    """Return this laptop's own photos of a ticket, oldest first; may be empty."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM photos WHERE ticket_id = ? ORDER BY added_at, id",  # noqa: S608 - names of this module
        (ticket_id,),
    )
    return tuple(_photo(row) for row in rows)


def newest(db: Database, limit: int) -> tuple[LocalPhoto, ...]:
    """Return the photos that were added last on this laptop, newest first; may be empty."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM photos ORDER BY added_at DESC, id DESC LIMIT ?",  # noqa: S608 - names of this module
        (limit,),
    )
    return tuple(_photo(row) for row in rows)


def known_hashes(db: Database) -> frozenset[str] | None:
    """Return the sha256 of every photo of this laptop and of its tickets.

    Returns:
        What the vault must not sweep away; None after a rescue from a damaged database: then
        rows may have been lost, and no file is swept.
    """
    if sync_state.get(db, sync_state.KEEPS_STRAYS) is not None:
        return None
    known = {str(row[0]) for row in db.rows("SELECT sha256 FROM photos")}
    known |= {str(row[0]) for row in db.rows("SELECT sha256 FROM uploads")}
    for (doc,) in db.rows("SELECT doc FROM tickets WHERE photo_count > 0 OR is_indexed = 0"):
        known |= {photo["sha256"] for photo in _photos_of(doc)}
    return frozenset(known)


def average_bytes(db: Database) -> int | None:
    """Return what an original of this laptop has on average; None while it has none."""
    row = db.row("SELECT avg(size_bytes) FROM photos")
    return None if row is None or row[0] is None else round(row[0])


def wanted_copies(db: Database, limit: int) -> tuple[WantedPhoto, ...]:
    """Return photos of tickets that wait for the crew, or for review, nearest deadline first.

    Right after a ticket's own photos come the earlier ones, of other tickets on this laptop, that
    show the same: a person compares them.

    Args:
        db: The database.
        limit: Most tickets to look at.

    Returns:
        Also photos whose copies are here already: ask the vault. May be empty. Of tickets that
        wait for the search index what was true before they changed.
    """
    rows = db.rows(
        "SELECT id, doc FROM tickets WHERE photo_count > 0 AND is_gone = 0"
        " AND (is_for_crew = 1 OR state = 'in_review')"
        " ORDER BY due_at IS NULL, due_at, id LIMIT ?",
        (limit,),
    )
    shown = [(TicketId(ticket_id), _in_sight(doc)) for ticket_id, doc in rows]
    earlier = _earlier(db, shown)
    wanted: dict[str, WantedPhoto] = {}
    for ticket_id, photos in shown:
        for photo in photos:
            wanted.setdefault(photo["id"], _wanted(ticket_id, photo))
        for other in earlier.get(ticket_id, ()):
            wanted.setdefault(other.id, other)
    return tuple(wanted.values())


def _earlier(
    db: Database, shown: Sequence[tuple[TicketId, list[dict[str, Any]]]]
) -> dict[TicketId, list[WantedPhoto]]:
    """Return, by ticket, the photos of other tickets on this laptop that show the same as its own.

    The hub's word counts, and this laptop's, which may also name the later one of the two.
    """
    named = {
        (ticket_id, photo["seen_before"]["ticket_id"], photo["seen_before"]["photo_id"])
        for ticket_id, photos in shown
        for photo in photos
        if _names_a_photo(photo.get("seen_before"))
    }
    rows = db.rows(
        "SELECT ticket_id, other_ticket_id, other_id FROM likes"
        " WHERE ticket_id IN (SELECT value FROM json_each(?))",
        (_as_json(ticket_id for ticket_id, _ in shown),),
    )
    named |= {(row[0], row[1], row[2]) for row in rows}
    named = {(mine, other, photo_id) for mine, other, photo_id in named if mine != other}
    docs = db.rows(
        "SELECT id, doc FROM tickets WHERE is_gone = 0 AND id IN (SELECT value FROM json_each(?))",
        (_as_json({other for _, other, _ in named}),),
    )
    there = {(row[0], photo["id"]): photo for row in docs for photo in _in_sight(row[1])}
    found: dict[TicketId, list[WantedPhoto]] = {}
    for mine, other, photo_id in sorted(named):
        photo = there.get((other, photo_id))
        if photo is not None:
            found.setdefault(TicketId(mine), []).append(_wanted(TicketId(other), photo))
    return found


def _wanted(ticket_id: TicketId, photo: dict[str, Any]) -> WantedPhoto:
    """Return a photo of a stored ticket as one of which a copy is worth having."""
    return WantedPhoto(
        id=PhotoId(photo["id"]),
        ticket_id=ticket_id,
        sha256=photo["sha256"],
        has_more=bool(photo.get("has_arrived") or photo.get("has_screen_copy")),
    )


def _as_json(ids: Iterable[str]) -> str:
    """Return ids as SQLite's `json_each` reads them."""
    return orjson.dumps(sorted(ids)).decode()


def _in_sight(doc: str) -> list[dict[str, Any]]:
    """Return the photos of a stored ticket that were not withdrawn."""
    return [photo for photo in _photos_of(doc) if not photo.get("is_withdrawn", False)]


def _names_a_photo(seen: object) -> bool:
    """Return whether this is the hub's word of an earlier photo, in good form."""
    return isinstance(seen, dict) and _is_text(seen, "ticket_id") and _is_text(seen, "photo_id")


def _photos_of(doc: str) -> list[dict[str, Any]]:
    """Return the photos of a stored ticket as plain JSON, those that the hub sent in bad form not.

    Its columns were checked before it was stored, so it has a list of objects.
    """
    photos: list[dict[str, Any]] = orjson.loads(doc).get("photos", [])
    return [photo for photo in photos if _is_text(photo, "id") and _is_text(photo, "sha256")]


def _is_text(photo: dict[str, Any], name: str) -> bool:
    """Return whether a part of a photo is there and is text."""
    return isinstance(photo.get(name), str)


def _photo(row: tuple[Any, ...]) -> LocalPhoto:
    """Return the photo in a row of `_COLUMNS`."""
    return LocalPhoto(
        id=PhotoId(row[0]),
        ticket_id=TicketId(row[1]),
        role=PhotoRole(row[2]),
        sha256=row[3],
        size_bytes=row[4],
        suffix=row[5],
        added_at=from_stamp(row[6]),
    )
