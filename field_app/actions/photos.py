"""What a crew does with photos of a ticket; each function is one transaction."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from field_app.actions.recording import Done, record
from field_app.domain.changes import Changes
from field_app.domain.errors import NotAllowed, PhotoRepeated
from field_app.domain.ids import PhotoId, TicketId, new_id
from field_app.domain.lifecycle import may_do
from field_app.domain.operation import AddPhoto, MarkPhoto, PairPhoto, RemovePhoto
from field_app.domain.photo import Mark, PhotoRole
from field_app.domain.ticket import Ticket
from field_app.photos.intake import PictureFacts, read_facts, read_file
from field_app.photos.looks import print_of, with_looks
from field_app.photos.pairing import SMALLEST_PX, best_pair, fitting_points
from field_app.photos.room import check_photo
from field_app.photos.shrink import Copies, make_copies
from field_app.photos.vault import Size, hash_of
from field_app.queries.desk import Desk, honest_now
from field_app.store import fingerprints, tickets, uploads
from field_app.store import photos as store_photos

if TYPE_CHECKING:
    from field_app.vision.fingerprint import Fingerprint

LOOKED_AT: Final = 4
"""Photos of others on the same ticket that are looked at with a new one."""


def attach(desk: Desk, ticket_id: TicketId, role: PhotoRole, source: Path | bytes) -> Done:
    """Keep a photo byte for byte and put it on the ticket; takes about 0.2 s, mostly decoding.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        role: What the photo shows; not CITIZEN.
        source: A picture file, or its bytes as pasted.

    Returns:
        What was done, with the new photo's id.

    Raises:
        FileUnreadable: The file cannot be read at all.
        PhotoUnreadable: It is no complete picture (or PhotoTooLarge, over 40 MB).
        PhotoRepeated: The ticket has this very photo in this role.
        NotAllowed: The ticket's state or the person's role does not allow it.
        NoRoomForPhoto: It would use the last room of the disk; nothing was written.
        StoreFailed: It could not be written (DiskFull: no room); nothing changed.
    """
    if role is PhotoRole.CITIZEN:
        raise NotAllowed("citizens' photos come from the platform")
    return _attach(desk, ticket_id, role, source)


def retake(desk: Desk, ticket_id: TicketId, photo_id: PhotoId, source: Path | bytes) -> Done:
    """Put a photo on the ticket that is shown instead of an earlier one; both stay.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        photo_id: The earlier photo, of a crew; the new one has its role.
        source: As of `attach`.

    Raises:
        NotAllowed: There is no such photo, it is a citizen's, was withdrawn or taken again
            already, or the ticket's state or the person's role does not allow to add one photo
            and take another out of sight.
        Others: As of `attach`.
    """
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    role = None if ticket is None else _role_to_retake(ticket, photo_id)
    if ticket is None or role is None or not may_do("remove_photo", ticket.state, desk.person.role):
        raise NotAllowed(f"photo {photo_id} of ticket {ticket_id} cannot be taken again")
    return _attach(desk, ticket_id, role, source, photo_id)


def pair(desk: Desk, ticket_id: TicketId, photo_id: PhotoId, pair_id: PhotoId) -> Done:
    """Say which photo from before the work shows the same spot as an after photo.

    How many points of the two fit is measured here, where both pictures are on this computer.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        photo_id: One of its after photos.
        pair_id: One of its before photos, or a citizen's.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it, or it has no such
            photos.
        StoreFailed: It could not be written; nothing changed.
    """
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    known = {} if ticket is None else {photo.id: photo for photo in ticket.photos}
    paths = [
        desk.vault.copy_path(known[one].sha256, Size.SCREEN)
        for one in (pair_id, photo_id)
        if one in known and max(known[one].width, known[one].height) >= SMALLEST_PX
    ]
    here = [path for path in paths if path is not None]
    found = fitting_points(*here) if len(here) == 2 else None  # noqa: PLR2004 - a pair
    work = PairPhoto(photo_id=photo_id, pair_id=pair_id, pair_matches=found)
    return _with_photo(record(desk, ticket_id, work), photo_id)


def _role_to_retake(ticket: Ticket, photo_id: PhotoId) -> PhotoRole | None:
    """Return the role of a photo that counts now; None when it is no such photo of the work."""
    if photo_id in ticket.replacements:
        return None
    return next((photo.role for photo in ticket.work_photos if photo.id == photo_id), None)


def _attach(
    desk: Desk,
    ticket_id: TicketId,
    role: PhotoRole,
    source: Path | bytes,
    retakes: PhotoId | None = None,
) -> Done:
    """Keep a photo and put it on the ticket, perhaps instead of an earlier one."""
    data = read_file(source)
    facts = read_facts(data)
    _check_new(desk, ticket_id, role, hash_of(data))
    check_photo(desk.vault.free_bytes, facts.size_bytes)
    made = make_copies(data)
    sha256 = desk.vault.keep(data, facts.suffix)
    desk.vault.keep_copy(sha256, Size.THUMB, made.thumb)
    desk.vault.keep_copy(sha256, Size.SCREEN, made.screen)
    work = replace(_work(facts, role, sha256, made), retakes=retakes)
    work = _paired(desk, ticket_id, work, made)
    pictures = [*_unknown_pictures(desk, ticket_id), (work.photo_id, print_of(made.thumb))]
    with desk.db.atomic():
        _check_new(desk, ticket_id, role, sha256)
        done = record(desk, ticket_id, work)
        _note_down(desk, done, work, facts.suffix)
        for photo_id, found in pictures:
            fingerprints.add(desk.db, photo_id, ticket_id, found)
    return _with_photo(done, work.photo_id)


def remove(desk: Desk, ticket_id: TicketId, photo_id: PhotoId) -> Done:
    """Take a photo back before the work is handed in; the file itself is kept.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    return _with_photo(record(desk, ticket_id, RemovePhoto(photo_id=photo_id)), photo_id)


def mark(desk: Desk, ticket_id: TicketId, photo_id: PhotoId, marks: tuple[Mark, ...]) -> Done:
    """Draw these marks on a photo instead of earlier ones; the original stays as it is.

    Args:
        desk: Where the person works.
        ticket_id: The ticket.
        photo_id: One of its photos.
        marks: All that are on it from now on; none takes all away.

    Raises:
        NotAllowed: The ticket's state or the person's role does not allow it.
        StoreFailed: It could not be written; nothing changed.
    """
    done = record(desk, ticket_id, MarkPhoto(photo_id=photo_id, marks=marks))
    return _with_photo(done, photo_id)


def _check_new(desk: Desk, ticket_id: TicketId, role: PhotoRole, sha256: str) -> None:
    """Raise PhotoRepeated when the ticket has this very photo in this role."""
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    if ticket is not None and sha256 in {p.sha256 for p in ticket.photos_of(role)}:
        raise PhotoRepeated(f"ticket {ticket_id} has the photo {sha256} already")


def _work(facts: PictureFacts, role: PhotoRole, sha256: str, made: Copies) -> AddPhoto:
    """Return the operation's work for a new photo."""
    place = facts.place
    return AddPhoto(
        photo_id=PhotoId(new_id()),
        role=role,
        sha256=sha256,
        size_bytes=facts.size_bytes,
        width=facts.width,
        height=facts.height,
        taken_at=facts.taken_at,
        latitude=None if place is None else place.latitude,
        longitude=None if place is None else place.longitude,
        preview=made.preview,
        evidence=with_looks(facts.evidence, made.luma, max(facts.width, facts.height)),
    )


def _paired(desk: Desk, ticket_id: TicketId, work: AddPhoto, made: Copies) -> AddPhoto:
    """Return the work with the before photo that shows most of what an after photo shows."""
    if work.role is not PhotoRole.AFTER or max(work.width, work.height) < SMALLEST_PX:
        return work
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    earlier = () if ticket is None else ticket.current_photos_of(PhotoRole.BEFORE)
    copies = [
        (photo.id, path)
        for photo in earlier
        if max(photo.width, photo.height) >= SMALLEST_PX
        and (path := desk.vault.copy_path(photo.sha256, Size.SCREEN)) is not None
    ]
    pair = best_pair(made.luma, copies)
    return work if pair is None else replace(work, pair_id=pair[0], pair_matches=pair[1])


def _unknown_pictures(
    desk: Desk, ticket_id: TicketId
) -> Iterator[tuple[PhotoId, "Fingerprint | None"]]:
    """Give the fingerprints of the ticket's photos that were not looked at yet, a few at once."""
    ticket = tickets.visible_copy(desk.db, ticket_id, desk.person)
    known = fingerprints.are_known(desk.db, ticket_id)
    unknown = [p for p in (() if ticket is None else ticket.photos) if p.id not in known]
    for photo in unknown[:LOOKED_AT]:
        path = desk.vault.copy_path(photo.sha256, Size.THUMB)
        if path is not None:
            with suppress(OSError):  # a copy that is gone meanwhile is one less to compare with
                yield photo.id, print_of(path.read_bytes())


def _note_down(desk: Desk, done: Done, work: AddPhoto, suffix: str) -> None:
    """Write the photo and its upload down, in the transaction of its operation."""
    photo = store_photos.LocalPhoto(
        id=work.photo_id,
        ticket_id=done.ticket_id,
        role=work.role,
        sha256=work.sha256,
        size_bytes=work.size_bytes,
        suffix=suffix,
        added_at=honest_now(desk),
    )
    store_photos.add(desk.db, photo)
    uploads.add(desk.db, photo, done.operation_id)


def _with_photo(done: Done, photo_id: PhotoId) -> Done:
    """Return what was done, naming the photo too."""
    changes = done.changes | Changes(photos=frozenset({photo_id}))
    return replace(done, changes=changes, photo_id=photo_id)
