"""Leaving the editor with marks that are not saved: this is asked once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import DangerButton, LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme


class LeaveMarksSheet(Sheet):
    """Asks what becomes of unsaved marks.

    Signals:
        save_wished: Save them.
        drop_wished: Leave without them.
    """

    save_wished = Signal()
    drop_wished = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(theme, over, _("Your marks are not saved"), width=640)
        words = _("The photo stays as it was before if you leave without saving.")
        self.body.addWidget(ThaiLabel(theme, words, colour="text2"))
        self.drop = DangerButton(theme, lambda: _("Leave without saving"), parent=self)
        self.drop.clicked.connect(self._drop)
        self.add_button(self.drop)
        self.stay = LineButton(theme, lambda: _("Go on drawing"), parent=self)
        self.stay.clicked.connect(self.close_it)
        self.add_button(self.stay)
        self.keep = PrimaryButton(theme, lambda: _("Save marks"), icon="check", parent=self)
        self.keep.clicked.connect(self._keep)
        self.add_button(self.keep)

    def _drop(self) -> None:
        self.close_it()
        self.drop_wished.emit()

    def _keep(self) -> None:
        self.close_it()
        self.save_wished.emit()
