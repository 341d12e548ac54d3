"""The account of many files: each by name, what became of it and why; it can be copied."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from field_app.texts import _
from field_app.ui.photos.bulk_words import LOOKS, list_text, ordered, others_words, row_words
from field_app.ui.photos.words import AddedFiles, added_sentence
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

SHARE = 0.45
"""Of the window's height, for the list."""
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class AccountModel(QAbstractListModel):
    """The files, those first that somebody may have to look after."""

    def __init__(self, theme: Theme, result: AddedFiles, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = ordered(result.rows)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a file's words or icon."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            icon, colour = LOOKS[row.fate]
            return self._theme.icon(icon, colour, 20)
        words = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return row_words(row) if role in words else None


class AccountSheet(Sheet):
    """Shows what became of each file."""

    def __init__(self, theme: Theme, over: QWidget, result: AddedFiles) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            result: What became of the files.
        """
        super().__init__(theme, over, _("What became of each file"), width=800)
        self._result = result
        self.body.addWidget(ThaiLabel(theme, _whole(result), colour="text2"))
        self.list = QListView(self)
        self.list.setModel(AccountModel(theme, result, self.list))
        self.list.setAccessibleName(_("What became of each file"))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFont(theme.font("body"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setSpacing(theme.px(2))
        self.list.setFixedHeight(round(over.window().height() * SHARE))
        self.body.addWidget(self.list)
        if result.others:
            words = others_words(result.others)
            self.body.addWidget(ThaiLabel(theme, words, role="caption", colour="text2"))
        self.copy = LineButton(theme, lambda: _("Copy the list"), icon="copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.add_button(self.copy)
        self.done = PrimaryButton(theme, lambda: _("Close"), parent=self)
        self.done.clicked.connect(self.close_it)
        self.add_button(self.done)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(list_text(self._result))
        self.copy.set_words(lambda: _("Copied"), icon="check")


def _whole(result: AddedFiles) -> str:
    """Return the summary as a sentence that begins with a capital letter."""
    words = added_sentence(result)
    return words[:1].upper() + words[1:]
