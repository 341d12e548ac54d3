"""Citizens' photos from a folder, attached to the tickets that their names begin with."""

import hashlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert

from field_app.domain.clock import to_stamp
from field_app.domain.ids import PhotoId, new_id
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.ticket import Ticket
from field_app.hub import tables
from field_app.hub.service import fingerprints
from field_app.hub.service.file_faults import LARGE_PICTURE, NO_PICTURE, NotTheFile
from field_app.hub.service.fingerprints import original_print
from field_app.hub.service.picture_size import NoPicture, size_and_type_of
from field_app.hub.service.tickets import find_ticket, put_ticket, upload_id_of
from field_app.hub.service.vault import Vault
from field_app.protocol.messages import PHOTO_LIMIT_BYTES

MB: Final = 1024 * 1024
ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenPhoto:
    """A photo file that somebody put beside the tickets' file."""

    path: Path
    sha256: str
    size_bytes: int
    width: int
    height: int
    filetype: str


def photos_in(folder: Path) -> tuple[CitizenPhoto, ...]:
    """Return the pictures in a folder by their names.

    Raises:
        NotTheFile: One of them is no picture or too large.
    """
    files = sorted(f for f in folder.iterdir() if f.suffix.lower() in ENDINGS)
    return tuple(_read(path) for path in files)


def attach_photos(
    connection: Connection,
    vault: Vault | None,
    ticket_ids: Set[str],
    photos: Sequence[CitizenPhoto],
    now: datetime,
) -> int:
    """Attach photos to the tickets whose ids their names begin with.

    Args:
        connection: In a writing transaction.
        vault: Where the files go; None only counts.
        ticket_ids: Tickets to which photos may belong.
        photos: Files named `<ticket id>.jpg`, `<ticket id>_2.jpg` and so on.
        now: The present.

    Returns:
        How many were attached; a photo that the ticket already has is left alone.
    """
    attached = 0
    for photo in photos:
        ticket_id = next(_ids_in(photo.path.stem, ticket_ids), None)
        ticket = None if ticket_id is None else find_ticket(connection, ticket_id)
        if ticket is None or photo.sha256 in {p.sha256 for p in ticket.photos}:
            continue
        data = photo.path.read_bytes()
        if vault is not None:
            vault.add(data)
        photo_id = _attach(connection, ticket, photo, now)
        if vault is not None:
            fingerprints.add(connection, photo_id, original_print(data, photo.width, photo.height))
        attached += 1
    return attached


def _read(path: Path) -> CitizenPhoto:
    """Return what is known of a picture file."""
    data = path.read_bytes()
    try:
        width, height, filetype = size_and_type_of(data)
    except NoPicture as error:
        raise NotTheFile(NO_PICTURE, name=path.name) from error
    if len(data) > PHOTO_LIMIT_BYTES:
        raise NotTheFile(LARGE_PICTURE, name=path.name, limit=PHOTO_LIMIT_BYTES // MB)
    return CitizenPhoto(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        width=width,
        height=height,
        filetype=filetype,
    )


def _ids_in(stem: str, ticket_ids: Set[str]) -> Iterator[str]:
    """Give the tickets that a file's name begins with, the longest id first."""
    for end in range(len(stem), 0, -1):
        is_whole_word = end == len(stem) or not stem[end].isalnum()
        if is_whole_word and stem[:end] in ticket_ids:
            yield stem[:end]


def _attach(connection: Connection, ticket: Ticket, file: CitizenPhoto, now: datetime) -> PhotoId:
    """Add a photo that is already here to its ticket, and return its id."""
    photo = Photo(
        id=PhotoId(new_id()),
        role=PhotoRole.CITIZEN,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        width=file.width,
        height=file.height,
        added_at=ticket.reported_at,
        has_arrived=True,
    )
    changed = replace(ticket, photos=(*ticket.photos, photo))
    numbered = put_ticket(connection, changed, former_crew=ticket.crew_id)
    connection.execute(
        insert(tables.photo).values(
            id=photo.id,
            ticket_id=ticket.id,
            sha256=photo.sha256,
            size_bytes=photo.size_bytes,
            filetype=file.filetype,
            preview=b"",
            upload_id=upload_id_of(photo.id, photo.sha256),
            arrived_at=to_stamp(now),
            arrived_revision=numbered.revision,
        )
    )
    return photo.id
