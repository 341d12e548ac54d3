"""The box for words to the citizen: typed, or taken from the agency's sentences."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from field_app.ui.photos.sources import count_of


class NoteEdit(QPlainTextEdit):
    """Plain words; a picture in the clipboard is not pasted here but told.

    Signals:
        pictures_pasted: Ctrl+V with a picture in the clipboard.
    """

    pictures_pasted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words and pictures."""
        return super().canInsertFromMimeData(source) or bool(count_of(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words; tell of pictures."""
        if count_of(source) and (source.hasUrls() or not source.hasText()):
            self.pictures_pasted.emit()
        else:
            self.insertPlainText(source.text())
