"""Very many pictures for one job: this is asked before any of them is added."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from field_app.texts import _
from field_app.texts.numbers import count as number_words
from field_app.texts.numbers import file_size
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

MANY = 100
"""More pictures than this for one job are asked about."""


class ManySheet(Sheet):
    """Asks how many of them are meant.

    Signals:
        all_wished: Add all.
        newest_wished: Add only the newest ones.
    """

    all_wished = Signal()
    newest_wished = Signal()

    def __init__(
        self, theme: Theme, over: QWidget, count: int, size_bytes: int, *, is_cut: bool
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            count: How many pictures were found.
            size_bytes: How large they are together.
            is_cut: Whether there are more that were not looked at.
        """
        title = _("{count} pictures for one job?").format(count=number_words(count))
        super().__init__(theme, over, title, width=720)
        words = _(
            "Together they are {size}, and all of it has to go to the hub. A job usually needs few."
        )
        size = ThaiLabel(theme, words.format(size=file_size(size_bytes)), colour="text2")
        self.body.addWidget(size)
        if is_cut:
            words = _("There are even more: only the first {count} were looked at.")
            more = words.format(count=number_words(count))
            self.body.addWidget(ThaiLabel(theme, more, colour="text2"))
        self.none = LineButton(theme, lambda: _("Add none"), parent=self)
        self.none.clicked.connect(self.close_it)
        self.all = LineButton(
            theme, lambda: _("Add all {count}").format(count=number_words(count)), parent=self
        )
        self.all.clicked.connect(self._wish_all)
        self.newest = PrimaryButton(
            theme, lambda: _("Only the newest {count}").format(count=MANY), parent=self
        )
        self.newest.clicked.connect(self._wish_newest)
        for button in (self.none, self.all, self.newest):
            self.add_button(button)

    def _wish_all(self) -> None:
        self.close_it()
        self.all_wished.emit()

    def _wish_newest(self) -> None:
        self.close_it()
        self.newest_wished.emit()
