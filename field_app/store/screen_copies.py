"""Screen copies on their way: smaller pictures that go before originals, by the hub's policy.

They are told in the rows of `uploads`, so that whatever happens to a photo happens to both. When
something is tried again is one matter for a photo: copy and original never go at the same time.
"""

from datetime import datetime
from typing import Final

from field_app.domain.changes import Changes
from field_app.domain.clock import to_stamp
from field_app.domain.ids import PhotoId, TicketId
from field_app.store.database import Database

NONE_HERE: Final = ""
"""Hash of a copy that this laptop does not have: then the original alone goes, at the depot."""


def note_made(db: Database, photo_id: PhotoId, sha256: str, size_bytes: int) -> None:
    """Remember what goes: a copy of these bytes, from the start; or that there is none here."""
    with db.atomic():
        db.run(
            "UPDATE uploads SET copy_sha256 = ?, copy_bytes = ?, copy_sent_bytes = 0,"
            " copy_url = '' WHERE photo_id = ?",
            (sha256, size_bytes, photo_id),
        )


def note_begun(db: Database, photo_id: PhotoId) -> None:
    """Remember that bytes go out now; what is not known here is asked before any go again."""
    with db.atomic():
        db.run("UPDATE uploads SET copy_is_begun = 1 WHERE photo_id = ?", (photo_id,))


def note_placed(db: Database, photo_id: PhotoId, url: str, sent_bytes: int) -> None:
    """Remember where the hub takes the bytes, and how many it acknowledged.

    Progress proves that the way is open, so earlier failures are forgotten.
    """
    with db.atomic():
        db.run(
            "UPDATE uploads SET copy_url = ?, copy_sent_bytes = ?, attempts = 0,"
            " not_before = NULL, last_error = '' WHERE photo_id = ? AND copy_at IS NULL"
            " AND state = 'ready' AND (copy_url <> ? OR copy_sent_bytes <> ?)",
            (url, sent_bytes, photo_id, url, sent_bytes),
        )


def note_arrived(db: Database, photo_id: PhotoId, arrived_at: datetime) -> Changes:
    """Remember that the hub has a picture of a photo; the photo itself is here as before."""
    with db.atomic():
        row = db.row(
            "UPDATE uploads SET copy_at = ?, copy_sent_bytes = copy_bytes, attempts = 0,"
            " not_before = NULL, last_error = '' WHERE photo_id = ? RETURNING ticket_id",
            (to_stamp(arrived_at), photo_id),
        )
    if row is None:
        return Changes()
    return Changes(tickets=frozenset({TicketId(row[0])}), photos=frozenset({photo_id}))


def send_again(db: Database) -> None:
    """Let every copy be announced once more, as the hub may have lost it; inside a transaction.

    What the hub still has is not sent again: first bytes do not travel along then.
    """
    db.run(
        "UPDATE uploads SET copy_at = NULL, copy_sent_bytes = 0, copy_url = '', copy_is_begun = 1"
        " WHERE copy_sha256 <> ''"
    )
