"""Shows a folder in the file manager of this computer."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> None:
    """Open a folder in the system's own file manager; where there is none, nothing happens."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
