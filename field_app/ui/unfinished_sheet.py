"""Going while photos are being added: what would not be added is named first."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from field_app.texts import _, ngettext
from field_app.texts.numbers import count as number_words
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

SHOWN_NAMES = 5
"""So many names stand in the sheet; all of them can be copied."""


class UnfinishedSheet(Sheet):
    """Says what is not added yet.

    Signals:
        leave_wished: Go as soon as the photo under way is in.
    """

    leave_wished = Signal()

    def __init__(self, theme: Theme, over: QWidget, names: tuple[str, ...]) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window.
            names: Of the files that are not in a job yet, the one under way first.
        """
        title = ngettext(
            "{count} photo is still being added", "{count} photos are still being added", len(names)
        )
        super().__init__(theme, over, title.format(count=number_words(len(names))), width=720)
        self.names = names
        words = _(
            "If you go now, the photo under way is still saved, the others are not added. "
            "Their files stay where they are."
        )
        self.body.addWidget(ThaiLabel(theme, words, colour="text2"))
        shown = ", ".join(names[:SHOWN_NAMES])
        rest = len(names) - SHOWN_NAMES
        if rest > 0:
            shown = _("{names} and {count} more").format(names=shown, count=number_words(rest))
        self.body.addWidget(ThaiLabel(theme, shown, role="caption", colour="text2"))
        self.copy = LineButton(theme, lambda: _("Copy the names"), icon="copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.add_button(self.copy)
        self.leave = LineButton(theme, lambda: _("Go after this photo"), parent=self)
        self.leave.clicked.connect(self._leave)
        self.add_button(self.leave)
        self.stay = PrimaryButton(theme, lambda: _("Wait for all"), parent=self)
        self.stay.clicked.connect(self.close_it)
        self.add_button(self.stay)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.names))
        self.copy.set_words(lambda: _("Copied"), icon="check")

    def _leave(self) -> None:
        self.close_it()
        self.leave_wished.emit()
