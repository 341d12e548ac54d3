"""Closing with unsent work: it is allowed, and this is said once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from field_app.texts import _, ngettext
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pack_words import kept_packs_words
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme


class LeaveSheet(Sheet):
    """Says what becomes of unsent work.

    Signals:
        leave_wished: Close the window all the same.
        look_wished: Show first what exists on this computer only.
    """

    leave_wished = Signal()
    look_wished = Signal()

    def __init__(self, theme: Theme, over: QWidget, count: int, packs: int = 0) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window.
            count: How many entries of the outbox wait; may be 0.
            packs: How many colleagues' rescue packs are here and not at the hub.
        """
        super().__init__(theme, over, _("You can close the app"))
        words = ngettext(
            "{count} entry is not sent yet. It is kept on this computer"
            " and sent when you open the app again.",
            "{count} entries are not sent yet. They are kept on this computer"
            " and sent when you open the app again.",
            count,
        )
        if count:
            self.body.addWidget(ThaiLabel(theme, words.format(count=count), colour="text2"))
        if packs:
            self.body.addWidget(ThaiLabel(theme, kept_packs_words(packs), colour="text2"))
        stay = LineButton(theme, lambda: _("Not now"), parent=self)
        stay.clicked.connect(self.close_it)
        self.add_button(stay)
        self.look = LineButton(theme, lambda: _("What is only here"), parent=self)
        self.look.clicked.connect(self.look_wished)
        self.add_button(self.look)
        self.leave = PrimaryButton(theme, lambda: _("Close the app"), icon="log-out", parent=self)
        self.leave.clicked.connect(self.leave_wished)
        self.add_button(self.leave)
