"""Pictures that a person drops or pastes: files as they are, clipboard images as bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from field_app.texts import _, mark

ENCODED_FORMATS: Final = ("image/jpeg", "image/png", "image/webp", "image/heic")
"""Taken byte for byte when the other program offers them."""
FILE_PATTERNS: Final = "*.jpg *.jpeg *.png *.webp *.heic *.heif"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSource:
    """One picture to take in."""

    content: Path | bytes
    name: str
    """As a person knows it; for messages only."""


def of_files(paths: Iterable[str | Path]) -> tuple[PhotoSource, ...]:
    """Return a source for each file, in the order given."""
    return tuple(PhotoSource(content=Path(path), name=Path(path).name) for path in paths)


def count_of(mime: QMimeData) -> int:
    """Return how many pictures would be taken from what hangs on the mouse; reads no bytes."""
    files = _local_files(mime)
    return len(files) if files else int(_has_picture(mime))


def of_mime(mime: QMimeData) -> tuple[PhotoSource, ...]:
    """Return the pictures in dropped or copied data; empty when there are none.

    Files come first: a file manager offers them beside an icon. A picture without a file, such as
    one copied in a browser, is taken in the format in which it is offered, else as PNG.
    """
    files = _local_files(mime)
    if files:
        return of_files(files)
    name = _("pasted picture")
    for encoded in ENCODED_FORMATS:
        if mime.hasFormat(encoded):
            return (PhotoSource(content=bytes(mime.data(encoded).data()), name=name),)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return (PhotoSource(content=_as_png(image), name=name),)
    return ()


def why_nothing(mime: QMimeData) -> str:
    """Return why there is no picture in dropped data, as a sentence to be translated."""
    urls = mime.urls()
    if any(url.isLocalFile() for url in urls):
        return mark("Drop the pictures themselves, not a folder")
    if urls:
        return mark("This is a web address, not a picture · save it on this computer, then drop it")
    return mark("There is no picture in what was dropped")


def _local_files(mime: QMimeData) -> list[Path]:
    """Return the files on this computer that the data names; folders are left out."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def _has_picture(mime: QMimeData) -> bool:
    """Whether the data holds a picture itself."""
    return mime.hasImage() or any(mime.hasFormat(encoded) for encoded in ENCODED_FORMATS)


def _as_png(image: QImage) -> bytes:
    """Return the picture without loss."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(held.data())
