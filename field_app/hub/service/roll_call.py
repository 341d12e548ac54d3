"""The roll call at the hub: what of a person's acknowledged work is not here as it was."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from field_app.domain.verdict import Outcome
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service.feed import REVISION
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.service.runs import Runs, is_whole
from field_app.hub.service.vault import Vault
from field_app.protocol.roll_call import Absent, RollCall

AT_ONCE: Final = 500
"""Ids of one query."""


class Attendance:
    """Answers roll calls."""

    def __init__(self, database: Database, vault: Vault, runs: Runs) -> None:
        self._database = database
        self._vault = vault
        self._runs = runs

    def check(self, call: RollCall, who: SignedInPerson) -> Absent:
        """Return what of a person's work is missing or only recorded; nothing of others' work."""
        with self._database.read() as connection:
            held = _held(connection, call.operations, who)
            photos = self._photos(connection, call.photos, who)
            reached = max(call.revision, _revision_of(call.cursor))
            whole = reached == 0 or is_whole(connection, call.run, reached)
        return Absent(
            run=self._runs.current,
            is_whole=whole,
            operations=tuple(i for i in call.operations if i not in held),
            photos=tuple(i for i in call.photos if i not in photos),
            recorded=tuple(i for i in call.operations if held.get(i) == Outcome.RECORDED),
        )

    def _photos(
        self, connection: Connection, ids: Sequence[str], who: SignedInPerson
    ) -> frozenset[str]:
        """Return which photos of a person are here with their bytes."""
        table = tables.photo
        mine = select(table.c.id, table.c.sha256).where(
            table.c.added_by == who.person.id, table.c.arrived_at.is_not(None)
        )
        rows = _rows(connection, mine, table.c.id, ids)
        return frozenset(row.id for row in rows if self._vault.has(row.sha256))


def _held(connection: Connection, ids: Sequence[str], who: SignedInPerson) -> Mapping[str, str]:
    """Return which operations of a person are here, each with its outcome."""
    table = tables.operation
    mine = select(table.c.id, table.c.outcome).where(table.c.actor_id == who.person.id)
    return {row.id: row.outcome for row in _rows(connection, mine, table.c.id, ids)}


def _rows(connection: Connection, query: Any, column: Any, ids: Sequence[str]) -> list[Any]:
    """Return the rows of a query whose column has one of some ids."""
    found: list[Any] = []
    for start in range(0, len(ids), AT_ONCE):
        some = query.where(column.in_(ids[start : start + AT_ONCE]))
        found += connection.execute(some).all()
    return found


def _revision_of(cursor: str) -> int:
    """Return the revision in a cursor; 0 for none."""
    number = REVISION.fullmatch(cursor.rpartition(".")[2])
    return int(number[0]) if number else 0
