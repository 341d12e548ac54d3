"""A shot: the camera's picture as the file that a camera would have written."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from field_app.domain.errors import PhotoUnreadable
from field_app.photos.exif import ExifFacts, write_exif

QUALITY: Final = 92
"""Of the JPEG, of 100: what cameras use."""


def encoded(picture: QImage, device_name: str, taken_at: datetime) -> bytes:
    """Return a picture as a JPEG that names camera and time; slow, call it in the back room.

    A position is not written: the program knows where the person said to be, not where the
    camera is.

    Args:
        picture: What the camera saw.
        device_name: The camera, as the system describes it.
        taken_at: When, with the zone in which it is written down.

    Raises:
        PhotoUnreadable: The picture cannot be written as a JPEG.
    """
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(QUALITY)
    if not writer.write(picture):
        raise PhotoUnreadable(f"the camera's picture: {writer.errorString()}")
    buffer.close()
    facts = ExifFacts(taken_at=taken_at, camera_model=device_name)
    return write_exif(bytes(held.data()), facts)
