"""Finding tickets by words: pairs of characters in FTS5, then a check on the text itself.

Thai has no spaces between words, so pairs are what is exact from two characters on. The index is
built after the pull's commit, in small steps; until then the rest is read plainly.
"""

from dataclasses import dataclass
from typing import Any, Final
from unicodedata import normalize

import orjson

from field_app.domain.errors import StoreDamaged
from field_app.domain.ids import TicketId
from field_app.domain.listed import Listed
from field_app.protocol.codec import Malformed, load_ticket
from field_app.store import sync_state
from field_app.store.database import Database
from field_app.store.rows import stored_listed

PAIR: Final = 2
"""Characters of an indexed piece."""
_FIELDS: Final = ("id", "words", "address", "subdistrict", "district", "province")
_FILL: Final = (
    f"UPDATE tickets SET is_indexed = 1, {', '.join(f'{n} = ?' for n in Listed._fields[2:])}"  # noqa: S608 - names of the columns
    " WHERE number = ?"
)
"""Everything that lists need but id and revision, which are always there."""
_BY_PAIRS: Final = (
    "SELECT s.id FROM search JOIN searched s ON s.number = search.rowid WHERE search MATCH ?"
)
_BY_READING: Final = "SELECT s.id FROM searched s WHERE true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step of building the index found out."""

    unreadable: tuple[TicketId, ...]
    """Tickets that are none in this version's eyes; may be empty."""


def folded(text: str) -> str:
    """Return text as it is compared: compatible forms joined, no capitals, single spaces."""
    return " ".join(normalize("NFKC", text).casefold().split())


def is_behind(db: Database) -> bool:
    """Return whether tickets wait for the search index."""
    return sync_state.get(db, sync_state.INDEX_BEHIND) is not None


def pending(db: Database) -> int:
    """Return how many tickets wait for the search index."""
    if not is_behind(db):
        return 0
    return db.number("SELECT count(*) FROM tickets WHERE is_indexed = 0")


def index_some(db: Database, limit: int) -> Step | None:
    """Put at most `limit` waiting tickets into the index, in one transaction of its own.

    The columns that only lists need follow here as well; until then lists read the document.
    The pull checked only what lists need; each ticket is checked in full here. One that turns out
    to be none is found and listed all the same, and says so when it is opened.

    Returns:
        What was taken; None when nothing waits any more.

    Raises:
        StoreDamaged: A stored ticket is no JSON any more.
    """
    if not is_behind(db):
        return None
    with db.atomic(is_durable=False):
        rows = db.rows(
            "SELECT t.number, t.id, t.doc, s.text"
            " FROM tickets t LEFT JOIN searched s USING (number) WHERE t.is_indexed = 0 LIMIT ?",
            (limit,),
        )
        fresh = [(number, ticket_id, _text_of(doc), old) for number, ticket_id, doc, old in rows]
        changed = [entry for entry in fresh if entry[2] != entry[3]]
        db.run_many(
            "INSERT INTO search (search, rowid, pairs) VALUES ('delete', ?, ?)",
            [(number, _pairs(old)) for number, _, _, old in changed if old is not None],
        )
        db.run_many(
            "INSERT INTO search (rowid, pairs) VALUES (?, ?)",
            [(number, _pairs(text)) for number, _, text, _ in changed],
        )
        db.run_many(
            "INSERT OR REPLACE INTO searched (number, id, text) VALUES (?, ?, ?)",
            [(number, ticket_id, text) for number, ticket_id, text, _ in changed],
        )
        db.run_many(_FILL, [(*stored_listed(row[2])[2:], row[0]) for row in rows])
        if len(rows) < limit:
            sync_state.forget(db, sync_state.INDEX_BEHIND)
    if not rows:
        return None
    return Step(unreadable=tuple(TicketId(row[1]) for row in rows if not _is_ticket(row[2])))


def find(db: Database, words: str) -> frozenset[TicketId] | None:
    """Return the tickets in whose text every word occurs, or None when there are no words.

    Exact at any time, whatever the index holds so far; capitals do not matter. A single
    character is found too, by reading everything.
    """
    terms = folded(words).split()
    if not terms:
        return None
    found = _indexed(db, terms)
    if is_behind(db):
        for ticket_id, doc in db.rows("SELECT id, doc FROM tickets WHERE is_indexed = 0"):
            text = _text_of(doc)
            if all(term in text for term in terms):
                found.add(TicketId(ticket_id))
            else:
                found.discard(TicketId(ticket_id))  # the index has its text of before
    return frozenset(found)


def forget(db: Database, ticket_id: TicketId) -> None:
    """Take a ticket out of the index; inside the transaction that removes it."""
    row = db.row(
        "SELECT t.number, s.text FROM tickets t JOIN searched s USING (number) WHERE t.id = ?",
        (ticket_id,),
    )
    if row is None:
        return
    number, text = row
    db.run(
        "INSERT INTO search (search, rowid, pairs) VALUES ('delete', ?, ?)", (number, _pairs(text))
    )
    db.run("DELETE FROM searched WHERE number = ?", (number,))


def _indexed(db: Database, terms: list[str]) -> set[TicketId]:
    """Return the indexed tickets in whose text all terms occur."""
    checks = ["instr(s.text, ?) > 0"] * len(terms)
    pairs = sorted({pair for term in terms for pair in _pairs_of(term)})
    if pairs:
        match = " AND ".join('"' + pair.replace('"', '""') + '"' for pair in pairs)
        rows = db.rows(" AND ".join([_BY_PAIRS, *checks]), (match, *terms))
    else:
        rows = db.rows(" AND ".join([_BY_READING, *checks]), terms)
    return {TicketId(row[0]) for row in rows}


def _is_ticket(doc: str) -> bool:
    """Return whether a stored ticket can be opened."""
    try:
        load_ticket(doc)
    except Malformed:
        return False
    return True


def _text_of(doc: str) -> str:
    """Return what is searched of a stored ticket, folded, its parts on lines of their own."""
    try:
        plain: dict[str, Any] = orjson.loads(doc)
        return "\n".join(folded(str(plain.get(name, ""))) for name in _FIELDS)
    except (orjson.JSONDecodeError, AttributeError) as error:
        raise StoreDamaged("a stored ticket is no JSON") from error


def _pairs(text: str) -> str:
    """Return what goes into the index: each pair once, with spaces between."""
    return " ".join(sorted({pair for word in text.split() for pair in _pairs_of(word)}))


def _pairs_of(word: str) -> list[str]:
    """Return the overlapping pairs of characters of a word without spaces."""
    return [word[i : i + PAIR] for i in range(len(word) - 1)]
