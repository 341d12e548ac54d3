"""One receipt over the window, with a button that copies it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from field_app.queries.receipts import ReceiptView
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.sheet import Sheet
from field_app.ui.sync.receipt_panel import ReceiptPanel, receipt_text
from field_app.ui.theme import Theme

SHARE = 0.5
"""Of the window's height, for the parts."""


class ReceiptSheet(Sheet):
    """Shows one receipt."""

    def __init__(
        self, theme: Theme, background: Background, over: QWidget, view: ReceiptView
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            background: Loads small pictures.
            over: Any widget of the window.
            view: The receipt.
        """
        super().__init__(theme, over, _("Receipt of the hub"), width=720)
        self._view = view
        panel = ReceiptPanel(theme, background, self)
        panel.show_receipt(view)
        panel.setFixedHeight(round(over.window().height() * SHARE))
        self.body.addWidget(panel)
        self.copy = LineButton(theme, lambda: _("Copy"), icon="copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.add_button(self.copy)
        shut = PrimaryButton(theme, lambda: _("Close"), parent=self)
        shut.clicked.connect(self.close_it)
        self.add_button(shut)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(receipt_text(self._view))
        self.copy.set_words(lambda: _("Copied"), icon="check")
