"""Copies of photos: with marks for the screen, for citizens, and with a stamp.

Nothing here changes a ticket or touches an original.
"""

from dataclasses import dataclass
from pathlib import Path

from field_app.domain.copy_errors import PictureMissing
from field_app.domain.errors import DiskFull
from field_app.domain.photo import Mark, MarkKind
from field_app.photos.bare import check_bare, write_copy
from field_app.photos.errors import picture_errors
from field_app.photos.render import render
from field_app.photos.room import RESERVE_BYTES
from field_app.photos.shapes import digest
from field_app.photos.vault import Size
from field_app.queries.desk import Desk
from field_app.queries.photos import marked_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a copy for others shows."""

    sha256: str
    """Of the original."""
    marks: tuple[Mark, ...] = ()
    """What is drawn in and hidden."""
    stamp: tuple[str, ...] = ()
    """Lines below the picture; none for no stamp."""


def draw_marks(desk: Desk, sha256: str, marks: tuple[Mark, ...]) -> Path:
    """Return the file of a photo with its marks drawn in, made when it is not there yet.

    Raises:
        PictureMissing: This computer has no picture of it.
        PhotoUnreadable: The picture cannot be read.
        StoreFailed: The copy cannot be kept (DiskFull: no room, or only the reserve).
    """
    source = marked_source(desk.vault, sha256)
    if source is None:
        raise PictureMissing(f"no copy of {sha256}")
    name = digest(marks, source)
    path = desk.vault.marked_path(sha256, name)
    if path is None:
        if desk.vault.free_bytes < RESERVE_BYTES:
            raise DiskFull("a marked copy would use what words and status need")
        made = render(_picture(desk, sha256, source), marks)
        path = desk.vault.keep_marked(sha256, name, made)
    return path


def propose_regions(desk: Desk, sha256: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return places of a photo where a face or a number plate may be; takes about 0.5 s.

    Args:
        desk: Where the person works.
        sha256: Of the original.
        marks: The photo's own; what a blur among them covers already is not proposed.

    Raises:
        PictureMissing: This computer has no picture of it.
        PhotoUnreadable: The picture cannot be read.
    """
    # OpenCV takes half a second to load, and few starts of the program need it.
    from field_app.vision.regions import is_within, regions_of  # noqa: PLC0415 - as above

    source = marked_source(desk.vault, sha256)
    if source is None:
        raise PictureMissing(f"no copy of {sha256}")
    blurs = [mark for mark in marks if mark.kind is MarkKind.BLUR]
    return tuple(
        region
        for region in regions_of(_picture(desk, sha256, source))
        if not any(is_within(region, blur) for blur in blurs)
    )


def make_copy(desk: Desk, copy: Copy) -> bytes:
    """Return a copy for others as a JPEG file that has pixels and nothing else.

    Made from the sharpest copy for looking at, about 2016 px: enough for paper, and the original
    with its facts never leaves.

    Raises:
        PictureMissing: This computer has no picture of it.
        PhotoUnreadable: The picture cannot be read.
    """
    source = marked_source(desk.vault, copy.sha256)
    if source is None:
        raise PictureMissing(f"no copy of {copy.sha256}")
    made = render(_picture(desk, copy.sha256, source), copy.marks, copy.stamp)
    check_bare(made)
    return made


def save_copy(desk: Desk, copy: Copy, path: Path) -> Path:
    """Make a copy and put it where a person wants it; return its file.

    Raises:
        PictureMissing: This computer has no picture of it.
        PhotoUnreadable: The picture cannot be read.
        CopyNotWritten: It cannot be written there.
    """
    write_copy(path, make_copy(desk, copy))
    return path


def _picture(desk: Desk, sha256: str, size: Size) -> bytes:
    """Return the file of a copy for looking at."""
    path = desk.vault.copy_path(sha256, size)
    if path is None:
        raise PictureMissing(f"the {size} copy of {sha256} has gone")
    with picture_errors():
        return path.read_bytes()
