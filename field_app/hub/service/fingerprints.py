"""Fingerprints of all photos: kept in numbered rows, found by what their points look like."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from field_app.domain.photo import PREVIEW_LIMIT_BYTES
from field_app.hub import tables
from field_app.vision.fingerprint import SIDE_PX, Fingerprint, constellation, fingerprint_of
from field_app.vision.likeness import Likeness, likeness
from field_app.vision.picture import small_luma_of
from field_app.vision.postings import NUMBER_LIMIT, batch_of, candidates, keys_of, packed

REMEMBERED: Final = 256
"""Fingerprints of the latest previews, more than one request brings: about 4 MB."""
BASE64_LIMIT: Final = PREVIEW_LIMIT_BYTES * 4 // 3 + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A photo whose picture is like another one's."""

    photo_id: str
    likeness: Likeness


@lru_cache(maxsize=REMEMBERED)
def preview_print(preview: bytes) -> Fingerprint | None:
    """Return the fingerprint of a preview; None when it cannot be compared, or is no picture."""
    return fingerprint_of(preview)


def original_print(data: bytes, width: int, height: int) -> Fingerprint | None:
    """Return the fingerprint of an original of this size; None when it cannot be compared."""
    luma = small_luma_of(data, max(width, height), SIDE_PX)
    return None if luma is None else fingerprint_of(luma)


def prepare(items: Iterable[object]) -> None:
    """Compute the fingerprints that operations will need, before anything is locked.

    Args:
        items: Operations in their wire's form, still unchecked.
    """
    for item in items:
        work = item.get("work") if isinstance(item, dict) else None
        preview = work.get("preview") if isinstance(work, dict) else None
        if not isinstance(preview, str) or not 0 < len(preview) <= BASE64_LIMIT:
            continue
        try:
            preview_print(base64.b64decode(preview.encode("ascii"), validate=True))
        except (binascii.Error, UnicodeEncodeError):
            continue  # the ledger will refuse it


def add(connection: Connection, photo_id: str, found: Fingerprint | None) -> None:
    """Keep a photo's fingerprint, inside a writing transaction.

    Args:
        connection: The transaction; it holds the counter's row, so numbers are taken in turn.
        photo_id: A photo that has none yet.
        found: None for a picture that cannot be compared: nothing is kept.
    """
    if found is None:
        return
    number = (connection.execute(select(func.max(tables.fingerprint.c.number))).scalar() or 0) + 1
    if number >= NUMBER_LIMIT:
        return
    connection.execute(
        insert(tables.fingerprint).values(number=number, photo_id=photo_id, print=found.plain)
    )
    _go_by_index(connection)
    _post(connection, number, keys_of(found.plain))


def search(connection: Connection, found: Fingerprint) -> Iterator[Found]:
    """Give photos that may show the same picture, also mirrored, those that fit best first."""
    _go_by_index(connection)
    likely = [
        each for stored in (found.plain, found.mirrored) for each in _search(connection, stored)
    ]
    yield from sorted(likely, key=lambda each: (-each.likeness.points, each.photo_id))


def _go_by_index(connection: Connection) -> None:
    """Let PostgreSQL find some hundred keys by their index for the rest of the transaction.

    Before it has counted what came in, it takes them for most of the table and reads all of that.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


def _search(connection: Connection, stored: bytes) -> Iterator[Found]:
    """Give photos that may show the same picture as a fingerprint, in any order."""
    mine = constellation(stored)
    rows = select(tables.posting.c.numbers).where(tables.posting.c.key.in_(keys_of(stored)))
    numbers = candidates(bytes(row) for row in connection.execute(rows).scalars())
    if mine is None or not numbers:
        return
    columns = select(tables.fingerprint.c.photo_id, tables.fingerprint.c.print)
    for row in connection.execute(columns.where(tables.fingerprint.c.number.in_(numbers))):
        theirs = constellation(bytes(row.print))
        if theirs is not None:
            how = likeness(mine, theirs)
            if how.is_same:
                yield Found(photo_id=row.photo_id, likeness=how)


def _post(connection: Connection, number: int, keys: tuple[int, ...]) -> None:
    """Write a number under its keys."""
    batch = batch_of(number)
    posting = tables.posting
    mine = select(posting.c.key, posting.c.numbers).where(
        posting.c.batch == batch, posting.c.key.in_(keys)
    )
    known = {row.key: bytes(row.numbers) for row in connection.execute(mine)}
    longer = [{"of_key": key, "more": known[key] + packed(number)} for key in known]
    if longer:
        connection.execute(
            update(posting)
            .where(posting.c.key == bindparam("of_key"), posting.c.batch == batch)
            .values(numbers=bindparam("more")),
            longer,
        )
    fresh = [
        {"key": key, "batch": batch, "numbers": packed(number)} for key in keys if key not in known
    ]
    if fresh:
        connection.execute(insert(posting), fresh)
