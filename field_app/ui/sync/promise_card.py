"""What the app promises about everything that is not at the hub yet."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


class PromiseCard(QFrame):
    """Says that nothing is lost, and when the local copy goes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "brand")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel(theme, "shield-check", "onBrand", 28, self))
        self._title = ThaiLabel(theme, role="h2", colour="onBrand", wraps=False)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._words = ThaiLabel(theme, colour="onBrand")
        column.addWidget(self._words)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("Your work is not lost"))
        self._words.setText(
            _(
                "Every photo and word is kept on this computer from the moment it is saved, also "
                "when the app closes or the battery dies. A copy goes only after the hub has "
                "confirmed that it holds everything."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
