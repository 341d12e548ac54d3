"""Fingerprints of this laptop's pictures, and which of them show the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from field_app.domain.ids import PhotoId, TicketId
from field_app.store.database import Database

if TYPE_CHECKING:
    from field_app.vision.fingerprint import Fingerprint

_SEEN_BEFORE: Final = (
    "SELECT tickets.id, json_extract(photo.value, '$.seen_before.ticket_id')"
    " FROM tickets, json_each(doc, '$.photos') AS photo"
    " WHERE is_gone = 0 AND instr(doc, '\"seen_before\":{') > 0"
    " AND json_type(photo.value, '$.seen_before.ticket_id') = 'text'"
)
LIKES: Final = 16
"""Pictures that are remembered as like a new one, the most certain first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """Two photos that show the same picture."""

    photo_id: PhotoId
    other_id: PhotoId
    other_ticket_id: TicketId
    is_unchanged: bool
    """Whether nothing in it is different: of photos of one ticket only that counts."""


def are_known(db: Database, ticket_id: TicketId) -> frozenset[PhotoId]:
    """Return the photos of a ticket whose pictures were looked at."""
    rows = db.rows("SELECT photo_id FROM fingerprints WHERE ticket_id = ?", (ticket_id,))
    return frozenset(PhotoId(row[0]) for row in rows)


def add(db: Database, photo_id: PhotoId, ticket_id: TicketId, found: "Fingerprint | None") -> None:
    """Keep a picture's fingerprint and note what it is like; call inside a transaction.

    Args:
        db: The database.
        photo_id: A photo that has no fingerprint yet.
        ticket_id: Its ticket.
        found: None for a picture that cannot be compared: nothing is kept.
    """
    if found is None:
        return
    from field_app.vision.postings import keys_of, packed  # noqa: PLC0415 - loads OpenCV

    for other_id, other_ticket_id, is_unchanged in _search(db, found)[:LIKES]:
        for pair in (
            (photo_id, ticket_id, other_id, other_ticket_id, is_unchanged),
            (other_id, other_ticket_id, photo_id, ticket_id, is_unchanged),
        ):
            db.run("INSERT OR REPLACE INTO likes VALUES (?, ?, ?, ?, ?)", pair)
    number = db.number("SELECT max(number) FROM fingerprints") + 1
    db.run(
        "INSERT INTO fingerprints (number, photo_id, ticket_id, print) VALUES (?, ?, ?, ?)",
        (number, photo_id, ticket_id, found.plain),
    )
    rows = [(key, packed(number)) for key in keys_of(found.plain)]
    db.run_many(
        "INSERT INTO postings (key, numbers) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET numbers = CAST(numbers || excluded.numbers AS BLOB)",
        rows,
    )


def remove(db: Database, photo_id: PhotoId) -> None:
    """Forget a photo whose operation was undone; its number stays in the index and is nobody's."""
    db.run("DELETE FROM fingerprints WHERE photo_id = ?", (photo_id,))
    db.run("DELETE FROM likes WHERE photo_id = ? OR other_id = ?", (photo_id, photo_id))


def likes_of(db: Database, ticket_id: TicketId) -> tuple[Like, ...]:
    """Return what the photos of a ticket are like; may be empty."""
    rows = db.rows(
        "SELECT photo_id, other_id, other_ticket_id, is_unchanged FROM likes"
        " WHERE ticket_id = ? ORDER BY photo_id, other_id",
        (ticket_id,),
    )
    return tuple(
        Like(
            photo_id=PhotoId(row[0]),
            other_id=PhotoId(row[1]),
            other_ticket_id=TicketId(row[2]),
            is_unchanged=bool(row[3]),
        )
        for row in rows
    )


def tickets_alike(db: Database) -> frozenset[tuple[TicketId, TicketId]]:
    """Return pairs of tickets with photos of one picture, by this laptop's word and the hub's.

    A pair stands here once or both ways round.
    """
    rows = db.rows("SELECT ticket_id, other_ticket_id FROM likes") + db.rows(_SEEN_BEFORE)
    return frozenset((TicketId(row[0]), TicketId(row[1])) for row in rows if row[0] != row[1])


def _search(db: Database, found: "Fingerprint") -> list[tuple[PhotoId, TicketId, bool]]:
    """Return photo, ticket and whether it is unchanged, of pictures that are the same."""
    from field_app.vision.fingerprint import constellation  # noqa: PLC0415 - loads OpenCV
    from field_app.vision.likeness import likeness  # noqa: PLC0415 - loads OpenCV
    from field_app.vision.postings import candidates, keys_of  # noqa: PLC0415 - loads OpenCV

    same = []
    for stored in (found.plain, found.mirrored):
        mine = constellation(stored)
        keys = keys_of(stored)
        holes = ",".join("?" * len(keys))
        rows = db.rows(f"SELECT numbers FROM postings WHERE key IN ({holes})", keys)  # noqa: S608 - only holes
        for number in candidates(row[0] for row in rows):
            row = db.row(
                "SELECT photo_id, ticket_id, print FROM fingerprints WHERE number = ?", (number,)
            )
            theirs = None if row is None else constellation(row[2])
            if row is not None and mine is not None and theirs is not None:
                how = likeness(mine, theirs)
                if how.is_same:
                    same.append((-how.points, row[0], row[1], how.is_unchanged))
    return [(PhotoId(p), TicketId(t), whole) for _, p, t, whole in sorted(same)]
