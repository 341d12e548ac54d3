"""The backfill: photos that the hub had before it kept fingerprints get theirs in the background.

In small steps, so that no laptop waits for it, and each step in one transaction with the place
where it goes on, so that it may end anywhere. Photos that come in meanwhile get theirs by
themselves. What is found later to repeat one of the old photos is told from then on; nothing is
told anew of what was there already.
"""

import logging
import threading
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service import fingerprints
from field_app.hub.service.picture_size import NoPicture, size_and_type_of
from field_app.hub.service.vault import Vault
from field_app.vision.fingerprint import Fingerprint

STEP: Final = 4
"""Photos of one transaction: others wait for it, as they do for any writing."""
REST_S: Final = 0.05
"""Pause between two steps: the laptops' own questions come first."""
TROUBLE_S: Final = 60.0
"""Pause after the database or the disk failed."""
PLACE: Final = "fingerprinted"
"""Name of the row in `tables.fact` whose value is the last photo that had its turn."""
THE_END: Final = "all"
"""Its value when all had."""

log = logging.getLogger(__name__)


class Backfill:
    """Gives fingerprints to the photos of one hub that have none."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def run(self, stop: threading.Event) -> None:
        """Take steps until all photos had their turn, or it is told to stop.

        What the database or the disk refuses is tried again later.
        """
        has_more = True
        while has_more and not stop.is_set():
            rest_s = REST_S
            try:
                has_more = self.step()
            except (SQLAlchemyError, OSError) as error:
                log.warning("older photos get no fingerprint now: %s", type(error).__name__)
                rest_s = TROUBLE_S
            stop.wait(rest_s)

    def step(self) -> bool:
        """Give the next few photos their fingerprint; return whether there may be more."""
        with self._database.read() as connection:
            place = _place(connection)
            if place == THE_END:
                return False
            rows = connection.execute(_next(place).limit(STEP)).all()
        prints = {row.id: self._print_of(row) for row in rows}
        with self._database.write() as connection:
            if _place(connection) != place:
                return True  # somebody else took this step
            for photo_id, found in prints.items():
                if not _is_known(connection, photo_id):
                    fingerprints.add(connection, photo_id, found)
            _go_on_from(connection, rows[-1].id if rows else THE_END)
        return bool(rows)

    def _print_of(self, photo: Any) -> Fingerprint | None:
        """Return a photo's fingerprint: of its preview, without one of the original if it is here.

        None for what is no picture or cannot be compared.
        """
        if photo.preview:
            return fingerprints.preview_print(bytes(photo.preview))
        if not self._vault.has(photo.sha256):
            return None
        data = self._vault.path(photo.sha256).read_bytes()
        try:
            width, height, _filetype = size_and_type_of(data)
        except NoPicture:
            return None
        return fingerprints.original_print(data, width, height)


def left(connection: Connection) -> int:
    """Return how many photos still wait for their turn; no photo is read."""
    place = _place(connection)
    if place == THE_END:
        return 0
    waiting = _next(place).with_only_columns(func.count()).order_by(None)
    return int(connection.execute(waiting).scalar_one())


def _next(place: str) -> Any:
    """Return the query of the photos after a place that have no fingerprint, in turn."""
    photo, known = tables.photo, tables.fingerprint
    return (
        select(photo.c.id, photo.c.sha256, photo.c.preview)
        .join(known, known.c.photo_id == photo.c.id, isouter=True)
        .where(known.c.photo_id.is_(None), photo.c.id > place)
        .order_by(photo.c.id)
    )


def _place(connection: Connection) -> str:
    """Return the last photo that had its turn; empty before the first one."""
    kept = select(tables.fact.c.value).where(tables.fact.c.name == PLACE)
    value = connection.execute(kept).scalar_one_or_none()
    return "" if value is None else bytes(value).decode()


def _go_on_from(connection: Connection, place: str) -> None:
    """Keep the place, inside a writing transaction."""
    fact = tables.fact
    kept = update(fact).where(fact.c.name == PLACE).values(value=place.encode())
    if connection.execute(kept).rowcount == 0:
        connection.execute(insert(fact).values(name=PLACE, value=place.encode(), revision=0))


def _is_known(connection: Connection, photo_id: str) -> bool:
    """Return whether a photo has its fingerprint already."""
    known = tables.fingerprint.c.photo_id
    return connection.execute(select(known).where(known == photo_id)).one_or_none() is not None
