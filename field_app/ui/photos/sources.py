"""What a person drops or pastes: files and folders as they are, clipboard images as bytes."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from field_app.photos.folders import SUFFIXES
from field_app.texts import _, mark

ENCODED_FORMATS: Final = ("image/jpeg", "image/png", "image/webp", "image/heic")
"""Taken byte for byte when the other program offers them."""
FILE_PATTERNS: Final = "*.jpg *.jpeg *.png *.webp *.heic *.heif"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSource:
    """One picture to take in, or a folder of pictures."""

    content: Path | bytes
    name: str
    """As a person knows it; for messages only."""


def of_files(paths: Iterable[str | Path]) -> tuple[PhotoSource, ...]:
    """Return a source for each file or folder, in the order given."""
    return tuple(PhotoSource(content=Path(path), name=shown_name(Path(path))) for path in paths)


def shown_name(path: Path) -> str:
    """Return a file's name as it can be shown and copied, whatever bytes it is made of."""
    name = path.name or str(path)
    return name.encode("utf-8", "replace").decode("utf-8")


def count_of(mime: QMimeData) -> int | None:
    """Return how many pictures would be taken from what hangs on the mouse.

    Reads nothing: a card or network that does not answer must not stop the mouse.

    Returns:
        None when only a look into it can tell, as with a folder; 0 for none.
    """
    paths = _local_paths(mime)
    if not paths:
        return int(_has_picture(mime))
    return len(paths) if all(path.suffix.lower() in SUFFIXES for path in paths) else None


def of_mime(mime: QMimeData) -> tuple[PhotoSource, ...]:
    """Return files, folders or the picture in dropped or copied data; empty when there are none.

    Files come first: a file manager offers them beside an icon. Nothing is read. A picture without
    a file, such as one copied in a browser, is taken in the format in which it is offered, else as
    PNG.
    """
    paths = _local_paths(mime)
    if paths:
        return of_files(paths)
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
    if mime.urls():
        return mark("This is a web address, not a picture · save it on this computer, then drop it")
    return mark("There is no picture in what was dropped")


def _local_paths(mime: QMimeData) -> list[Path]:
    """Return the files and folders on this computer that the data names."""
    return [_path_of(url) for url in mime.urls() if url.isLocalFile()]


def _path_of(url: QUrl) -> Path:
    """Return where a local address leads; names that are no text keep their bytes."""
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    if os.name == "nt" or "%" not in encoded:
        return Path(url.toLocalFile())
    return Path(os.fsdecode(unquote_to_bytes(encoded)))


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
