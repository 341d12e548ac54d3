"""A copy was saved: where it is."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.folders import open_folder
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme


class SavedSheet(Sheet):
    """Names the copy's file and shows its folder."""

    def __init__(self, theme: Theme, over: QWidget, path: Path) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            path: The copy.
        """
        super().__init__(theme, over, _("The copy is saved"), width=640)
        self.path = path
        self.body.addWidget(ThaiLabel(theme, path.name, role="rowTitle"))
        self.body.addWidget(ThaiLabel(theme, str(path.parent), colour="text2"))
        words = _("It holds the picture alone: no place, no camera, no names beside what you see.")
        self.body.addWidget(ThaiLabel(theme, words, role="caption", colour="text2"))
        self.folder = LineButton(
            theme, lambda: _("Show in folder"), icon="folder-open", parent=self
        )
        self.folder.clicked.connect(self._open_folder)
        self.add_button(self.folder)
        self.done = PrimaryButton(theme, lambda: _("Done"), icon="check", parent=self)
        self.done.clicked.connect(self.close_it)
        self.add_button(self.done)

    def _open_folder(self) -> None:
        open_folder(self.path.parent)
