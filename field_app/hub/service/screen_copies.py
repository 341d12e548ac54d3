"""Screen copies: smaller pictures of photos whose originals follow later, at the depot.

A copy is an upload of its own, with its own hash. It is shown until the original is here and
after that, and stands for nothing: only the original's hash makes a photo arrive.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, literal, select, update

from field_app.domain.clock import to_stamp
from field_app.domain.ids import TicketId
from field_app.hub import tables
from field_app.hub.problems import HubProblem
from field_app.hub.service.tickets import find_ticket, put_ticket, upload_id_of
from field_app.hub.service.upload_standing import Announcement, Upload
from field_app.hub.service.vault import Vault
from field_app.protocol.messages import SCREEN_COPY_LIMIT_BYTES

ENDING: Final = "-screen"
"""How the ids of their uploads end."""
FILETYPE: Final = "image/jpeg"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def copy_upload_id(photo_id: str, sha256: str) -> str:
    """Return the id of a copy's upload, which follows from photo and hash as an original's does."""
    return f"{upload_id_of(photo_id, sha256)}{ENDING}"


def is_copy(upload_id: str) -> bool:
    """Whether an upload is a screen copy's."""
    return upload_id.endswith(ENDING)


def copies() -> "Select[Any]":
    """Return the query of screen copies, in rows like those of photos."""
    photo, copy = tables.photo, tables.screen_copy
    return select(
        photo.c.id,
        photo.c.ticket_id,
        photo.c.added_by,
        copy.c.sha256,
        copy.c.size_bytes,
        literal(FILETYPE).label("filetype"),
        copy.c.upload_id,
        copy.c.upload_metadata,
        copy.c.arrived_at,
    ).join(copy, copy.c.photo_id == photo.c.id)


def announce(connection: Connection, wish: Announcement, vault: Vault) -> Row[Any]:
    """Note the screen copy that a laptop wants to send, and return its row.

    Of one photo there is one. A laptop that had to make it anew may send other bytes, unless the
    earlier ones are here; what came of those is left to the sweep.

    Raises:
        HubProblem: 413 when it is too large, 400 when its hash or size is none.
    """
    if wish.size_bytes > SCREEN_COPY_LIMIT_BYTES:
        raise HubProblem(413, f"A screen copy may have {SCREEN_COPY_LIMIT_BYTES} bytes.")
    if _HASH.fullmatch(wish.sha256) is None or wish.size_bytes == 0:
        raise HubProblem(400, "A screen copy has bytes, and a sha256 of 64 lower-case hex digits.")
    mine = copies().where(tables.screen_copy.c.photo_id == wish.photo_id)
    known = connection.execute(mine).one_or_none()
    if known is not None:
        is_here = known.arrived_at is not None and vault.has(known.sha256)
        if is_here or known.sha256 == wish.sha256:
            return known
    values = {
        "sha256": wish.sha256,
        "size_bytes": wish.size_bytes,
        "upload_id": copy_upload_id(wish.photo_id, wish.sha256),
        "upload_metadata": wish.metadata,
        "arrived_at": None,
    }
    table = tables.screen_copy
    if known is None:
        connection.execute(insert(table).values(photo_id=wish.photo_id, **values))
    else:
        connection.execute(delete(tables.upload).where(tables.upload.c.id == known.upload_id))
        connection.execute(update(table).where(table.c.photo_id == wish.photo_id).values(**values))
    return connection.execute(mine).one()


def mark_here(connection: Connection, copy: Row[Any], at: datetime) -> None:
    """Note that a photo's screen copy is here, and tell everybody; once is enough."""
    table = tables.screen_copy
    here = (
        update(table)
        .where(table.c.photo_id == copy.id, table.c.arrived_at.is_(None))
        .values(arrived_at=to_stamp(at))
    )
    ticket = find_ticket(connection, TicketId(copy.ticket_id))
    if connection.execute(here).rowcount == 0 or ticket is None:
        return
    photos = tuple(
        replace(p, has_screen_copy=True) if p.id == copy.id else p for p in ticket.photos
    )
    put_ticket(connection, replace(ticket, photos=photos), former_crew=ticket.crew_id)


def held(upload: Upload, wish: Announcement) -> Upload:
    """Return what is said of a copy that is wished: one that is here already will do."""
    return replace(upload, offset=wish.size_bytes) if upload.is_complete else upload
