"""Pictures of widgets, for people to look at beside the designs."""

import os
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

LAPTOP = QSize(1366, 768)


def shots_folder(otherwise: Path) -> Path:
    """Return the folder named by FIELD_APP_TEST_SHOTS, made when missing; else `otherwise`."""
    named = os.environ.get("FIELD_APP_TEST_SHOTS")
    folder = Path(named) if named else otherwise
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def grab(widget: QWidget, path: Path, size: QSize = LAPTOP) -> Path:
    """Show a widget at a size, draw it into a PNG file and return the file's path."""
    widget.resize(size)
    widget.show()
    for _round in range(4):
        QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"The picture cannot be written: {path}")
    return path
