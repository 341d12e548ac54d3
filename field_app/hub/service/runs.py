"""Runs: one for each start of the hub, so that a hub restored from a backup is told from itself.

A backup knows the runs up to its night. Whatever a laptop heard later belongs to a run that the
restored hub does not know, or to revisions after the end of one that it does know.
"""

from typing import Final

from sqlalchemy import Connection, insert, select

from field_app.domain.ids import new_id
from field_app.hub import tables
from field_app.hub.database import Database, latest_revision

PREFIX: Final = "run."
"""How the name of a run's row in `tables.fact` begins; then its number. Its value is the run."""


class Runs:
    """The runs of one hub's database."""

    def __init__(self, database: Database) -> None:
        """Begin none yet: whoever only looks after the hub beside a server begins no run."""
        self.current = ""
        self._database = database

    def begin(self) -> None:
        """Begin the run of this start, before the first laptop is answered."""
        self.current = new_id()
        with self._database.write() as connection:
            number = len(_all(connection)) + 1
            connection.execute(
                insert(tables.fact).values(
                    name=f"{PREFIX}{number:08d}",
                    value=self.current.encode(),
                    revision=latest_revision(connection),
                )
            )


def is_whole(connection: Connection, run: str, revision: int) -> bool:
    """Return whether a run is known here, and had come as far as a revision when it ended."""
    runs = _all(connection)
    names = [name for name, _ in runs]
    if run not in names:
        return False
    later = runs[names.index(run) + 1 :]
    return revision <= (later[0][1] if later else latest_revision(connection))


def _all(connection: Connection) -> list[tuple[str, int]]:
    """Return every run and the newest revision at its beginning, oldest first."""
    rows = connection.execute(
        select(tables.fact.c.value, tables.fact.c.revision)
        .where(tables.fact.c.name.startswith(PREFIX))
        .order_by(tables.fact.c.name)
    )
    return [(bytes(row.value).decode(), row.revision) for row in rows]
