"""Screen copies up: which file goes, and what is done when there is none."""

import hashlib

from field_app.hub_client.hub import PhotoFile
from field_app.photos.vault import Size
from field_app.store import screen_copies
from field_app.store.uploads import Upload
from field_app.sync.site import Site

FILETYPE = "image/jpeg"


def copy_file(site: Site, upload: Upload) -> PhotoFile | None:
    """Return the file of a photo's screen copy, and remember what it is when it goes first.

    One that was made anew since has other bytes, and goes from the start. None when there is none
    here: that is remembered too, and the original waits alone.
    """
    path = site.desk.vault.copy_path(upload.copy_of, Size.SCREEN)
    try:
        data = b"" if path is None else path.read_bytes()
    except OSError:
        data = b""
    if path is None or not data:
        screen_copies.note_made(site.desk.db, upload.photo_id, screen_copies.NONE_HERE, 0)
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != upload.sha256:
        screen_copies.note_made(site.desk.db, upload.photo_id, sha256, len(data))
    return PhotoFile(
        photo_id=upload.photo_id,
        ticket_id=upload.ticket_id,
        sha256=sha256,
        size_bytes=len(data),
        filetype=FILETYPE,
        path=path,
        is_copy=True,
    )
